//! The command as a user meets it: what it prints, and its exit codes.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on fails")]

use std::{
    fs,
    path::{Path, PathBuf},
    process::{Command, Output, Stdio},
};

use serde_json::Value;

fn finewire(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_finewire"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .unwrap()
}

fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).unwrap()
}

/// A folder with a corpus of one good article and one line that is no JSON.
fn folder() -> (tempfile::TempDir, PathBuf) {
    let root = tempfile::tempdir().unwrap();
    fs::create_dir(root.path().join("corpus")).unwrap();
    let lines = "{\"id\":\"a\",\"text\":\"The regulator fined the bank 5 million euros on 3 May 2021.\
                 \"}\n{\"id\":\"b\", oops\n";
    fs::write(root.path().join("corpus/news.jsonl"), lines).unwrap();
    let path = root.path().to_owned();
    (root, path)
}

#[test]
fn bare_extract_reads_corpus_and_writes_output() {
    let (_root, folder) = folder();
    let done = finewire(&folder, &["extract"]);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let summary = stdout(&done);
    assert!(summary.starts_with("2 articles"), "{summary}");
    assert!(summary.contains("1 failed"), "{summary}");
    assert!(summary.contains("invalid JSON"), "{summary}");
    for table in ["articles", "entities", "dates", "amounts", "actions", "cases"] {
        let parts = fs::read_dir(folder.join("output/latest").join(table)).unwrap();
        assert!(parts.count() > 0, "{table}");
    }
    assert!(folder.join("output/latest/run.json").is_file());
}

#[test]
fn the_summary_is_json_if_asked_for() {
    let (_root, folder) = folder();
    let done = finewire(&folder, &["extract", "corpus", "--json", "--quiet", "--threads", "2"]);
    let report = json(&done);
    assert_eq!((&report["articles"], &report["status"]["failed"]), (&2.into(), &1.into()));
    assert_eq!(report["threads"], 2);
    assert!(done.stderr.is_empty(), "{done:?}");
}

#[test]
fn more_failures_than_allowed_exit_with_1() {
    let (_root, folder) = folder();
    let code = |allowed: &str| {
        finewire(&folder, &["extract", "--max-failed", allowed, "--quiet"]).status.code()
    };
    assert_eq!((code("0"), code("1")), (Some(1), Some(0)));
}

#[test]
fn a_limit_stops_the_run_early() {
    let (_root, folder) = folder();
    let report = json(&finewire(&folder, &["extract", "--limit", "1", "--json", "--quiet"]));
    assert_eq!(report["articles"], 1);
}

#[test]
fn what_stops_a_command_exits_with_2_and_says_why() {
    let (_root, folder) = folder();
    let wrong: [&[&str]; 5] = [
        &["extract", "nowhere"],
        &["extract", "--published", "yesterday"],
        &["extract", "--field", "body"],
        &["show", "corpus/news.jsonl", "--record", "9"],
        &["frobnicate"],
    ];
    for arguments in wrong {
        let done = finewire(&folder, arguments);
        assert_eq!(done.status.code(), Some(2), "{arguments:?}");
        assert!(!done.stderr.is_empty() && done.stdout.is_empty(), "{arguments:?}");
    }
}

#[test]
fn show_prints_an_article_without_colours_where_there_is_no_terminal() {
    let (_root, folder) = folder();
    let done = finewire(&folder, &["show", "corpus/news.jsonl"]);
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    let text = stdout(&done);
    assert!(text.contains("fined the bank"), "{text}");
    assert!(!text.contains('\u{1b}'), "{text}");
}

#[test]
fn eval_scores_a_gold_folder() {
    let (_root, folder) = folder();
    let gold = r#"{"id":"a","lang":"en","published":null,
        "text":"The regulator fined the bank 5 million euros on 3 May 2021.",
        "amounts":[{"quote":"5 million euros","value":5000000,"currency":"EUR"}],
        "dates":[{"quote":"3 May 2021","value":"2021-05-03"}],
        "actions":[{"type":"recall","status":"imposed","regulator":null,"regulator_country":null,
            "target":null,"amount":null,"date":null,"evidence":"3 May 2021"}]}"#;
    fs::create_dir_all(folder.join("gold/en")).unwrap();
    fs::write(folder.join("gold/en/a.json"), gold).unwrap();
    let scores = json(&finewire(&folder, &["eval", "gold", "--json"]));
    assert_eq!(scores["languages"]["en"]["articles"], 1);
    assert_eq!(scores["languages"]["all"]["actions"]["missed"], 1);
    let listed = stdout(&finewire(&folder, &["eval", "gold", "--errors"]));
    assert!(listed.contains("action missed: recall"), "{listed}");
    assert_eq!(finewire(&folder, &["eval", "gold", "--lang", "fr"]).status.code(), Some(2));
}

#[test]
fn what_is_built_in_is_printed_as_tables_or_json() {
    let (_root, folder) = folder();
    for command in ["languages", "regulators", "schema"] {
        let text = finewire(&folder, &[command]);
        assert_eq!(text.status.code(), Some(0), "{command}");
        assert!(stdout(&text).lines().count() > 5, "{command}");
        assert!(json(&finewire(&folder, &[command, "--json"])).is_object(), "{command}");
    }
}

#[test]
fn a_reader_that_hangs_up_is_no_error() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_finewire"))
        .args(["schema", "--json"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let done = child.wait_with_output().unwrap();
    assert_eq!(done.status.code(), Some(0), "{done:?}");
    assert!(done.stderr.is_empty(), "{done:?}");
}
