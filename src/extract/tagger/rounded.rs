//! Weights as whole numbers: what was learnt, as the program carries it.

use super::{
    chances::COUNT,
    learner::HIDES,
    lessons::Lessons,
    lists::Known,
    model::{Follow, Model},
    net::{HIDDEN, LARGEST, Net, ONE, PLACES},
    rows::{MEANING, Rows},
    slots::AROUND,
    table::Table,
    weights::Weights,
};

/// What stands for one in a score: how much likelier, as a logarithm.
const SCORE: f32 = 40.0;
/// Of the numbers of parts, one in this many may be larger than a byte holds.
const CLIPPED: usize = 20_000;
/// Most keys that have a row.
const ROWS: usize = 700_000;
/// What is left of rows of which some are hidden while they are learnt.
const KEPT: f32 = (100 - HIDES) as f32 / 100.0;
/// What is taken from no name, token by token: what is learnt finds too few names that it has not seen.
const LEAN: f32 = 0.15;

/// Returns the table of the keys' weights, those that change most first.
pub(super) fn table(weights: &Weights, lessons: &Lessons) -> Table {
    let mut order = Vec::new();
    for (row, &(key, count)) in weights.keys.rows.iter().zip(&lessons.keys) {
        let against = against_none(row);
        let most = against.iter().fold(0.0, |most: f32, weight| most.max(weight.abs()));
        let row = against.map(|weight| byte(weight * SCORE * KEPT));
        if row.iter().any(|&weight| weight != 0) {
            order.push((most * (count as f32).sqrt(), key, row));
        }
    }
    order.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    Table::new(order.into_iter().take(ROWS).map(|(_, key, row)| (key, row)))
}

/// Returns the model of weights.
pub(super) fn model(weights: &Weights, lessons: &Lessons, known: Known) -> Model {
    let mut follow = Follow::default();
    for (row, learnt) in follow.iter_mut().zip(weights.follow()) {
        for (weight, learnt) in row.iter_mut().zip(learnt) {
            *weight = (learnt * SCORE).round() as i32;
        }
        row[0] -= (LEAN * SCORE) as i32;
    }
    let scale = scale(&weights.parts.rows);
    let rows = weights.parts.rows.iter().map(|row| row.map(|number| byte(number * scale)));
    let rows = Rows::new(lessons.parts.clone(), rows);
    Model::new(table(weights, lessons), (rows, net(weights, scale)), follow, known)
}

/// Returns what stands for one in the rows of parts.
fn scale(rows: &[[f32; MEANING]]) -> f32 {
    let mut sizes: Vec<f32> = rows.as_flattened().iter().map(|number| number.abs()).collect();
    sizes.sort_by(f32::total_cmp);
    let large = sizes.get(sizes.len().saturating_sub(sizes.len() / CLIPPED + 1));
    127.0 / large.copied().unwrap_or(1.0).max(0.01)
}

fn net(weights: &Weights, scale: f32) -> Net {
    let whole = |number: f32| (number * ONE).round() as i16;
    let mut net = Net { around: vec![[0; HIDDEN]; AROUND], ..Net::default() };
    let factor = KEPT * ONE / scale;
    let bits = bits(&weights.places.values, factor);
    net.shifts[0] = bits;
    let mut rows = weights.places.values.chunks_exact(HIDDEN);
    for place in 0..PLACES {
        for (number, row) in (0..MEANING).zip(&mut rows) {
            for (hidden, weight) in row.iter().enumerate() {
                net.places[place][hidden][number] = shifted(weight * factor, bits);
            }
        }
    }
    for (to, &from) in net.base.iter_mut().zip(&weights.base.values) {
        *to = whole(from);
    }
    for (to, from) in net.around.iter_mut().zip(&weights.around.rows) {
        *to = from.map(whole);
    }
    let out = against_none_each(&weights.out.values);
    let factor = SCORE / ONE;
    net.shifts[1] = self::bits(out.as_flattened(), factor);
    for (to, from) in net.out.iter_mut().zip(&out) {
        *to = from.map(|weight| shifted(weight * factor, net.shifts[1]));
    }
    net
}

/// Returns the weights from the hidden layer to each label, against no name.
fn against_none_each(out: &[f32]) -> [[f32; HIDDEN]; 8] {
    let mut rows = [[0.0; HIDDEN]; 8];
    let mut labels = out.chunks_exact(HIDDEN);
    let none = labels.next().unwrap_or_default();
    for (row, label) in rows.iter_mut().zip(labels) {
        for (to, (label, none)) in row.iter_mut().zip(label.iter().zip(none)) {
            *to = label - none;
        }
    }
    rows
}

/// Returns the bits that weights times a factor may be shifted up by.
fn bits(weights: &[f32], factor: f32) -> u8 {
    let most = weights.iter().fold(0.0, |most: f32, weight| most.max((weight * factor).abs()));
    (0..16).rev().find(|&bits| most * f32::from(1u16 << bits) <= LARGEST).unwrap_or(0)
}

fn shifted(weight: f32, bits: u8) -> i16 {
    (weight * f32::from(1u16 << bits)).round() as i16
}

fn against_none(row: &[f32; COUNT]) -> [f32; 8] {
    let [none, labels @ ..] = row;
    labels.map(|label| label - none)
}

fn byte(number: f32) -> i8 {
    number.round().clamp(-127.0, 127.0) as i8
}
