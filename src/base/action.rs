//! What a regulator can do, and how far it got: closed vocabularies of the dataset.

/// Declares a closed vocabulary: enum, words, and the way back from a word.
macro_rules! vocabulary {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident $word:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum $name { $($(#[$vdoc])* $variant),* }

        impl $name {
            /// Every value, in the order of the documentation.
            pub const ALL: &'static [$name] = &[$($name::$variant),*];

            /// Returns the word that the dataset uses.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),* }
            }

            /// Returns the value that a word names.
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some($name::$variant),)* _ => None }
            }
        }
    };
}

vocabulary! {
    /// Type of an action.
    ActionType {
        /// A money penalty.
        Fine "fine",
        /// A penalty for each day, week or month that something is not done.
        PeriodicPenalty "periodic_penalty",
        /// A statement to comply, with a sanction behind it.
        FormalNotice "formal_notice",
        /// A reprimand or public warning.
        Warning "warning",
        /// An order to do or stop something.
        Order "order",
        /// A prohibition, suspension, seizure or block.
        Ban "ban",
        /// A probe or inspection that was opened or goes on.
        Investigation "investigation",
        /// Something filed by someone with a regulator.
        Complaint "complaint",
        /// A lawsuit, indictment or statement of objections by a regulator.
        Charge "charge",
        /// An agreed resolution.
        Settlement "settlement",
        /// A licence revoked or suspended.
        LicenceWithdrawal "licence_withdrawal",
        /// A refund or compensation that was ordered.
        Redress "redress",
        /// A court's decision on a regulator's action.
        CourtRuling "court_ruling",
        /// An approval, or a case closed with no action.
        Clearance "clearance",
        /// A product called back.
        Recall "recall",
    }
}

vocabulary! {
    /// How far an action got.
    ActionStatus {
        /// It happened.
        Imposed "imposed",
        /// A body that may decide it has proposed or is preparing it.
        Proposed "proposed",
        /// It is held out as a consequence.
        Threatened "threatened",
        /// A court or the regulator itself kept it.
        Upheld "upheld",
        /// It fell.
        Overturned "overturned",
        /// It became smaller.
        Reduced "reduced",
        /// It is told as hearsay.
        Rumoured "rumoured",
    }
}

vocabulary! {
    /// Field of a regulator.
    Sector {
        /// Privacy and personal data.
        DataProtection "data_protection",
        /// Antitrust and mergers.
        Competition "competition",
        /// Securities, banking, insurance, payments.
        Financial "financial",
        /// Telecoms, post, broadcasting, online platforms.
        TelecomMedia "telecom_media",
        /// Consumers and product safety.
        Consumer "consumer",
        /// Food, medicines, care.
        Health "health",
        /// Electricity, gas, nuclear.
        Energy "energy",
        /// Aviation, rail, road, sea.
        Transport "transport",
        /// Environment and water.
        Environment "environment",
        /// Tax and customs.
        Tax "tax",
        /// Work and its safety.
        Labour "labour",
        /// Betting and games of chance.
        Gambling "gambling",
        /// Anything else, governments and prosecutors included.
        Other "other",
    }
}

vocabulary! {
    /// What must be done.
    Measure {
        /// Delete data.
        DeleteData "delete_data",
        /// Stop a practice.
        Cease "cease",
        /// Bring something into line with the law.
        Comply "comply",
        /// Tell the persons concerned or the public.
        Inform "inform",
        /// Pay.
        Pay "pay",
        /// Take a product off the market.
        Withdraw "withdraw",
    }
}
