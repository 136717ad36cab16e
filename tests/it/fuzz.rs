//! Damaged and mixed-up input of every format, and texts cut and glued at random: no reader and no
//! stage may panic or hang, and every row quotes its text.
//!
//! The same few hundred cases a target run with all tests. `scripts/fuzz` runs as many as wanted, of
//! other numbers. What it finds goes into the examples of that stage.

use std::{
    fs,
    io::{Cursor, Write as _},
    path::Path,
};

use finewire::{
    ingest::{
        fields::Fields,
        record::{Format, Limits, RawRecord},
        source::Source,
    },
    pipeline::{Engine, EngineOptions, Scratch},
};
use flate2::{Compression, write::GzEncoder};

use crate::hostile::assert_whole;

/// Cases of each target among all tests.
const CASES: u64 = 150;
/// Articles of one case, at most.
const MOST: usize = 200;

/// Small numbers that look random and are the same in every run.
struct Dice(u64);

impl Dice {
    /// Throws dice of their own for each target and case.
    fn of(target: &str, case: u64) -> Self {
        let name = target.bytes().fold(0xCBF2_9CE4_8422_2325, |hash: u64, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3)
        });
        let mut dice = Self(name ^ (case + 1).wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        dice.below(2);
        dice
    }

    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        ((self.0 >> 16) % most.max(1) as u64) as usize
    }
}

/// What formats are made of, to be put where it does not belong.
const MARKS: [&[u8]; 40] = [
    b"<",
    b">",
    b"</",
    b"/>",
    b"<![CDATA[",
    b"]]>",
    b"<!--",
    b"-->",
    b"<script>",
    b"</item>",
    b"<nav>",
    b"</nav>",
    b"<p itemprop=author>",
    b"&#x10FFFF;",
    b"&amp;#",
    b"\"",
    b"'",
    b"{",
    b"}",
    b"[",
    b"]",
    b",",
    b"\\u",
    b"\\ud83d",
    b":",
    b"\t",
    b"\n\n",
    b"\r\n\r\n",
    b"\xE2\x82",
    b"\xFF\xFE",
    b"\0",
    b"%",
    b"WARC/1.0\r\n",
    b"Content-Length: 99999999999\r\n",
    b"Content-Type: text/html; charset=utf-16\r\n",
    b"Transfer-Encoding: chunked\r\n",
    b"--a\r\n",
    b"=?utf-8?q?=E2=82?=",
    b"\x1F\x8B\x08\0",
    b"PK\x03\x04",
];

/// Words of articles, to be put where they do not belong.
const WORDS: [&str; 36] = [
    "5",
    "1.234.567,89",
    "٥",
    "三",
    "二零二一年",
    "12月",
    "令和3年",
    "million",
    "Mio.",
    "млн",
    "crore",
    "亿",
    "%",
    "€",
    "$",
    "kr",
    "USD",
    "bis zu",
    "(",
    ")",
    "«",
    "»",
    "„",
    "\u{A0}",
    "\u{202F}",
    "\u{202E}",
    "\u{301}",
    "\u{200B}",
    "May 2021",
    "31/02/2020",
    "§",
    "CNIL",
    "fined",
    "Acme",
    "\n",
    ".",
];

/// Bytes with bits flipped, pieces gone, moved or twice, and marks of formats in between.
fn mutated(seed: &[u8], dice: &mut Dice) -> Vec<u8> {
    let mut bytes = seed.to_vec();
    for _ in 0..=dice.below(8) {
        let from = dice.below(bytes.len() + 1);
        let until = (from + dice.below(60)).min(bytes.len());
        match dice.below(6) {
            0 => {
                if let Some(byte) = bytes.get_mut(from) {
                    *byte ^= 1 << dice.below(8);
                }
            }
            1 => drop(bytes.drain(from..until)),
            2 => {
                let piece = bytes[from..until].repeat(1 + dice.below(50));
                let at = dice.below(bytes.len() + 1);
                bytes.splice(at..at, piece);
            }
            3 => bytes.truncate(from.max(1)),
            _ => {
                let mark = MARKS[dice.below(MARKS.len())].repeat(1 + dice.below(3));
                bytes.splice(from..from, mark);
            }
        }
    }
    bytes
}

