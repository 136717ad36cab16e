//! Settled facts into rows: token ranges become code points, values become columns.

use super::{
    cost::Cost,
    offsets::Offsets,
    record::{ActionRow, AmountRow, ArticleRow, DateRow, EntityRow, Record, article_id},
};
use crate::{
    actions::Action,
    base::{
        action::Sector,
        date::Modifier,
        digest::digest,
        money::{Exact, Qualifier},
        token::Kind,
    },
    clean::article::Article,
    detect::Detected,
    ingest::raw::RawArticle,
    merge,
    pack::{
        sense::{Role, Unit},
        world::World,
    },
    resolve::{Facts, dates::SettledDate, entities::SettledName, money::SettledAmount},
    text::document::Document,
};

/// What rows of one article are made of.
pub struct Source<'a> {
    /// The article as scraped.
    pub raw: &'a RawArticle,
    /// Its clean form.
    pub article: &'a Article,
    /// Its language.
    pub detected: &'a Detected,
    /// Its tokens.
    pub document: &'a Document<'a>,
    /// What it says.
    pub facts: &'a Facts,
    /// The actions it reports.
    pub actions: &'a [Action],
    /// The world's tables.
    pub world: &'a World,
}

/// Makes all rows of an article.
pub fn record(source: &Source) -> Record {
    let offsets = Offsets::new(&source.article.text);
    Record {
        actions: actions(source, &offsets),
        article: article(source),
        dates: source.facts.dates.iter().map(|date| date_row(source, &offsets, date)).collect(),
        amounts: amounts(source, &offsets),
        entities: source
            .facts
            .names
            .iter()
            .filter(|name| !name.described || name.is_named_authority())
            // Guesses serve as targets where the words around them fit.
            .filter(|name| !matches!(name.rule, "entity.repeated" | "entity.initial"))
            .map(|name| entity_row(source, &offsets, name))
            .collect(),
    }
}

fn article(source: &Source) -> ArticleRow {
    let Source { raw, article, detected, facts, document, .. } = source;
    let url = article.url.clone().or_else(|| raw.url.clone());
    let published = facts.published;
    ArticleRow {
        article_id: article_id(url.as_deref(), &raw.source, &article.text),
        source: raw.source.clone(),
        record_id: raw.record_id.clone(),
        url,
        title: article.title.clone(),
        author: article.author.clone(),
        published_at: published.and_then(|p| p.at),
        published_on: published.map(|p| p.first),
        published_granularity: published.map(|p| p.granularity),
        published_from: published.map(|p| p.from),
        lang: detected.code,
        lang_confidence: detected.confidence,
        lang_detector: detected.detector,
        text: Some(article.text.clone()),
        comments_chars: article.comments_chars,
        boilerplate_chars: article.boilerplate_chars,
        words: document
            .tokens
            .iter()
            .filter(|t| matches!(t.kind, Kind::Word | Kind::Ideograph))
            .count() as u32,
        content_hash: digest(&[&article.text]),
        duplicate_of: None,
        status: "ok",
        reason: article.note,
        input_bytes: raw.bytes,
        cost: Cost::default(),
        sketch: merge::sketch(&article.text),
    }
}

fn date_row(source: &Source, offsets: &Offsets, date: &SettledDate) -> DateRow {
    let span = source.document.span(&(date.first..date.last));
    let (start, end) = offsets.of(span);
    DateRow {
        start,
        end,
        text: span.of(source.document.text).to_owned(),
        value: date.value.clone(),
        first_day: date.days.map(|(first, _)| first),
        last_day: date.days.map(|(_, last)| last),
        granularity: date.granularity.word(),
        relative: date.relative,
        modifier: date.modifier.map(Modifier::word),
        rule: date.rule,
    }
}

fn amounts(source: &Source, offsets: &Offsets) -> Vec<AmountRow> {
    let starts: Vec<(u32, u32)> = source
        .facts
        .amounts
        .iter()
        .map(|(amount, _)| offsets.of(source.document.span(&(amount.first..amount.last))))
        .collect();
    let rows = source.facts.amounts.iter().zip(&starts);
    rows.map(|(settled, &(start, end))| amount_row(source, settled, (start, end), &starts))
        .collect()
}

