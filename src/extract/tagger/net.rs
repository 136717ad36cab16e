//! The network: what the words around a token, seen together, say of it.
//!
//! One hidden layer. What a word of some meaning adds to it depends on where it stands only, so it
//! is worked out once a word and place, and kept. All numbers are whole: the same on every machine.

use super::{
    model::Sums,
    rows::{MEANING, Meaning},
    slots::{AROUND, Around},
};

/// Numbers of the hidden layer.
pub(super) const HIDDEN: usize = 32;

/// The hidden layer, before what is below zero is cut off.
pub(super) type Hidden = [i16; HIDDEN];

/// Where a word stands, seen from the token: from two before it to two behind it.
pub(super) const PLACES: usize = 5;

/// The place of the token itself.
pub(super) const MIDDLE: usize = 2;

/// What stands for one in the hidden layer: what a word adds there is a byte.
pub(super) const ONE: f32 = 20.0;

/// What a word adds to the hidden layer at a place.
pub(super) type Part = [i8; HIDDEN];

/// Most of a number of a meaning or of the hidden layer that is read: sums stay within 32 bits.
const MOST: i16 = 4095;

/// Most of a weight.
pub(super) const LARGEST: f32 = 8191.0;

/// The weights.
#[derive(Clone, Debug, Default)]
pub(super) struct Net {
    /// From a meaning to each number of the hidden layer, by place.
    pub(super) places: [[[i16; MEANING]; HIDDEN]; PLACES],
    /// What the hidden layer is with no word.
    pub(super) base: [i16; HIDDEN],
    /// What is added by what the document says.
    pub(super) around: Vec<Hidden>,
    /// From the hidden layer to the labels but the first.
    pub(super) out: [[i16; HIDDEN]; 8],
    /// Bits that sums over a meaning and sums over the hidden layer are shifted by.
    pub(super) shifts: [u8; 2],
}

impl Net {
    /// Returns what a word of this meaning adds to the hidden layer at a place.
    pub(super) fn part(&self, meaning: &Meaning, place: usize) -> Part {
        let mut part = [0; HIDDEN];
        let Some(rows) = self.places.get(place) else { return part };
        let mut read = [0; MEANING];
        for (to, number) in read.iter_mut().zip(meaning) {
            *to = (*number).clamp(-MOST, MOST);
        }
        let mut sums = [0i32; HIDDEN];
        let (rows, _) = rows.as_chunks::<4>();
        let (fours, _) = sums.as_chunks_mut::<4>();
        for (four, rows) in fours.iter_mut().zip(rows) {
            *four = products(rows, &read);
        }
        for (number, sum) in part.iter_mut().zip(sums) {
            *number = (sum >> self.shifts[0]).clamp(i8::MIN.into(), i8::MAX.into()) as i8;
        }
        part
    }

    /// Returns the hidden layer of no word.
    pub(super) fn base(&self) -> Hidden {
        self.base
    }

    /// Adds what is said around a token.
    pub(super) fn look_around(&self, around: &Around, hidden: &mut Hidden) {
        around.each(|number| {
            if let Some(row) = self.around.get(number) {
                add(hidden, row);
            }
        });
    }

    /// Adds what the hidden layer says.
    pub(super) fn speak(&self, hidden: &Hidden, sums: &mut Sums) {
        let mut read = [0; HIDDEN];
        for (to, number) in read.iter_mut().zip(hidden) {
            *to = (*number).clamp(0, MOST);
        }
        let mut said = [0i32; 8];
        for (said, row) in said.iter_mut().zip(&self.out) {
            *said = dot(row, &read);
        }
        for (sum, said) in sums.iter_mut().zip(said) {
            let said = said >> self.shifts[1];
            *sum = sum.saturating_add(said.clamp(i16::MIN.into(), i16::MAX.into()) as i16);
        }
    }

    /// Unpacks what [`Net::to_bytes`] wrote, and returns what stands behind it.
    pub(super) fn from_bytes(bytes: &[u8]) -> Option<(Self, &[u8])> {
        let (shifts, rest) = bytes.split_first_chunk::<2>()?;
        let count = (PLACES * MEANING + 1 + AROUND + 8) * HIDDEN;
        let (numbers, rest) = rest.split_at_checked(2 * count)?;
        let (pairs, _) = numbers.as_chunks::<2>();
        let mut numbers = pairs.iter().map(|&pair| i16::from_le_bytes(pair));
        let mut net = Self { around: vec![Hidden::default(); AROUND], ..Self::default() };
        net.shifts = shifts.map(|shift| shift.min(31));
        let mut fill = |number: &mut i16| *number = numbers.next().unwrap_or_default();
        for (place, two, hidden) in packed() {
            let row = net.places.get_mut(place).and_then(|rows| rows.get_mut(hidden));
            row.into_iter().flatten().skip(2 * two).take(2).for_each(&mut fill);
        }
        net.base.iter_mut().for_each(&mut fill);
        net.around.iter_mut().flatten().for_each(&mut fill);
        net.out.iter_mut().flatten().for_each(&mut fill);
        Some((net, rest))
    }

