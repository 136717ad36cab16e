//! Aligned columns of text for the terminal.

use std::io::{self, Write};

/// Rows under a header; every column is as wide as its widest cell.
#[derive(Debug)]
pub(crate) struct Table {
    header: Vec<&'static str>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// Makes an empty table; a name that begins with `>` has its column set to the right.
    pub(crate) fn new(header: &[&'static str]) -> Self {
        Self { header: header.to_vec(), rows: Vec::new() }
    }

    /// Adds a row of as many cells as the header has.
    pub(crate) fn row<const N: usize>(&mut self, cells: [String; N]) {
        debug_assert_eq!(N, self.header.len());
        self.rows.push(cells.into());
    }

    /// Writes the table, each line after `indent`.
    pub(crate) fn write(&self, out: &mut dyn Write, indent: &str) -> io::Result<()> {
        let names: Vec<String> =
            self.header.iter().map(|name| name.trim_start_matches('>').to_owned()).collect();
        let widths: Vec<usize> = (0..names.len())
            .map(|column| {
                let cells = self.rows.iter().chain([&names]).filter_map(|row| row.get(column));
                cells.map(|cell| width(cell)).max().unwrap_or_default()
            })
            .collect();
        for row in [&names].into_iter().chain(&self.rows) {
            let mut line = String::from(indent);
            for ((cell, name), wide) in row.iter().zip(&self.header).zip(&widths) {
                let padding = " ".repeat(wide.saturating_sub(width(cell)));
                let (left, right) =
                    if name.starts_with('>') { (padding.as_str(), "") } else { ("", &*padding) };
                line.extend([left, cell, right, "  "]);
            }
            writeln!(out, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

/// Returns how many cells of a terminal `text` takes.
pub(crate) fn width(text: &str) -> usize {
    text.chars().map(columns).sum()
}

fn columns(c: char) -> usize {
    match c as u32 {
        // Combining accents, zero-width space and joiners, variation selectors.
        0x300..=0x36F | 0x200B..=0x200F | 0xFE00..=0xFE0F => 0,
        // Hangul, CJK, kana, full-width forms.
        0x1100..=0x115F
        | 0x2E80..=0xA4CF
        | 0xAC00..=0xD7A3
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE6F
        | 0xFF00..=0xFF60
        | 0xFFE0..=0xFFE6
        | 0x2_0000..=0x3_FFFD => 2,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_aligned_whatever_the_script() {
        let mut table = Table::new(&["name", ">rows"]);
        table.row(["公取委".to_owned(), "7".to_owned()]);
        table.row(["CNIL".to_owned(), "12".to_owned()]);
        let mut out = Vec::new();
        table.write(&mut out, " ").unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(text, " name    rows\n 公取委     7\n CNIL      12\n");
    }
}
