use super::Date;
use std::fmt;

/// A moment, held as microseconds since 1970-01-01T00:00:00Z (Arrow's Timestamp(Microsecond, "UTC")).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Timestamp(i64);

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;

impl Timestamp {
    /// The moment at which clocks in UTC show this day and this second of it (0 to 86,399).
    pub fn from_utc(date: Date, second_of_day: u32) -> Self {
        Self(i64::from(date.days()) * DAY + i64::from(second_of_day) * SECOND)
    }

    /// Microseconds since 1970-01-01T00:00:00Z.
    pub fn micros(self) -> i64 {
        self.0
    }

    /// The same moment `hours` later.
    pub fn plus_hours(self, hours: u8) -> Self {
        Self(self.0 + i64::from(hours) * 3600 * SECOND)
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let seconds = self.0.rem_euclid(DAY) / SECOND;
        let days = self.0.div_euclid(DAY) as i32;
        let (hour, minute, second) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
        let (year, month, day) = Date::from_days(days).ymd();
        write!(f, "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z")
    }
}
