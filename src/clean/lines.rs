//! Lines of the article kept, all else dropped and counted.
//!
//! Reader comments and what follows them are cut at their heading, but only after text of the
//! article: the same words stand in bars above it. A link to another article or an advert that
//! states a figure stays, for its sums and dates are annotated like any other. At the end of a page
//! what is no sentence goes together with the furniture around it. Above the article, the way to it
//! ("Home › Business › Banks") is dropped.

use crate::clean::furniture::{Furniture, Kind};

/// What is left of a text, and how much is not.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sifted {
    /// Lines of the article.
    pub text: String,
    /// Code points of reader comments.
    pub comments_chars: u32,
    /// Code points of other furniture.
    pub boilerplate_chars: u32,
}

/// Fate of one line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Kept,
    Furniture,
    Comment,
}

/// Links that are dropped below a heading of links.
const MOST_LINKS: usize = 12;

/// Sifts a text with uniform characters.
pub fn sift(furniture: &Furniture, text: &str) -> Sifted {
    let lines: Vec<&str> = text.split('\n').collect();
    let mut fates = vec![Fate::Kept; lines.len()];
    let kinds: Vec<Option<Kind>> = lines.iter().map(|line| furniture.kind(line)).collect();
    let weights: Vec<usize> = lines.iter().map(|line| weight(line)).collect();
    let mut above = 0;
    for (at, line) in lines.iter().enumerate() {
        let has_text = above > 0;
        let fate = match kinds.get(at).copied().flatten() {
            Some(Kind::Comments)
                if heads_comments(above, weights.get(at..).unwrap_or_default()) =>
            {
                fates.iter_mut().skip(at).for_each(|fate| *fate = Fate::Comment);
                break;
            }
            None if !has_text && is_breadcrumb(line) => Fate::Furniture,
            Some(Kind::Comment) if has_text => Fate::Comment,
            Some(Kind::Comment) | None => Fate::Kept,
            Some(
                Kind::Comments | Kind::Bar | Kind::TeaserHeading | Kind::Notice | Kind::Rights,
            ) => Fate::Furniture,
            // The first line is the headline, even if it begins like a call.
            Some(Kind::Teaser | Kind::Call) if at == 0 || has_figure(line) => Fate::Kept,
            Some(Kind::Teaser | Kind::Call) => Fate::Furniture,
        };
        set(&mut fates, at, fate);
        if fate == Fate::Kept && at > 0 {
            above += weights.get(at).copied().unwrap_or_default();
        }
    }
    links(&lines, &kinds, &mut fates);
    tail(&lines, &mut fates);
    joined(&lines, &fates)
}

fn set(fates: &mut [Fate], at: usize, fate: Fate) {
    if let Some(place) = fates.get_mut(at) {
        *place = fate;
    }
}

fn is_kept(fates: &[Fate], at: usize) -> bool {
    fates.get(at) == Some(&Fate::Kept)
}

/// Returns whether a heading of comments stands below the article rather than in a bar above it:
/// after sentences, and not before most of them where only a lead stands above.
fn heads_comments(above: usize, below: &[usize]) -> bool {
    const LEAD: usize = 400;
    above > LEAD || above > 0 && below.iter().sum::<usize>() <= 2 * above
}

/// Drops the links below a heading of links: one in the middle of the text, more at its end.
fn links(lines: &[&str], kinds: &[Option<Kind>], fates: &mut [Fate]) {
    for (at, _) in kinds.iter().enumerate().filter(|(_, kind)| **kind == Some(Kind::TeaserHeading))
    {
        let below = || lines.iter().enumerate().skip(at + 1).filter(|(_, line)| !line.is_empty());
        let is_last = !below().any(|(_, line)| is_sentence(line));
        let most = if is_last { MOST_LINKS } else { 1 };
        for (below, line) in below().take(most) {
            if !is_kept(fates, below) || is_sentence(line) || line.len() > 400 {
                break;
            }
            if !has_figure(line) {
                set(fates, below, Fate::Furniture);
            }
        }
    }
}

