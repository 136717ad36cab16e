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

/// A web archive of one good page, one redirect, one picture and one text, gzipped by member.
fn warc(member: impl Fn(&[u8]) -> Vec<u8>) -> Vec<u8> {
    let record = |kind: &str, mime: &str, block: &[u8]| {
        let mut record = format!(
            "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://x.org/{}\r\n\
             Content-Type: {mime}\r\nContent-Length: {}\r\n\r\n",
            block.len(),
            block.len()
        )
        .into_bytes();
        record.extend_from_slice(block);
        record.extend_from_slice(b"\r\n\r\n");
        record
    };
    let http = "application/http; msgtype=response";
    let page = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1252\r\n\r\n\
        <html><body><p>Une amende de 5 \x80</p></body></html>";
    [
        record("warcinfo", "application/warc-fields", b"software: x\r\n"),
        record("response", http, page),
        record("response", http, b"HTTP/1.1 302 Found\r\nLocation: /\r\n\r\n"),
        record("response", http, b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG"),
        record("conversion", "text/plain", "Un texte clair".as_bytes()),
    ]
    .iter()
    .flat_map(|record| member(record))
    .collect()
}

#[test]
fn a_web_archive_yields_its_pages_and_texts() {
    for bytes in [warc(<[u8]>::to_vec), warc(gzip)] {
        let articles = read_bytes("crawl.bin.gz", &bytes);
        // A name that says nothing is settled by the content.
        assert_eq!(articles.len(), 2);
        assert!(text(&articles[0]).contains("Une amende de 5 €"));
        assert!(matches!(articles[0].body, Ok(Body::Html(_))));
        assert!(articles[0].url.as_deref().unwrap().starts_with("https://x.org/"));
        assert!(articles[0].source.ends_with("#2"));
        assert_eq!(text(&articles[1]), "Un texte clair");
    }
}

#[test]
fn the_cut_end_of_a_web_archive_costs_its_last_record() {
    let bytes = warc(<[u8]>::to_vec);
    let articles = read_bytes("crawl.warc", &bytes[..bytes.len() - 10]);
    assert_eq!(articles.len(), 2);
    assert_eq!(articles[1].body, Err(Reason::Truncated));
    let broken = [b"no record\r\n".to_vec(), bytes].concat();
    assert_eq!(read_bytes("crawl.warc", &broken).len(), 2, "it goes on at the next record");
}

#[test]
fn a_feed_yields_its_items_and_a_broken_one_costs_itself() {
    let feed = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?><rss><channel><title>News</title>\
        <language>fr</language>\
        <item><title>Une</title><link>https://x.org/1</link><description><![CDATA[<p>Le r\u{e9}gulateur \
        </item> inflige</p>]]></description><pubDate>Fri, 17 Dec 2021 08:13:00 GMT</pubDate></item>\
        <item><title>Deux</title><link>https://x.org/2</link></item></channel></rss>";
    let bytes: Vec<u8> = feed.chars().map(|c| c as u8).collect();
    let articles = read_bytes("feed", &bytes);
    assert_eq!(articles.len(), 2);
    assert!(text(&articles[0]).contains("Le régulateur </item> inflige"));
    assert_eq!(articles[0].lang.as_deref(), Some("fr"));
    assert_eq!(articles[0].url.as_deref(), Some("https://x.org/1"));
    assert_eq!(articles[1].body, Err(Reason::NoText));
}

#[test]
fn tables_are_read_by_the_names_of_their_columns() {
    let comma = "id,title,body,url\n1,\"A, B\",\"First\nline\",https://x.org/1\n2,C,Second,\n";
    let tab = "headline\ttext\nA\tFirst\n";
    let semicolon = "title;text;date\nA;First;2021-12-17\n";
    let articles = read_bytes("a.csv", comma.as_bytes());
    assert_eq!(articles.len(), 2);
    assert_eq!(text(&articles[0]), "First\nline");
    assert_eq!(articles[0].title.as_deref(), Some("A, B"));
    assert_eq!(articles[1].record_id.as_deref(), Some("2"));
    assert_eq!(articles[1].url, None);
    assert_eq!(read_bytes("a.tsv", tab.as_bytes())[0].title.as_deref(), Some("A"));
    let dated = &read_bytes("a.csv", semicolon.as_bytes())[0];
    assert_eq!(dated.published.as_deref(), Some("2021-12-17"));
}

