//! The language of an article.
//!
//! Reads a sample of the clean text and the language that the page declared. Asks the cheapest
//! witness first: the script, then function words and letters, then the ends of words and
//! whatlang, then pieces of words, and lingua only about what is still in doubt. Body-length text
//! hardly ever goes past the words.
//!
//! Refused on purpose: a guess. A text in a language that is not carried gets that language's
//! own code where neighbours are known, else `und`; a carried neighbour's name would send it
//! through the wrong pack. What a page declares is a hint that settles doubt and nothing else:
//! templates are often wrong about it.

pub mod grams;
mod models;
mod sample;
mod script;
mod vocabulary;

use crate::base::lang::Lang;

use grams::Grams;
use models::Careful;
use script::{Script, Writing};
use vocabulary::{Vocabulary, Vote, Votes};

/// A lead of this much over the next language needs no second opinion.
const SURE: f32 = 8.0;

/// A lead of this much is enough if whatlang names the same language.
const SEEMING: f32 = 1.0;

/// A lead of this much, with the ends of words heard, is one that lingua does not turn.
const DECIDED: f32 = 3.0;

/// The letters agree with the words from this probability on, and with no smaller lead than that.
const LIKELY: f32 = 0.9;
const LEADING: f32 = 0.15;

/// lingua is asked about so many of the best by words and so many of the best by letters.
const ASKED: usize = 3;

/// Of the words of a text at least this share are function words of its language.
const SHARE: f32 = 0.07;

/// The same for a text about which lingua was asked: it never says that it does not know.
const LEAST_SHARE: f32 = 0.1;

/// Languages further behind the best than this are out.
const BEHIND: f32 = 7.0;

/// What the declared language is worth beforehand.
const DECLARED: f32 = 1.5;

/// What it is worth against a twin: who reads one reads the other, and short texts of both look alike.
const DECLARED_TWIN: f32 = 4.0;

/// Languages that are told apart by few words.
const TWINS: [&[&str]; 2] = [&["hr", "sr", "bs"], &["nb", "nn"]];

/// What whatlang's word is worth at full confidence.
const QUICK: f32 = 1.0;

/// Letters that few others write, for each word of a text, in lieu of function words.
const LETTERS_A_WORD: f32 = 0.25;

/// What stands for the probability of a language that lingua has no model of: its words decide.
const UNMODELLED: f32 = 0.15;

/// The same for a language that is carried: it is more often met.
const UNMODELLED_CARRIED: f32 = 0.4;

/// A text of no more words than this may be a name or a code.
const FEW: u32 = 2;

/// No probability counts for less.
const LEAST: f32 = 1e-3;

/// Texts of fewer words than this may go without a function word.
const SHORT: u32 = 8;

/// A short text of no listed word that has this many letters of others is not of the language.
const FOREIGN_LETTERS: f32 = 2.0;

/// Code of no language.
const UNKNOWN: &str = "und";

/// The language of a text, and how it was found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Detected {
    /// The carried language, if it is one, or that which has its words.
    pub lang: Option<Lang>,
    /// ISO 639-1 code, also of a language that is not carried; `und` if unknown.
    pub code: &'static str,
    /// 0 to 1.
    pub confidence: f32,
    /// `script` (letters or words), `whatlang`, `lingua` or `declared`.
    pub detector: &'static str,
}

/// Tells languages; built once, used by all threads.
pub struct Detector {
    vocabulary: Vocabulary,
    grams: Grams,
    careful: Careful,
}

impl Detector {
    /// Builds a detector out of the function words of each carried language.
    pub fn new(words: &[(Lang, Vec<String>)]) -> Self {
        Self { vocabulary: Vocabulary::new(words), grams: Grams::new(), careful: Careful::new() }
    }

    /// Returns whether the words of a language are those of its pack.
    ///
    /// Most have a list of their own; a script of one language needs none.
    pub fn takes_words_of(lang: Lang) -> bool {
        !vocabulary::lists(lang) && !script::settles(lang.code())
    }

    /// Returns the language of `text`; `declared` is what its page says of itself.
    pub fn language(&self, text: &str, declared: Option<&str>) -> Detected {
        let sample = sample::sample(text);
        match script::writing(&sample) {
            Writing::Nothing => unknown(),
            Writing::Settled(code, share) => detected(code, share, "script"),
            Writing::Shared(script) => self.among(&sample, script, declared),
        }
    }

