//! Every table and column of the dataset: name, type, whether it may be null, one sentence.
//!
//! The writer takes names and types from here and `finewire schema` prints it, so that the files,
//! the command and the documentation cannot drift apart. A change is a new [`SCHEMA_VERSION`].

use std::fmt::Write;

use serde_json::{Value, json};

use ColumnType::{Bool, Date, Float32, Float64, Int64, String as Text, Strings, Timestamp, UInt32};

/// Version of the tables' names, types and meanings; stands in every file's metadata.
pub const SCHEMA_VERSION: u32 = 1;

/// Type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ColumnType {
    /// UTF-8 text.
    String,
    /// List of texts, never null, possibly empty.
    Strings,
    /// True or false.
    Bool,
    /// Unsigned 32-bit number.
    UInt32,
    /// Signed 64-bit number.
    Int64,
    /// 32-bit float.
    Float32,
    /// 64-bit float.
    Float64,
    /// Calendar day.
    Date,
    /// Milliseconds in UTC.
    Timestamp,
}

impl ColumnType {
    /// Returns the word that documentation uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::String => "string",
            Self::Strings => "list<string>",
            Self::Bool => "bool",
            Self::UInt32 => "uint32",
            Self::Int64 => "int64",
            Self::Float32 => "float32",
            Self::Float64 => "float64",
            Self::Date => "date",
            Self::Timestamp => "timestamp(ms, UTC)",
        }
    }
}

/// A column of a table.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// Name in the files.
    pub name: &'static str,
    /// Type in the files.
    pub kind: ColumnType,
    /// Whether a row may lack it.
    pub nullable: bool,
    /// What it means.
    pub meaning: &'static str,
}

/// A table: one folder of part files.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Name of the folder.
    pub name: &'static str,
    /// What one row is.
    pub meaning: &'static str,
    /// The columns, in the order of the files.
    pub columns: &'static [Column],
}

/// Returns every table, in the order of the documentation.
pub const fn tables() -> &'static [Table] {
    &[ARTICLES, ENTITIES, DATES, AMOUNTS, ACTIONS, CASES]
}

/// Returns the schema as aligned text, one line a column.
pub fn to_text() -> String {
    let mut text = format!("schema version {SCHEMA_VERSION}\n");
    for table in tables() {
        // Writing to a string cannot fail.
        let _ = writeln!(text, "\n{}: {}", table.name, table.meaning);
        for column in table.columns {
            let _ =
                writeln!(text, "  {:<22} {:<20} {}", column.name, typed(column), column.meaning);
        }
    }
    text
}

/// Returns the schema as Markdown tables.
pub fn to_markdown() -> String {
    let mut text = String::new();
    for table in tables() {
        let _ = writeln!(text, "## {}\n\n{}\n", table.name, table.meaning);
        text.push_str("| column | type | meaning |\n| --- | --- | --- |\n");
        for column in table.columns {
            // A bar would end the cell.
            let meaning = column.meaning.replace('|', "\\|");
            let _ = writeln!(text, "| {} | {} | {meaning} |", column.name, typed(column));
        }
        text.push('\n');
    }
    text
}

/// Returns the schema as JSON.
pub fn to_json() -> Value {
    let tables: Vec<Value> = tables()
        .iter()
        .map(|table| {
            let columns: Vec<Value> = table
                .columns
                .iter()
                .map(|column| {
                    json!({
                        "name": column.name,
                        "type": column.kind.word(),
                        "nullable": column.nullable,
                        "meaning": column.meaning,
                    })
                })
                .collect();
            json!({ "name": table.name, "meaning": table.meaning, "columns": columns })
        })
        .collect();
    json!({ "schema_version": SCHEMA_VERSION, "tables": tables })
}

/// The type's word, with a question mark where a row may lack the column.
fn typed(column: &Column) -> String {
    let mark = if column.nullable { "?" } else { "" };
    format!("{}{mark}", column.kind.word())
}

/// A column that every row has.
const fn always(name: &'static str, kind: ColumnType, meaning: &'static str) -> Column {
    Column { name, kind, nullable: false, meaning }
}

/// A column that a row may lack.
const fn maybe(name: &'static str, kind: ColumnType, meaning: &'static str) -> Column {
    Column { name, kind, nullable: true, meaning }
}