#[test]
fn a_mail_is_read_from_its_page() {
    let mail = "From: The Regulator <news@x.org>\r\nTo: a@b.org\r\nSubject: =?utf-8?q?Amende_d=C3=A9cid=C3=A9e?=\r\n\
        Date: Fri, 17 Dec 2021 08:13:00 +0100\r\nMIME-Version: 1.0\r\n\
        Content-Type: text/html; charset=iso-8859-1\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
        <html><p>D=E9cision</p></html>\r\n";
    let article = &read_bytes("newsletter", mail.as_bytes())[0];
    assert_eq!(article.title.as_deref(), Some("Amende décidée"));
    assert!(text(article).contains("Décision"));
    assert_eq!(article.author.as_deref(), Some("The Regulator"));
    assert!(article.published.as_deref().unwrap().starts_with("2021-12-17T08:13:00"));
}

#[test]
fn archives_are_read_member_by_member_and_lead_nowhere() {
    let folder = tempfile::tempdir().unwrap();
    let mut builder = tar::Builder::new(Vec::new());
    let mut add = |name: &str, bytes: &[u8]| {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        // Set by hand: the builder refuses names that lead out.
        header.as_gnu_mut().unwrap().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_cksum();
        builder.append(&header, bytes).unwrap();
    };
    add("../../etc/a.txt", b"one");
    add("b/c.jsonl.gz", &gzip(b"{\"text\": \"two\"}\n{\"text\": \"three\"}\n"));
    add("b/picture.png", b"\x89PNG");
    add("b/.hidden.txt", b"no");
    let bytes = builder.into_inner().unwrap();
    let path = folder.path().join("a.tar.gz");
    fs::write(&path, gzip(&bytes)).unwrap();
    let articles = read(&path);
    let sources: Vec<_> =
        articles.iter().map(|a| a.source.rsplit_once('!').unwrap().1.to_owned()).collect();
    assert_eq!(sources, ["etc/a.txt", "b/c.jsonl.gz#1", "b/c.jsonl.gz#2"]);
    let texts: Vec<_> = articles.iter().map(text).collect();
    assert_eq!(texts, ["one", "two", "three"]);

    let path = folder.path().join("a.zip");
    let mut zip = zip::ZipWriter::new(fs::File::create(&path).unwrap());
    for (name, bytes) in [("z/b.txt", &b"two"[..]), ("a.html", b"<html>one"), ("x.png", b"\x89PNG")]
    {
        zip.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        zip.write_all(bytes).unwrap();
    }
    zip.finish().unwrap();
    let articles = read(&path);
    assert_eq!(articles.iter().map(text).collect::<Vec<_>>(), ["<html>one", "two"]);
}

#[test]
fn bombs_end_with_a_reason() {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&vec![b' '; 80 << 20]).unwrap();
    let articles = read_bytes("a.jsonl.gz", &encoder.finish().unwrap());
    assert_eq!(articles.last().unwrap().body, Err(Reason::Bomb));
    let nested = (0..5).fold(b"x".to_vec(), |bytes, _| gzip(&bytes));
    assert_eq!(read_bytes("a.txt.gz", &nested)[0].body, Err(Reason::Unreadable));
}

