//! Legal forms of companies, in all languages: they close a name and are no part of it.

/// Legal forms of companies, folded, in the order of their bytes.
pub const LEGAL_FORMS: &[&str] = &[
    "a/s",
    "ab",
    "ad",
    "ag",
    "aps",
    "as",
    "asa",
    "bhd",
    "bv",
    "co",
    "corp",
    "corporation",
    "doo",
    "ehf",
    "eirl",
    "eood",
    "gmbh",
    "hf",
    "inc",
    "jsc",
    "kft",
    "kg",
    "kgaa",
    "kk",
    "limited",
    "llc",
    "llp",
    "lp",
    "ltd",
    "ltda",
    "mbh",
    "nv",
    "nyrt",
    "ohg",
    "ood",
    "oy",
    "oyj",
    "oü",
    "pjsc",
    "plc",
    "pty",
    "rt",
    "sa",
    "saa",
    "sab",
    "sarl",
    "sas",
    "sau",
    "sca",
    "se",
    "sia",
    "sl",
    "slu",
    "snc",
    "spa",
    "spol",
    "srl",
    "sro",
    "tbk",
    "uab",
    "vsi",
    "všį",
    "zrt",
    "αε",
    "ад",
    "акб",
    "ао",
    "ат",
    "доо",
    "еад",
    "еоод",
    "зао",
    "оао",
    "оод",
    "ооо",
    "пао",
    "прат",
    "тов",
];

/// Bytes of the longest legal form.
const LONGEST: usize = 11;

/// Returns whether a folded word is a legal form.
pub fn is_legal(folded: &str) -> bool {
    folded.len() <= LONGEST && LEGAL_FORMS.binary_search(&folded).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_forms_are_in_order_for_the_search() {
        assert!(LEGAL_FORMS.is_sorted_by(|one, other| one < other));
        assert!(LEGAL_FORMS.iter().all(|form| form.len() <= LONGEST));
        assert!(is_legal("gmbh") && is_legal("αε") && !is_legal("bank"));
    }
}
