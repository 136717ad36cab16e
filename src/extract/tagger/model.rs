//! The weights: rows of what was met often, a network of what words mean, label after label.
//!
//! A row holds eight signed bytes: how much it speaks for a name of each kind beginning or going
//! on here, against no name. What was not worth a row is told by `table` and says nothing.

use super::{
    features::Look,
    lists::{Known, Lists},
    net::Net,
    rows::{Meaning, Rows},
    slots::Parts,
    table::Table,
};

/// Numbers of labels: 0 is no name, then `begin` and `go on` of each kind.
#[derive(Debug)]
pub(super) struct Labels;

impl Labels {
    /// Number of labels.
    pub(super) const COUNT: usize = 9;
    /// Kinds of names.
    pub(super) const PER: u8 = 0;
    /// Kind of organisations.
    pub(super) const ORG: u8 = 1;
    /// Kind of places.
    pub(super) const LOC: u8 = 2;
    /// Kind of other names.
    pub(super) const MISC: u8 = 3;

    /// Returns the label that begins a name.
    pub(super) fn begin(kind: u8) -> u8 {
        1 + kind * 2
    }

    /// Returns the label that goes on with a name.
    pub(super) fn inside(kind: u8) -> u8 {
        2 + kind * 2
    }

    /// Returns the kind of a label that is some name's.
    pub(super) fn kind(label: u8) -> Option<u8> {
        label.checked_sub(1).map(|rest| rest / 2)
    }

    /// Returns whether a label begins a name.
    pub(super) fn is_begin(label: u8) -> bool {
        label % 2 == 1
    }

    /// Returns whether `label` may stand after `before`: two names of one kind never touch.
    pub(super) fn may_follow(before: u8, label: u8) -> bool {
        let is_same = Self::kind(before) == Self::kind(label);
        label == 0 || is_same != Self::is_begin(label)
    }
}

/// Scores of the labels of a token.
pub(super) type Scores = [i32; Labels::COUNT];

/// Weights of label after label: `follow[before][label]`.
pub(super) type Follow = [[i32; Labels::COUNT]; Labels::COUNT];

/// A score that nothing outweighs.
pub(super) const NEVER: i32 = -1_000_000;

/// What the weights begin with: another whenever their layout or what a key says changes.
const FORMAT: &[u8; 4] = b"FWN3";

/// Why weights are of no use.
#[derive(Debug, thiserror::Error)]
pub enum WeightsError {
    /// They are of another state of the program.
    #[error(
        "the weights of names are of format {found:?}, not \"FWN3\": learn them anew with scripts/train-names"
    )]
    Format {
        /// What they begin with.
        found: String,
    },
    /// They are cut short or no weights at all.
    #[error("the weights of names are damaged")]
    Damaged,
}

/// Most bytes of unpacked weights.
const LARGEST: usize = 32 << 20;

/// The weights.
#[derive(Debug, Default)]
pub(super) struct Model {
    table: Table,
    rows: Rows,
    net: Net,
    follow: Follow,
    lists: Lists,
}

/// What speaks for each label but the first, against that one.
pub(super) type Sums = [i16; 8];

impl Model {
    /// Makes a model of its weights.
    pub(super) fn new(
        table: Table,
        (rows, net): (Rows, Net),
        follow: Follow,
        known: Known,
    ) -> Self {
        Self { table, rows, net, follow: barred(follow), lists: Lists::load(known) }
    }

    /// Makes one that has lists alone.
    pub(super) fn blank(known: Known) -> Self {
        Self { lists: Lists::load(known), ..Self::default() }
    }

    /// Returns the weights of label after label.
    pub(super) fn follow(&self) -> &Follow {
        &self.follow
    }

    /// Unpacks what [`Model::to_bytes`] wrote.
    pub(super) fn from_bytes(bytes: &[u8]) -> Result<Self, WeightsError> {
        let plain = zstd::bulk::decompress(bytes, LARGEST).map_err(|_| WeightsError::Damaged)?;
        let (format, rest) = plain.split_first_chunk().ok_or(WeightsError::Damaged)?;
        if format != FORMAT {
            let found = String::from_utf8_lossy(format).into_owned();
            return Err(WeightsError::Format { found });
        }
        Self::from_plain(rest).ok_or(WeightsError::Damaged)
    }

