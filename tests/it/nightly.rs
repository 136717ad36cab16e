//! Nights as a user has them, through the command: what comes in twice, broken, hostile or at once.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    io::{Seek as _, SeekFrom, Write as _},
    path::{Path, PathBuf},
    process::{Child, Command, Output, Stdio},
};

use flate2::{Compression, write::GzEncoder};
use serde_json::{Value, json};

use crate::dataset::{files, table};

fn command(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_finewire"));
    command.current_dir(folder).arg("extract").args(arguments);
    command
}

fn extract(folder: &Path, arguments: &[&str]) -> Output {
    command(folder, arguments).output().unwrap()
}

/// Runs a night that must go well, and returns its report.
fn night(folder: &Path, arguments: &[&str]) -> Value {
    let done = extract(folder, &[arguments, &["--json", "--quiet"]].concat());
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    serde_json::from_slice(&done.stdout).unwrap()
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The line of an article of its own address; `edition` changes what it says.
fn line(number: usize, edition: usize) -> String {
    let text = format!(
        "On Tuesday the CNIL fined Company {number} {} million euros, edition {edition}.",
        1 + number % 50
    );
    let url = format!("https://site{}.example/{number}", number % 3);
    json!({ "url": url, "date": "2024-03-05", "title": format!("Case {number}"), "text": text })
        .to_string()
}

fn lines(numbers: impl Iterator<Item = usize>) -> String {
    numbers.map(|number| line(number, 0) + "\n").collect()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// Every row of a dataset, but for where the articles were read.
fn rows(out: &Path) -> (polars::prelude::DataFrame, BTreeMap<String, Vec<u8>>) {
    let latest = out.join("latest");
    let articles = table(&latest, "articles").drop("source").unwrap();
    let mut others = files(&latest);
    others.retain(|name, _| !name.starts_with("articles"));
    (articles, others)
}

#[test]
fn reordering_renaming_and_recompressing_the_inputs_changes_no_row() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path();
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    write("one/news.jsonl", lines(0..60).as_bytes());
    write("two/b.jsonl.gz", &gzip(lines((0..35).rev()).as_bytes()));
    write("two/a.jsonl.zst", &zstd::encode_all(lines((35..60).rev()).as_bytes(), 1).unwrap());
    let mut builder = tar::Builder::new(Vec::new());
    for (name, part) in [("x/late.jsonl", lines(20..60)), ("early.jsonl", lines(0..20))] {
        let mut header = tar::Header::new_gnu();
        header.set_size(part.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, part.as_bytes()).unwrap();
    }
    write("three/all.tar.gz", &gzip(&builder.into_inner().unwrap()));

    night(folder, &["one", "--out", "fresh-one"]);
    let expected = rows(&folder.join("fresh-one"));
    for inputs in ["two", "three"] {
        let fresh = format!("fresh-{inputs}");
        night(folder, &[inputs, "--out", &fresh]);
        let found = rows(&folder.join(&fresh));
        assert!(found.0.equals_missing(&expected.0) && found.1 == expected.1, "{inputs}");
        // Nor is anything read again where the articles are known.
        let report = night(folder, &[inputs, "--out", "fresh-one", "--remove-missing"]);
        assert_eq!((&report["reused"], &report["changes"]["unchanged"]), (&json!(60), &json!(60)));
        let refreshed = rows(&folder.join("fresh-one"));
        assert!(refreshed.0.equals_missing(&expected.0) && refreshed.1 == expected.1, "{inputs}");
    }
}

/// Writes three texts, a page and ten lines, none with an address.
fn nameless(folder: &Path, names: [&str; 5], order: &mut dyn Iterator<Item = usize>) {
    let text = |number: usize| {
        format!("Bank {number} is fined\n\nThe CNIL fined Bank {number} {number} million euros.\n")
    };
    for (number, name) in names.iter().enumerate() {
        let path = folder.join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        match number {
            4 => {
                let line = |n| serde_json::json!({ "text": text(10 + n) }).to_string() + "\n";
                let lines: String = (&mut *order).map(line).collect();
                fs::write(path, lines).unwrap();
            }
            3 => fs::write(path, format!("<html><body><p>{}</p></body></html>", text(9))).unwrap(),
            _ => fs::write(path, text(number + 1)).unwrap(),
        }
    }
}

#[test]
fn articles_without_an_address_stay_what_they_are_wherever_their_files_go() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path();
    nameless(folder, ["in/a.txt", "in/b.txt", "in/c.txt", "in/p.html", "in/l.jsonl"], &mut (0..10));
    night(folder, &["in", "--out", "out"]);
    let expected = rows(&folder.join("out"));

    // Other names, other folders, lines in another order, a file packed.
    fs::remove_dir_all(folder.join("in")).unwrap();
    let names = ["in/c.txt", "in/x/y.txt", "in/a.txt", "in/x/q.htm", "in/x/l.jsonl"];
    nameless(folder, names, &mut (0..10).rev());
    let packed = gzip(&fs::read(folder.join("in/x/y.txt")).unwrap());
    fs::remove_file(folder.join("in/x/y.txt")).unwrap();
    fs::write(folder.join("in/x/y.txt.gz"), packed).unwrap();
    for _ in 0..2 {
        let report = night(folder, &["in", "--out", "out", "--remove-missing"]);
        assert_eq!((&report["reused"], &report["changes"]["unchanged"]), (&json!(14), &json!(14)));
        let found = rows(&folder.join("out"));
        assert!(found.0.equals_missing(&expected.0) && found.1 == expected.1);
    }

    // A copy is an article of its own, and is not read again either.
    fs::copy(folder.join("in/c.txt"), folder.join("in/copy.txt")).unwrap();
    let report = night(folder, &["in", "--out", "out"]);
    assert_eq!(report["reused"], 15);
    assert_eq!(report["changes"], json!({"new": 1, "changed": 0, "removed": 0, "unchanged": 14}));
    let copied = table(&folder.join("out/latest"), "articles");
    assert_eq!(
        copied.column("duplicate_of").unwrap().len()
            - copied.column("duplicate_of").unwrap().null_count(),
        1
    );

    // A file with something else in it is another article.
    fs::write(folder.join("in/copy.txt"), "Nothing happened today, the CNIL said on Monday.")
        .unwrap();
    let report = night(folder, &["in", "--out", "out"]);
    assert_eq!(report["changes"], json!({"new": 0, "changed": 1, "removed": 0, "unchanged": 14}));
}

