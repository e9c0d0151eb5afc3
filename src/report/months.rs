use crate::model::Date;
use std::fmt;

/// A month of the calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(u32);

impl Month {
    /// The month of a day.
    pub fn of(date: Date) -> Self {
        let (year, month, _) = date.ymd();
        Self(u32::from(year) * 12 + u32::from(month) - 1)
    }

    /// Its year.
    pub fn year(self) -> u32 {
        self.0 / 12
    }

    /// Whether it is January.
    pub fn begins_a_year(self) -> bool {
        self.0.is_multiple_of(12)
    }

    /// Months from another one that is not later.
    pub fn since(self, first: Self) -> usize {
        self.0.saturating_sub(first.0) as usize
    }

    /// The month so many months later.
    pub fn after(self, months: usize) -> Self {
        Self(self.0.saturating_add(u32::try_from(months).unwrap_or(u32::MAX)))
    }
}

/// As `2024-02`.
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.0 % 12 + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_count_across_years() {
        let december = Month::of(Date::from_ymd(2023, 12, 31).unwrap());
        assert_eq!(december.to_string(), "2023-12");
        assert_eq!(december.after(1).to_string(), "2024-01");
        assert!(december.after(1).begins_a_year() && !december.begins_a_year());
        assert_eq!(december.after(14).since(december), 14);
    }
}