    /// Tells the languages of one script apart.
    fn among(&self, sample: &str, script: Script, declared: Option<&str>) -> Detected {
        let mut votes = self.vocabulary.votes(sample, script);
        if let Some(code) = self.sure(&votes) {
            return detected(code, certainty(lead(&votes)), "script");
        }
        self.vocabulary.weigh_affixes(sample, script, &mut votes);
        let declared = declared.map(carried_code).and_then(|code| self.vocabulary.number_of(code));
        if is_brief(&votes) {
            let of_script = |number| votes.ranking.iter().any(|vote| vote.number == number);
            let hint = declared.filter(|&number| of_script(number));
            return hint
                .map_or(unknown(), |at| detected(self.code(at), certainty(0.0), "declared"));
        }
        let worth = self.worth_of_declared(&votes, declared);
        raise(&mut votes, declared, worth);
        let (quick, confidence) = models::quick(sample).unwrap_or((UNKNOWN, 0.0));
        raise(&mut votes, self.vocabulary.number_of(quick), QUICK * confidence);
        if let Some(found) = self.settled(&votes, quick, declared) {
            return found;
        }
        self.carefully(sample, votes, quick, declared)
    }

    /// Returns what the declared language is worth beforehand: more where the text looks like its twin.
    fn worth_of_declared(&self, votes: &Votes, declared: Option<usize>) -> f32 {
        let best = votes.ranking.first().map_or(UNKNOWN, |best| self.code(best.number));
        let declared = declared.map_or(UNKNOWN, |number| self.code(number));
        let are_twins = |twins: &&[&str]| twins.contains(&best) && twins.contains(&declared);
        if TWINS.iter().any(are_twins) { DECLARED_TWIN } else { DECLARED }
    }

    /// Returns the best language if its words leave no doubt.
    fn sure(&self, votes: &Votes) -> Option<&'static str> {
        let best = votes.ranking.first()?;
        let is_sure = lead(votes) >= SURE && best.hits as f32 >= SHARE * votes.tokens as f32;
        is_sure.then(|| self.code(best.number))
    }

    /// Returns the best language if its marks leave little doubt, or less and whatlang names it too.
    fn settled(&self, votes: &Votes, quick: &str, declared: Option<usize>) -> Option<Detected> {
        let best = *votes.ranking.first()?;
        let code = self.code(best.number);
        let is_other = declared.is_some_and(|number| number != best.number);
        let is_agreed = code == quick;
        let least = if is_agreed { SEEMING } else { DECIDED };
        let is_settled =
            lead(votes) >= least && is_plausible(best, votes.tokens) && (is_agreed || !is_other);
        let detector = if is_agreed { "whatlang" } else { "script" };
        is_settled.then(|| detected(code, certainty(lead(votes)), detector))
    }

    /// Asks what the letters say, and the slow model about the languages that are left then.
    fn carefully(
        &self,
        sample: &str,
        mut votes: Votes,
        quick: &str,
        declared: Option<usize>,
    ) -> Detected {
        let top = votes.ranking.first().map_or(0.0, |best| best.score);
        votes.ranking.retain(|vote| vote.score > top - BEHIND);
        let codes: Vec<&str> = votes.ranking.iter().map(|vote| self.code(vote.number)).collect();
        let by_letters = self.grams.probabilities(models::shown(sample), &codes);
        let is_clear = self.is_likely(&votes, &by_letters);
        if !is_clear {
            let asked = self.asked(&votes, &by_letters);
            let is_known = |code: &str| by_letters.iter().any(|row| row.0 == code);
            votes.ranking.retain(|vote| {
                let code = self.code(vote.number);
                asked.contains(&code) || !is_known(code)
            });
            let answers = self.careful.probabilities(sample, &asked);
            self.hear(&mut votes, &answers);
        }
        let Some(best) = votes.ranking.first().copied() else { return unknown() };
        let code = self.code(best.number);
        let is_witnessed = code == quick || is_plausible(best, votes.tokens);
        let is_declared = declared == Some(best.number);
        let detector = if is_clear { "script" } else { "lingua" };
        match (is_witnessed, is_declared) {
            (false, false) => unknown(),
            (true, false) => detected(code, certainty(lead(&votes)), detector),
            (true, true) if lead(&votes) >= SEEMING => {
                detected(code, certainty(lead(&votes)), detector)
            }
            (_, true) => detected(code, certainty(0.0), "declared"),
        }
    }

    /// Returns whether the letters are those of the language that the words put first.
    fn is_likely(&self, votes: &Votes, by_letters: &[(&str, f32)]) -> bool {
        let Some(best) = votes.ranking.first() else { return false };
        let code = self.code(best.number);
        lead(votes) >= LEADING
            && is_plausible(*best, votes.tokens)
            && by_letters.iter().any(|&(of, likelihood)| of == code && likelihood >= LIKELY)
    }

    /// Returns the languages that lingua is asked about; `by_letters` stands in the order of the votes.
    fn asked<'a>(&self, votes: &Votes, by_letters: &[(&'a str, f32)]) -> Vec<&'a str> {
        let all = by_letters.iter().map(|row| row.0);
        let best = votes.ranking.first().map(|vote| self.code(vote.number));
        // If no model knows the best, only the answers for all tell that none of them fits.
        if best.is_some_and(|code| by_letters.iter().all(|row| row.0 != code)) {
            return all.collect();
        }
        let mut likeliest = by_letters.to_vec();
        likeliest.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(b.0)));
        let mut asked: Vec<&str> = all.take(ASKED).collect();
        for (code, _) in likeliest.into_iter().take(ASKED) {
            if !asked.contains(&code) {
                asked.push(code);
            }
        }
        asked
    }

    /// Adds the probabilities that a model gives for the languages that it knows.
    fn hear(&self, votes: &mut Votes, answers: &[(&str, f32)]) {
        for vote in &mut votes.ranking {
            let code = self.code(vote.number);
            let answer = answers.iter().find(|row| row.0 == code);
            let unmodelled =
                if Lang::from_code(code).is_some() { UNMODELLED_CARRIED } else { UNMODELLED };
            vote.score += answer.map_or(unmodelled, |row| row.1).max(LEAST).ln();
        }
        votes.rank();
    }

    fn code(&self, number: usize) -> &'static str {
        self.vocabulary.codes.get(number).copied().unwrap_or(UNKNOWN)
    }
}

