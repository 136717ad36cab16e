//! Files of every format and every kind of damage, read to articles as scraped.

use std::{fs, io::Write, path::Path};

use finewire::{
    base::reject::Reason,
    ingest::{
        fields::Fields,
        parse::parse,
        raw::{Body, RawArticle},
        record::Limits,
        source::{IngestError, Source},
    },
};
use flate2::{Compression, write::GzEncoder};

fn read_with(path: &Path, fields: &Fields, limits: Limits) -> Vec<RawArticle> {
    let source = Source::open(&[path.to_path_buf()], fields, &limits).unwrap();
    source.map(|record| parse(&record, fields)).collect()
}

fn read(path: &Path) -> Vec<RawArticle> {
    read_with(path, &Fields::default(), Limits::default())
}

fn read_bytes(name: &str, bytes: &[u8]) -> Vec<RawArticle> {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    read(&path)
}

fn text(article: &RawArticle) -> &str {
    match &article.body {
        Ok(Body::Text(text) | Body::Html(text)) => text,
        Err(reason) => reason.word(),
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

#[test]
fn a_folder_is_walked_in_order_without_what_is_no_article() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir_all(root.join("b/inner")).unwrap();
    for (name, content) in [
        ("c.txt", "three"),
        ("a.txt", "one"),
        ("b/inner/x.htm", "<html>two"),
        ("README.txt", "no"),
        ("b/license.txt", "no"),
        (".hidden.txt", "no"),
        ("b/picture.png", "no"),
    ] {
        fs::write(root.join(name), content).unwrap();
    }
    let articles = read(root);
    assert_eq!(articles.iter().map(text).collect::<Vec<_>>(), ["one", "<html>two", "three"]);
    assert!(articles[1].source.ends_with("b/inner/x.htm"));
}

#[cfg(unix)]
#[test]
fn links_in_a_circle_end() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    fs::create_dir(root.join("a")).unwrap();
    fs::write(root.join("a/x.txt"), "once").unwrap();
    std::os::unix::fs::symlink(root, root.join("a/up")).unwrap();
    std::os::unix::fs::symlink("nowhere.txt", root.join("broken.txt")).unwrap();
    let articles = read(root);
    assert_eq!(articles.iter().map(text).collect::<Vec<_>>(), ["once", "unreadable file"]);
}

#[test]
fn an_input_that_is_not_there_is_an_error_at_once() {
    let opened =
        Source::open(&["no/such/file.jsonl".into()], &Fields::default(), &Limits::default());
    assert!(matches!(opened, Err(IngestError::Missing { .. })));
}

#[test]
fn a_bad_line_costs_that_line() {
    let lines = b"{\"id\": 7, \"text\": \"one\"}\n\n{\"text\": \n[1, 2]\n{\"title\": \"t\"}\n{\"body\":\"two\"}";
    let articles = read_bytes("a.jsonl", lines);
    let seen: Vec<&str> = articles.iter().map(text).collect();
    assert_eq!(seen, ["one", "invalid JSON", "no text field", "no text field", "two"]);
    assert_eq!(articles[0].record_id.as_deref(), Some("7"));
    assert!(articles[4].source.ends_with("a.jsonl#6"));
}

#[test]
fn fields_have_the_names_that_scrapers_use() {
    let line = r#"{"maintext":"T","headline":"H","link":"http://x/","date_publish":"2021-12-17",
        "authors":[{"name":"A"},"B"],"language":"fr","content":"","id":null,"other":{"text":[1]}}"#;
    let article = &read_bytes("a.json", line.as_bytes())[0];
    assert_eq!(text(article), "T");
    assert_eq!(article.title.as_deref(), Some("H"));
    assert_eq!(article.url.as_deref(), Some("http://x/"));
    assert_eq!(article.published.as_deref(), Some("2021-12-17"));
    assert_eq!(article.author.as_deref(), Some("A, B"));
    assert_eq!(article.lang.as_deref(), Some("fr"));
    assert!(article.source.ends_with("a.json"));
}

#[test]
fn a_field_may_lie_anywhere() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.jsonl");
    fs::write(
        &path,
        r#"{"text":"wrong","data":{"parts":["one","two"],"on":1639728000},"title":"T"}"#,
    )
    .unwrap();
    let fields =
        Fields::default().with("text=data.parts").unwrap().with("published=data.on").unwrap();
    let article = &read_with(&path, &fields, Limits::default())[0];
    assert_eq!(text(article), "one\n\ntwo");
    assert_eq!(article.published.as_deref(), Some("1639728000"));
    assert_eq!(article.title.as_deref(), Some("T"));
    assert!(Fields::default().with("text=").is_err());
    assert!(Fields::default().with("colour=a").is_err());
}