const START: Column =
    always("start", UInt32, "First code point of the mention in `articles.text`.");
const END: Column = always("end", UInt32, "One past its last code point.");
const WORDS: Column = always("text", Text, "The mention itself: `articles.text[start:end]`.");
const ARTICLE: Column = always("article_id", Text, "The article that it stands in.");
const RULE: Column = always("rule", Text, "Stable dotted name of the rule that made the row.");
const EUR: &str = "The sum in euros at the European Central Bank's mean rate of its year.";

/// The table `articles`.
pub const ARTICLES: Table = Table {
    name: "articles",
    meaning: "One row per article that was read, failed ones included.",
    columns: &[
        always(
            "article_id",
            Text,
            "32 hex digits: from the URL, else source and record, else content.",
        ),
        always("source", Text, "Path it was read from, plus `#n` for record n of a container."),
        maybe("record_id", Text, "The `id` that the record itself carries."),
        maybe("url", Text, "Canonical address."),
        maybe("title", Text, "Headline."),
        maybe("author", Text, "Author, from metadata or byline."),
        maybe("published_at", Timestamp, "Moment of publication, only if a time is known."),
        maybe("published_on", Date, "First day it may have been published."),
        maybe("published_granularity", Text, "second, minute, day, month or year."),
        maybe("published_from", Text, "metadata, byline, text or argument."),
        always("lang", Text, "ISO 639-1 code of the language, `und` if unknown."),
        always("lang_confidence", Float32, "0 to 1."),
        always(
            "lang_detector",
            Text,
            "What decided the language: whatlang, lingua, declared, script.",
        ),
        maybe(
            "text",
            Text,
            "Clean body, headline first; what offsets count in. Null with `--no-text`.",
        ),
        always("comments_chars", UInt32, "Code points cut off as reader comments."),
        always(
            "boilerplate_chars",
            UInt32,
            "Code points cut off as menus, adverts, calls to subscribe.",
        ),
        always("words", UInt32, "Number of words."),
        always("content_hash", Text, "Hash of the clean text; empty if there is none."),
        maybe("duplicate_of", Text, "`article_id` of the earliest-read near-identical article."),
        always("status", Text, "ok, skipped or failed."),
        maybe(
            "reason",
            Text,
            "Why it was skipped or failed, or that it is truncated, paywalled or has broken characters.",
        ),
    ],
};

/// The table `entities`.
pub const ENTITIES: Table = Table {
    name: "entities",
    meaning: "One row per name that an article mentions.",
    columns: &[
        ARTICLE,
        START,
        END,
        WORDS,
        always("label", Text, "PER, ORG, LOC, MISC, REGULATOR or LAW."),
        always("name", Text, "Canonical form, one per thing through the article."),
        maybe("entity_id", Text, "Id of a regulator, ISO 3166 code of a country, id of a law."),
        RULE,
        always("confidence", Float32, "0 to 1."),
    ],
};

/// The table `dates`.
pub const DATES: Table = Table {
    name: "dates",
    meaning: "One row per date that an article mentions.",
    columns: &[
        ARTICLE,
        START,
        END,
        WORDS,
        always("value", Text, "TIMEX3 / ISO 8601 value, as precise as the words."),
        maybe("first_day", Date, "First day of the closed range that it covers once resolved."),
        maybe("last_day", Date, "Last day of that range."),
        always(
            "granularity",
            Text,
            "minute, day, week, month, quarter, half, year, decade or range.",
        ),
        always("relative", Bool, "Whether it needed the publication date."),
        maybe("modifier", Text, "approx, before, after, start, mid or end."),
        RULE,
    ],
};

/// The table `amounts`.
pub const AMOUNTS: Table = Table {
    name: "amounts",
    meaning: "One row per sum of money that an article mentions.",
    columns: &[
        ARTICLE,
        START,
        END,
        WORDS,
        maybe("value", Float64, "The figure; null for a range."),
        maybe("low", Float64, "Lower end of a range."),
        maybe("high", Float64, "Upper end of a range."),
        always("currency", Text, "ISO 4217 code."),
        maybe("qualifier", Text, "about, at_least, at_most or range."),
        maybe("per", Text, "day, week, month, year, person or unit."),
        maybe("converted_from", Int64, "`start` of the amount that this one restates."),
        maybe("amount_eur", Float64, EUR),
        maybe(
            "role",
            Text,
            "fine, periodic_penalty, cap, revenue, damages, settlement, price, other.",
        ),
        RULE,
    ],
};

