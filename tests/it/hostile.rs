//! Input that means harm: every kind ends soon, and as an article or a failure with its reason.

use std::time::{Duration, Instant};

use finewire::{
    dataset::record::Record,
    ingest::{
        fields::Fields,
        record::{Format, Limits, RawRecord},
        source::Source,
    },
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
fn assert_whole(name: &str, record: &Record) {
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
        ("dates", json(&"on 3 May 2021 and ".repeat(50_000))),
        ("fines", json(&"The CNIL fined Acme 5 million euros, ".repeat(20_000))),
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

/// Small numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % most.max(1) as u64) as usize
    }
}

/// Bytes with a few bits flipped, pieces gone or twice, and marks of formats in between.
fn mutated(seed: &[u8], dice: &mut Dice) -> Vec<u8> {
    const MARKS: [&[u8]; 14] = [
        b"<",
        b">",
        b"</item>",
        b"<![CDATA[",
        b"]]>",
        b"\"",
        b"{",
        b"}",
        b"\n\n",
        b"\xE2\x82",
        b"\0",
        b"\\u",
        b"WARC/1.0\r\n",
        b"Content-Length: 99999999999\r\n",
    ];
    let mut bytes = seed.to_vec();
    for _ in 0..=dice.below(6) {
        let from = dice.below(bytes.len());
        let until = (from + 1 + dice.below(40)).min(bytes.len());
        match dice.below(4) {
            0 if !bytes.is_empty() => bytes[from] ^= 1 << dice.below(8),
            1 => drop(bytes.drain(from..until)),
            2 => {
                let piece = bytes[from..until].to_vec();
                bytes.splice(from..from, piece);
            }
            _ => drop(bytes.splice(from..from, MARKS[dice.below(MARKS.len())].iter().copied())),
        }
    }
    bytes
}

#[test]
fn damaged_files_are_read_as_far_as_they_go() {
    const ROUNDS: usize = 60;
    let engine = Engine::new(&EngineOptions::default()).unwrap();
    let seeds: [(&str, &[u8]); 8] = [
        ("a.jsonl", b"{\"url\": \"https://x.org/1\", \"text\": \"The CNIL fined Acme 5 million euros on 3 May 2021.\"}\n{\"text\": \"Two\"}\n"),
        ("a.json", b"[{\"text\": \"One\", \"date\": \"2021-12-17\"}, {\"text\": [\"Two\", \"b\"]}]"),
        ("a.html", b"<html lang=en><head><title>T | Site</title><script type=\"application/ld+json\">{\"@type\": \"NewsArticle\", \"headline\": \"T\"}</script></head><body><article><p>The regulator fined the bank 20 million euros last week, it said on Monday.</p></article></body></html>"),
        ("a.warc", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\nContent-Length: 72\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><p>One</p></html>\r\n\r\n\r\n"),
        ("a.rss", b"<?xml version=\"1.0\" encoding=\"utf-8\"?><rss><channel><item><title>T</title><description><![CDATA[<p>One</p>]]></description></item></channel></rss>"),
        ("a.csv", b"title,text\n\"A, b\",\"One\nline\"\nC,Two\n"),
        ("a.eml", b"From: a@x.org\r\nTo: b@x.org\r\nSubject: =?utf-8?q?T?=\r\nMIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<p>One</p>\r\n"),
        ("a.txt", "Le régulateur inflige 5 M€ à Acme.\n\nCommentaires (3)\n\nPaul : bravo".as_bytes()),
    ];
    let folder = tempfile::tempdir().unwrap();
    let (mut dice, mut scratch) = (Dice(0x9E37_79B9_7F4A_7C15), Scratch::default());
    for round in 0..ROUNDS {
        for (name, seed) in seeds {
            let bytes = mutated(seed, &mut dice);
            let path = folder.path().join(name);
            std::fs::write(&path, &bytes).unwrap();
            let inputs = [path];
            let source = Source::open(&inputs, &Fields::default(), &Limits::default()).unwrap();
            for record in source.take(1000) {
                let read = engine.process_record(&record, &mut scratch);
                assert_whole(&format!("{name} in round {round}"), &read);
            }
        }
    }
}