/// A text of pieces of several languages, cut anywhere, with words in between.
fn glued(texts: &[String], dice: &mut Dice) -> String {
    let mut out = String::new();
    for _ in 0..=dice.below(12) {
        let text = &texts[dice.below(texts.len())];
        let mut cut =
            || (0..=dice.below(text.len() + 1)).rev().find(|at| text.is_char_boundary(*at));
        let (a, b) = (cut().unwrap_or(0), cut().unwrap_or(0));
        out.push_str(&text[a.min(b)..a.max(b)]);
        for _ in 0..dice.below(4) {
            let glue = if dice.below(2) == 0 { " " } else { "" };
            out.push_str(&format!("{}{glue}", WORDS[dice.below(WORDS.len())]));
        }
    }
    out
}

fn json_of(text: &str) -> RawRecord {
    let bytes = serde_json::json!({ "text": text, "date": "2021-05-03" }).to_string().into_bytes();
    let size = bytes.len() as u64;
    let source = "glued".to_owned();
    RawRecord { source, format: Format::Json, bytes: Ok(bytes), size, position: 0, fetched: None }
}

/// Which cases to run: `FUZZ_FROM` and `FUZZ_CASES` are set by `scripts/fuzz` alone.
#[expect(clippy::disallowed_methods, reason = "the number of cases of a test changes no run")]
fn cases() -> std::ops::Range<u64> {
    let number = |name| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let from = number("FUZZ_FROM").unwrap_or(0);
    from..from + number("FUZZ_CASES").unwrap_or(CASES)
}