/// Drops what is no sentence at the end of a text, if at least two lines there are furniture.
fn tail(lines: &[&str], fates: &mut [Fate]) {
    let last = lines
        .iter()
        .enumerate()
        .rposition(|(at, line)| is_kept(fates, at) && (is_sentence(line) || has_figure(line)));
    let Some(last) = last else { return };
    let end = fates.iter().position(|fate| *fate == Fate::Comment).unwrap_or(fates.len());
    let furniture = (last..end).filter(|at| fates.get(*at) == Some(&Fate::Furniture)).count();
    if furniture >= 2 {
        for at in last + 1..end {
            set(fates, at, Fate::Furniture);
        }
    }
}

/// Puts the kept lines together and counts the others.
fn joined(lines: &[&str], fates: &[Fate]) -> Sifted {
    let mut sifted = Sifted::default();
    let mut blank = true;
    for (line, fate) in lines.iter().zip(fates) {
        let chars = || line.chars().count() as u32;
        match fate {
            Fate::Comment => sifted.comments_chars += chars(),
            Fate::Furniture => sifted.boilerplate_chars += chars(),
            Fate::Kept if line.is_empty() && blank => {}
            Fate::Kept => {
                blank = line.is_empty();
                sifted.text.push_str(line);
                sifted.text.push('\n');
            }
        }
    }
    let length = sifted.text.trim_end().len();
    sifted.text.truncate(length);
    sifted
}

fn is_sentence(line: &str) -> bool {
    weight(line) > 0
}

/// Returns the letters of a line that ends like a sentence and is long enough for one, else 0. A
/// character of a script without spaces counts as three.
fn weight(line: &str) -> usize {
    let ends =
        line.trim_end_matches(['"', '\'', '»', '”', '’', '“', ')', '」', '）', ' ', '\u{A0}']);
    if !ends.ends_with(['.', '!', '?', ';', ':', '…', '。', '！', '？', '।', '؟', '،', ','])
    {
        return 0;
    }
    let bytes = line.as_bytes();
    // Continuation bytes are no characters of their own.
    let narrow =
        |bytes: &[u8]| bytes.iter().filter(|byte| **byte & 0xC0 != 0x80 && **byte != b' ').count();
    // Below U+1000 all are narrow.
    let letters = if bytes.iter().fold(0, |most, byte| most.max(*byte)) < 0xE1 {
        narrow(bytes)
    } else {
        let is_wide = |c: char| matches!(c, '\u{1100}'..='\u{11FF}' | '\u{2E80}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7AF}');
        let heads = bytes.iter().enumerate().filter(|(_, byte)| **byte >= 0xE1);
        let chars = heads.filter_map(|(at, _)| line.get(at..)?.chars().next());
        narrow(bytes) + 2 * chars.filter(|c| is_wide(*c)).count()
    };
    if letters >= 50 { letters } else { 0 }
}

/// Returns whether a line leads from the front page to the article: "Home › Business › Banks".
fn is_breadcrumb(line: &str) -> bool {
    const LONGEST: usize = 160;
    if line.len() > LONGEST || has_figure(line) {
        return false;
    }
    let arrows = line.contains(['›', '>']);
    let is_short = |piece: &str| {
        piece.split(' ').count() <= 4
            && !piece.contains(['.', ':', ','])
            && piece.starts_with(|c: char| c.is_alphabetic() && !c.is_lowercase())
    };
    let pieces = || {
        let parts = line.split(['›', '>', '|', '•', '·', '→', '/']).map(str::trim);
        parts.filter(|piece| !piece.is_empty())
    };
    pieces().count() >= if arrows { 2 } else { 3 } && pieces().all(is_short)
}

fn has_figure(line: &str) -> bool {
    line.contains(char::is_numeric)
}
