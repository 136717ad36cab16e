//! What a run leaves on the disk: tables, snapshots, and nothing lost.

use std::{
    collections::BTreeMap,
    fs::{self, File},
    path::{Path, PathBuf},
    sync::atomic::{AtomicUsize, Ordering},
};

use finewire::{
    base::reject::Reason,
    dataset::{
        changes,
        record::{ActionRow, AmountRow, DateRow, EntityRow, Record, article_id},
        schema,
        snapshot::{KEPT, SnapshotError, Store},
        summary::Summary,
    },
    ingest::{
        fields::Fields,
        parse::parse,
        raw::{Body, RawArticle},
        record::{Fetched, Format, RawRecord},
    },
    run::{
        article::Stages,
        publish,
        settings::{Observer, Options},
    },
};
use jiff::civil::date;
use polars::prelude::{AnyValue, DataFrame, DataType, ParquetReader, SerReader, TimeUnit};

/// A stand-in for the engine: every word `fine` is an action, `panic` is a bug at the
/// first stage, `alarm` one at the last.
struct Toy;

impl Stages<RawArticle> for Toy {
    type Scratch = String;
    type Opened = Record;

    fn tables(&self, opened: &Record) -> usize {
        opened.article.input_bytes as usize % 3
    }

    fn finish(&self, opened: &[Record], scratch: &mut String) -> Vec<Record> {
        scratch.clear();
        scratch.extend(opened.iter().filter_map(|record| record.article.text.as_deref()));
        assert!(!scratch.contains("alarm"), "as asked");
        opened.to_vec()
    }

