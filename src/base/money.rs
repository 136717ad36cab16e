//! Money, exactly.

/// Three letters of ISO 4217 (or the usual code of a unit outside it, such as `UTM`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency([u8; 3]);

impl Currency {
    /// Makes a currency from its code.
    pub fn new(code: &str) -> Option<Self> {
        let bytes: [u8; 3] = code.as_bytes().try_into().ok()?;
        bytes.iter().all(u8::is_ascii_uppercase).then_some(Self(bytes))
    }

    /// Returns the code.
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or_default()
    }
}

/// A sum in ten-thousandths of the unit: exact for every sum that news writes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Exact(pub i128);

impl Exact {
    /// Ten-thousandths in one unit.
    pub const ONE: i128 = 10_000;

    /// Returns the sum as the dataset stores it.
    pub fn to_f64(self) -> f64 {
        // Nearly every sum fits into one register, where a division costs a tenth.
        if let (Ok(sum), Ok(one)) = (i64::try_from(self.0), i64::try_from(Self::ONE)) {
            return if sum % one == 0 { (sum / one) as f64 } else { sum as f64 / one as f64 };
        }
        let (whole, part) = (self.0 / Self::ONE, self.0 % Self::ONE);
        // One rounding where the whole part fits: the nearest float64 of the decimal.
        if part == 0 { whole as f64 } else { self.0 as f64 / Self::ONE as f64 }
    }

    /// Multiplies by `factor`, or `None` if that is no sum that news writes.
    pub fn times(self, factor: i128) -> Option<Self> {
        self.0.checked_mul(factor).filter(|v| v.unsigned_abs() < 1 << 100).map(Self)
    }
}

/// How a sum is bounded by its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Qualifier {
    /// "around".
    About,
    /// "at least", "more than".
    AtLeast,
    /// "up to".
    AtMost,
    /// "between … and …".
    Range,
}

impl Qualifier {
    /// Returns the word that the dataset uses.
    pub fn word(self) -> &'static str {
        match self {
            Self::About => "about",
            Self::AtLeast => "at_least",
            Self::AtMost => "at_most",
            Self::Range => "range",
        }
    }
}