/// Returns whether a text is a name or a code, of which only its page knows the language.
fn is_brief(votes: &Votes) -> bool {
    let Some(best) = votes.ranking.first() else { return true };
    votes.tokens <= FEW && best.letters == 0.0 && (votes.tokens == 1 || best.hits == 0)
}

/// Returns whether a text of so many words bears the marks of the language: its words or letters.
fn is_plausible(best: Vote, tokens: u32) -> bool {
    let words = tokens as f32;
    (tokens < SHORT && (best.foreign < FOREIGN_LETTERS || best.hits > 0))
        || (best.hits + best.affixes) as f32 >= LEAST_SHARE * words
        || best.letters >= LETTERS_A_WORD * words
}

/// Returns how far the best is ahead of the second.
fn lead(votes: &Votes) -> f32 {
    match votes.ranking.as_slice() {
        [best, second, ..] => best.score - second.score,
        [best] => best.score,
        [] => 0.0,
    }
}

/// Returns a confidence for a lead: a half for none, near one for a large one.
fn certainty(lead: f32) -> f32 {
    1.0 - 0.5 * (-lead.max(0.0) / 3.0).exp()
}

fn raise(votes: &mut Votes, number: Option<usize>, by: f32) {
    for vote in votes.ranking.iter_mut().filter(|vote| Some(vote.number) == number) {
        vote.score += by;
    }
    votes.rank();
}

/// Returns the code of the carried language that a declared one means (`no` is `nb`).
fn carried_code(declared: &str) -> &str {
    Lang::from_code(declared).map_or(declared, |lang| lang.code())
}

fn unknown() -> Detected {
    Detected { lang: None, code: UNKNOWN, confidence: 0.0, detector: "script" }
}

/// Returns the code of the language whose words a text is read with: Bosnian is written as Croatian is.
fn reader(code: &str) -> &str {
    if code == "bs" { "hr" } else { code }
}

fn detected(code: &'static str, confidence: f32, detector: &'static str) -> Detected {
    let confidence = (confidence * 1e3).round() / 1e3;
    Detected { lang: Lang::from_code(reader(code)), code, confidence, detector }
}