    /// Packs it.
    pub(super) fn to_bytes(&self, bytes: &mut Vec<u8>) {
        bytes.extend(self.shifts);
        for (place, two, hidden) in packed() {
            let row = self.places.get(place).and_then(|rows| rows.get(hidden));
            let pair = row.into_iter().flatten().skip(2 * two).take(2);
            bytes.extend(pair.flat_map(|number| number.to_le_bytes()));
        }
        let rest = self.around.iter().flatten().chain(self.out.iter().flatten());
        bytes.extend(self.base.iter().chain(rest).flat_map(|number| number.to_le_bytes()));
    }
}

/// Adds numbers to a layer.
pub(super) fn add<T: Copy + Into<i16>>(sum: &mut Hidden, part: &[T; HIDDEN]) {
    for (sum, &part) in sum.iter_mut().zip(part) {
        *sum = sum.saturating_add(part.into());
    }
}

/// Returns the order in which the weights of places are packed: place, number of two of a meaning's
/// numbers, number of the hidden layer.
fn packed() -> impl Iterator<Item = (usize, usize, usize)> {
    (0..PLACES).flat_map(|place| {
        (0..MEANING / 2).flat_map(move |two| (0..HIDDEN).map(move |hidden| (place, two, hidden)))
    })
}

/// Lanes in which products of pairs are summed up: written so that the compiler makes one step of
/// the processor of four of them.
const LANES: usize = 4;

/// Returns what each of four rows makes of a meaning.
#[inline]
fn products(rows: &[[i16; MEANING]; 4], meaning: &[i16; MEANING]) -> [i32; 4] {
    let mut lanes = [[0i32; LANES]; 4];
    for (lanes, row) in lanes.iter_mut().zip(rows) {
        for eight in 0..MEANING / (2 * LANES) {
            for (lane, sum) in lanes.iter_mut().enumerate() {
                let at = 2 * (eight * LANES + lane);
                let both = i32::from(row[at]) * i32::from(meaning[at])
                    + i32::from(row[at + 1]) * i32::from(meaning[at + 1]);
                *sum = sum.wrapping_add(both);
            }
        }
    }
    let mut sums = [0; 4];
    for (sum, lanes) in sums.iter_mut().zip(&lanes) {
        let [a, b, c, d] = *lanes;
        *sum = a.wrapping_add(b).wrapping_add(c).wrapping_add(d);
    }
    sums
}

fn dot(one: &[i16; HIDDEN], other: &[i16; HIDDEN]) -> i32 {
    (0..HIDDEN).fold(0i32, |sum, at| sum.wrapping_add(i32::from(one[at]) * i32::from(other[at])))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_below_zero_in_the_hidden_layer_says_nothing() {
        let mut net = Net { shifts: [2, 1], ..Net::default() };
        net.places[MIDDLE][0][1] = 4;
        net.places[MIDDLE][1][1] = -4;
        net.out[3] = [2; HIDDEN];
        let mut meaning = [0; MEANING];
        meaning[1] = 10;
        let mut hidden = net.base();
        add(&mut hidden, &net.part(&meaning, MIDDLE));
        assert_eq!(hidden[..3], [10, -10, 0]);
        let mut sums = [1; 8];
        net.speak(&hidden, &mut sums);
        assert_eq!(sums, [1, 1, 1, 11, 1, 1, 1, 1]);
    }

    #[test]
    fn what_was_packed_is_unpacked() {
        let mut net = Net { shifts: [9, 11], around: vec![[3; HIDDEN]; AROUND], ..Net::default() };
        net.base[4] = -7;
        net.places[3][30][23] = 5;
        net.out[7][31] = 12;
        let mut bytes = Vec::new();
        net.to_bytes(&mut bytes);
        let (again, rest) = Net::from_bytes(&bytes).unwrap();
        assert!(rest.is_empty());
        assert_eq!((again.base, again.out, again.shifts), (net.base, net.out, net.shifts));
        assert_eq!(again.around[5], [3; HIDDEN]);
        assert_eq!(again.places, net.places);
        assert!(Net::from_bytes(&bytes[1..]).is_none());
    }
}
