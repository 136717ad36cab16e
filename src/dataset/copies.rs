//! Articles that stand in a further place, too: their rows again, under the id of that place.
//!
//! The rows are read in the order in which they lie, those of a thousand articles at a time, and go the
//! way of rows that this run has made.

use crate::dataset::{
    catalog::{Entry, Sketch, TABLES},
    finished::outlet,
    known::Known,
    packed::{Pack, Packed},
    parts::WriteError,
    replaced::{Numbers, Texts},
    rowset::{OF_ARTICLES, Set, Source},
    writer::Writer,
};

/// Articles whose rows are read at a time.
const SPAN: u32 = 1024;

/// A known article that stands in a further place, too.
#[derive(Debug)]
pub(crate) struct Copied {
    /// Set and index of the article.
    pub(crate) at: (u32, u32),
    /// The id that the place gives it, and that of its rows.
    pub(crate) own: u128,
    pub(crate) id: u128,
    /// The further place.
    pub(crate) source: Box<str>,
}

/// Writes the rows of copies.
pub(crate) fn write(
    known: &Known,
    mut copies: Vec<Copied>,
    writer: &mut Writer,
) -> Result<(), WriteError> {
    copies.sort_unstable_by_key(|copy| (copy.at, copy.id));
    let span = |copy: &Copied| (copy.at.0, copy.at.1 / SPAN);
    for near in copies.chunk_by(|one, other| span(one) == span(other)) {
        let set = near.first().and_then(|copy| known.sets.get(copy.at.0 as usize));
        if let Some(set) = set {
            writer.write(made(set, near)?)?;
        }
    }
    Ok(())
}

/// Makes the rows of copies whose articles lie near each other in a set.
fn made(set: &Set, copies: &[Copied]) -> Result<Vec<(Packed, Entry)>, WriteError> {
    let index = |copy: Option<&Copied>| copy.map_or(0, |copy| copy.at.1 as usize);
    let ahead = index(copies.first())..index(copies.last()) + 1;
    let mut sources: [Source; TABLES] = std::array::from_fn(|table| set.source(table));
    let mut scratch = Pack::default();
    let mut made = Vec::with_capacity(copies.len());
    for copy in copies {
        let Some(entry) = set.catalog.entries.get(copy.at.1 as usize) else { continue };
        let mut read = Ok(());
        let rows = Packed::tables(&mut scratch, |table, scratch| {
            let columns = OF_ARTICLES.get(table).map(|table| Numbers::of(table));
            let (Some(columns), Some(rows)) = (columns, sources.get_mut(table)) else { return };
            let texts = Texts::of(columns).from(Some(&copy.source)).duplicate_of(0).under(copy.id);
            if read.is_ok() {
                read = rows.append(copy.at.1 as usize, &ahead, scratch, &texts);
            }
        });
        read?;
        let sketch = Sketch::Here(set.sketch(copy.at.1 as usize).into());
        made.push((rows, Entry { sketch, ..of_copy(entry, copy) }));
    }
    Ok(made)
}

/// Returns what is known of a copy, without its signature.
fn of_copy(entry: &Entry, copy: &Copied) -> Entry {
    let entry = entry.clone().moved(copy.source.clone());
    let outlet = outlet(None, &copy.source).into();
    Entry { id: copy.id, own: copy.own, duplicate_of: 0, outlet, ..entry }
}
