//! The writing of a text: which script its letters belong to, and the language where that settles it.
//!
//! Latin, Cyrillic, Arabic and Devanagari have many languages: words decide among them. Every
//! other script stands for its main language, carried or not. Han is Chinese unless kana stand
//! beside it or characters that only Japan writes.

/// A script that many languages of ours write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Script {
    /// a, b, c and all letters built on them.
    Latin,
    /// а, б, в.
    Cyrillic,
    /// ا, ب, ت.
    Arabic,
    /// क, ख, ग.
    Devanagari,
}

impl Script {
    /// Returns the shared script that `letter` belongs to; digits and marks have none.
    pub(super) fn of(letter: char) -> Option<Self> {
        match u32::from(letter) {
            0x41..=0x5A | 0x61..=0x7A | 0x00C0..=0x024F | 0x1E00..=0x1EFF => Some(Self::Latin),
            0x0400..=0x052F => Some(Self::Cyrillic),
            0x0600..=0x06FF | 0x0750..=0x077F | 0xFB50..=0xFDFF | 0xFE70..=0xFEFC => {
                Some(Self::Arabic)
            }
            0x0900..=0x097F => Some(Self::Devanagari),
            _ => None,
        }
    }
}

/// What the letters of a text say.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Writing {
    /// Too few letters to say anything.
    Nothing,
    /// A script of one language: its code, and its share of the letters.
    Settled(&'static str, f32),
    /// A script of many languages.
    Shared(Script),
}

/// Scripts that stand for one language: first and last code point, code.
///
/// A character of a dense script says as much as some letters do, hence the weight.
const SINGLE: [(u32, u32, &str, u32); 30] = [
    (0x0370, 0x03FF, "el", 1),
    (0x0530, 0x058F, "hy", 1),
    (0x0590, 0x05FF, "he", 1),
    (0x0980, 0x09FF, "bn", 1),
    (0x0A00, 0x0A7F, "pa", 1),
    (0x0A80, 0x0AFF, "gu", 1),
    (0x0B00, 0x0B7F, "or", 1),
    (0x0B80, 0x0BFF, "ta", 1),
    (0x0C00, 0x0C7F, "te", 1),
    (0x0C80, 0x0CFF, "kn", 1),
    (0x0D00, 0x0D7F, "ml", 1),
    (0x0D80, 0x0DFF, "si", 1),
    (0x0E00, 0x0E7F, "th", 1),
    (0x0E80, 0x0EFF, "lo", 1),
    (0x0F00, 0x0FFF, "bo", 1),
    (0x1000, 0x109F, "my", 1),
    (0x10A0, 0x10FF, "ka", 1),
    (0x1100, 0x11FF, "ko", 3),
    (0x1200, 0x139F, "am", 2),
    (0x1780, 0x17FF, "km", 1),
    (0x1F00, 0x1FFF, "el", 1),
    (0x2D00, 0x2D2F, "ka", 1),
    (0x3040, 0x30FF, "ja", 3),
    (0x3400, 0x4DBF, "zh", 3),
    (0x4E00, 0x9FFF, "zh", 3),
    (0xAC00, 0xD7A3, "ko", 3),
    (0xF900, 0xFAFF, "zh", 3),
    (0xFF66, 0xFF9F, "ja", 3),
    (0x2_0000, 0x3_FFFF, "zh", 3),
    (0x0780, 0x07BF, "dv", 1),
];

/// Characters that are written so in Japan only (neither simplified nor traditional Chinese).
const JAPANESE_ONLY: &str = "\
    円処発対売気価済検権実覚駅応図読経験険剣続総庁悪圧囲壱隠栄営\
    塩桜穏仮壊懐楽関観帰拠挙恵渓継県顕鉱黒歳斎雑桟歯釈縦渋粛焼乗\
    浄剰壌嬢譲畳醸粋酔穂髄瀬斉戦専銭繊曽騒増蔵臓択沢単団弾遅鋳聴\
    逓転伝闘稲徳弐悩脳拝廃髪抜払仏竜両猟塁霊齢労込働峠畑匂枠";

/// Letters of the shared scripts and of those that settle.
#[derive(Default)]
struct Counts {
    shared: [u32; 4],
    single: [u32; SINGLE.len()],
}

/// Returns whether a script stands for the language alone.
pub(super) fn settles(code: &str) -> bool {
    SINGLE.iter().any(|row| row.2 == code)
}

/// Returns what the letters of `sample` say about its language.
pub(super) fn writing(sample: &str) -> Writing {
    let counts = count(sample);
    let total: u32 = counts.shared.iter().sum::<u32>() + counts.single.iter().sum::<u32>();
    if total < 2 {
        return Writing::Nothing;
    }
    let (settled, letters) = settle(&counts, sample);
    let [latin, cyrillic, arabic, devanagari] = counts.shared;
    // Latin names stand in texts of every script, hardly the other way round.
    let mut best = (latin * 2 / 5, Writing::Shared(Script::Latin));
    let share = letters as f32 / total as f32;
    for other in [
        (cyrillic, Writing::Shared(Script::Cyrillic)),
        (arabic, Writing::Shared(Script::Arabic)),
        (devanagari, Writing::Shared(Script::Devanagari)),
        (letters, Writing::Settled(settled, share)),
    ] {
        if other.0 > best.0 {
            best = other;
        }
    }
    best.1
}

/// Returns the language of the single-language scripts that has most letters, and their number.
fn settle(counts: &Counts, sample: &str) -> (&'static str, u32) {
    if counts.single.iter().all(|letters| *letters == 0) {
        return ("und", 0);
    }
    let of = |code: &str| -> u32 {
        SINGLE.iter().zip(counts.single).filter(|(row, _)| row.2 == code).map(|(_, n)| n).sum()
    };
    let (han, kana, hangul) = (of("zh"), of("ja"), of("ko"));
    // Korean and Japanese news write Han beside their own letters; a Chinese one may quote a kana.
    if kana * 12 > han && kana > 0 && kana >= hangul {
        return ("ja", han + kana);
    }
    if hangul > 0 && hangul * 4 > han {
        return ("ko", han + hangul);
    }
    let mut best = ("und", 0);
    for (row, _) in SINGLE.iter().zip(counts.single).filter(|(_, letters)| *letters > 0) {
        let letters = of(row.2);
        if letters > best.1 {
            best = (row.2, letters);
        }
    }
    if best.0 == "zh" {
        // One character in thirty is far above what Japanese names in a Chinese text reach.
        let japanese = sample.chars().filter(|at| JAPANESE_ONLY.contains(*at)).count() as u32;
        if japanese * 3 * 30 > han {
            return ("ja", han);
        }
    }
    best
}

fn count(sample: &str) -> Counts {
    let mut counts = Counts::default();
    // A text stays within a script or two: the row of the last character is tried first.
    let mut last = 0;
    for character in sample.chars() {
        if character.is_ascii() {
            counts.shared[0] += u32::from(character.is_ascii_alphabetic());
            continue;
        }
        if let Some(script) = Script::of(character) {
            counts.shared[script as usize] += 1;
            continue;
        }
        let code = u32::from(character);
        let holds = |row: &(u32, u32, &str, u32)| (row.0..=row.1).contains(&code);
        if !SINGLE.get(last).is_some_and(holds) {
            let Some(row) = SINGLE.iter().position(holds) else { continue };
            last = row;
        }
        if let (Some(count), Some(row)) = (counts.single.get_mut(last), SINGLE.get(last)) {
            *count += row.3;
        }
    }
    counts
}
