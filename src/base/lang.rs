//! The carried languages: one variant a language pack.

use crate::base::compressed::{Compressed, compressed};

/// Declares the enum, its codes and English names in one place.
macro_rules! languages {
    ($($variant:ident $code:literal $name:literal),* $(,)?) => {
        /// A language that has a pack.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Lang { $(#[doc = $name] $variant),* }

        impl Lang {
            /// Every carried language, by code.
            pub const ALL: &'static [Lang] = &[$(Lang::$variant),*];

            /// Returns the ISO 639-1 code.
            pub fn code(self) -> &'static str {
                match self { $(Lang::$variant => $code),* }
            }

            /// Returns the English name.
            pub fn name(self) -> &'static str {
                match self { $(Lang::$variant => $name),* }
            }

            /// Returns the language of an ISO 639-1 code.
            pub fn from_code(code: &str) -> Option<Lang> {
                match code { $($code => Some(Lang::$variant),)* "no" => Some(Lang::Nb), _ => None }
            }

            /// Returns the pack file that is built in.
            pub(crate) fn pack_source(self) -> Compressed {
                match self { $(Lang::$variant => compressed!(concat!("pack/lang/", $code, ".toml"))),* }
            }
        }
    };
}

languages! {
    Ar "ar" "Arabic", Bg "bg" "Bulgarian", Ca "ca" "Catalan", Cs "cs" "Czech", Da "da" "Danish",
    De "de" "German", El "el" "Greek", En "en" "English", Es "es" "Spanish", Et "et" "Estonian",
    Fi "fi" "Finnish", Fr "fr" "French", Ga "ga" "Irish", He "he" "Hebrew", Hi "hi" "Hindi",
    Hr "hr" "Croatian", Hu "hu" "Hungarian", Is "is" "Icelandic", It "it" "Italian",
    Ja "ja" "Japanese", Ko "ko" "Korean", Lt "lt" "Lithuanian", Lv "lv" "Latvian",
    Mk "mk" "Macedonian", Mt "mt" "Maltese", Nb "nb" "Norwegian Bokmål", Nl "nl" "Dutch", Nn "nn" "Norwegian Nynorsk",
    Pl "pl" "Polish", Pt "pt" "Portuguese", Ro "ro" "Romanian", Ru "ru" "Russian",
    Sk "sk" "Slovak", Sl "sl" "Slovene", Sr "sr" "Serbian", Sv "sv" "Swedish", Tr "tr" "Turkish",
    Uk "uk" "Ukrainian", Zh "zh" "Chinese",
}