/// The table `actions`.
pub const ACTIONS: Table = Table {
    name: "actions",
    meaning: "One row per regulator action that an article reports.",
    columns: &[
        always("action_id", Text, "Id of the row, stable within the article."),
        ARTICLE,
        always("start", UInt32, "First code point of the sentence that reports it."),
        always("end", UInt32, "One past the sentence's last code point."),
        always("evidence", Text, "That sentence."),
        always("trigger", Text, "The words that name the action."),
        always(
            "type",
            Text,
            "fine, periodic_penalty, formal_notice, warning, order, ban, investigation, complaint, \
             charge, settlement, licence_withdrawal, redress, court_ruling, clearance or recall.",
        ),
        always(
            "status",
            Text,
            "imposed, proposed, threatened, upheld, overturned, reduced or rumoured.",
        ),
        maybe("regulator_id", Text, "Id of the regulator; null for one that is not built in."),
        maybe("regulator", Text, "Name of the regulator."),
        maybe(
            "country",
            Text,
            "ISO 3166 code of the regulator's country, `EU` for the Union's own.",
        ),
        maybe("sector", Text, "Field of the regulator."),
        maybe("target", Text, "Canonical name of who is acted upon."),
        maybe("amount", Float64, "The sum."),
        maybe("amount_max", Float64, "Upper end where a range is stated."),
        maybe("currency", Text, "ISO 4217 code of the sum."),
        maybe("amount_qualifier", Text, "about, at_least, at_most or range."),
        maybe("per", Text, "What the sum is for each of."),
        maybe("amount_eur", Float64, EUR),
        maybe("date", Text, "When the action was taken, as in `dates.value`."),
        maybe("first_day", Date, "First day of that."),
        maybe("last_day", Date, "Last day of that."),
        maybe("date_from", Text, "stated, byline or none."),
        always("laws", Strings, "Ids of the laws and articles that it rests on."),
        always(
            "measures",
            Strings,
            "What must be done: delete_data, cease, comply, inform, pay, withdraw.",
        ),
        maybe("deadline", Text, "ISO 8601 duration or date."),
        RULE,
        always(
            "confidence",
            Float32,
            "Calibrated from 0.7 on: of rows with 0.8, about 8 in 10 are right.",
        ),
    ],
};

/// The table `cases`.
pub const CASES: Table = Table {
    name: "cases",
    meaning: "One row per action in the world, merged over articles and languages.",
    columns: &[
        always("case_id", Text, "Id of the case."),
        always("type", Text, "As in `actions`."),
        always("status", Text, "The latest known."),
        maybe("regulator_id", Text, "As in `actions`."),
        maybe("regulator", Text, "As in `actions`."),
        maybe("country", Text, "As in `actions`."),
        maybe("sector", Text, "As in `actions`."),
        maybe("target", Text, "As in `actions`."),
        maybe("amount", Float64, "The best known sum."),
        maybe("currency", Text, "ISO 4217 code of the sum."),
        maybe("amount_eur", Float64, EUR),
        maybe("per", Text, "What the sum is for each of."),
        maybe("date", Text, "When the action was taken, as in `dates.value`."),
        maybe("first_day", Date, "First day of that."),
        maybe("last_day", Date, "Last day of that."),
        always("laws", Strings, "Ids of the laws and articles that it rests on."),
        always("articles", Strings, "`article_id` of every article that reports it."),
        always("actions", Strings, "`action_id` of every row that it was merged from."),
        always("languages", Strings, "Languages of those articles."),
        maybe("first_reported", Date, "Earliest day of publication."),
        maybe("last_reported", Date, "Latest day of publication."),
        always("confidence", Float32, "0 to 1."),
        always("dossier_id", Text, "Shared by all cases of one regulator against one target."),
        always("conflicts", Strings, "Fields on which articles disagree, each as `field: a | b`."),
    ],
};
