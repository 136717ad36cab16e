//! Whether an article is all there.
//!
//! Marked, with the status left as it is: texts that a scraper or feed has cut off (they end in an
//! ellipsis or a count of what is missing), and short texts of pages that say they are for
//! subscribers.

/// Text of a page for subscribers beyond which it is taken for the whole article, in bytes.
const WHOLE: usize = 2500;

/// Returns what is missing of a clean text; `is_free` is what its page says.
pub(super) fn missing(text: &str, is_free: Option<bool>) -> Option<&'static str> {
    let end = text.trim_end();
    let is_counted = end.strip_suffix("chars]").is_some_and(|start| {
        start.trim_end().trim_end_matches(|c: char| c.is_ascii_digit()).ends_with("[+")
    });
    let is_cut =
        ["[…]", "[...]", "(...)", "(…)", "…", "..."].iter().any(|mark| end.ends_with(mark));
    if is_counted || is_cut {
        Some("truncated")
    } else if is_free == Some(false) && text.len() < WHOLE {
        Some("paywalled")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_off_is_told() {
        assert_eq!(missing("The regulator said the… [+1432 chars]", None), Some("truncated"));
        assert_eq!(missing("The regulator said [...]", None), Some("truncated"));
        assert_eq!(missing("The regulator said so.", Some(false)), Some("paywalled"));
        assert_eq!(missing("The regulator said so.", Some(true)), None);
        assert_eq!(missing("The regulator said so.", None), None);
    }
}
