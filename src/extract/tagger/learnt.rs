//! The languages that weights are learnt for, and their numbers.

use crate::base::lang::Lang;

/// The languages that weights are learnt for. A language's number is its place, so new ones go
/// behind the last: any other order would hand each the weights of its neighbour.
const LEARNT: &[Lang] = &[
    Lang::Ar,
    Lang::Bg,
    Lang::Ca,
    Lang::Cs,
    Lang::Da,
    Lang::De,
    Lang::El,
    Lang::En,
    Lang::Es,
    Lang::Et,
    Lang::Fi,
    Lang::Fr,
    Lang::Ga,
    Lang::He,
    Lang::Hi,
    Lang::Hr,
    Lang::Hu,
    Lang::Is,
    Lang::It,
    Lang::Ja,
    Lang::Ko,
    Lang::Lt,
    Lang::Lv,
    Lang::Mt,
    Lang::Nb,
    Lang::Nl,
    Lang::Nn,
    Lang::Pl,
    Lang::Pt,
    Lang::Ro,
    Lang::Ru,
    Lang::Sk,
    Lang::Sl,
    Lang::Sr,
    Lang::Sv,
    Lang::Tr,
    Lang::Uk,
    Lang::Zh,
];

/// Returns the number of a language, which one too small to learn from alone shares with its kin.
pub(super) fn family(lang: Lang) -> u8 {
    let kin = match lang {
        Lang::Mk => Lang::Bg,
        Lang::Nn => Lang::Nb,
        Lang::Sr => Lang::Hr,
        other => other,
    };
    LEARNT.iter().position(|&other| other == kin).unwrap_or(LEARNT.len()) as u8
}
