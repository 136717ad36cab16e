//! The least and the greatest value of a column in a row group, by which readers leave out groups.

/// Bytes of a text beyond which it is no bound: nobody filters by such texts.
const MOST_BYTES: usize = 64;

/// Least and greatest value, as Parquet writes them; `None` without a value.
pub(super) type Ends = (Option<Vec<u8>>, Option<Vec<u8>>);

/// Least and greatest value so far.
pub(super) enum Bounds {
    /// Not asked for, or not to be had.
    None,
    Texts(Option<(Vec<u8>, Vec<u8>)>),
    Int32(Option<(i32, i32)>),
    Int64(Option<(i64, i64)>),
    Float32(Option<(f32, f32)>),
    Float64(Option<(f64, f64)>),
}

impl Bounds {
    pub(super) fn text(&mut self, text: &[u8]) {
        let Self::Texts(ends) = self else { return };
        match ends {
            Some((least, greatest)) => {
                if text < least.as_slice() {
                    if text.len() <= MOST_BYTES {
                        least.clear();
                        least.extend_from_slice(text);
                    } else {
                        *self = Self::None;
                    }
                } else if text > greatest.as_slice() {
                    if text.len() <= MOST_BYTES {
                        greatest.clear();
                        greatest.extend_from_slice(text);
                    } else {
                        *self = Self::None;
                    }
                }
            }
            None if text.len() <= MOST_BYTES => *ends = Some((text.to_vec(), text.to_vec())),
            None => *self = Self::None,
        }
    }

    pub(super) fn int32(&mut self, value: i32) {
        if let Self::Int32(ends) = self {
            widen(ends, value);
        }
    }

    pub(super) fn int64(&mut self, value: i64) {
        if let Self::Int64(ends) = self {
            widen(ends, value);
        }
    }

    pub(super) fn float32(&mut self, value: f32) {
        if let (Self::Float32(ends), false) = (self, value.is_nan()) {
            widen(ends, value);
        }
    }

    pub(super) fn float64(&mut self, value: f64) {
        if let (Self::Float64(ends), false) = (self, value.is_nan()) {
            widen(ends, value);
        }
    }

    /// Returns both ends.
    pub(super) fn ends(&self) -> Ends {
        let bytes = |least: &[u8], greatest: &[u8]| (Some(least.to_vec()), Some(greatest.to_vec()));
        match self {
            Self::Texts(Some((least, greatest))) => bytes(least, greatest),
            Self::Int32(Some((least, greatest))) => {
                bytes(&least.to_le_bytes(), &greatest.to_le_bytes())
            }
            Self::Int64(Some((least, greatest))) => {
                bytes(&least.to_le_bytes(), &greatest.to_le_bytes())
            }
            // Both zeros are one number: the ends hold either.
            Self::Float32(Some((least, greatest))) => {
                let least = if *least == 0.0 { -0.0 } else { *least };
                let greatest = if *greatest == 0.0 { 0.0 } else { *greatest };
                bytes(&least.to_le_bytes(), &greatest.to_le_bytes())
            }
            Self::Float64(Some((least, greatest))) => {
                let least = if *least == 0.0 { -0.0 } else { *least };
                let greatest = if *greatest == 0.0 { 0.0 } else { *greatest };
                bytes(&least.to_le_bytes(), &greatest.to_le_bytes())
            }
            _ => (None, None),
        }
    }
}

fn widen<T: PartialOrd + Copy>(ends: &mut Option<(T, T)>, value: T) {
    let (least, greatest) = ends.get_or_insert((value, value));
    if value < *least {
        *least = value;
    } else if value > *greatest {
        *greatest = value;
    }
}
