//! Declared languages to codes: `fr-FR`, `fra`, `French` and `français` are `fr`.

use crate::base::lang::Lang;

/// ISO 639-2 codes (both kinds) of the carried languages, and names in the language itself.
const OTHER: &[(&str, &str)] = &[
    ("ara", "ar"),
    ("bul", "bg"),
    ("cat", "ca"),
    ("ces", "cs"),
    ("cze", "cs"),
    ("dan", "da"),
    ("deu", "de"),
    ("ger", "de"),
    ("ell", "el"),
    ("gre", "el"),
    ("eng", "en"),
    ("spa", "es"),
    ("est", "et"),
    ("fin", "fi"),
    ("fra", "fr"),
    ("fre", "fr"),
    ("gle", "ga"),
    ("heb", "he"),
    ("hin", "hi"),
    ("hrv", "hr"),
    ("hun", "hu"),
    ("isl", "is"),
    ("ice", "is"),
    ("ita", "it"),
    ("jpn", "ja"),
    ("kor", "ko"),
    ("lit", "lt"),
    ("lav", "lv"),
    ("mlt", "mt"),
    ("nob", "nb"),
    ("nld", "nl"),
    ("dut", "nl"),
    ("nno", "nn"),
    ("nor", "no"),
    ("pol", "pl"),
    ("por", "pt"),
    ("ron", "ro"),
    ("rum", "ro"),
    ("rus", "ru"),
    ("slk", "sk"),
    ("slo", "sk"),
    ("slv", "sl"),
    ("srp", "sr"),
    ("swe", "sv"),
    ("tur", "tr"),
    ("ukr", "uk"),
    ("zho", "zh"),
    ("chi", "zh"),
    ("iw", "he"),
    ("in", "id"),
    ("ji", "yi"),
    ("norwegian", "no"),
    ("bokmål", "nb"),
    ("nynorsk", "nn"),
    ("français", "fr"),
    ("francais", "fr"),
    ("deutsch", "de"),
    ("español", "es"),
    ("castellano", "es"),
    ("italiano", "it"),
    ("português", "pt"),
    ("nederlands", "nl"),
    ("polski", "pl"),
    ("čeština", "cs"),
    ("slovenčina", "sk"),
    ("slovenščina", "sl"),
    ("hrvatski", "hr"),
    ("srpski", "sr"),
    ("română", "ro"),
    ("magyar", "hu"),
    ("suomi", "fi"),
    ("svenska", "sv"),
    ("dansk", "da"),
    ("norsk", "no"),
    ("íslenska", "is"),
    ("gaeilge", "ga"),
    ("malti", "mt"),
    ("català", "ca"),
    ("eesti", "et"),
    ("latviešu", "lv"),
    ("lietuvių", "lt"),
    ("ελληνικά", "el"),
    ("български", "bg"),
    ("русский", "ru"),
    ("українська", "uk"),
    ("türkçe", "tr"),
    ("العربية", "ar"),
    ("עברית", "he"),
    ("हिन्दी", "hi"),
    ("中文", "zh"),
    ("日本語", "ja"),
    ("한국어", "ko"),
    ("slovenian", "sl"),
    ("cmn", "zh"),
];

/// Returns the two-letter code of a declared language, `None` if it is not one.
pub(super) fn code(declared: &str) -> Option<String> {
    let lower = declared.trim().to_lowercase();
    let main = lower.split(['-', '_', ',', ';', '.', ' ']).next()?;
    let known = Lang::ALL.iter().find(|lang| {
        lang.code() == main
            || lang.name().to_lowercase() == lower
            || lang.name().to_lowercase() == main
    });
    if let Some(lang) = known {
        return Some(lang.code().to_owned());
    }
    if let Some((_, code)) = OTHER.iter().find(|(name, _)| *name == main || *name == lower) {
        return Some((*code).to_owned());
    }
    let is_code = main.len() == 2 && main.bytes().all(|byte| byte.is_ascii_lowercase());
    is_code.then(|| main.to_owned())
}