/// Reads `make`'s bytes as a file of this name, and takes every article through all stages.
fn fuzz_file(name: &str, make: impl Fn(&mut Dice) -> Vec<u8>) {
    let engine = Engine::new(&EngineOptions::default()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join(name);
    let mut scratch = Scratch::default();
    for case in cases() {
        // Left behind where a case does not end.
        fs::write(&path, make(&mut Dice::of(name, case))).unwrap();
        one(&engine, &path, &mut scratch, &format!("{name}, case {case}"));
    }
}

fn one(engine: &Engine, path: &Path, scratch: &mut Scratch, name: &str) {
    let limits = Limits { max_article_bytes: 1 << 20 };
    let source = Source::open(&[path.to_owned()], &Fields::default(), &limits).unwrap();
    for record in source.take(MOST) {
        let read = engine.process_record(&record, scratch);
        assert!(read.article.status == "ok" || read.article.reason.is_some(), "{name}");
        assert_whole(name, &read);
    }
}

const JSONL: &[u8] = b"{\"url\": \"https://x.org/1\", \"text\": \"The CNIL fined Acme 5 million euros on 3 May 2021.\"}\n{\"text\": \"Two\", \"authors\": [{\"name\": \"A\"}], \"date\": 1639728000}\n{\"html\": \"<p>One \\u00e9 \\ud83d\\ude00</p>\"}\n";
const PAGE: &[u8] = b"<!doctype html><html lang=en><head><meta charset=utf-8><title>Bank fined | Site</title><meta property='og:title' content='Bank fined'><script type=\"application/ld+json\">{\"@type\": \"NewsArticle\", \"headline\": \"Bank fined\", \"datePublished\": \"2021-05-03T10:00:00+02:00\", \"author\": [{\"name\": \"Bea\"}]}</script></head><body><nav><ul><li><a href=/>Home</a></ul></nav><article><h1>Bank fined</h1><p class=byline>By <b>Bea</b></p><time datetime=2021-05-03>3 May</time><p>The regulator fined the bank 20 million euros last week, it said on Monday.</p><pre>a\n b</pre><table><tr><td>1<td>2</table><img src=a.png></article><svg><path d=x/></svg><footer>&copy; Site</footer></body></html>";
const WARC: &[u8] = b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://x.org/1\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: 87\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><p>One</p></html>\r\n\r\n\r\nWARC/1.0\r\nWARC-Type: conversion\r\nContent-Type: text/plain\r\nContent-Length: 3\r\n\r\nTwo\r\n\r\n";
const FEED: &[u8] = b"<?xml version=\"1.0\" encoding=\"utf-8\"?><rss><channel><language>en</language><item><title>T &amp; U</title><link>https://x.org/1</link><pubDate>Mon, 03 May 2021 10:00:00 GMT</pubDate><description><![CDATA[<p>One</p>]]></description></item></channel></rss>";
const ATOM: &[u8] = b"<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title type=\"html\">T</title><link href=\"https://x.org/1\"/><updated>2021-05-03</updated><content type=\"xhtml\"><div><p>One</p></div></content></entry></feed>";
const MAIL: &[u8] = b"From: a@x.org\r\nTo: b@x.org\r\nDate: Mon, 3 May 2021 10:00:00 +0200\r\nSubject: =?utf-8?q?T=E2=82=AC?=\r\nMIME-Version: 1.0\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n--a\r\nContent-Type: text/plain; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\nOne =E9=\r\n two\r\n--a\r\nContent-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\nPHA+T25lPC9wPg==\r\n--a--\r\n";
const CSV: &[u8] =
    b"title,text,url,date\n\"A, b\",\"One\nline \"\"q\"\"\",https://x.org/1,2021-05-03\nC,Two,,\n";

#[test]
fn damaged_json_is_read_as_far_as_it_goes() {
    fuzz_file("a.jsonl", |dice| mutated(JSONL, dice));
    let array =
        b"[{\"text\": \"One\", \"date\": \"2021-12-17\"}, {\"text\": [\"Two\", \"b\"]}, []]";
    fuzz_file("a.json", |dice| mutated(array, dice));
}

#[test]
fn damaged_pages_are_read_as_far_as_they_go() {
    fuzz_file("a.html", |dice| mutated(PAGE, dice));
}

#[test]
fn damaged_web_archives_are_read_as_far_as_they_go() {
    fuzz_file("a.warc", |dice| mutated(WARC, dice));
    fuzz_file("b.warc.gz", |dice| gzip(&mutated(WARC, dice)));
}

#[test]
fn damaged_feeds_are_read_as_far_as_they_go() {
    fuzz_file("a.rss", |dice| mutated(FEED, dice));
    fuzz_file("a.atom", |dice| mutated(ATOM, dice));
}

#[test]
fn damaged_tables_are_read_as_far_as_they_go() {
    fuzz_file("a.csv", |dice| mutated(CSV, dice));
    let tabs: Vec<u8> = CSV.iter().map(|byte| if *byte == b',' { b'\t' } else { *byte }).collect();
    fuzz_file("a.tsv", |dice| mutated(&tabs, dice));
}

#[test]
fn damaged_mails_are_read_as_far_as_they_go() {
    fuzz_file("a.eml", |dice| mutated(MAIL, dice));
}

#[test]
fn damaged_packings_and_archives_are_read_as_far_as_they_go() {
    let (tar, zip) = (tar(), zip());
    fuzz_file("a.tar", |dice| mutated(&tar, dice));
    fuzz_file("a.tar.gz", |dice| gzip(&mutated(&tar, dice)));
    fuzz_file("a.zip", |dice| mutated(&zip, dice));
    fuzz_file("a.jsonl.gz", |dice| mutated(&gzip(JSONL), dice));
    let zst = zstd::encode_all(JSONL, 1).unwrap();
    fuzz_file("a.jsonl.zst", |dice| mutated(&zst, dice));
    let mut bz2 = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    bz2.write_all(JSONL).unwrap();
    let bz2 = bz2.finish().unwrap();
    fuzz_file("a.jsonl.bz2", |dice| mutated(&bz2, dice));
}

#[test]
fn damaged_bytes_of_any_kind_are_told_by_their_content() {
    let seeds = [JSONL, PAGE, WARC, FEED, ATOM, MAIL, CSV];
    fuzz_file("unnamed", |dice| {
        let (a, b) = (dice.below(seeds.len()), dice.below(seeds.len()));
        let cut = dice.below(seeds[a].len());
        mutated(&[&seeds[a][..cut], seeds[b]].concat(), dice)
    });
}

#[test]
fn texts_cut_and_glued_at_random_are_quoted_by_their_rows() {
    let mut texts: Vec<String> = Vec::new();
    for folder in fs::read_dir("tests/lang").unwrap() {
        texts.extend(fs::read_to_string(folder.unwrap().path().join("sample.txt")));
    }
    texts.extend([JSONL, MAIL].map(|bytes| String::from_utf8_lossy(bytes).into_owned()));
    texts.sort();
    let engine = Engine::new(&EngineOptions::default()).unwrap();
    let mut scratch = Scratch::default();
    for case in cases() {
        let text = glued(&texts, &mut Dice::of("glued", case));
        let read = engine.process_record(&json_of(&text), &mut scratch);
        assert_whole(&format!("glued, case {case}"), &read);
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

/// A file for each format.
const MEMBERS: [(&str, &[u8]); 4] =
    [("a/one.jsonl", JSONL), ("two.html", PAGE), ("three.csv", CSV), ("four.eml", MAIL)];

fn tar() -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in MEMBERS {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

fn zip() -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, bytes) in MEMBERS {
        let packed = zip::write::SimpleFileOptions::default();
        zip.start_file(name, if bytes.len() > 500 { packed } else { stored }).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
