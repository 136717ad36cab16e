//! Amounts of money as an article states them.
//!
//! An amount is a number beside a currency, on either side, with its scale, bounds and unit of
//! time. A currency that the words leave out is taken from the amounts around it. Counts of
//! things ("10 milliards d'images"), shares and percentages are no amounts.

mod around;
mod bare;
mod currency;
mod elided;
mod lists;
mod single;

use crate::{
    base::{
        money::{Currency, Exact, Qualifier},
        token::{Kind, Token},
    },
    extract::numbers::number,
    pack::{
        lexicon::Hit,
        sense::{Country, Family, Role, Sense, Unit, starts},
    },
    text::document::Document,
};

/// Which currency the words name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// Exactly one.
    One(Currency),
    /// A name that countries share.
    Shared(Family),
    /// A shared name beside that of a country: "dólares australianos".
    Of(Family, Country),
    /// That of the country: the words name the currency whose rate is quoted.
    Home(Currency),
    /// None; an amount nearby settles it.
    Elided,
}

/// An amount as the words state it.
#[derive(Clone, Debug, PartialEq)]
pub struct StatedAmount {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub last: usize,
    /// Lower end, or the figure itself.
    pub low: Option<Exact>,
    /// Upper end, or the figure itself.
    pub high: Option<Exact>,
    /// Power of ten of its last scale word.
    pub scale: u8,
    /// Currency.
    pub currency: Named,
    /// How the words bound it.
    pub qualifier: Option<Qualifier>,
    /// For each what.
    pub per: Option<Unit>,
    /// Index of the amount that this one restates in another currency.
    pub converted_from: Option<usize>,
    /// What it is for.
    pub role: Option<Role>,
    /// Rule that read it.
    pub rule: &'static str,
}

impl StatedAmount {
    /// Returns the figure, if the amount is no range.
    pub fn value(&self) -> Option<Exact> {
        if self.qualifier == Some(Qualifier::Range) { None } else { self.low }
    }
}

/// Returns the amounts of a document, in order.
pub fn amounts(document: &Document) -> Vec<StatedAmount> {
    let reader = Reader { document };
    let mut found: Vec<StatedAmount> = Vec::new();
    let mut at = 0;
    while at < document.tokens.len() {
        // A number in one word is no word of the lexicon: "zweieinhalb".
        let is_unread = document.tokens[at].counts && document.tokens[at].form == Token::UNKNOWN;
        if !document.may_start(at, starts::MONEY) && !is_unread {
            at += 1;
            continue;
        }
        let read = reader.amounts(at);
        match read.iter().map(|a| a.last).max() {
            Some(last) => {
                found.extend(read);
                at = last.max(at + 1);
            }
            // A number that is no money is passed whole: its tail is none either.
            None => at += 1,
        }
    }
    let mut found = reader.with_bare(found);
    found.retain(|amount| !reader.is_share(amount) && !reader.is_weight(amount));
    for index in 0..found.len() {
        reader.bounds(&mut found[index]);
        reader.quoted(&mut found[index]);
        found[index].converted_from = reader.converted(&found, index);
        found[index].role = reader.role(&found[index]);
    }
    found
}

/// Tokens behind "pounds of" among which a word for money tells that nothing is weighed.
const WEIGHED: usize = 3;

struct Reader<'d, 'a> {
    document: &'d Document<'a>,
}

impl Reader<'_, '_> {
    fn has(&self, at: usize, sense: Sense) -> Option<usize> {
        self.document.end_of(at, sense)
    }

    /// "A101", "C8", "Tele2": figures that a name ends in.
    fn is_of_name(&self, at: usize) -> bool {
        let document = self.document;
        let Some(before) = at.checked_sub(1).and_then(|before| document.tokens.get(before)) else {
            return false;
        };
        document.kind(at) == Kind::Number
            && !document.spaced(at)
            && before.kind == Kind::Word
            && before.capital
    }

    /// "21.1 billion, 4.3 per cent more": a percentage is no sum, whatever the sums beside it.
    fn is_share(&self, amount: &StatedAmount) -> bool {
        matches!(self.document.word(amount.last), "%" | "‰")
            || self.has(amount.last, Sense::Percent).is_some()
    }

    /// "7 million pounds of ham": a word for pounds before what is weighed, no word for money near.
    fn is_weight(&self, amount: &StatedAmount) -> bool {
        let document = self.document;
        let spelled = document.kind(amount.last.wrapping_sub(1)) == Kind::Word
            && document.word(amount.first) != "£";
        if amount.currency != Named::Shared(Family::Pound) || !spelled {
            return false;
        }
        let Some(of) = self.has(amount.last, Sense::MoneyOf) else { return false };
        let small = document.tokens.get(of).is_some_and(|t| t.kind == Kind::Word && !t.any_capital);
        let is_money = |hit: &Hit| matches!(hit.sense, Sense::MoneyRole(_) | Sense::Trigger(..));
        let near = of..of + WEIGHED;
        small
            && !document.hits_in(&near).iter().any(is_money)
            && !document.hits_at(of).iter().any(|hit| hit.sense == Sense::FunctionWord)
    }

    fn amounts(&self, at: usize) -> Vec<StatedAmount> {
        if let Some(amount) = self.currency_first(at) {
            return self.range_after(amount);
        }
        if self.is_of_name(at) {
            return Vec::new();
        }
        let Some(first) = number(self.document, at) else { return Vec::new() };
        let first = self.with_letter(first);
        if let Some(amount) = self.number_first(first) {
            return vec![amount];
        }
        if let Some(list) = self.list(first) {
            return list;
        }
        self.elided(first).into_iter().collect()
    }
}

/// Returns the sums of a text.
#[cfg(test)]
fn sums_of(lang: crate::base::lang::Lang, text: &str) -> Vec<StatedAmount> {
    use crate::pack::{compile::Pack, tables::Tables, world::World};

    let world = World::load(&Tables::default()).unwrap();
    let pack = Pack::load(lang, &Tables::default(), &world.currencies).unwrap();
    amounts(&Document::new(&pack, text, 0))
}
