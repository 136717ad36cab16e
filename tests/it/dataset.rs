//! What a run leaves on the disk: tables, snapshots, and nothing lost.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    path::{Path, PathBuf},
};

use finewire::{
    base::reject::Reason,
    dataset::{
        record::{ActionRow, AmountRow, DateRow, EntityRow, Record, article_id},
        schema,
        snapshot::{KEPT, SnapshotError, Store},
        summary::Summary,
        writer::Writer,
    },
    ingest::raw::{Body, RawArticle},
    merge::case::CaseRow,
    run::{Observer, Stages, publish},
};
use jiff::civil::date;
use polars::prelude::{AnyValue, DataFrame, DataType, ParquetReader, SerReader, TimeUnit};

/// A stand-in for the engine: every word `fine` is an action, `panic` is a bug.
struct Toy;

impl Stages<RawArticle> for Toy {
    type Scratch = String;

    fn process(&self, raw: &RawArticle, scratch: &mut String) -> Record {
        let text = match &raw.body {
            Ok(Body::Text(text) | Body::Html(text)) => text,
            Err(reason) => return Record::without_facts(raw, reason),
        };
        scratch.clear();
        scratch.push_str(text);
        assert!(!text.contains("panic"), "as asked");
        let mut record = Record::without_facts(raw, &Reason::Empty);
        let row = &mut record.article;
        row.article_id = article_id(raw.url.as_deref(), &raw.source, text);
        (row.status, row.reason, row.lang) = ("ok", None, "en");
        row.content_hash = format!("{:x}", xxhash_rust::xxh3::xxh3_64(text.as_bytes()));
        row.text = Some(text.clone());
        // Out of order on purpose: the writer orders rows.
        for (start, _) in text.rmatch_indices("fine") {
            record.actions.push(action(&record.article.article_id, start as u32));
        }
        record
    }
}

fn action(article: &str, start: u32) -> ActionRow {
    ActionRow {
        action_id: format!("{article}-{start}"),
        start,
        end: start + 4,
        evidence: "The CNIL imposed a fine of 20 million euros on Clearview AI.".to_owned(),
        trigger: "fine".to_owned(),
        r#type: "fine",
        status: "imposed",
        regulator_id: Some("fr-cnil".to_owned()),
        target: Some("Clearview AI".to_owned()),
        amount: Some(20_000_000.0),
        currency: Some("EUR".to_owned()),
        first_day: Some(date(2022, 10, 17)),
        last_day: Some(date(2022, 10, 17)),
        date_from: "stated",
        laws: vec!["eu-gdpr:6".to_owned(), "eu-gdpr:31".to_owned()],
        measures: vec!["cease", "delete_data"],
        rule: "action.toy".to_owned(),
        confidence: 0.75,
        ..ActionRow::default()
    }
}

fn raw(number: usize, text: &str) -> RawArticle {
    RawArticle {
        source: format!("a.jsonl#{number}"),
        record_id: None,
        url: Some(format!("https://example.org/{number}")),
        title: None,
        author: None,
        published: None,
        lang: None,
        body: Ok(Body::Text(text.to_owned())),
        bytes: text.len() as u64,
    }
}

fn corpus(articles: usize) -> Vec<RawArticle> {
    (0..articles)
        .map(|number| raw(number, &format!("Article {number}: {}", "a fine, ".repeat(number % 4))))
        .collect()
}

struct Silent(usize);

impl Observer for Silent {
    fn batch(&mut self, _: &Summary) {
        self.0 += 1;
    }
}

fn extract(folder: &Path, articles: Vec<RawArticle>, threads: usize) -> Summary {
    let mut observer = Silent(0);
    let (summary, snapshot) =
        publish(&Toy, articles.into_iter(), folder, threads, &mut observer).unwrap();
    assert!(snapshot.join("run.json").is_file());
    summary
}

