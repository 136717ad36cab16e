//! Datelines and bylines: who reports, from where ("GIRONA / ACN -", "Bonn (dpa) -", "By Ann Lee").
//!
//! Read among the first lines below the headline: what stands before the dash of a line's start if
//! it is names, figures and marks only, what a bracket holds there ("(세종=경제통신)"), and lines of
//! nothing but names. Nobody there acts or is acted upon. Refused: a lone name before a dash, which
//! may open the line of a list ("Exempla – 20 million"). Who heads an authority is told apart, too: "CNIL
//! president Ann Lee", "Ann Lee, president of the CNIL".

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::{
    base::token::Kind,
    pack::sense::{Sense, starts},
    text::document::Document,
};

use super::entities::{Label, NameMention, Reading};

/// Lines below the headline among which they stand.
const TOP: usize = 8;
/// Lines below the headline among which names alone are a byline: further down they head a part.
const BYLINES: usize = 3;
/// Most tokens of a dateline.
const LONGEST: usize = 16;
/// Fewest tokens of the text behind it.
const TEXT: usize = 10;
/// Most words of the title between an authority and who heads it.
const TITLE: usize = 4;
/// Most tokens of a line that is a byline.
const BYLINE: usize = 8;

/// Where something stands that tells who reports.
enum Aside {
    Dateline(Range<usize>),
    Byline(Range<usize>),
}

/// Takes authorities out of datelines, and marks the other names there and in bylines by their rule.
pub(super) fn mark(document: &Document, found: &mut Vec<NameMention>) {
    for aside in asides(document) {
        let (range, is_dateline) = match &aside {
            Aside::Dateline(range) => (range, true),
            Aside::Byline(range) => (range, false),
        };
        let within = |name: &NameMention| name.first >= range.start && name.last <= range.end;
        let acts = |name: &NameMention| {
            matches!(name.reading, Reading::Regulators(_) | Reading::Authority(..))
        };
        found.retain(|name| !(is_dateline && within(name) && acts(name)));
        for name in found.iter_mut().filter(|name| within(name) && name.reading == Reading::Name) {
            name.rule = "entity.dateline";
        }
    }
}

/// Marks the people who stand right behind an authority's name or right before it, a title between
/// them, and their surnames elsewhere; `found` is in order.
pub(super) fn mark_heads(document: &Document, found: &mut [NameMention]) {
    let surname = |name: &NameMention| document.word(name.last.wrapping_sub(1));
    let is_person = |name: &NameMention| name.label == Label::Per && name.reading == Reading::Name;
    let acts = |name: &NameMention| {
        matches!(name.reading, Reading::Regulators(_) | Reading::Authority(..))
    };
    let may_head = |authority: &NameMention, name: &NameMention| {
        acts(authority) && is_person(name) && name.last > name.first + 1
    };
    let is_head = |pair: &[NameMention]| {
        let [one, two] = pair else { return None };
        let between = one.last..two.first;
        if may_head(one, two) && is_title(document, between.clone()) {
            return Some(surname(two));
        }
        (may_head(two, one) && is_title_of(document, between)).then(|| surname(one))
    };
    let heads: FxHashSet<&str> = found.windows(2).filter_map(is_head).collect();
    for name in found.iter_mut().filter(|name| is_person(name)) {
        if heads.contains(surname(name)) {
            name.rule = "entity.authority-head";
        }
    }
}

/// Returns whether words are a title, or none at all.
fn is_title(document: &Document, range: Range<usize>) -> bool {
    let is_told = |at| document.end_of(at, Sense::Title).is_some();
    range.is_empty()
        || (range.len() <= TITLE
            && range.clone().all(|at| document.kind(at) == Kind::Word)
            && range.clone().any(is_told))
}

/// Returns whether words lead from a person to what that person heads: ", president of the".
fn is_title_of(document: &Document, mut range: Range<usize>) -> bool {
    let has = |at: usize, wanted: fn(Sense) -> bool| {
        document.hits_at(at).iter().any(|hit| wanted(hit.sense))
    };
    let is_small = |at: usize| {
        has(at, |s| {
            matches!(s, Sense::FunctionWord | Sense::MoneyOf | Sense::DateOf | Sense::Connector)
        })
    };
    if matches!(document.word(range.start), "," | "(" | "–" | "-") {
        range.start += 1;
    }
    while range.end > range.start + 1 && is_small(range.end - 1) {
        range.end -= 1;
    }
    let title = range.clone().find(|at| has(*at, |s| s == Sense::Title));
    let Some(title) = title.filter(|at| range.len() <= TITLE && (range.start..*at).all(is_small))
    else {
        return false;
    };
    // "head of enforcement at", but not "the chief, who told".
    (title..range.end).all(|at| {
        document.kind(at) == Kind::Word
            && !has(at, |s| {
                matches!(
                    s,
                    Sense::Trigger(..)
                        | Sense::Passive
                        | Sense::Light
                        | Sense::Clause
                        | Sense::Agent
                )
            })
    })
}

fn asides(document: &Document) -> Vec<Aside> {
    let headline = document.sentences.get(document.headline.max(1)).map_or(usize::MAX, |s| s.start);
    let mut found = Vec::new();
    let mut start = headline;
    for line in 0..TOP {
        while document.tokens.get(start).is_some_and(|token| token.kind == Kind::Break) {
            start += 1;
        }
        if start >= document.tokens.len() {
            break;
        }
        let end = (start..document.tokens.len())
            .find(|&at| document.kind(at) == Kind::Break)
            .unwrap_or(document.tokens.len());
        if let Some(last) = dateline_end(document, &(start..end)) {
            found.push(Aside::Dateline(start..last));
        } else if line < BYLINES && is_byline(document, &(start..end)) {
            found.push(Aside::Byline(start..end));
        }
        start = end;
    }
    found
}

