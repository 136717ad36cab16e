//! Settled facts of one article in, the regulator actions that it reports out.
//!
//! Words that name an action make candidates, one for each sentence, type and sum. Linear models
//! over features that all languages share say which candidates are actions and who fills each
//! slot; their weights are [`model`]'s text file. Candidates of one article that agree are one
//! action.

use crate::base::{
    action::{ActionStatus, ActionType, Measure},
    span::Span,
};

mod besides;
pub mod candidates;
pub mod choice;
pub mod days;
mod denied;
mod details;
pub mod feature;
pub mod features;
mod hearers;
mod lists;
pub mod looks;
pub mod model;
mod own;
mod rivals;
pub mod scene;
pub mod sentences;
mod slots;
pub mod sums;
pub mod trust;
mod unite;

use choice::Weigher;
use days::Day;
use looks::Looks;
use model::Model;
use scene::Scene;

/// An action that an article reports.
#[derive(Clone, Debug, PartialEq)]
pub struct Action {
    /// The sentence that reports it.
    pub sentence: Span,
    /// The words that name it.
    pub trigger: Span,
    /// Index of that sentence.
    pub at: usize,
    /// Type.
    pub kind: ActionType,
    /// How far it got.
    pub status: ActionStatus,
    /// Index into the facts' names of the mention that names the authority.
    pub regulator: Option<usize>,
    /// Indices into the facts' names of those acted upon.
    pub targets: Vec<usize>,
    /// Index into the facts' amounts.
    pub amount: Option<usize>,
    /// Index into the facts' dates.
    pub date: Option<usize>,
    /// What may be its day by the words around it, none included.
    pub days: Vec<Day>,
    /// Ids of laws.
    pub laws: Vec<String>,
    /// What must be done.
    pub measures: Vec<Measure>,
    /// By when, as an ISO 8601 duration or date.
    pub deadline: Option<String>,
    /// Rule that made the candidate.
    pub rule: String,
    /// Probability that type, authority, target and sum are right.
    pub confidence: f32,
    /// Probability that it is told at all.
    pub likely: f32,
    /// Probabilities of the authority, the target and the day.
    pub sure: [f32; 3],
    /// Probability of the target that comes second.
    pub rival: f32,
    /// How many more times the article tells it, and in how many of them it has the same target.
    pub told: u32,
    /// See `told`.
    pub agreed: u32,
    /// Why, one line a slot.
    pub why: Vec<String>,
}

/// Least probability of a candidate that is kept for the dataset at all.
pub const LEAST: f32 = 0.2;

/// Returns the actions of an article, in order of their sentences.
pub fn actions(scene: &Scene, model: &Model) -> Vec<Action> {
    let mut weigher = Weigher::new(scene, model);
    let looks = Looks::first(&mut weigher);
    let mut found = Vec::new();
    for (index, look) in looks.looks.iter().enumerate() {
        let likely = looks.likely(&weigher, index);
        if likely >= LEAST {
            let others = looks.beside(scene, index);
            slots::fill(&mut weigher, look, likely, &others, &mut found);
        }
    }
    let mut rows = unite::unite(scene, found);
    days::settle(scene, model, &mut rows);
    let confidences = trust::confidences(scene, model, &rows);
    rows.iter_mut().zip(confidences).for_each(|(row, confidence)| row.confidence = confidence);
    rows
}
