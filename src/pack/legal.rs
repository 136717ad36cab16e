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
    "aş",
    "bhd",
    "bv",
    "co",
    "corp",
    "corporation",
    "dd",
    "doo",
    "ehf",
    "eirl",
    "eood",
    "gmbh",
    "hf",
    "inc",
    "jdoo",
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
    "şti",
    "αβεε",
    "αε",
    "αεβε",
    "επε",
    "ικε",
    "ад",
    "акб",
    "ао",
    "ат",
    "ват",
    "доо",
    "еад",
    "еоод",
    "зао",
    "зат",
    "оао",
    "оод",
    "ооо",
    "пао",
    "пат",
    "прат",
    "тзов",
    "тов",
    "тоо",
    "בע\"מ",
    "בע״מ",
];

/// Bytes of the longest legal form.
const LONGEST: usize = 11;

/// The legal forms as numbers, in the same order.
const NUMBERS: [u128; LEGAL_FORMS.len()] = {
    let mut numbers = [0; LEGAL_FORMS.len()];
    let mut at = 0;
    while at < numbers.len() {
        numbers[at] = number(LEGAL_FORMS[at].as_bytes());
        at += 1;
    }
    numbers
};

/// Returns the bytes of a short word as a number, so that words compare as their bytes do.
const fn number(word: &[u8]) -> u128 {
    let (mut number, mut at) = (0, 0);
    while at < LONGEST {
        number = number << 8 | if at < word.len() { word[at] as u128 } else { 0 };
        at += 1;
    }
    number
}

/// Returns whether a folded word is a legal form.
pub fn is_legal(folded: &str) -> bool {
    folded.len() <= LONGEST && NUMBERS.binary_search(&number(folded.as_bytes())).is_ok()
}

/// Legal forms that are written as one with a name, before it or behind it, longer ones before those within them.
pub const JOINED_FORMS: &[&str] = &[
    "股份有限公司",
    "有限责任公司",
    "有限責任公司",
    "有限公司",
    "股份公司",
    "株式会社",
    "有限会社",
    "合同会社",
    "合資会社",
    "주식회사",
    "유한회사",
];

/// Returns a name in a script without spaces and without its legal form: "日本郵便株式会社".
pub fn without_joined(name: &str) -> &str {
    let cut = |form: &&str| name.strip_suffix(*form).or_else(|| name.strip_prefix(*form));
    let rest = JOINED_FORMS.iter().find_map(cut).map(str::trim);
    rest.filter(|rest| rest.chars().nth(1).is_some()).unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn legal_forms_are_in_order_for_the_search() {
        assert!(LEGAL_FORMS.is_sorted_by(|one, other| one < other));
        assert!(LEGAL_FORMS.iter().all(|form| form.len() <= LONGEST));
        assert!(LEGAL_FORMS.iter().all(|form| is_legal(form)));
        assert!(!is_legal("bank") && !is_legal("gmb") && !is_legal("gmbhs") && !is_legal(""));
    }

    #[test]
    fn a_form_that_is_written_as_one_with_a_name_is_cut_off() {
        for (name, rest) in [
            ("日本郵便株式会社", "日本郵便"),
            ("株式会社ZTV", "ZTV"),
            ("安家國際企業股份有限公司", "安家國際企業"),
            ("주식회사 한빛유통", "한빛유통"),
            ("有限公司", "有限公司"),
        ] {
            assert_eq!(without_joined(name), rest);
        }
    }
}