#[test]
fn copied_records_give_the_tables_of_a_first_run_over_all() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path();
    nameless(folder, ["in/a.txt", "in/b.txt", "in/c.txt", "in/p.html", "in/l.jsonl"], &mut (0..10));
    night(folder, &["in", "--out", "out"]);
    fs::copy(folder.join("in/l.jsonl"), folder.join("in/again.jsonl")).unwrap();
    fs::copy(folder.join("in/a.txt"), folder.join("in/again.txt")).unwrap();
    let report = night(folder, &["in", "--out", "out"]);
    assert_eq!(report["changes"], json!({"new": 11, "changed": 0, "removed": 0, "unchanged": 14}));
    night(folder, &["in", "--out", "first"]);
    let (found, expected) = (rows(&folder.join("out")), rows(&folder.join("first")));
    assert!(found.0.equals_missing(&expected.0));
    assert_eq!(found.1, expected.1);
}

#[test]
fn a_night_reads_what_changed_and_nothing_else() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path();
    fs::write(folder.join("news.jsonl"), lines(0..300)).unwrap();
    night(folder, &["news.jsonl", "--out", "out"]);
    let changed: String = (0..300).map(|i| line(i, usize::from(i % 50 == 7)) + "\n").collect();
    fs::write(folder.join("news.jsonl"), changed).unwrap();
    let report = night(folder, &["news.jsonl", "--out", "out"]);
    assert_eq!(report["reused"], 294);
    assert_eq!(report["changes"], json!({"new": 0, "changed": 6, "removed": 0, "unchanged": 294}));
    night(folder, &["news.jsonl", "--out", "fresh"]);
    assert_eq!(files(&folder.join("out/latest")), files(&folder.join("fresh/latest")));
}

