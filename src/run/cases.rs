//! The passes that make the cases, each over its pieces on whichever thread is free.

use std::{path::Path, sync::Mutex};

use rayon::prelude::*;

use crate::{
    dataset::{cases::Keys, lines::Lines, parts::WriteError, plan::Plan, tables},
    merge::{Merger, key::FAMILIES},
    run::loan::Loan,
};

/// Makes and writes the cases, unless they are those of the snapshot before; returns how many rows
/// and bytes they are.
pub(super) fn write(
    plan: &Plan,
    before: Option<&Path>,
    folder: &Path,
) -> Result<(u64, u64), WriteError> {
    let unchanged = before.filter(|_| plan.is_unchanged());
    if let Some(before) = unchanged
        && let Some(shared) = tables::share_cases(before, folder)?
    {
        return Ok(shared);
    }
    let idle = Mutex::<Vec<Merger>>::default();
    let merger = || Loan::of(&idle);
    let keys = Keys::new(plan, folder)?;
    keys.chunks
        .par_iter()
        .try_for_each_init(merger, |merger, chunk| keys.add(merger.scratch(), chunk))?;
    let numbers = keys.into_numbers();
    let stories: Vec<u32> = (0..FAMILIES)
        .into_par_iter()
        .map(|family| numbers.gather(family))
        .collect::<Result<_, WriteError>>()?;
    let (shelves, chunks) = numbers.into_shelves(&stories, folder)?;
    chunks.par_iter().try_for_each(|chunk| shelves.add(chunk))?;
    let lines = Lines::new(folder)?;
    (0..shelves.count)
        .into_par_iter()
        .try_for_each_init(merger, |merger, shelf| shelves.rows(shelf, merger.scratch(), &lines))?;
    drop(shelves);
    lines.write(folder)
}
