//! Input that means harm: every kind ends soon, and as an article or a failure with its reason.

use std::time::{Duration, Instant};

use finewire::{
    dataset::record::Record,
    ingest::record::{Format, RawRecord},
    pipeline::{Engine, EngineOptions, Scratch},
};

/// Far above what any of these takes, far below what a quadratic reader would.
const SOON: Duration = Duration::from_secs(20);

fn record(format: Format, bytes: Vec<u8>) -> RawRecord {
    let size = bytes.len() as u64;
    let source = "hostile".to_owned();
    RawRecord { source, format, bytes: Ok(bytes), size, position: 0, fetched: None }
}

fn json(text: &str) -> RawRecord {
    record(Format::Json, serde_json::json!({ "text": text }).to_string().into_bytes())
}

/// Every row must quote the text that its offsets point at.
pub(crate) fn assert_whole(name: &str, record: &Record) {
    let Some(text) = &record.article.text else { return };
    let chars: Vec<char> = text.chars().collect();
    let quoted =
        |start: u32, end: u32| chars[start as usize..end as usize].iter().collect::<String>();
    for row in &record.entities {
        assert_eq!(quoted(row.start, row.end), row.text, "{name}");
    }
    for row in &record.dates {
        assert_eq!(quoted(row.start, row.end), row.text, "{name}");
    }
    for row in &record.amounts {
        assert_eq!(quoted(row.start, row.end), row.text, "{name}");
    }
    for row in &record.actions {
        assert_eq!(quoted(row.start, row.end), row.evidence, "{name}");
    }
}

#[test]
fn hostile_articles_end_soon() {
    let engine = Engine::new(&EngineOptions::default()).unwrap();
    let page = |inner: String| record(Format::Html, format!("<html><body>{inner}").into_bytes());
    let cases = [
        ("nesting", page("<div>".repeat(1_000_000))),
        ("formatting never closed", page("<b><i><p>x".repeat(100_000))),
        ("attributes", page(format!("<p {}>x", "a=b ".repeat(500_000)))),
        ("an open tag", page("<a href='".repeat(300_000))),
        ("references", page("&amp;#".repeat(500_000))),
        ("tables", page("<table><tr><td>".repeat(30_000))),
        ("nested JSON", record(Format::Json, b"{\"text\":".repeat(500_000))),
        (
            "nested lists",
            record(Format::Json, [b"{\"text\":".to_vec(), b"[".repeat(1 << 20)].concat()),
        ),
        ("a feed's item", record(Format::Item, b"<item><a>".repeat(300_000))),
        (
            "a mail",
            record(
                Format::Mail,
                b"Content-Type: multipart/mixed; boundary=a\n--a\n".repeat(50_000),
            ),
        ),
        ("NUL", json(&"a\u{0}".repeat(500_000))),
        ("capitals", json(&"A".repeat(100_000))),
        ("capital words", json(&"Ab ".repeat(200_000))),
        ("digits", json(&"1".repeat(1_000_000))),
        ("digit groups", json(&"1,000 ".repeat(200_000))),
        ("sums", json(&"€1 million, ".repeat(100_000))),
        (
            "sums without their currency",
            json(
                &["In Seoul, 9 billion won. It cost €3.", &" We paid 5 million.".repeat(100_000)]
                    .concat(),
            ),
        ),
        ("dates", json(&"on 3 May 2021 and ".repeat(50_000))),
        ("fines", json(&"The CNIL fined Acme 5 million euros, ".repeat(20_000))),
        ("denials", json(&"FCA fined no fine imposed gave Exempla no penalty ".repeat(120_000))),
        ("bidirectional", json(&"\u{202E}fine\u{2066}".repeat(200_000))),
        ("combining", json(&"e\u{301}\u{302}\u{303}".repeat(200_000))),
        ("quotes", json(&"\"'“‘«".repeat(200_000))),
        ("brackets", json(&"((((".repeat(200_000))),
        ("dots", json(&"a.b.".repeat(200_000))),
        ("lines", json(&"\n \n".repeat(500_000))),
        ("Han", json(&"罚款".repeat(200_000))),
        ("mojibake", json(&"Ã©â‚¬Ã".repeat(200_000))),
        ("surrogates", record(Format::Json, br#"{"text": "a \ud83d b \udc00 fine"}"#.to_vec())),
        ("no text", record(Format::Text, (0..=255u8).cycle().take(1 << 20).collect())),
    ];
    let mut scratch = Scratch::default();
    for (name, record) in cases {
        let started = Instant::now();
        let read = engine.process_record(&record, &mut scratch);
        assert!(started.elapsed() < SOON, "{name}: {:?}", started.elapsed());
        assert!(read.article.status == "ok" || read.article.reason.is_some(), "{name}");
        assert_whole(name, &read);
    }
}
