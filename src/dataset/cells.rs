//! Cells of a row, in the order and with the types of [`crate::dataset::schema`].

use jiff::civil::Date;

/// Takes rows of one table, one after the other.
pub(crate) trait Sink {
    /// Takes the cells of one of them.
    type Row<'r>: Cells
    where
        Self: 'r;

    /// Begins a row.
    fn row(&mut self) -> Self::Row<'_>;
}

/// Takes the cells of one row, from the first column to the last.
pub(crate) trait Cells: Sized {
    /// Appends a text or null.
    fn maybe_string(self, value: Option<&str>) -> Self;

    /// Appends a list of texts.
    fn strings<S: AsRef<str>>(self, values: &[S]) -> Self;

    /// Appends true or false.
    fn bool(self, value: bool) -> Self;

    /// Appends an unsigned number.
    fn uint32(self, value: u32) -> Self;

    /// Appends a number or null: a 64-bit integer or a moment.
    fn int64(self, value: Option<i64>) -> Self;

    /// Appends a 32-bit float.
    fn float32(self, value: f32) -> Self;

    /// Appends a 64-bit float or null.
    fn float64(self, value: Option<f64>) -> Self;

    /// Appends a day, as the days since 1970, or null.
    fn days(self, value: Option<i32>) -> Self;

    /// Appends a text.
    fn string(self, value: &str) -> Self {
        self.maybe_string(Some(value))
    }

    /// Appends a day or null.
    fn date(self, value: Option<Date>) -> Self {
        self.days(value.map(days_since_1970))
    }
}

/// Every day of the calendar (years -9999 to 9999) is in range.
fn days_since_1970(date: Date) -> i32 {
    (date.duration_since(Date::constant(1970, 1, 1)).as_hours() / 24) as i32
}
