//! Actions as bytes, with what the cases need of their articles.

use crate::{
    base::pool::Words,
    dataset::{
        cells::Cells,
        identity::{hex, number},
        packed::{Broken, Pack, Unpack},
        tellings::since_1970,
    },
    merge::told::{Report, Shared, Told},
};

/// Packs an action for its shelf.
pub(crate) fn put_telling(mut pack: &mut Pack, story: u32, report: &Report, told: &Told) {
    pack.id(number(&report.article_id));
    pack.id(report.duplicate_of.as_deref().map_or(0, number));
    let laws: Vec<&str> = told.laws.iter().map(|law| &**law).collect();
    pack = pack.uint32(story).string(report.lang).date(report.published_on);
    let _ = pack
        .string(&told.action_id)
        .uint32(told.start)
        .float32(told.confidence)
        .string(told.r#type)
        .string(told.status)
        .maybe_string(told.regulator_id.as_deref())
        .maybe_string(told.regulator.as_deref())
        .maybe_string(told.country.as_deref())
        .maybe_string(told.sector)
        .maybe_string(told.target.as_deref())
        .float64(told.amount)
        .float64(told.amount_max)
        .maybe_string(told.currency.as_deref())
        .maybe_string(told.amount_qualifier)
        .maybe_string(told.per)
        .float64(told.amount_eur)
        .maybe_string(told.date.as_deref())
        .date(told.first_day)
        .date(told.last_day)
        .string(told.date_from)
        .strings(&laws);
}

/// Reads what [`put_telling`] packed.
pub(crate) fn telling(
    rows: &mut Unpack,
    words: &mut Words,
    shared: &mut Shared,
) -> Result<(u32, Report), Broken> {
    let (article, duplicate_of) = (rows.id()?, rows.id()?);
    let story = rows.uint32()?;
    let lang = words.pooled(rows.maybe_string()?.unwrap_or_default());
    let published_on = rows.days()?.and_then(since_1970);
    let mut told = Told {
        action_id: rows.maybe_string()?.unwrap_or_default().into(),
        start: rows.uint32()?,
        confidence: rows.float32()?,
        r#type: words.pooled(rows.maybe_string()?.unwrap_or_default()),
        status: words.pooled(rows.maybe_string()?.unwrap_or_default()),
        regulator_id: shared.maybe(rows.maybe_string()?),
        regulator: shared.maybe(rows.maybe_string()?),
        country: shared.maybe(rows.maybe_string()?),
        sector: rows.maybe_string()?.map(|word| words.pooled(word)),
        target: shared.maybe(rows.maybe_string()?),
        amount: rows.float64()?,
        amount_max: rows.float64()?,
        currency: shared.maybe(rows.maybe_string()?),
        amount_qualifier: rows.maybe_string()?.map(|word| words.pooled(word)),
        per: rows.maybe_string()?.map(|word| words.pooled(word)),
        amount_eur: rows.float64()?,
        date: shared.maybe(rows.maybe_string()?),
        first_day: rows.days()?.and_then(since_1970),
        last_day: rows.days()?.and_then(since_1970),
        date_from: words.pooled(rows.maybe_string()?.unwrap_or_default()),
        laws: Box::default(),
    };
    told.laws = rows.strings()?.into_iter().map(|law| shared.of(law)).collect();
    let duplicate_of = (duplicate_of != 0).then(|| hex(duplicate_of));
    let article_id = hex(article);
    let actions = vec![told];
    Ok((story, Report { article_id, lang, published_on, duplicate_of, actions }))
}