    fn from_plain(bytes: &[u8]) -> Option<Self> {
        let (head, rest) = bytes.split_at_checked(2 * Labels::COUNT * Labels::COUNT)?;
        let mut follow = Follow::default();
        let places = follow.iter_mut().flat_map(|row| row.iter_mut());
        for (weight, pair) in places.zip(head.chunks_exact(2)) {
            *weight = i32::from(i16::from_le_bytes(pair.try_into().ok()?));
        }
        let (net, rest) = Net::from_bytes(rest)?;
        let (rows, rest) = Rows::from_bytes(rest)?;
        let (known, rest) = Known::from_bytes(rest)?;
        Some(Self::new(Table::from_bytes(rest)?, (rows, net), follow, known))
    }

    /// Packs the weights.
    pub(super) fn to_bytes(&self) -> std::io::Result<Vec<u8>> {
        let mut plain = FORMAT.to_vec();
        for &weight in self.follow.iter().flat_map(|row| row.iter()) {
            plain.extend((weight as i16).to_le_bytes());
        }
        self.net.to_bytes(&mut plain);
        self.rows.to_bytes(&mut plain);
        self.lists.known().to_bytes(&mut plain);
        self.table.to_bytes(&mut plain);
        zstd::bulk::compress(&plain, 19)
    }

    /// Returns the lists of names.
    pub(super) fn lists(&self) -> &Lists {
        &self.lists
    }

    /// Hands out what is known of words.
    pub(super) fn into_known(self) -> Known {
        self.lists.into_known()
    }

    /// Returns the network.
    pub(super) fn net(&self) -> &Net {
        &self.net
    }

    /// Returns the parts of a word of this look.
    pub(super) fn parts(&self, look: &Look, lang: u8) -> Parts {
        Parts::of(look, self.lists.standing(look.low, look.word, lang), lang)
    }

    /// Returns what a word of this look means.
    pub(super) fn meaning(&self, look: &Look, lang: u8) -> Meaning {
        self.rows.meaning(self.parts(look, lang).keys())
    }

    /// Adds the rows of keys up.
    pub(super) fn add<const N: usize>(&self, keys: &[u32; N], sums: &mut Sums) {
        self.table.add(keys, sums);
    }
}

/// Returns the scores of all labels.
pub(super) fn scores(sums: &Sums) -> Scores {
    let mut scores = [0; Labels::COUNT];
    for (score, &sum) in scores.iter_mut().skip(1).zip(sums) {
        *score = i32::from(sum);
    }
    scores
}

/// Returns the weights of label after label, with what cannot follow ruled out.
pub(super) fn barred(mut follow: Follow) -> Follow {
    for (last, row) in follow.iter_mut().enumerate() {
        for (label, weight) in row.iter_mut().enumerate() {
            if !Labels::may_follow(last as u8, label as u8) {
                *weight = NEVER;
            }
        }
    }
    follow
}

/// Rules out that a name begins here.
pub(super) fn forbid_begins(scores: &mut Scores) {
    for score in scores.iter_mut().skip(1).step_by(2) {
        *score = NEVER;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn weights_of_an_older_state_say_so() {
        let mut old = b"FWN2".to_vec();
        old.resize(5000, 0);
        let error = Model::from_bytes(&zstd::bulk::compress(&old, 1).unwrap()).unwrap_err();
        assert_eq!(
            error.to_string(),
            "the weights of names are of format \"FWN2\", not \"FWN3\": learn them anew with scripts/train-names"
        );
    }

    #[test]
    fn damaged_weights_are_refused() {
        let whole = Model::blank(Known::default()).to_bytes().unwrap();
        let whole = zstd::bulk::decompress(&whole, LARGEST).unwrap();
        for bytes in [&whole[..0], &whole[..3], &whole[..90], &whole[..whole.len() - 1]] {
            let packed = zstd::bulk::compress(bytes, 1).unwrap();
            assert!(matches!(Model::from_bytes(&packed), Err(WeightsError::Damaged)));
        }
        assert!(matches!(Model::from_bytes(b""), Err(WeightsError::Damaged)));
    }
}
