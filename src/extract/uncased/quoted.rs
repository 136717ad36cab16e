//! Names between quotation marks, whatever their words: «الخبير المالية», “三只羊网络”.
//!
//! Read in sentences that tell of an action, and behind what tells a company's kind everywhere.
//! Refused: what is long, and what holds the words of a sentence, which somebody says.

use super::{Found, Reader, letters};
use crate::{
    base::token::Kind, extract::entities::Label, pack::sense::Sense, text::document::Document,
};

/// Most words between the marks.
const WORDS: usize = 4;
/// Most characters between them, in scripts without spaces.
const CHARACTERS: usize = 8;
/// Fewest letters.
const LEAST: usize = 2;

impl Reader<'_, '_> {
    /// Returns the name that opens right behind a quotation mark.
    pub(super) fn quoted_words(&self, at: usize) -> Option<Found> {
        let document = self.document;
        let open = at.checked_sub(1)?;
        let closing = closing(document.word(open))?;
        let ideographs = document.kind(at) == Kind::Ideograph;
        let most = if ideographs { CHARACTERS } else { WORDS };
        let last = (at + 1..=at + most).find(|&end| document.word(end) == closing)?;
        let is_part = |at: usize| match document.kind(at) {
            Kind::Word | Kind::Number => true,
            Kind::Ideograph => self.cover.part(at) != super::cover::Part::Word,
            Kind::Mark => matches!(document.word(at), "-" | "・" | "·" | "&"),
            Kind::Break => false,
        };
        let speaks = |at: usize| {
            document.hits_at(at).iter().any(|hit| {
                matches!(hit.sense, Sense::FunctionWord | Sense::Clause | Sense::Trigger(..))
            })
        };
        let shown = before_quote(document, at);
        // "日本料理店「かな和」": kana of a name are particles elsewhere.
        let acts = |at: usize| {
            document.hits_at(at).iter().any(|hit| matches!(hit.sense, Sense::Trigger(..)))
        };
        let is_kana = |at: usize| document.kind(at) == Kind::Ideograph && !acts(at);
        let plain = (at..last).all(|at| is_part(at) || shown && is_kana(at))
            && (ideographs || !(at..last).any(speaks));
        let is_name = plain && letters(document, at, last) >= LEAST;
        (is_name && (shown || document.is_told_of(at))).then_some((
            at,
            last,
            Label::Org,
            "entity.quoted",
        ))
    }
}

/// Returns whether a company's mark or noun, a role's word or a head stands before the quotation mark.
fn before_quote(document: &Document, at: usize) -> bool {
    let quote = at.saturating_sub(1);
    // "日本料理店「…」": in scripts with spaces a noun stands before all that is said, too.
    let ideographs = quote.checked_sub(1).is_some_and(|at| document.kind(at) == Kind::Ideograph);
    document
        .start_of(quote, |s| {
            matches!(
                s,
                Sense::CompanyMark | Sense::OrganisationHead | Sense::Company | Sense::Target
            ) || s == Sense::Firm && ideographs
        })
        .is_some()
}

fn closing(open: &str) -> Option<&'static str> {
    Some(match open {
        "«" => "»",
        "“" | "”" => "”",
        "\"" => "\"",
        "‘" => "’",
        "「" => "」",
        "『" => "』",
        "'" => "'",
        _ => return None,
    })
}