/// Returns where the dateline ends that opens a line.
fn dateline_end(document: &Document, line: &Range<usize>) -> Option<usize> {
    if line.len() < TEXT {
        return None;
    }
    if let Some(end) = bracket_end(document, line) {
        return Some(end);
    }
    let mut shows = false;
    for at in line.start..line.end.min(line.start + LONGEST) {
        let word = document.word(at);
        match document.kind(at) {
            Kind::Mark if is_dash(word) && at > line.start => {
                let is_dash = document.spaced(at + 1) && (document.spaced(at) || word != "-")
                    || document.word(at - 1) == ".";
                if is_dash {
                    return (shows && line.end - at > TEXT).then_some(at);
                }
            }
            Kind::Mark if matches!(word, "/" | "(" | ")" | "," | "." | ":" | "·" | "|") => {
                shows |= matches!(word, "/" | "(");
            }
            Kind::Number => shows = true,
            Kind::Word if is_name_like(document, at) => {
                let is_place = |sense| matches!(sense, Sense::Place(_) | Sense::Country(_));
                let token = document.tokens.get(at)?;
                shows |= (token.shout && word.chars().nth(3).is_some())
                    || document.hits_at(at).iter().any(|hit| is_place(hit.sense));
            }
            _ => return None,
        }
    }
    None
}

/// "(서울=뉴스) 기자 = …", "[전북=신문]": a bracket that holds a place and who reports.
fn bracket_end(document: &Document, line: &Range<usize>) -> Option<usize> {
    if !matches!(document.word(line.start), "(" | "[" | "【" | "（") {
        return None;
    }
    let window = line.start..line.end.min(line.start + LONGEST);
    let close = window.clone().find(|&at| matches!(document.word(at), ")" | "]" | "】" | "）"))?;
    let equals = |range: Range<usize>| range.clone().rfind(|&at| document.word(at) == "=");
    equals(window.clone()).map(|at| at.max(close) + 1)
}

fn is_dash(word: &str) -> bool {
    matches!(word, "-" | "–" | "—" | "―")
}

/// Returns whether a word may stand in a dateline: capitals, and what dates are made of.
fn is_name_like(document: &Document, at: usize) -> bool {
    let small = |sense| {
        matches!(sense, Sense::Month(_) | Sense::Weekday(_) | Sense::DateOf | Sense::DayMark)
    };
    document.tokens.get(at).is_some_and(|token| token.capital)
        || document.hits_at(at).iter().any(|hit| small(hit.sense))
        // "Bonn (dpa)": agencies may be in small letters.
        || document.word(at.wrapping_sub(1)) == "("
}

/// Returns whether a line is nothing but names.
fn is_byline(document: &Document, line: &Range<usize>) -> bool {
    let names = line.clone().filter(|&at| document.kind(at) == Kind::Word).count();
    let is_plain = |at: usize| {
        let word = document.word(at);
        match document.kind(at) {
            Kind::Word => {
                document.tokens.get(at).is_some_and(|token| token.capital)
                    || word.chars().nth(3).is_none()
            }
            Kind::Mark => matches!(word, "," | "/" | "|" | "-" | "." | "·" | "(" | ")" | "&"),
            _ => false,
        }
    };
    (2..=BYLINE).contains(&line.len())
        && names >= 2
        && line.clone().all(is_plain)
        && !line.clone().any(|at| document.may_start(at, starts::ACTION | starts::MONEY))
        && !matches!(document.word(line.end - 1), "." | "!" | "?" | ":")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        base::lang::Lang,
        pack::{compile::Pack, world::currencies::Currencies},
    };

    /// Returns the dateline or byline of a text below its headline.
    fn aside(text: &str) -> Option<String> {
        let words = "[places]\nDE = ['Bonn']\n[actions.fine]\nnouns = ['fine']";
        let pack = Pack::compile(Lang::En, toml::from_str(words).unwrap(), &Currencies::default());
        let pack = pack.unwrap();
        let text = format!("Exempla\n\n{text}");
        let document = Document::new(&pack, &text, 7);
        let (Aside::Dateline(range) | Aside::Byline(range)) =
            asides(&document).into_iter().next()?;
        Some(document.span(&range).of(&text).to_owned())
    }

    #[test]
    fn who_reports_stands_before_a_dash_or_alone_on_a_line() {
        let told = "the office has made up its mind about Exempla and its three sisters.";
        for (start, expected) in [
            ("GIRONA / ACN - ", "GIRONA / ACN"),
            ("Bonn (dpa) - ", "Bonn (dpa)"),
            ("WASHINGTON, 3 May 2021 — ", "WASHINGTON, 3 May 2021"),
            ("(서울=뉴스) 기자 = ", "(서울=뉴스) 기자 ="),
        ] {
            let found = aside(&format!("{start}{told}"));
            assert_eq!(found.as_deref().map(str::trim), Some(expected), "{start}");
        }
        assert_eq!(aside("Ann Lee / Agencias\n\nText.").as_deref(), Some("Ann Lee / Agencias"));
    }

    #[test]
    fn a_line_of_a_list_or_of_a_text_is_no_dateline() {
        for text in [
            "Exempla – 20 million euros",
            "Exempla, as said - and so on, paid a fine of 3 million.",
        ] {
            assert_eq!(aside(text), None, "{text}");
        }
    }
}