/// Starts a run that reads from a pipe, and so goes on until that is closed.
fn open_ended(folder: &Path) -> Child {
    command(folder, &["-", "--format", "jsonl", "--out", "out", "--quiet"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap()
}

#[test]
fn of_two_runs_at_once_one_leaves_with_a_message_or_waits() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path();
    fs::write(folder.join("news.jsonl"), lines(0..3)).unwrap();
    let mut first = open_ended(folder);
    // The first may need a moment to get there.
    let refused = (0..100)
        .map(|_| extract(folder, &["news.jsonl", "--out", "out", "--quiet"]))
        .find(|done| done.status.code() != Some(0))
        .unwrap();
    assert_eq!(refused.status.code(), Some(2), "{refused:?}");
    assert!(stderr(&refused).contains("another run is writing to `out`"), "{refused:?}");
    let waiting = command(folder, &["news.jsonl", "--out", "out", "--quiet", "--wait"])
        .stdout(Stdio::null())
        .spawn()
        .unwrap();
    first.stdin.take().unwrap().write_all(lines(10..12).as_bytes()).unwrap();
    assert!(first.wait_with_output().unwrap().status.success());
    assert!(waiting.wait_with_output().unwrap().status.success());
    assert_eq!(table(&folder.join("out/latest"), "articles").height(), 5);
}

/// Writes a folder of files that mean harm, each with one good article where it can hold one.
fn hostile(folder: &Path) {
    let write = |name: &str, bytes: &[u8]| fs::write(folder.join(name), bytes).unwrap();
    // A line of 200 MB, most of it a hole on the disk.
    let mut long = File::create(folder.join("long.jsonl")).unwrap();
    long.write_all(b"{\"text\": \"").unwrap();
    long.seek(SeekFrom::Start(200 << 20)).unwrap();
    long.write_all(format!("\"}}\n{}\n", line(1, 0)).as_bytes()).unwrap();
    let packed = gzip(lines(2..2000).as_bytes());
    write("cut.jsonl.gz", &packed[..packed.len() / 2]);
    let mut zip = zip::ZipWriter::new(File::create(folder.join("bomb.zip")).unwrap());
    zip.start_file("zeros.jsonl", zip::write::SimpleFileOptions::default()).unwrap();
    for _ in 0..300 {
        zip.write_all(&vec![b'0'; 1 << 20]).unwrap();
    }
    zip.finish().unwrap();
    write("deep.json", &b"{\"text\":".repeat(1_000_000));
    write(
        "deep.jsonl",
        &[b"[".repeat(1_000_000), b"\n".to_vec(), line(0, 0).into_bytes()].concat(),
    );
    write("deep.html", format!("<html><body>{}Deep.", "<div>".repeat(1_000_000)).as_bytes());
    write("open.html", format!("<html><body>{}", "<b><i><p>x".repeat(100_000)).as_bytes());
    write("tag.html", format!("<html><body>{}", "<a href='".repeat(300_000)).as_bytes());
    write("empty.jsonl", b"");
    write("empty.gz", b"");
    write("zeros.txt", &[0; 5000]);
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("nowhere", folder.join("gone.jsonl")).unwrap();
        std::os::unix::fs::symlink(folder, folder.join("up")).unwrap();
    }
}