/// Reads one table whole, part after part.
fn table(snapshot: &Path, name: &str) -> DataFrame {
    let mut parts: Vec<PathBuf> =
        fs::read_dir(snapshot.join(name)).unwrap().map(|entry| entry.unwrap().path()).collect();
    parts.sort();
    let frames = parts.iter().map(|part| ParquetReader::new(File::open(part).unwrap()).finish());
    frames.map(Result::unwrap).reduce(|all, part| all.vstack(&part).unwrap()).unwrap()
}

fn strings(frame: &DataFrame, column: &str) -> Vec<String> {
    let column = frame.column(column).unwrap().str().unwrap();
    column.iter().map(|value| value.unwrap_or("null").to_owned()).collect()
}

/// Every file of the tables, by its path in the snapshot.
fn files(snapshot: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for table in schema::tables() {
        for entry in fs::read_dir(snapshot.join(table.name)).unwrap() {
            let path = entry.unwrap().path();
            let name = path.strip_prefix(snapshot).unwrap().to_str().unwrap().to_owned();
            files.insert(name, fs::read(path).unwrap());
        }
    }
    files
}

#[test]
fn the_schema_is_what_it_was() {
    insta::assert_snapshot!("schema", schema::to_text());
}

#[test]
fn every_table_has_the_columns_of_the_schema_even_without_a_row() {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Writer::create(folder.path()).unwrap();
    writer.finish(&[]).unwrap();
    for expected in schema::tables() {
        let frame = table(folder.path(), expected.name);
        assert_eq!(frame.height(), 0);
        let names: Vec<&str> = expected.columns.iter().map(|column| column.name).collect();
        assert_eq!(frame.get_column_names(), names);
    }
}

#[test]
fn a_record_is_read_back_as_it_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let mut writer = Writer::create(folder.path()).unwrap();
    writer.write(vec![whole_record()]).unwrap();
    let case = CaseRow {
        case_id: "c1".to_owned(),
        languages: vec!["en".to_owned(), "fr".to_owned()],
        first_reported: Some(date(1969, 12, 31)),
        ..CaseRow::default()
    };
    writer.finish(&[case]).unwrap();

    let articles = table(folder.path(), "articles");
    // This reader says `+00:00` for UTC.
    assert!(matches!(
        articles.schema().get("published_at"),
        Some(DataType::Datetime(TimeUnit::Milliseconds, Some(_)))
    ));
    assert_eq!(articles.schema().get("published_on"), Some(&DataType::Date));
    assert_eq!(articles.schema().get("words"), Some(&DataType::UInt32));
    assert_eq!(articles.schema().get("lang_confidence"), Some(&DataType::Float32));
    let moment = articles.column("published_at").unwrap().cast(&DataType::Int64).unwrap();
    assert_eq!(moment.get(0).unwrap(), AnyValue::Int64(1_639_725_180_000));
    let day = articles.column("published_on").unwrap().cast(&DataType::Int32).unwrap();
    assert_eq!(day.get(0).unwrap(), AnyValue::Int32(18_978));
    assert_eq!(strings(&articles, "text"), ["L’amende de 20 M€"]);

    let actions = table(folder.path(), "actions");
    let laws = actions.column("laws").unwrap().list().unwrap().get_as_series(0).unwrap();
    assert_eq!(
        laws.str().unwrap().iter().flatten().collect::<Vec<_>>(),
        ["eu-gdpr:6", "eu-gdpr:31"]
    );
    assert_eq!(actions.column("amount").unwrap().get(0).unwrap(), AnyValue::Float64(2e7));
    let amounts = table(folder.path(), "amounts");
    assert_eq!(amounts.column("converted_from").unwrap().get(0).unwrap(), AnyValue::Int64(3));
    assert_eq!(amounts.column("value").unwrap().get(0).unwrap(), AnyValue::Null);
    assert_eq!(strings(&table(folder.path(), "dates"), "value"), ["2021-12-17"]);
    assert_eq!(strings(&table(folder.path(), "entities"), "entity_id"), ["fr-cnil"]);
    let cases = table(folder.path(), "cases");
    let day = cases.column("first_reported").unwrap().cast(&DataType::Int32).unwrap();
    assert_eq!(day.get(0).unwrap(), AnyValue::Int32(-1));
}

