//! Days and US Eastern time, by arithmetic of this module's own: the truth must not lean on what it checks.

/// A day, counted from 1970-01-01.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Day(pub(super) i32);

impl Day {
    pub(super) fn new(year: i32, month: u32, day: u32) -> Self {
        let mut days = 365 * (year - 1970) + leaps_before(year) - leaps_before(1970);
        for m in 1..month {
            days += month_length(year, m);
        }
        Self(days + day as i32 - 1)
    }

    pub(super) fn ymd(self) -> (i32, u32, u32) {
        let mut year = 1970 + self.0.div_euclid(if self.0 < 0 { 365 } else { 366 });
        while Self::new(year + 1, 1, 1) <= self {
            year += 1;
        }
        let mut left = self.0 - Self::new(year, 1, 1).0;
        let mut month = 1;
        while left >= month_length(year, month) {
            left -= month_length(year, month);
            month += 1;
        }
        (year, month, left as u32 + 1)
    }

    pub(super) fn year(self) -> i32 {
        self.ymd().0
    }

    pub(super) fn plus(self, days: i32) -> Self {
        Self(self.0 + days)
    }

    /// This day, or the Friday before where it is no weekday.
    pub(super) fn weekday_before(self) -> Self {
        match weekday(self) {
            0 => self.plus(-2),
            6 => self.plus(-1),
            _ => self,
        }
    }

    /// This day, or the Monday after where it is no weekday.
    pub(super) fn weekday_after(self) -> Self {
        match weekday(self) {
            0 => self.plus(1),
            6 => self.plus(2),
            _ => self,
        }
    }

    /// This day, or the Monday after where it is none.
    pub(super) fn monday_after(self) -> Self {
        self.plus((8 - weekday(self)) % 7)
    }

    /// `2025-01-08`
    pub(super) fn push_iso(self, out: &mut Vec<u8>) {
        let (year, month, day) = self.ymd();
        push_padded(out, year as u64, 4);
        out.push(b'-');
        push_padded(out, u64::from(month), 2);
        out.push(b'-');
        push_padded(out, u64::from(day), 2);
    }

    /// `20250108`
    pub(super) fn push_compact(self, out: &mut Vec<u8>) {
        let (year, month, day) = self.ymd();
        push_padded(out, year as u64 * 10_000 + u64::from(month) * 100 + u64::from(day), 8);
    }

    /// `20250108`
    pub(super) fn compact(self) -> String {
        let (year, month, day) = self.ymd();
        format!("{year:04}{month:02}{day:02}")
    }

    /// The quarter, 1 to 4.
    pub(super) fn quarter(self) -> u32 {
        (self.ymd().1 - 1) / 3 + 1
    }
}

/// Prints a number with zeros in front up to a width.
pub(super) fn push_padded(out: &mut Vec<u8>, number: u64, width: usize) {
    let start = out.len();
    push_number(out, number);
    let printed = out.len() - start;
    if printed < width {
        out.splice(start..start, std::iter::repeat_n(b'0', width - printed));
    }
}

/// Prints a number.
pub(super) fn push_number(out: &mut Vec<u8>, number: u64) {
    let start = out.len();
    let mut left = number;
    loop {
        out.push(b'0' + (left % 10) as u8);
        left /= 10;
        if left == 0 {
            break;
        }
    }
    out[start..].reverse();
}

/// Prints the moment when clocks in New York show this second of this day: `2025-01-08T21:07:30Z`.
pub(super) fn push_utc(out: &mut Vec<u8>, day: Day, second: u32) {
    let shifted = second + if is_summer_time(day) { 4 } else { 5 } * 3600;
    day.plus((shifted / 86_400) as i32).push_iso(out);
    out.push(b'T');
    push_clock(out, shifted % 86_400, b":");
    out.push(b'Z');
}

/// Prints hours, minutes and seconds with something between them.
pub(super) fn push_clock(out: &mut Vec<u8>, second: u32, between: &[u8]) {
    push_padded(out, u64::from(second / 3600), 2);
    out.extend_from_slice(between);
    push_padded(out, u64::from(second / 60 % 60), 2);
    out.extend_from_slice(between);
    push_padded(out, u64::from(second % 60), 2);
}

/// Summer time in the United States, for hours of the day at which offices work: since 2007 from the second Sunday of
/// March to the first of November, before from the first Sunday of April to the last of October.
fn is_summer_time(day: Day) -> bool {
    let year = day.year();
    let (first, last) = if year >= 2007 {
        (sunday_from(Day::new(year, 3, 8)), sunday_from(Day::new(year, 11, 1)))
    } else {
        (sunday_from(Day::new(year, 4, 1)), sunday_from(Day::new(year, 10, 25)))
    };
    first <= day && day < last
}

fn sunday_from(day: Day) -> Day {
    day.plus((7 - weekday(day)) % 7)
}

/// 0 is Sunday.
fn weekday(day: Day) -> i32 {
    (day.0 + 4).rem_euclid(7)
}

fn leaps_before(year: i32) -> i32 {
    let y = year - 1;
    y.div_euclid(4) - y.div_euclid(100) + y.div_euclid(400)
}

fn month_length(year: i32, month: u32) -> i32 {
    match month {
        2 if leaps_before(year + 1) > leaps_before(year) => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utc(day: Day, second: u32) -> String {
        let mut out = Vec::new();
        push_utc(&mut out, day, second);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn every_day_comes_back() {
        for n in Day::new(1965, 1, 1).0..Day::new(2040, 1, 1).0 {
            let (year, month, day) = Day(n).ymd();
            assert_eq!(Day::new(year, month, day), Day(n));
        }
        assert_eq!(Day::new(15, 3, 4).ymd(), (15, 3, 4));
        assert_eq!(Day::new(2000, 2, 29).plus(1), Day::new(2000, 3, 1));
        assert_eq!(Day::new(2003, 6, 30).0, 12_233);
    }

    #[test]
    fn eastern_time_becomes_utc() {
        assert_eq!(utc(Day::new(2025, 1, 8), 16 * 3600 + 7 * 60 + 30), "2025-01-08T21:07:30Z");
        assert_eq!(utc(Day::new(2025, 3, 9), 12 * 3600), "2025-03-09T16:00:00Z");
        assert_eq!(utc(Day::new(2025, 3, 8), 12 * 3600), "2025-03-08T17:00:00Z");
        assert_eq!(utc(Day::new(2006, 4, 1), 21 * 3600), "2006-04-02T02:00:00Z");
        assert_eq!(utc(Day::new(2006, 4, 2), 9 * 3600), "2006-04-02T13:00:00Z");
        assert_eq!(utc(Day::new(2006, 10, 29), 9 * 3600), "2006-10-29T14:00:00Z");
    }

    #[test]
    fn weekdays_are_found() {
        assert_eq!(Day::new(2025, 1, 11).weekday_before(), Day::new(2025, 1, 10));
        assert_eq!(Day::new(2025, 1, 12).weekday_after(), Day::new(2025, 1, 13));
        assert_eq!(Day::new(2025, 1, 13).weekday_before(), Day::new(2025, 1, 13));
    }
}
