//! Text that was decoded twice: UTF-8 read as Windows-1252 (`â‚¬`, `Ã©`).
//!
//! A run of such characters is put right where its bytes are UTF-8 from end to end, and only in a
//! text that has several, or one that nobody writes (`â€™`): "Ã»" may be a capital before a quotation
//! mark. What cannot be put right, because a scraper has dropped a byte, is told to the caller.

/// What the bytes 0x80 to 0x9F are in Windows-1252; those without a character stay as they are.
const WINDOWS: [char; 32] = [
    '€', '\u{81}', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\u{8D}', 'Ž', '\u{8F}',
    '\u{90}', '‘', '’', '“', '”', '•', '–', '—', '˜', '™', 'š', '›', 'œ', '\u{9D}', 'ž', 'Ÿ',
];

/// Runs that a text must have for the short ones to be taken for what they look like.
const SEVERAL: usize = 2;

/// Returns the text put right, and whether some of it is still broken; `None` if it is sound.
pub(super) fn repaired(text: &str) -> Option<(String, bool)> {
    // Nearly every text is sound, and none without one of these is not.
    if !is_suspect(text) {
        return None;
    }
    let (mut certain, mut likely) = (0, 0);
    for run in runs(text) {
        match fixed(run).map(|fixed| (run.chars().count(), fixed.chars().count())) {
            Some((before, after)) if before >= 3 * after => certain += 1,
            Some(_) => likely += 1,
            None => {}
        }
    }
    if certain == 0 && likely < SEVERAL {
        return None;
    }
    let mut out = String::with_capacity(text.len());
    let mut is_broken = false;
    let mut from = 0;
    for run in runs(text) {
        let start = run.as_ptr() as usize - text.as_ptr() as usize;
        out.push_str(text.get(from..start).unwrap_or_default());
        if let Some(fixed) = fixed(run) {
            out.push_str(&fixed);
        } else {
            is_broken |= run.contains('Ã') || run.contains("â€");
            out.push_str(run);
        }
        from = start + run.len();
    }
    out.push_str(text.get(from..).unwrap_or_default());
    Some((out, is_broken))
}

/// Returns whether one of the letters stands in a text that bytes of UTF-8 begin with: Ã Â â Ä Å Ð
/// Ñ Î Ï, each 0xC3 and another byte in UTF-8.
fn is_suspect(text: &str) -> bool {
    let is_one =
        |pair: &[u8; 2]| pair[0] == 0xC3 && matches!(pair[1], 0x82..=0x85 | 0x8E..=0x91 | 0xA2);
    let bytes = text.as_bytes();
    // Many bytes at a time: only some alphabets have the first of the two at all.
    bytes.chunks(LOOK).enumerate().filter(|(_, chunk)| chunk.contains(&0xC3)).any(|(at, _)| {
        let end = (at * LOOK + LOOK + 1).min(bytes.len());
        bytes.get(at * LOOK..end).unwrap_or_default().array_windows().any(is_one)
    })
}

/// Bytes that are looked at together.
const LOOK: usize = 64;

/// Returns the longest runs of characters that are bytes from 0x80 of Windows-1252.
fn runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| byte(c).is_none_or(|byte| byte < 0x80)).filter(|run| !run.is_empty())
}

fn byte(c: char) -> Option<u8> {
    match c as u32 {
        0..0x80 | 0xA0..=0xFF => Some(c as u32 as u8),
        _ => WINDOWS.iter().position(|known| *known == c).map(|at| at as u8 + 0x80),
    }
}

/// Returns what a run was, if its bytes are UTF-8.
fn fixed(run: &str) -> Option<String> {
    let bytes: Vec<u8> = run.chars().filter_map(byte).collect();
    String::from_utf8(bytes).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_decoded_twice_is_put_right_and_sound_text_left_alone() {
        let cases = [
            ("Une amende de 5 â‚¬", "Une amende de 5 €"),
            ("Le rÃ©gulateur a infligÃ©", "Le régulateur a infligé"),
            ("Itâ€™s a fine", "It’s a fine"),
            ("ÐšÐ¾Ð¼Ð¸Ñ\u{81}Ñ\u{81}Ð¸Ñ\u{8F} Ð¾ÑˆÑ‚Ñ€Ð°Ñ„Ð¾Ð²Ð°Ð»Ð°", "Комиссия оштрафовала"),
        ];
        for (broken, right) in cases {
            let repaired = repaired(broken).map_or(broken.to_owned(), |(text, _)| text);
            assert_eq!(repaired, right);
        }
        for sound in ["MAÇÃ»", "château, âge, Ångström", "Señor Ñandú, cœur", "L’État “A” – B"]
        {
            assert_eq!(repaired(sound), None, "{sound}");
        }
        assert!(repaired("rÃ©gulateur Ã© Ã").is_some_and(|(_, is_broken)| is_broken));
    }
}
