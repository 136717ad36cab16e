//! The headline in front of the text, and who wrote it.

use crate::clean::{characters::normal, furniture::Furniture};

/// A text with its headline first.
pub(super) struct Titled {
    pub(super) text: String,
    pub(super) headline_len: usize,
    pub(super) title: Option<String>,
}

/// Longest line that is taken for a headline, in code points.
const LONGEST: usize = 220;

/// Returns a scraped title, author or address as one clean line.
pub(super) fn line(text: &str) -> String {
    normal(text).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Puts the headline first, unless the text already begins with it.
pub(super) fn titled(title: Option<String>, text: String) -> Titled {
    let first = text.lines().next().unwrap_or_default();
    let Some(title) = title else {
        let headline_len = if is_headline(&text) { first.len() } else { 0 };
        let title = (headline_len > 0).then(|| first.to_owned());
        return Titled { text, headline_len, title };
    };
    let (wanted, found) = (key(&title), key(first));
    // The site's name may stand behind the title, a subtitle behind the first line.
    let is_same =
        !found.is_empty() && !wanted.is_empty() && (wanted == found || begins(&wanted, &found));
    if is_same {
        return Titled { headline_len: first.len(), text, title: Some(title) };
    }
    if !wanted.is_empty()
        && begins(&key(text.get(..first.len().min(1000)).unwrap_or(first)), &wanted)
    {
        // Title and lead on one line: the text has it already.
        let headline_len = if text.starts_with(&title) { title.len() } else { 0 };
        return Titled { text, headline_len, title: Some(title) };
    }
    if text.is_empty() {
        return Titled { headline_len: title.len(), text: title.clone(), title: Some(title) };
    }
    Titled { headline_len: title.len(), text: format!("{title}\n\n{text}"), title: Some(title) }
}

/// Returns whether `short` is the start of `long`, up to the end of a word, and most of it.
fn begins(long: &str, short: &str) -> bool {
    long.strip_prefix(short).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        && short.chars().count() >= 12
}

/// Returns letters and figures only, lower case, for comparing.
fn key(text: &str) -> String {
    let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_lowercase).collect::<Vec<_>>().join(" ")
}

/// Returns whether the first line of a text looks like a headline: short, no sentence, more below.
fn is_headline(text: &str) -> bool {
    let Some((first, rest)) = text.split_once('\n') else { return false };
    let ends = first.trim_end_matches(['"', '\'', '»', '”', '’', '“', ')', ' ', '\u{A0}']);
    let is_sentence =
        ends.ends_with(['.', '。', '।', ',', ';', ':', '،', '؛']) && !ends.ends_with("...");
    let has_words = first.chars().filter(|c| c.is_alphabetic()).count() >= 6;
    has_words
        && !is_sentence
        && first.chars().count() <= LONGEST
        && rest.trim().len() >= first.len()
}

/// Returns an author's name from metadata, `None` if it is an address or empty.
pub(super) fn author(furniture: &Furniture, text: &str) -> Option<String> {
    if text.contains("://") || text.starts_with('@') {
        return None;
    }
    let name = furniture.byline(text).unwrap_or(text);
    let name = name.trim_matches(|c: char| c.is_whitespace() || ",;|·".contains(c));
    (name.chars().any(char::is_alphabetic) && name.chars().count() <= 200).then(|| name.to_owned())
}

/// Finds "Par Marc Rees" among the first lines of a text.
pub(super) fn byline(furniture: &Furniture, text: &str) -> Option<String> {
    text.lines().skip(1).take(8).find_map(|line| {
        let name = furniture.byline(line)?;
        let name = name.split([',', '|', '•', '·', '-', '–', '—', '/']).next()?.trim();
        let words = name.split_whitespace().count();
        let is_short =
            line.chars().count() <= 80 && !line.ends_with('.') && (1..=5).contains(&words);
        let is_name = name
            .split_whitespace()
            .all(|word| word.chars().count() <= 3 || !word.starts_with(char::is_lowercase))
            && !name.starts_with(char::is_lowercase)
            && name.chars().filter(|c| c.is_alphabetic()).count() >= 3
            && !name.contains(|c: char| c.is_numeric());
        (is_short && is_name).then(|| name.to_owned())
    })
}
