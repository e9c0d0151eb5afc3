use std::fmt;

/// An exact number of shares or dollars: at most 12 integer digits and 6 decimals, held as millionths.
///
/// It is Arrow's Decimal128(18, 6), so every value fits an INT64 in Parquet. EDGAR's schema admits 12 integer digits and
/// 4 decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(i64);

impl Decimal {
    /// Digits in all, before and after the point.
    pub const PRECISION: u8 = 18;
    /// Digits after the point.
    pub const SCALE: u8 = 6;
    const ONE: u64 = 1_000_000;
    const LIMIT: i64 = 1_000_000_000_000_000_000;

    /// The number that is `millionths` / 10^6; `None` beyond 18 digits.
    ///
    /// ```
    /// use section16::model::Decimal;
    /// assert_eq!(Decimal::from_millionths(30_769_600).unwrap().to_string(), "30.7696");
    /// assert_eq!(Decimal::from_millionths(i64::MAX), None);
    /// ```
    pub fn from_millionths(millionths: i64) -> Option<Self> {
        (-Self::LIMIT < millionths && millionths < Self::LIMIT).then_some(Self(millionths))
    }

    /// The value times 10^6.
    pub fn millionths(self) -> i64 {
        self.0
    }
}

/// The plain decimal without trailing zeros: `0.13`, `10000`, `-2.5`.
impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let magnitude = self.0.unsigned_abs();
        let (whole, fraction) = (magnitude / Self::ONE, magnitude % Self::ONE);
        let sign = if self.0 < 0 { "-" } else { "" };
        if fraction == 0 {
            return write!(f, "{sign}{whole}");
        }
        let digits = format!("{fraction:06}");
        write!(f, "{sign}{whole}.{}", digits.trim_end_matches('0'))
    }
}
