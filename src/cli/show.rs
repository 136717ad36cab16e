//! `finewire show`: one article with its mentions marked, and its actions under it.
//!
//! On a terminal mentions are coloured; elsewhere, or with `NO_COLOR`, they stand in brackets with
//! what they mean: `[20 millions d'euros|20000000 EUR]`.

use std::{
    fmt::Write as _,
    io::{self, IsTerminal as _, Write},
    path::PathBuf,
};

use anyhow::{Context as _, Result};
use clap::Args;
use finewire::{
    dataset::record::{ActionRow, ArticleRow, Record},
    pipeline::{Engine, EngineOptions, Scratch},
};

use crate::cli::{input::Options, table::Table};

/// Print one article with its mentions marked and its actions explained
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// File that holds the article
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Which article of a file that holds several, from 1
    #[arg(long, value_name = "N", default_value_t = 1)]
    record: usize,
    #[command(flatten)]
    options: Options,
}

impl Show {
    /// Prints the article.
    pub(crate) fn run(&self, out: &mut dyn Write) -> Result<u8> {
        let mut articles = self.options.open(std::slice::from_ref(&self.file))?;
        let article = articles
            .nth(self.record.saturating_sub(1))
            .with_context(|| format!("`{}` has no article {}", self.file.display(), self.record))?;
        let options = EngineOptions { explains: true, ..self.options.engine()? };
        let engine = Engine::new(&options)?;
        let record = engine.process_record(&article, &mut Scratch::default());
        let paint = Paint { is_on: has_colour() };
        head(out, &record.article)?;
        let text = record.article.text.as_deref().unwrap_or_default();
        writeln!(out, "{}\n", paint.marked(text, &marks(&record)))?;
        if paint.is_on {
            writeln!(out, "{}\n", legend())?;
        }
        for (number, action) in (1..).zip(&record.actions) {
            explain(out, number, action, paint)?;
        }
        let counts = [
            (record.actions.len(), "actions"),
            (record.entities.len(), "names"),
            (record.dates.len(), "dates"),
            (record.amounts.len(), "amounts"),
        ];
        let counts = counts.map(|(number, what)| format!("{number} {what}"));
        writeln!(out, "{}", counts.join(", "))?;
        Ok(0)
    }
}

#[expect(clippy::disallowed_methods, reason = "NO_COLOR is how users tell every program")]
fn has_colour() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}

fn head(out: &mut dyn Write, article: &ArticleRow) -> io::Result<()> {
    let published = article.published_on.map_or_else(
        || "publication date unknown".to_owned(),
        |day| format!("published {day} ({})", article.published_from.unwrap_or_default()),
    );
    writeln!(
        out,
        "{}\n{} {:.2} by {}, {published}, {} words",
        article.source, article.lang, article.lang_confidence, article.lang_detector, article.words,
    )?;
    if let Some(reason) = article.reason {
        writeln!(out, "{}: {reason}", article.status)?;
    }
    if article.comments_chars + article.boilerplate_chars > 0 {
        writeln!(
            out,
            "cut off: {} characters of comments, {} of menus and adverts",
            article.comments_chars, article.boilerplate_chars,
        )?;
    }
    writeln!(out)
}

/// A mention as it is marked in the text.
struct Mark<'a> {
    start: u32,
    end: u32,
    label: &'a str,
    meaning: String,
}

/// Returns the mentions in order of the text, the longer first where two begin together.
fn marks(record: &Record) -> Vec<Mark<'_>> {
    let mut marks = Vec::new();
    marks.extend(record.entities.iter().map(|row| Mark {
        start: row.start,
        end: row.end,
        label: row.label,
        meaning: row.entity_id.clone().unwrap_or_else(|| row.name.clone()),
    }));
    marks.extend(record.dates.iter().map(|row| Mark {
        start: row.start,
        end: row.end,
        label: "date",
        meaning: row.value.clone(),
    }));
    marks.extend(record.amounts.iter().map(|row| {
        let end = |end: Option<f64>| end.map_or_else(String::new, |end| end.to_string());
        let value = row
            .value
            .map_or_else(|| format!("{}..{}", end(row.low), end(row.high)), |v| v.to_string());
        Mark {
            start: row.start,
            end: row.end,
            label: "amount",
            meaning: format!("{value} {}", row.currency),
        }
    }));
    marks.sort_by_key(|mark| (mark.start, std::cmp::Reverse(mark.end)));
    marks
}

/// Labels and their colours, as numbers of an ANSI terminal.
const COLOURS: &[(&str, u8)] = &[
    ("REGULATOR", 35),
    ("ORG", 34),
    ("PER", 36),
    ("LOC", 32),
    ("LAW", 95),
    ("MISC", 90),
    ("amount", 31),
    ("date", 33),
];

#[derive(Clone, Copy)]
struct Paint {
    is_on: bool,
}

impl Paint {
    fn dim(self, words: &str) -> String {
        if self.is_on && !words.is_empty() {
            format!("\u{1b}[2m{words}\u{1b}[0m")
        } else {
            words.to_owned()
        }
    }

    fn bold(self, words: &str) -> String {
        if self.is_on { format!("\u{1b}[1m{words}\u{1b}[0m") } else { words.to_owned() }
    }