fn amount_row(
    source: &Source,
    (amount, currency): &SettledAmount,
    (start, end): (u32, u32),
    starts: &[(u32, u32)],
) -> AmountRow {
    let span = source.document.span(&(amount.first..amount.last));
    let value = amount.value().map(Exact::to_f64);
    let bounded = amount.qualifier.is_some_and(|q| q == crate::base::money::Qualifier::Range);
    let year = source.facts.year_of(amount.first);
    AmountRow {
        start,
        end,
        text: span.of(source.document.text).to_owned(),
        value,
        low: amount.low.filter(|_| bounded).map(Exact::to_f64),
        high: amount.high.filter(|_| bounded).map(Exact::to_f64),
        currency: currency.code().to_owned(),
        qualifier: amount.qualifier.map(Qualifier::word),
        per: amount.per.map(Unit::word),
        converted_from: amount
            .converted_from
            .and_then(|i| starts.get(i))
            .map(|(start, _)| i64::from(*start)),
        amount_eur: value.and_then(|v| source.world.rates.to_eur(v, currency.code(), year?)),
        role: amount.role.map(Role::word),
        rule: amount.rule,
    }
}

fn entity_row(source: &Source, offsets: &Offsets, name: &SettledName) -> EntityRow {
    let span = source.document.span(&(name.first..name.last));
    let (start, end) = offsets.of(span);
    EntityRow {
        start,
        end,
        text: span.of(source.document.text).to_owned(),
        label: name.label.word(),
        name: name.name.clone(),
        entity_id: name.id.clone(),
        rule: name.rule,
        confidence: name.confidence,
    }
}

/// Makes the rows of the actions; they get their ids where that of the article is settled.
fn actions(source: &Source, offsets: &Offsets) -> Vec<ActionRow> {
    source
        .actions
        .iter()
        .map(|action| {
            let mut row = who(source, action);
            (row.start, row.end) = offsets.of(action.sentence);
            how_much(source, action, &mut row);
            when(source, action, &mut row);
            row
        })
        .collect()
}

/// The slots that are words: type, status, authority, target, laws.
fn who(source: &Source, action: &Action) -> ActionRow {
    let text = source.document.text;
    let name = |index: usize| &source.facts.names[index];
    let mut targets: Vec<&str> = action.targets.iter().map(|i| name(*i).name.as_str()).collect();
    targets.dedup();
    let regulator = action.regulator.map(name);
    ActionRow {
        evidence: action.sentence.of(text).to_owned(),
        trigger: action.trigger.of(text).to_owned(),
        r#type: action.kind.word(),
        status: action.status.word(),
        regulator_id: regulator.filter(|r| r.regulator.is_some()).and_then(|r| r.id.clone()),
        // A country that stands for its authority names no authority.
        regulator: regulator.filter(|r| r.is_named_authority()).map(|r| r.name.clone()),
        country: regulator.and_then(|r| r.country).map(|c| c.code().to_owned()),
        sector: regulator.and_then(|r| r.sector).map(Sector::word),
        target: (!targets.is_empty()).then(|| targets.join(", ")),
        laws: action.laws.clone(),
        measures: action.measures.iter().map(|m| m.word()).collect(),
        deadline: action.deadline.clone(),
        rule: action.rule.clone(),
        confidence: action.confidence,
        why: action.why.clone(),
        ..ActionRow::default()
    }
}

fn how_much(source: &Source, action: &Action, row: &mut ActionRow) {
    let Some((amount, currency)) = action.amount.and_then(|i| source.facts.amounts.get(i)) else {
        return;
    };
    // Where a range is stated the action takes the upper end.
    row.amount = amount.high.or(amount.low).map(Exact::to_f64);
    row.amount_max =
        amount.high.filter(|_| amount.qualifier == Some(Qualifier::Range)).map(Exact::to_f64);
    row.currency = Some(currency.code().to_owned());
    row.amount_qualifier = amount.qualifier.map(Qualifier::word);
    row.per = amount.per.map(Unit::word);
    let year = action
        .date
        .and_then(|i| source.facts.dates.get(i))
        .and_then(|d| d.days)
        .map(|(first, _)| first.year())
        .or_else(|| source.facts.year_of(amount.first));
    row.amount_eur =
        row.amount.zip(year).and_then(|(v, y)| source.world.rates.to_eur(v, currency.code(), y));
}

/// Code points of a date without the time of day.
const DAY: usize = 10;

fn when(source: &Source, action: &Action, row: &mut ActionRow) {
    row.date_from = "none";
    if let Some(date) = action.date.and_then(|i| source.facts.dates.get(i)) {
        // An action has a day, never a minute: "2021-12-17T08:13" is a byline's.
        row.date = Some(date.value.chars().take(DAY).collect());
        row.first_day = date.days.map(|(first, _)| first);
        row.last_day = date.days.map(|(_, last)| last);
        row.date_from = "stated";
    } else if let Some(published) = source
        .facts
        .published
        .filter(|p| action.at <= 2 && matches!(p.granularity, "day" | "minute" | "second"))
    {
        // What the top of an article tells happened on the day of publication or just before.
        row.date = Some(published.first.to_string());
        row.first_day = Some(crate::base::date::plus_days(published.first, -1));
        row.last_day = Some(published.first);
        row.date_from = "byline";
    }
}
