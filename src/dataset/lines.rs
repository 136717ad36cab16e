//! The rows of the cases: sorted on the disk as they are made, then the table.

use std::{
    ops::Range,
    path::Path,
    sync::{Mutex, PoisonError},
};

use crate::{
    dataset::{
        cases::held,
        cells::Sink as _,
        encode::Group,
        identity::number,
        packed::{Bytes, Pack, Unpack},
        parts::{self, PartFile, WriteError},
        rows, schema,
        spill::{Extent, Spill},
    },
    merge::{case::CaseRow, key::day},
};

/// Rows of a row group.
const GROUP_ROWS: usize = 32_768;
/// Bytes of packed rows of a row group, about.
const GROUP_BYTES: u64 = 8 << 20;

/// What orders cases: whether no day is known, the day, the id.
type Place = (bool, i32, u128);

/// The rows of the cases, on the disk.
pub(crate) struct Lines {
    spill: Spill,
    lines: Mutex<Vec<(Place, Extent)>>,
}

impl Lines {
    /// Begins without rows; they will wait in `folder`.
    pub(crate) fn new(folder: &Path) -> Result<Self, WriteError> {
        Ok(Self { spill: Spill::create(folder)?, lines: Mutex::default() })
    }

    /// Adds the rows of some cases.
    pub(crate) fn add(&self, cases: Vec<CaseRow>) -> Result<(), WriteError> {
        let place = |case: &CaseRow| -> Place {
            let begun = case.first_day.or(case.first_reported).map(day);
            (begun.is_none(), begun.unwrap_or_default(), number(&case.case_id))
        };
        let mut cases: Vec<_> = cases.into_iter().map(|case| (place(&case), case)).collect();
        // Rows of one row group stand together then.
        cases.sort_unstable_by_key(|(place, _)| *place);
        let (mut pack, mut bytes, mut lines) = (Pack::default(), Vec::new(), Vec::new());
        for (place, case) in &cases {
            let start = bytes.len();
            rows::case(&mut pack, case);
            pack.drain(&mut bytes);
            let length = (bytes.len() - start) as u32;
            lines.push((*place, Extent { start: start as u64, length }));
        }
        let base = self.spill.append(&bytes)?.start;
        for (_, extent) in &mut lines {
            extent.start += base;
        }
        held(&self.lines).extend(lines);
        Ok(())
    }

    /// Writes the table in `folder` and returns how many rows and bytes it has.
    pub(crate) fn write(self, folder: &Path) -> Result<(u64, u64), WriteError> {
        let table = &schema::CASES;
        let path = folder.join(table.name).join(parts::name(1));
        let mut lines = self.lines.into_inner().unwrap_or_else(PoisonError::into_inner);
        lines.sort_unstable();
        let mut file = PartFile::open(table, path.clone())?;
        let mut rest = lines.as_slice();
        while !rest.is_empty() {
            let mut bytes = 0;
            let fits = |(_, extent): &&(Place, Extent)| {
                bytes += u64::from(extent.length);
                bytes <= GROUP_BYTES
            };
            let rows = rest.iter().take(GROUP_ROWS).take_while(fits).count().max(1);
            let (group, others) = rest.split_at(rows);
            let mut out = Group::new(table).map_err(WriteError::file(&path))?;
            let (packed, ranges) = read(&self.spill, group)?;
            for range in ranges {
                let row = packed.get(range).unwrap_or_default();
                if let Ok(mut rows) = Unpack::framed(&mut Bytes(row)) {
                    // A row that breaks off leaves a column short, which the group refuses.
                    let _ = rows.append(table, out.row(), &[]);
                }
            }
            file.group(out)?;
            rest = others;
        }
        Ok((lines.len() as u64, file.close()?))
    }
}

/// Reads rows, and returns where each of them is in what was read.
fn read(
    spill: &Spill,
    rows: &[(Place, Extent)],
) -> Result<(Vec<u8>, Vec<Range<usize>>), WriteError> {
    let mut by_start: Vec<(Extent, usize)> =
        rows.iter().enumerate().map(|(index, (_, extent))| (*extent, index)).collect();
    by_start.sort_unstable();
    let (mut bytes, mut ranges) = (Vec::new(), vec![0..0; rows.len()]);
    // Rows that stand side by side are read at once.
    let mut together = Extent::default();
    for (extent, index) in by_start {
        if together.start + u64::from(together.length) != extent.start {
            spill.read(together, &mut bytes)?;
            together = Extent { start: extent.start, length: 0 };
        }
        let at = bytes.len() + together.length as usize;
        if let Some(range) = ranges.get_mut(index) {
            *range = at..at + extent.length as usize;
        }
        together.length += extent.length;
    }
    spill.read(together, &mut bytes)?;
    Ok((bytes, ranges))
}