fn whole_record() -> Record {
    let mut record = Record::default();
    record.article.article_id = "0".repeat(32);
    record.article.published_at = Some(1_639_725_180_000);
    record.article.published_on = Some(date(2021, 12, 17));
    record.article.text = Some("L’amende de 20 M€".to_owned());
    record.article.status = "ok";
    record.entities.push(EntityRow {
        start: 0,
        end: 4,
        text: "CNIL".to_owned(),
        label: "REGULATOR",
        name: "CNIL".to_owned(),
        entity_id: Some("fr-cnil".to_owned()),
        rule: "entity.toy",
        confidence: 1.0,
    });
    record.dates.push(DateRow {
        start: 0,
        end: 4,
        text: "hier".to_owned(),
        value: "2021-12-17".to_owned(),
        first_day: Some(date(2021, 12, 17)),
        last_day: Some(date(2021, 12, 17)),
        granularity: "day",
        relative: true,
        modifier: None,
        rule: "date.toy",
    });
    record.amounts.push(AmountRow {
        start: 12,
        end: 17,
        text: "20 M€".to_owned(),
        value: None,
        low: Some(2e7),
        high: None,
        currency: "EUR".to_owned(),
        qualifier: Some("range"),
        per: None,
        converted_from: Some(3),
        amount_eur: Some(2e7),
        role: Some("fine"),
        rule: "money.toy",
    });
    record.actions.push(action(&record.article.article_id, 2));
    record
}

#[test]
fn files_carry_the_version_of_the_schema() {
    let folder = tempfile::tempdir().unwrap();
    Writer::create(folder.path()).unwrap().finish(&[]).unwrap();
    let file = File::open(folder.path().join("cases/part-00001.parquet")).unwrap();
    let mut reader = ParquetReader::new(file);
    let metadata = reader.get_metadata().unwrap().key_value_metadata().clone().unwrap();
    let value = |key: &str| metadata.iter().find(|entry| entry.key == key)?.value.clone();
    assert_eq!(value("finewire.schema_version"), Some(schema::SCHEMA_VERSION.to_string()));
    assert_eq!(value("finewire.version").as_deref(), Some(env!("CARGO_PKG_VERSION")));
    // Readers would take string views from it, which some can neither filter nor sort by.
    assert_eq!(value("ARROW:schema"), None);
}

#[test]
fn any_number_of_threads_writes_the_same_bytes() {
    let written: Vec<_> = [1, 2, 8]
        .map(|threads| {
            let folder = tempfile::tempdir().unwrap();
            extract(folder.path(), corpus(5000), threads);
            files(&folder.path().join("latest"))
        })
        .into_iter()
        .collect();
    assert!(written.iter().all(|files| *files == written[0]));
}

#[test]
fn no_row_is_lost_and_rows_are_ordered() {
    let folder = tempfile::tempdir().unwrap();
    let mut articles = corpus(3000);
    articles.push(RawArticle { body: Err(Reason::Syntax), ..raw(3000, "") });
    articles.push(raw(3001, "panic"));
    articles.push(raw(3002, "a fine after it"));
    let summary = extract(folder.path(), articles, 2);
    assert_eq!((summary.articles, summary.failed()), (3003, 2));
    assert_eq!(summary.reasons["invalid JSON"], 1);
    assert_eq!(summary.reasons["internal error"], 1);

    let latest = folder.path().join("latest");
    let ids = strings(&table(&latest, "articles"), "article_id");
    assert_eq!(ids.len(), 3003);
    assert!(ids.is_sorted());
    let actions = table(&latest, "actions");
    assert_eq!(actions.height() as u64, summary.rows("actions"));
    assert_eq!(actions.height(), 750 * 6 + 1);
    let starts = actions.column("start").unwrap().u32().unwrap();
    let order: Vec<_> = strings(&actions, "article_id").into_iter().zip(starts.iter()).collect();
    assert!(order.is_sorted());
}