#[test]
fn hostile_files_cost_themselves_and_say_why() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path();
    fs::create_dir(folder.join("crawl")).unwrap();
    hostile(&folder.join("crawl"));
    let report = night(folder, &["crawl", "--out", "out"]);
    let reasons = report["reasons"].as_object().unwrap();
    for reason in [
        "too large",
        "truncated or broken stream",
        "expands too much",
        "invalid JSON",
        "unreadable file",
    ] {
        assert!(reasons.contains_key(reason), "{reason} in {reasons:?}");
    }
    assert!(!reasons.contains_key("internal error"), "{reasons:?}");
    let articles = table(&folder.join("out/latest"), "articles");
    let column = |name: &str| articles.column(name).unwrap().str().unwrap().clone();
    let (status, reason) = (column("status"), column("reason"));
    for (status, reason) in status.iter().zip(reason.iter()) {
        assert!(status == Some("ok") || reason.is_some(), "{status:?}");
    }
    // What is good in a broken file is there: the first and second article, and many of a cut file.
    let urls: Vec<String> = column("url").iter().flatten().map(str::to_owned).collect();
    for number in [0, 1, 2, 3] {
        let url = format!("https://site{}.example/{number}", number % 3);
        assert!(urls.contains(&url), "{url} of {}", urls.len());
    }
}

/// Runs a night whose files may not grow beyond `kilobytes`, as on a disk that is full.
#[cfg(unix)]
fn cramped(folder: &Path, kilobytes: usize, arguments: &[&str]) -> Output {
    let script = format!("trap '' XFSZ; ulimit -f {}; exec \"$0\" \"$@\"", 2 * kilobytes);
    Command::new("sh")
        .current_dir(folder)
        .args(["-c", &script, env!("CARGO_BIN_EXE_finewire"), "extract"])
        .args(arguments)
        .output()
        .unwrap()
}

#[cfg(unix)]
#[test]
fn a_disk_that_is_full_leaves_the_night_before_and_the_next_run_repairs_it() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path();
    fs::write(folder.join("news.jsonl"), lines(0..50)).unwrap();
    night(folder, &["news.jsonl", "--out", "out"]);
    let before = files(&folder.join("out/latest"));
    fs::write(folder.join("news.jsonl"), lines(0..1500)).unwrap();
    for kilobytes in [1, 20, 60] {
        let done = cramped(folder, kilobytes, &["news.jsonl", "--out", "out", "--quiet"]);
        assert_eq!(done.status.code(), Some(2), "{kilobytes}: {done:?}");
        let told = stderr(&done);
        assert!(told.contains("`out/") && told.contains("File too large"), "{kilobytes}: {told}");
        assert!(files(&folder.join("out/latest")) == before, "{kilobytes}");
    }
    night(folder, &["news.jsonl", "--out", "out"]);
    night(folder, &["news.jsonl", "--out", "fresh"]);
    assert!(files(&folder.join("out/latest")) == files(&folder.join("fresh/latest")));
    let left: Vec<PathBuf> =
        fs::read_dir(folder.join("out")).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(left.len(), 3, "the lock, the snapshots and `latest`: {left:?}");
}

#[test]
fn the_log_is_one_json_object_an_event() {
    let root = tempfile::tempdir().unwrap();
    let folder = root.path();
    fs::write(folder.join("news.jsonl"), lines(0..3) + "oops\n").unwrap();
    let events = |done: &Output| -> Vec<Value> {
        stderr(done).lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    };
    let done = extract(folder, &["news.jsonl", "--out", "out", "--log-json"]);
    let told = events(&done);
    let messages: Vec<&str> = told.iter().filter_map(|event| event["message"].as_str()).collect();
    assert_eq!(messages, ["started", "not read", "published"], "{told:?}");
    assert_eq!((&told[1]["level"], &told[1]["reason"]), (&json!("WARN"), &json!("invalid JSON")));
    assert_eq!((&told[2]["articles"], &told[2]["new"]), (&json!(4), &json!(4)));
    assert!(told.iter().all(|event| event["timestamp"].is_string()));
    let stopped = extract(folder, &["nowhere", "--out", "out", "--log-json"]);
    let told = events(&stopped);
    let last = told.last().unwrap();
    assert_eq!((&last["level"], &last["message"]), (&json!("ERROR"), &json!("stopped")));
    assert!(last["reason"].as_str().unwrap().contains("nowhere"), "{last}");
}
