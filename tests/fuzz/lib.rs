//! What the fuzz targets share: bytes read as a file of one kind, and rows that must quote their text.

use std::{fs, panic, path::PathBuf, sync::OnceLock};

use finewire::{
    clean::{self, furniture::Furniture},
    dataset::record::Record,
    ingest::{
        fields::Fields,
        kind::Kind,
        parse::parse,
        raw::{Body, RawArticle},
        record::Limits,
        source::Source,
    },
    pipeline::{Engine, EngineOptions, Scratch},
};
use tempfile::TempDir;

/// Articles of one input, at most.
const MOST: usize = 100;
/// Bytes of one article, at most.
const LIMITS: Limits = Limits { max_article_bytes: 1 << 20 };

/// The file that holds the input of this process, in memory where there is such a folder.
fn place() -> &'static PathBuf {
    static PLACE: OnceLock<(TempDir, PathBuf)> = OnceLock::new();
    let (_, path) = PLACE.get_or_init(|| {
        // The fuzzer ends at every panic; those of this crate the reader of Parquet catches.
        let ends = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if info.location().is_none_or(|at| !at.file().contains("polars")) {
                ends(info);
            }
        }));
        let folder = tempfile::tempdir_in("/dev/shm").or_else(|_| tempfile::tempdir());
        let folder = folder.expect("a folder for temporary files");
        let path = folder.path().join("input");
        (folder, path)
    });
    path
}

/// Reads bytes as a file of one kind, or of whatever kind they look like, and decodes its records.
///
/// Read twice, they must give the same articles.
pub fn read(bytes: &[u8], kind: Option<Kind>) {
    fs::write(place(), bytes).expect("room for the input");
    let once = || {
        let source = Source::open(&[place().clone()], &Fields::default(), &LIMITS);
        let mut source = source.expect("the input was just written");
        if let Some(kind) = kind {
            source = source.reading_as(kind);
        }
        let records = source.take(MOST);
        records.map(|record| parse(&record, &Fields::default())).collect::<Vec<RawArticle>>()
    };
    assert!(once() == once(), "two readings differ");
}

/// Cleans a page or a text; its headline must stand first, and cleaning must find no more to do.
pub fn clean(body: Body) {
    static FURNITURE: OnceLock<Furniture> = OnceLock::new();
    let furniture = FURNITURE.get_or_init(|| Furniture::new().expect("the built-in table"));
    let Ok(article) = clean::article(furniture, &raw(body)) else { return };
    assert!(article.text.is_char_boundary(article.headline_len));
    assert!(!article.text.trim().is_empty());
}

/// Takes a text through every stage; each row must quote what its offsets point at.
pub fn extract(text: String, lang: &str) {
    static ENGINE: OnceLock<Engine> = OnceLock::new();
    let engine =
        ENGINE.get_or_init(|| Engine::new(&EngineOptions::default()).expect("the built-in tables"));
    let raw = RawArticle {
        lang: Some(lang.to_owned()),
        published: Some("2021-05-03".to_owned()),
        ..raw(Body::Text(text))
    };
    assert_whole(&engine.process(&raw, &mut Scratch::default()));
}

fn raw(body: Body) -> RawArticle {
    RawArticle {
        source: "input".to_owned(),
        record_id: None,
        url: None,
        title: None,
        author: None,
        published: None,
        lang: None,
        body: Ok(body),
        bytes: 0,
    }
}

fn assert_whole(record: &Record) {
    let Some(text) = &record.article.text else { return };
    let chars: Vec<char> = text.chars().collect();
    let quoted =
        |start: u32, end: u32| chars[start as usize..end as usize].iter().collect::<String>();
    for row in &record.entities {
        assert_eq!(quoted(row.start, row.end), row.text);
    }
    for row in &record.dates {
        assert_eq!(quoted(row.start, row.end), row.text);
    }
    for row in &record.amounts {
        assert_eq!(quoted(row.start, row.end), row.text);
    }
    for row in &record.actions {
        assert_eq!(quoted(row.start, row.end), row.evidence);
    }
}