    fn open(&self, raw: &RawArticle) -> Record {
        let text = match &raw.body {
            Ok(Body::Text(text) | Body::Html(text)) => text,
            Err(reason) => return Record::without_facts(raw, reason),
        };
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
    let options = Options { threads, ..Options::default() };
    let (summary, snapshot) =
        publish(&Toy, articles.into_iter(), folder, &options, &mut observer).unwrap();
    assert!(snapshot.join("run.json").is_file());
    summary
}

/// Reads one table whole, part after part.
pub(crate) fn table(snapshot: &Path, name: &str) -> DataFrame {
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
pub(crate) fn files(snapshot: &Path) -> BTreeMap<String, Vec<u8>> {
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
    extract(folder.path(), Vec::new(), 1);
    for expected in schema::tables() {
        let frame = table(&folder.path().join("latest"), expected.name);
        assert_eq!(frame.height(), 0);
        let names: Vec<&str> = expected.columns.iter().map(|column| column.name).collect();
        assert_eq!(frame.get_column_names(), names);
    }
}

#[test]
fn a_record_is_read_back_as_it_was_written() {
    let folder = tempfile::tempdir().unwrap();
    let (stub, options) = (Stub(whole_record()), Options::default());
    publish(&stub, std::iter::once(raw(1, "")), folder.path(), &options, &mut Silent(0)).unwrap();
    let latest = folder.path().join("latest");

    let articles = table(&latest, "articles");
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

    let actions = table(&latest, "actions");
    let laws = actions.column("laws").unwrap().list().unwrap().get_as_series(0).unwrap();
    assert_eq!(
        laws.str().unwrap().iter().flatten().collect::<Vec<_>>(),
        ["eu-gdpr:6", "eu-gdpr:31"]
    );
    assert_eq!(actions.column("amount").unwrap().get(0).unwrap(), AnyValue::Float64(2e7));
    let amounts = table(&latest, "amounts");
    assert_eq!(amounts.column("converted_from").unwrap().get(0).unwrap(), AnyValue::Int64(3));
    assert_eq!(amounts.column("value").unwrap().get(0).unwrap(), AnyValue::Null);
    assert_eq!(strings(&table(&latest, "dates"), "value"), ["2021-12-17"]);
    assert_eq!(strings(&table(&latest, "entities"), "entity_id"), ["fr-cnil"]);
    let cases = table(&latest, "cases");
    let day = cases.column("first_reported").unwrap().cast(&DataType::Int32).unwrap();
    assert_eq!(day.get(0).unwrap(), AnyValue::Int32(18_978));
}

/// Makes the same record of everything.
struct Stub(Record);

impl Stages<RawArticle> for Stub {
    type Scratch = ();
    type Opened = ();

    fn open(&self, _: &RawArticle) {}

    fn tables(&self, (): &()) -> usize {
        0
    }

    fn finish(&self, opened: &[()], (): &mut ()) -> Vec<Record> {
        opened.iter().map(|()| self.0.clone()).collect()
    }
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
    extract(folder.path(), Vec::new(), 1);
    let file = File::open(folder.path().join("latest/cases/part-00001.parquet")).unwrap();
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
    articles.push(raw(3002, "alarm"));
    articles.push(raw(3003, "a fine after it"));
    let summary = extract(folder.path(), articles, 2);
    assert_eq!((summary.articles, summary.failed()), (3004, 3));
    assert_eq!(summary.reasons["invalid JSON"], 1);
    assert_eq!(summary.reasons["internal error"], 2);

    let latest = folder.path().join("latest");
    let ids = strings(&table(&latest, "articles"), "article_id");
    assert_eq!(ids.len(), 3004);
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
    assert_ne!(strings(&actions, "action_id")[0], strings(&actions, "action_id")[1]);
    assert!(strings(&actions, "article_id").iter().all(|article| articles.contains(article)));
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
    // A bug in the reader stops the run in the middle.
    let broken = corpus(5000).into_iter().inspect(|article| {
        assert!(!article.source.ends_with("#4000"), "as asked");
    });
    let options = Options { in_memory: 0, ..Options::default() };
    assert!(publish(&Toy, broken, folder.path(), &options, &mut Silent(0)).is_err());
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
        store.publish(store.begin().unwrap(), KEPT).unwrap();
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

/// A record whose article has an address of its own.
fn record(number: usize, source: &str, text: &str) -> RawRecord {
    let fetched =
        Fetched { url: Some(format!("https://example.org/{number}")), ..Fetched::default() };
    RawRecord {
        source: source.to_owned(),
        format: Format::Text,
        bytes: Ok(text.as_bytes().to_vec()),
        size: text.len() as u64,
        position: 0,
        fetched: Some(Box::new(fetched)),
    }
}

/// Counts how many articles it is given.
#[derive(Default)]
struct Counting(AtomicUsize);

impl Stages<RawRecord> for Counting {
    type Scratch = String;
    type Opened = Record;

    fn tables(&self, opened: &Record) -> usize {
        Toy.tables(opened)
    }

    fn finish(&self, opened: &[Record], _: &mut String) -> Vec<Record> {
        opened.to_vec()
    }

    fn open(&self, record: &RawRecord) -> Record {
        self.0.fetch_add(1, Ordering::Relaxed);
        Toy.open(&parse(record, &Fields::default()))
    }
}

/// Runs records into a folder and returns how many had to be read, and the summary.
fn refresh(folder: &Path, records: &[RawRecord], options: Options) -> (usize, Summary) {
    let engine = Counting::default();
    let records = records.iter().cloned();
    let done = publish(&engine, records, folder, &options, &mut Silent(0)).unwrap();
    (engine.0.into_inner(), done.0)
}

fn night(articles: usize) -> Vec<RawRecord> {
    let text = |number: usize| format!("Article {number}: {}", "a fine, ".repeat(number % 4));
    (0..articles).map(|number| record(number, &format!("a#{number}"), &text(number))).collect()
}

#[test]
fn a_refresh_reads_what_changed_and_shares_what_did_not() {
    let folder = tempfile::tempdir().unwrap();
    let mut records = night(3000);
    let (read, _) = refresh(folder.path(), &records, Options::default());
    assert_eq!(read, 3000);
    let first = folder.path().join("snapshots/000001");

    records.reverse();
    let (read, summary) = refresh(folder.path(), &records, Options::default());
    assert_eq!((read, summary.reused, summary.changes.unchanged), (0, 3000, 3000));
    let second = folder.path().join("snapshots/000002");
    assert_eq!(files(&first), files(&second));
    #[cfg(unix)]
    {
        use std::os::unix::fs::MetadataExt;
        let inode =
            |folder: &Path| fs::metadata(folder.join("actions/part-00001.parquet")).unwrap().ino();
        assert_eq!(inode(&first), inode(&second), "an unchanged part is the same file");
    }

    // Ten change, ten are new, ten are gone.
    for (number, changed) in records.iter_mut().enumerate().take(10) {
        *changed = record(2999 - number, &format!("a#{}", 2999 - number), "a fine again");
    }
    records.truncate(2990);
    records.extend((3000..3010).map(|number| record(number, "b", "a fine and a fine")));
    let drops = Options { remove_missing: true, ..Options::default() };
    let (read, summary) = refresh(folder.path(), &records, drops);
    let changes = summary.changes;
    assert_eq!(read, 20);
    assert_eq!((changes.new, changes.changed, changes.removed), (10, 10, 10));

    let fresh = tempfile::tempdir().unwrap();
    refresh(fresh.path(), &records, Options { threads: 1, ..Options::default() });
    assert_eq!(files(&fresh.path().join("latest")), files(&folder.path().join("latest")));
}

#[test]
fn what_is_not_met_again_stays_unless_asked() {
    let folder = tempfile::tempdir().unwrap();
    refresh(folder.path(), &night(100), Options::default());
    let (read, summary) = refresh(folder.path(), &night(110)[90..], Options::default());
    assert_eq!((read, summary.changes.new, summary.changes.removed), (10, 10, 0));
    assert_eq!(summary.rows("articles"), 110);
    let all = tempfile::tempdir().unwrap();
    refresh(all.path(), &night(110), Options::default());
    assert_eq!(files(&all.path().join("latest")), files(&folder.path().join("latest")));
}

#[test]
fn another_program_or_option_reads_again() {
    let folder = tempfile::tempdir().unwrap();
    refresh(folder.path(), &night(10), Options::default());
    let other = Options { made_by: 7, ..Options::default() };
    assert_eq!(refresh(folder.path(), &night(10), other).0, 10);
    assert_eq!(refresh(folder.path(), &night(10), other).0, 0);
}

#[test]
fn rows_put_aside_and_the_order_of_the_input_change_no_byte() {
    let in_memory = tempfile::tempdir().unwrap();
    let mut records = night(4000);
    // Two versions of a page, one of them twice, and a text found in two places.
    records.push(record(5, "z", "another version with a fine"));
    records.push(record(5, "y", "another version with a fine"));
    records.push(record(6, "0", "Article 6: a fine, a fine, "));
    refresh(in_memory.path(), &records, Options::default());
    let aside = tempfile::tempdir().unwrap();
    records.reverse();
    refresh(aside.path(), &records, Options { in_memory: 0, ..Options::default() });
    assert_eq!(files(&in_memory.path().join("latest")), files(&aside.path().join("latest")));
    let sources = strings(&table(&aside.path().join("latest"), "articles"), "source");
    assert!(sources.iter().any(|source| source == "y") && sources.iter().any(|s| s == "0"));
    // The next night meets them in the first order again.
    records.reverse();
    let (read, _) = refresh(aside.path(), &records, Options::default());
    assert_eq!(read, 0);
    assert_eq!(files(&in_memory.path().join("latest")), files(&aside.path().join("latest")));
}

#[test]
fn a_difference_names_new_actions_and_cases() {
    let folder = tempfile::tempdir().unwrap();
    refresh(folder.path(), &night(8), Options::default());
    let mut records = night(8);
    records[4] = record(4, "a#4", "a fine now");
    refresh(folder.path(), &records, Options::default());
    let snapshot = |number: u32| folder.path().join(format!("snapshots/{number:06}"));
    let difference = changes::between(&snapshot(1), &snapshot(2)).unwrap();
    assert_eq!(difference.changed_articles.len(), 1);
    assert_eq!(difference.new_actions.len(), 1);
    assert!(difference.new_articles.is_empty() && difference.removed_articles.is_empty());
    assert!(changes::between(&snapshot(1), &snapshot(1)).unwrap().is_empty());
}

#[test]
fn a_damaged_catalog_stops_a_run_rather_than_lose_articles() {
    let folder = tempfile::tempdir().unwrap();
    refresh(folder.path(), &night(10), Options::default());
    let catalog = folder.path().join("latest/catalog.bin");
    let mut bytes = fs::read(&catalog).unwrap();
    bytes[40] ^= 1;
    fs::write(&catalog, bytes).unwrap();
    let run = |options: Options| {
        let records = night(10).into_iter();
        publish(&Counting::default(), records, folder.path(), &options, &mut Silent(0)).is_ok()
    };
    assert!(!run(Options::default()));
    assert!(run(Options { remove_missing: true, ..Options::default() }));
}

/// States a moment for every text that says "dated", and none for the others.
struct Dating;

impl Stages<RawRecord> for Dating {
    type Scratch = String;
    type Opened = Record;

    fn tables(&self, _: &Record) -> usize {
        0
    }

    fn finish(&self, opened: &[Record], _: &mut String) -> Vec<Record> {
        opened.to_vec()
    }

    fn open(&self, raw: &RawRecord) -> Record {
        let mut record = Counting::default().open(raw);
        let row = &mut record.article;
        let is_dated = row.text.as_ref().is_some_and(|text| text.contains("dated"));
        row.published_at = is_dated.then_some(1_639_725_180_000);
        record
    }
}

#[test]
fn rows_without_a_value_join_those_that_have_one() {
    let night = |changed: usize, word: &str| -> Vec<RawRecord> {
        let text = |number: usize| if number < changed { word } else { "plain" };
        (0..200).map(|number| record(number, "a", &format!("{} {number}", text(number)))).collect()
    };
    let run = |folder: &Path, records: Vec<RawRecord>, in_memory: usize| {
        let options = Options { in_memory, ..Options::default() };
        publish(&Dating, records.into_iter(), folder, &options, &mut Silent(0)).unwrap();
        files(&folder.join("latest"))
    };
    let folder = tempfile::tempdir().unwrap();
    // Nothing is dated, then a part of the rows is, then nothing again.
    run(folder.path(), night(0, ""), 1 << 30);
    for (changed, word) in [(50, "dated"), (50, "other"), (200, "dated"), (20, "other")] {
        let fresh = tempfile::tempdir().unwrap();
        let refreshed = run(folder.path(), night(changed, word), 0);
        assert_eq!(refreshed, run(fresh.path(), night(changed, word), 1 << 30), "{changed} {word}");
    }
}

#[test]
fn what_a_broken_file_may_still_hold_is_not_missing() {
    let folder = tempfile::tempdir().unwrap();
    refresh(folder.path(), &night(10), Options::default());
    let mut records = night(4);
    records.push(RawRecord { bytes: Err(Reason::Truncated), ..record(4, "a#4", "") });
    let drops = Options { remove_missing: true, ..Options::default() };
    refresh(folder.path(), &records, drops);
    let latest = folder.path().join("latest");
    assert_eq!(strings(&table(&latest, "articles"), "status").len(), 10);
    refresh(folder.path(), &night(4), drops);
    assert_eq!(table(&latest, "articles").height(), 4);
}