#[test]
fn patterns_and_manifests_name_inputs() {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path();
    for name in ["a1.txt", "a2.txt", "b.txt"] {
        fs::write(root.join(name), name).unwrap();
    }
    let articles = read(&root.join("a*.txt"));
    assert_eq!(articles.iter().map(text).collect::<Vec<_>>(), ["a1.txt", "a2.txt"]);
    let list = root.join("list");
    let line = |name: &str| root.join(name).to_string_lossy().into_owned();
    fs::write(&list, format!("# mine\n{}\n\n{}\n", line("b.txt"), line("gone.txt"))).unwrap();
    let source = Source::open(&[], &Fields::default(), &Limits::default()).unwrap();
    let articles: Vec<RawArticle> = source
        .with_manifest(&list)
        .unwrap()
        .map(|record| parse(&record, &Fields::default()))
        .collect();
    assert_eq!(articles.iter().map(text).collect::<Vec<_>>(), ["b.txt", "unreadable file"]);
}

#[test]
fn xz_and_bzip2_are_undone() {
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    encoder.write_all(b"one").unwrap();
    assert_eq!(text(&read_bytes("a.txt.bz2", &encoder.finish().unwrap())[0]), "one");
    // `printf one | xz`
    let xz = [
        0xFD, 0x37, 0x7A, 0x58, 0x5A, 0, 0, 4, 0xE6, 0xD6, 0xB4, 0x46, 2, 0, 0x21, 1, 0x16, 0, 0,
        0, 0x74, 0x2F, 0xE5, 0xA3, 1, 0, 2, 0x6F, 0x6E, 0x65, 0, 0, 0x7E, 0xE5, 0x10, 0xC5, 0xD5,
        0x6A, 0x6C, 0x9A, 0, 1, 0x1B, 3, 0x0B, 0x2F, 0xB9, 0x10, 0x1F, 0xB6, 0xF3, 0x7D, 1, 0, 0,
        0, 0, 4, 0x59, 0x5A,
    ];
    assert_eq!(text(&read_bytes("a.txt.xz", &xz)[0]), "one");
}

#[test]
fn parquet_is_read_by_the_names_of_its_columns() {
    use polars::prelude::{DataFrame, IntoColumn, NamedFrom, ParquetWriter, Series};
    let columns = vec![
        Series::new("body".into(), ["one", "two"]).into_column(),
        Series::new("id".into(), [7i64, 8]).into_column(),
        Series::new("other".into(), [0.5f64, 1.5]).into_column(),
    ];
    let mut bytes = Vec::new();
    let mut frame = DataFrame::new(2, columns).unwrap();
    ParquetWriter::new(&mut bytes).finish(&mut frame).unwrap();
    // Packed and in an archive it is read the same.
    let mut builder = tar::Builder::new(Vec::new());
    let mut header = tar::Header::new_gnu();
    header.set_size(bytes.len() as u64);
    header.set_mode(0o644);
    builder.append_data(&mut header, "in/table.parquet", &bytes[..]).unwrap();
    let archive = builder.into_inner().unwrap();
    let files = [("table", bytes.clone()), ("table.parquet.gz", gzip(&bytes)), ("a.tar", archive)];
    for (name, bytes) in files {
        let articles = read_bytes(name, &bytes);
        assert_eq!(articles.iter().map(text).collect::<Vec<_>>(), ["one", "two"], "{name}");
        assert_eq!(articles[1].record_id.as_deref(), Some("8"));
        assert!(articles[1].source.ends_with("#2"));
    }
    assert_eq!(
        text(&read_bytes("cut.parquet.gz", &gzip(&bytes[..50]))[0]),
        "truncated or broken stream"
    );
}

#[test]
fn a_folder_yields_what_its_bytes_say_whatever_it_is_called() {
    let root = tempfile::tempdir().unwrap();
    let mail = b"From: a@x.org\r\nTo: b@x.org\r\nSubject: S\r\n\r\nmail\r\n";
    fs::write(root.path().join("a.dat"), gzip(b"{\"text\": \"line\"}\n")).unwrap();
    fs::write(root.path().join("b"), mail).unwrap();
    fs::write(root.path().join("c.png"), b"\x89PNG").unwrap();
    let articles = read(root.path());
    assert_eq!(
        articles.iter().map(|a| text(a).trim().to_owned()).collect::<Vec<_>>(),
        ["line", "mail"]
    );
}