#[test]
fn an_array_is_read_element_by_element() {
    let json =
        br#" [ {"text":"a, ] } \" b"} , {"text":"two"}, 3, {"text" "x"}, {"text":"three"} ] "#;
    let articles = read_bytes("a.json", json);
    let seen: Vec<&str> = articles.iter().map(text).collect();
    assert_eq!(seen, ["a, ] } \" b", "two", "no text field", "invalid JSON", "three"]);
    assert!(articles[4].source.ends_with("#5"));
    assert_eq!(read_bytes("b.json", b"[]").len(), 0);
    let open = read_bytes("c.json", br#"[{"text":"one"}, {"text":"tw"#);
    assert_eq!(open.iter().map(text).collect::<Vec<_>>(), ["one", "invalid JSON"]);
}

#[test]
fn what_is_too_large_is_read_past() {
    let folder = tempfile::tempdir().unwrap();
    let limits = Limits { max_article_bytes: 100 };
    let long = "x".repeat(1000);
    let lines = format!("{{\"text\":\"one\"}}\n{{\"text\":\"{long}\"}}\n{{\"text\":\"two\"}}\n");
    let array = format!("[{{\"text\":\"one\"}},{{\"text\":\"{long}\"}},{{\"text\":\"two\"}}]");
    for (name, content) in [("a.jsonl", lines), ("a.json", array)] {
        let path = folder.path().join(name);
        fs::write(&path, content).unwrap();
        let articles = read_with(&path, &Fields::default(), limits);
        assert_eq!(
            articles.iter().map(text).collect::<Vec<_>>(),
            ["one", "too large", "two"],
            "{name}"
        );
    }
    let path = folder.path().join("a.txt");
    fs::write(&path, &long).unwrap();
    assert_eq!(read_with(&path, &Fields::default(), limits)[0].body, Err(Reason::TooLarge));
}

#[test]
fn compressed_files_are_read_through_and_broken_ones_as_far_as_they_go() {
    let lines = b"{\"text\":\"one\"}\n";
    let mut members = gzip(lines);
    members.extend(gzip(b"{\"text\":\"two\"}\n"));
    let articles = read_bytes("a.jsonl.gz", &members);
    assert_eq!(articles.iter().map(text).collect::<Vec<_>>(), ["one", "two"]);

    let packed = zstd::encode_all(&lines[..], 3).unwrap();
    assert_eq!(text(&read_bytes("a.ndjson.zst", &packed)[0]), "one");
    assert_eq!(text(&read_bytes("a.txt.gz", &gzip("à".as_bytes()))[0]), "à");

    let articles = read_bytes("a.jsonl.gz", &members[..members.len() - 12]);
    assert_eq!(articles.first().map(text), Some("one"));
    assert_eq!(articles.last().unwrap().body, Err(Reason::Truncated));
}

#[test]
fn no_charset_loses_an_article() {
    let latin = b"L'autorit\xe9 a inflig\xe9 une amende de 5\xa0000 \x80.";
    assert_eq!(
        text(&read_bytes("a.txt", latin)[0]),
        "L'autorité a infligé une amende de 5\u{A0}000 €."
    );
    let utf16: Vec<u8> =
        [0xFF, 0xFE].into_iter().chain("añ €".encode_utf16().flat_map(u16::to_le_bytes)).collect();
    assert_eq!(text(&read_bytes("a.txt", &utf16)[0]), "añ €");
    let page = b"<html><meta charset='windows-1251'><p>\xd8\xf2\xf0\xe0\xf4</p>";
    assert!(text(&read_bytes("a.html", page)[0]).contains("Штраф"));
    assert_eq!(text(&read_bytes("a.jsonl", b"{\"text\":\"d\xe9cision\"}")[0]), "décision");
    assert_eq!(
        read_bytes("a.txt", &[0, 1, 2, 3, 4, 5, 6, 7, 8, 200, 201])[0].body,
        Err(Reason::NotText)
    );
}

#[test]
fn broken_escapes_do_not_lose_an_article() {
    let line = b"\xEF\xBB\xBF{\"text\":\"a\\ud800b \\ud83d\\ude00\tc\\u0000\",\"score\":NaN}";
    assert_eq!(text(&read_bytes("a.jsonl", line)[0]), "a\u{FFFD}b 😀\tc\0");
}

#[test]
fn a_whole_page_in_a_field_is_a_page() {
    let article = &read_bytes("a.jsonl", br#"{"text":" <!DOCTYPE html><p>x</p>"}"#)[0];
    assert!(matches!(article.body, Ok(Body::Html(_))));
}

#[test]
fn progress_is_known_in_bytes_on_disk() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("a.txt"), "12345").unwrap();
    fs::write(folder.path().join("b.txt"), "123").unwrap();
    let mut source =
        Source::open(&[folder.path().to_path_buf()], &Fields::default(), &Limits::default())
            .unwrap();
    assert_eq!(source.total_bytes(), Some(8));
    assert_eq!(source.next().unwrap().position, 5);
    assert_eq!(source.next().unwrap().position, 8);
}
