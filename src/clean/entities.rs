//! Character references of HTML, in pages and in texts that were scraped without decoding them.

use std::borrow::Cow;

/// Names that are not a letter with an accent.
const NAMED: &[(&str, &str)] = &[
    ("amp", "&"),
    ("lt", "<"),
    ("gt", ">"),
    ("quot", "\""),
    ("apos", "'"),
    ("nbsp", "\u{A0}"),
    ("euro", "€"),
    ("pound", "£"),
    ("yen", "¥"),
    ("cent", "¢"),
    ("curren", "¤"),
    ("dollar", "$"),
    ("copy", "©"),
    ("reg", "®"),
    ("trade", "™"),
    ("deg", "°"),
    ("sect", "§"),
    ("para", "¶"),
    ("middot", "·"),
    ("bull", "•"),
    ("hellip", "…"),
    ("ndash", "–"),
    ("mdash", "—"),
    ("minus", "−"),
    ("lsquo", "‘"),
    ("rsquo", "’"),
    ("sbquo", "‚"),
    ("ldquo", "“"),
    ("rdquo", "”"),
    ("bdquo", "„"),
    ("laquo", "«"),
    ("raquo", "»"),
    ("lsaquo", "‹"),
    ("rsaquo", "›"),
    ("iexcl", "¡"),
    ("iquest", "¿"),
    ("szlig", "ß"),
    ("aelig", "æ"),
    ("AElig", "Æ"),
    ("oelig", "œ"),
    ("OElig", "Œ"),
    ("oslash", "ø"),
    ("Oslash", "Ø"),
    ("eth", "ð"),
    ("ETH", "Ð"),
    ("thorn", "þ"),
    ("THORN", "Þ"),
    ("inodot", "ı"),
    ("ordf", "ª"),
    ("ordm", "º"),
    ("sup2", "²"),
    ("sup3", "³"),
    ("frac12", "½"),
    ("frac14", "¼"),
    ("frac34", "¾"),
    ("times", "×"),
    ("plusmn", "±"),
    ("thinsp", "\u{2009}"),
    ("ensp", "\u{2002}"),
    ("emsp", "\u{2003}"),
    ("shy", "\u{AD}"),
    ("zwnj", "\u{200C}"),
    ("zwj", "\u{200D}"),
    ("rarr", "→"),
];

/// Endings of names of accented letters, and the combining mark that each stands for.
const ACCENTS: &[(&str, char)] = &[
    ("acute", '\u{301}'),
    ("grave", '\u{300}'),
    ("circ", '\u{302}'),
    ("uml", '\u{308}'),
    ("tilde", '\u{303}'),
    ("cedil", '\u{327}'),
    ("ring", '\u{30A}'),
    ("caron", '\u{30C}'),
];

/// What the bytes 0x80 to 0x9F are in Windows-1252, which pages mean by such references.
const WINDOWS: &str = "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ";

/// Longest name in the tables, and then some.
const LONGEST: usize = 10;

/// Returns `text` with its character references replaced; those that are not known stay.
pub(super) fn decoded(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut parts = text.split('&');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let end = part.bytes().take(LONGEST).position(|byte| byte == b';');
        let reference = end.and_then(|end| Some((part.get(..end)?, part.get(end + 1..)?)));
        if let Some((value, rest)) = reference.and_then(|(name, rest)| Some((one(name)?, rest))) {
            out.push_str(&value);
            out.push_str(rest);
        } else {
            out.push('&');
            out.push_str(part);
        }
    }
    Cow::Owned(out)
}

fn one(name: &str) -> Option<Cow<'static, str>> {
    if let Some(number) = name.strip_prefix('#') {
        return numbered(number).map(|c| Cow::Owned(c.to_string()));
    }
    if let Some((_, value)) = NAMED.iter().find(|(known, _)| *known == name) {
        return Some(Cow::Borrowed(value));
    }
    ACCENTS.iter().find_map(|(ending, mark)| {
        let letter = name.strip_suffix(ending)?;
        let is_letter = letter.len() == 1 && letter.bytes().all(|byte| byte.is_ascii_alphabetic());
        is_letter.then(|| Cow::Owned(format!("{letter}{mark}")))
    })
}

fn numbered(number: &str) -> Option<char> {
    let value = match number.strip_prefix(['x', 'X']) {
        Some(digits) => u32::from_str_radix(digits, 16).ok()?,
        None => number.parse().ok()?,
    };
    match value {
        0x80..=0x9F => WINDOWS.chars().nth(value as usize - 0x80),
        _ => Some(char::from_u32(value).unwrap_or('\u{FFFD}')),
    }
}
