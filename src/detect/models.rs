//! The two statistical models behind the words: whatlang, quick, and lingua, careful and slow.
//!
//! Both answer with codes of ISO 639-1. whatlang is asked without a list, so that it may name a
//! language that is not carried; lingua is asked only about the candidates that are left, and
//! loads their models at the first question.

use lingua::{Language, LanguageDetectorBuilder};

/// Bytes of a sample that a model is shown.
const QUICK_SHOWN: usize = 700;

/// Bytes of a sample that the slow model is shown.
const CAREFUL_SHOWN: usize = 360;

/// Codes of whatlang (ISO 639-3), sorted, and those of ISO 639-1.
#[rustfmt::skip]
const CODES: [(&str, &str); 70] = [
    ("afr", "af"), ("aka", "ak"), ("amh", "am"), ("ara", "ar"), ("aze", "az"), ("bel", "be"),
    ("ben", "bn"), ("bul", "bg"), ("cat", "ca"), ("ces", "cs"), ("cmn", "zh"), ("cym", "cy"),
    ("dan", "da"), ("deu", "de"), ("ell", "el"), ("eng", "en"), ("epo", "eo"), ("est", "et"),
    ("fin", "fi"), ("fra", "fr"), ("guj", "gu"), ("heb", "he"), ("hin", "hi"), ("hrv", "hr"),
    ("hun", "hu"), ("hye", "hy"), ("ind", "id"), ("ita", "it"), ("jav", "jv"), ("jpn", "ja"),
    ("kan", "kn"), ("kat", "ka"), ("khm", "km"), ("kor", "ko"), ("lat", "la"), ("lav", "lv"),
    ("lit", "lt"), ("mal", "ml"), ("mar", "mr"), ("mkd", "mk"), ("mya", "my"), ("nep", "ne"),
    ("nld", "nl"), ("nob", "nb"), ("ori", "or"), ("pan", "pa"), ("pes", "fa"), ("pol", "pl"),
    ("por", "pt"), ("ron", "ro"), ("rus", "ru"), ("sin", "si"), ("slk", "sk"), ("slv", "sl"),
    ("sna", "sn"), ("spa", "es"), ("srp", "sr"), ("swe", "sv"), ("tam", "ta"), ("tel", "te"),
    ("tgl", "tl"), ("tha", "th"), ("tuk", "tk"), ("tur", "tr"), ("ukr", "uk"), ("urd", "ur"),
    ("uzb", "uz"), ("vie", "vi"), ("yid", "yi"), ("zul", "zu"),
];

/// Returns the language that whatlang names, and its confidence (0 to 1).
pub(super) fn quick(sample: &str) -> Option<(&'static str, f32)> {
    let shown = sample.get(..sample.floor_char_boundary(QUICK_SHOWN))?;
    let info = whatlang::detect(shown)?;
    Some((short_code(info.lang()), info.confidence() as f32))
}

/// Careful answers about chosen languages.
pub(super) struct Careful {
    /// The languages whose models are built in, by code.
    built_in: Vec<(String, Language)>,
}

impl Careful {
    /// Lists the models that are built in; loads none.
    pub(super) fn new() -> Self {
        let mut built_in: Vec<(String, Language)> = Language::all()
            .into_iter()
            .map(|language| (language.iso_code_639_1().to_string().to_lowercase(), language))
            .collect();
        built_in.sort_by(|a, b| a.0.cmp(&b.0));
        Self { built_in }
    }

    /// Returns the probability of each of `codes` that has a model, in the order given.
    ///
    /// Probabilities are rounded: the model sums them in no fixed order.
    pub(super) fn probabilities<'a>(&self, sample: &str, codes: &[&'a str]) -> Vec<(&'a str, f32)> {
        let known: Vec<(&str, Language)> = codes
            .iter()
            .filter_map(|code| {
                let place = self.built_in.binary_search_by(|row| row.0.as_str().cmp(code)).ok()?;
                self.built_in.get(place).map(|row| (*code, row.1))
            })
            .collect();
        if known.len() < 2 {
            return known.into_iter().map(|(code, _)| (code, 1.0)).collect();
        }
        let languages: Vec<Language> = known.iter().map(|row| row.1).collect();
        let detector = LanguageDetectorBuilder::from_languages(&languages).build();
        let values = detector.compute_language_confidence_values(shown(sample).to_lowercase());
        known
            .into_iter()
            .filter_map(|(code, language)| {
                let (_, value) = values.iter().find(|row| row.0 == language)?;
                Some((code, ((value * 1e4).round() / 1e4) as f32))
            })
            .collect()
    }
}

/// Returns the part of a sample that a careful model is shown.
pub(super) fn shown(sample: &str) -> &str {
    sample.get(..sample.floor_char_boundary(CAREFUL_SHOWN)).unwrap_or(sample)
}

/// Returns the ISO 639-1 code of a language of whatlang, which knows only the longer ones.
fn short_code(lang: whatlang::Lang) -> &'static str {
    let place = CODES.binary_search_by(|row| row.0.cmp(lang.code()));
    place.ok().and_then(|place| CODES.get(place)).map_or("und", |row| row.1)
}