#[test]
fn an_exact_repeat_is_dropped_and_another_version_is_kept() {
    let folder = tempfile::tempdir().unwrap();
    let first = raw(1, "a fine");
    let repeat = RawArticle { source: "b.jsonl#1".to_owned(), ..raw(1, "a fine") };
    let update = RawArticle { source: "b.jsonl#2".to_owned(), ..raw(1, "a fine, doubled") };
    let broken = RawArticle { body: Err(Reason::NoText), ..raw(1, "") };
    let summary = extract(folder.path(), vec![first, repeat, update.clone(), broken, update], 1);
    assert_eq!((summary.articles, summary.repeated), (5, 2));

    let latest = folder.path().join("latest");
    let articles = strings(&table(&latest, "articles"), "article_id");
    assert_eq!(articles.len(), 3);
    let actions = table(&latest, "actions");
    assert_eq!(actions.height(), 2);
    for (action, article) in
        strings(&actions, "action_id").iter().zip(strings(&actions, "article_id"))
    {
        assert!(action.starts_with(&article) && articles.contains(&article));
    }
}

#[test]
fn a_second_run_on_the_same_folder_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(folder.path()).unwrap();
    assert!(matches!(Store::open(folder.path()), Err(SnapshotError::Locked { .. })));
    drop(store);
    assert!(Store::open(folder.path()).is_ok());
}

#[test]
fn what_a_killed_run_left_is_removed_and_latest_stays_whole() {
    let folder = tempfile::tempdir().unwrap();
    extract(folder.path(), corpus(10), 1);
    let before = files(&folder.path().join("latest"));
    // Killed in a draft, in the switch and while an old snapshot was removed.
    for left in [".finewire-draft-000002/articles", ".finewire-draft-old-000000"] {
        fs::create_dir_all(folder.path().join(left)).unwrap();
    }
    fs::write(folder.path().join(".finewire-draft-000002/articles/part-00001.parquet"), "x")
        .unwrap();
    fs::write(folder.path().join(".finewire-draft-latest"), "x").unwrap();
    fs::write(folder.path().join("notes.txt"), "mine").unwrap();
    assert_eq!(files(&folder.path().join("latest")), before);

    extract(folder.path(), corpus(10), 1);
    assert_eq!(files(&folder.path().join("latest")), before);
    let mut names: Vec<String> = fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    assert_eq!(names, [".finewire-lock", "latest", "notes.txt", "snapshots"]);
    assert!(folder.path().join("snapshots/000002/run.json").is_file());
}

#[test]
fn a_run_that_stops_leaves_latest_and_no_draft() {
    let folder = tempfile::tempdir().unwrap();
    extract(folder.path(), corpus(10), 1);
    let store = Store::open(folder.path()).unwrap();
    let draft = store.begin().unwrap();
    let mut writer = Writer::create(draft.folder()).unwrap();
    // The disk refuses a file in the middle of the run.
    fs::remove_dir(draft.folder().join("dates")).unwrap();
    writer.write(vec![whole_record()]).unwrap();
    assert!(writer.finish(&[]).is_err());
    drop((draft, store));
    assert_eq!(table(&folder.path().join("latest"), "articles").height(), 10);
    assert_eq!(fs::read_dir(folder.path().join("snapshots")).unwrap().count(), 1);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 3);
}

#[test]
fn a_latest_that_is_no_link_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("latest")).unwrap();
    assert!(matches!(Store::open(folder.path()), Err(SnapshotError::NotALink { .. })));
}

#[test]
fn the_newest_snapshots_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    for _ in 0..KEPT + 2 {
        let store = Store::open(folder.path()).unwrap();
        store.publish(store.begin().unwrap()).unwrap();
    }
    let mut kept: Vec<String> = fs::read_dir(folder.path().join("snapshots"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    kept.sort();
    assert_eq!(kept.first().map(String::as_str), Some("000003"));
    assert_eq!(kept.len(), KEPT);
    let latest = fs::read_link(folder.path().join("latest")).unwrap();
    assert_eq!(latest, Path::new("snapshots/000009"));
}