    /// Returns the text with its mentions marked; one that overlaps an earlier one is left out.
    fn marked(self, text: &str, marks: &[Mark<'_>]) -> String {
        let mut chars = text.chars();
        let (mut at, mut result) = (0, String::with_capacity(text.len() * 2));
        for mark in marks {
            if mark.start < at {
                continue;
            }
            result.extend(chars.by_ref().take((mark.start - at) as usize));
            let length = mark.end.saturating_sub(mark.start) as usize;
            let words: String = chars.by_ref().take(length).collect();
            at = mark.start + length as u32;
            let meaning = match mark.meaning.as_str() {
                meaning if meaning == words => String::new(),
                meaning => format!("|{meaning}"),
            };
            // Writing to a string cannot fail.
            let _ = if self.is_on {
                write!(result, "{}{}", coloured(&words, mark.label), self.dim(&meaning))
            } else {
                write!(result, "[{words}{meaning}]")
            };
        }
        result.extend(chars);
        result
    }
}

/// Returns `words` in the colour of `label`.
fn coloured(words: &str, label: &str) -> String {
    let number = COLOURS.iter().find(|(known, _)| *known == label).map_or(4, |(_, code)| *code);
    format!("\u{1b}[{number}m{words}\u{1b}[0m")
}

fn legend() -> String {
    COLOURS.iter().map(|(label, _)| coloured(label, label)).collect::<Vec<_>>().join(" ")
}

/// Prints an action: a line a slot, with the words that filled it.
fn explain(out: &mut dyn Write, number: usize, row: &ActionRow, paint: Paint) -> io::Result<()> {
    let title = format!("{number}. {} {}", row.r#type, row.status);
    writeln!(out, "{}  {:.2}  {}", paint.bold(&title), row.confidence, paint.dim(&row.rule))?;
    let evidence = row.evidence.split_whitespace().collect::<Vec<_>>().join(" ");
    writeln!(out, "   {evidence}")?;
    let slots = slots(row);
    let mut table = Table::new(&["slot", "value", "why"]);
    for (name, value) in &slots {
        let reasons = row.why.iter().filter_map(|why| reason(why, name));
        table.row([(*name).to_owned(), value.clone(), reasons.collect::<Vec<_>>().join("; ")]);
    }
    table.write(out, "   ")?;
    let is_told = |why: &&String| slots.iter().any(|(name, _)| reason(why, name).is_some());
    for why in row.why.iter().filter(|why| !is_told(why)) {
        writeln!(out, "   {}", paint.dim(why))?;
    }
    writeln!(out)
}

/// Returns what a line of reasons says about the slot `name`: `target: the object of "fined"`.
fn reason<'a>(why: &'a str, name: &str) -> Option<&'a str> {
    let rest = why.strip_prefix(name)?;
    Some(rest.strip_prefix(':').or_else(|| rest.strip_prefix(' '))?.trim())
}

/// Returns the slots that are filled, in the order of the dataset.
fn slots(row: &ActionRow) -> Vec<(&'static str, String)> {
    let join = |parts: &[Option<&str>]| {
        let parts: Vec<_> =
            parts.iter().flatten().filter(|part| !part.is_empty()).copied().collect();
        parts.join(" ")
    };
    let number = |value: Option<f64>| value.map(|value| value.to_string());
    // Of a range an action takes the upper end.
    let of_range = row.amount_max.map(|_| "upper end of a range");
    let euros = row.amount_eur.map(|value| format!("({value:.0} EUR)"));
    let per = row.per.map(|per| format!("per {per}"));
    let body = [row.regulator.as_deref(), row.regulator_id.as_deref(), row.country.as_deref()];
    let amount = [
        of_range.or(row.amount_qualifier),
        number(row.amount).as_deref(),
        row.currency.as_deref(),
        per.as_deref(),
        euros.as_deref(),
    ]
    .map(|part| part.map(str::to_owned));
    let amount: Vec<_> = amount.iter().map(Option::as_deref).collect();
    let date = row
        .date
        .as_deref()
        .map_or_else(String::new, |date| join(&[Some(date), Some(row.date_from)]));
    let slots = [
        ("trigger", row.trigger.clone()),
        ("regulator", join(&[body[0], body[1], body[2], row.sector])),
        ("target", row.target.clone().unwrap_or_default()),
        ("amount", join(&amount)),
        ("date", date),
        ("status", row.status.to_owned()),
        ("laws", row.laws.join(", ")),
        ("measures", row.measures.join(", ")),
        ("deadline", row.deadline.clone().unwrap_or_default()),
    ];
    slots.into_iter().filter(|(_, value)| !value.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: u32, end: u32, label: &'static str, meaning: &str) -> Mark<'static> {
        Mark { start, end, label, meaning: meaning.to_owned() }
    }

    #[test]
    fn mentions_stand_in_brackets_with_their_meaning() {
        let text = "L’été, la CNIL : 5 M€.";
        let marks = [
            mark(10, 14, "REGULATOR", "fr-cnil"),
            mark(11, 14, "ORG", "NIL"),
            mark(17, 21, "amount", "5000000 EUR"),
        ];
        let plain = Paint { is_on: false }.marked(text, &marks);
        assert_eq!(plain, "L’été, la [CNIL|fr-cnil] : [5 M€|5000000 EUR].");
        let painted = Paint { is_on: true }.marked(text, &marks);
        assert!(painted.starts_with("L’été, la \u{1b}[35mCNIL\u{1b}[0m"));
    }

    #[test]
    fn a_reason_stands_beside_its_slot() {
        assert_eq!(reason("target: object of fined", "target"), Some("object of fined"));
        assert_eq!(reason("targets many", "target"), None);
    }
}
