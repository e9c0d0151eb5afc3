use crate::model::{Date, Timestamp};

const HOUR: u32 = 3600;

/// The moment at which clocks in US Eastern time show this day and this second of it.
///
/// `None` where they never show it (the hour skipped in spring) or show it twice (the hour repeated in autumn), and
/// before 1967, when the Uniform Time Act began to hold.
///
/// ```
/// use section16::{model::Date, parse::header::utc_of_eastern};
/// let summer = utc_of_eastern(Date::from_ymd(2024, 7, 1).unwrap(), 9 * 3600).unwrap();
/// assert_eq!(summer.to_string(), "2024-07-01T13:00:00Z");
/// assert_eq!(utc_of_eastern(Date::from_ymd(2024, 3, 10).unwrap(), 2 * 3600), None);
/// ```
pub fn utc_of_eastern(date: Date, second_of_day: u32) -> Option<Timestamp> {
    let (year, ..) = date.ymd();
    let (begin, end) = daylight_saving(year)?;
    // Clocks go from 2:00 to 3:00 on the first day and from 2:00 back to 1:00 on the last.
    if date == begin && (2 * HOUR..3 * HOUR).contains(&second_of_day) {
        return None;
    }
    if date == end && (HOUR..2 * HOUR).contains(&second_of_day) {
        return None;
    }
    let begun = (begin, 2 * HOUR) <= (date, second_of_day);
    let ended = (end, 2 * HOUR) <= (date, second_of_day);
    let behind_utc = if begun && !ended { 4 } else { 5 };
    // On the last day, times before the repeated hour are still summer time: `ended` is false for them.
    Some(Timestamp::from_utc(date, second_of_day).plus_hours(behind_utc))
}

/// The first and the last day of daylight saving time in a year (15 U.S.C. 260a and its amendments).
fn daylight_saving(year: u16) -> Option<(Date, Date)> {
    let begin = match year {
        ..1967 => return None,
        // The Emergency Daylight Saving Time Energy Conservation Act.
        1974 => Date::from_ymd(1974, 1, 6)?,
        1975 => Date::from_ymd(1975, 2, 23)?,
        1967..=1986 => sunday_from(year, 4, 24)?,
        1987..=2006 => sunday_from(year, 4, 1)?,
        2007.. => sunday_from(year, 3, 8)?,
    };
    let end = match year {
        ..2007 => sunday_from(year, 10, 25)?,
        2007.. => sunday_from(year, 11, 1)?,
    };
    Some((begin, end))
}

/// The first Sunday on or after a day.
fn sunday_from(year: u16, month: u8, day: u8) -> Option<Date> {
    let from = Date::from_ymd(year, month, day)?.days();
    // 1970-01-04 was a Sunday.
    Some(Date::from_days(from + (3 - from).rem_euclid(7)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil;
    use jiff::tz::{AmbiguousOffset, TimeZone};

    /// What the time zone database says.
    fn reference(zone: &TimeZone, at: civil::DateTime) -> Option<i64> {
        match zone.to_ambiguous_timestamp(at).offset() {
            AmbiguousOffset::Unambiguous { offset } => {
                Some(offset.to_timestamp(at).unwrap().as_microsecond())
            }
            _ => None,
        }
    }

    fn agrees(zone: &TimeZone, at: civil::DateTime) {
        let date = Date::from_ymd(at.year() as u16, at.month() as u8, at.day() as u8).unwrap();
        let second = at.hour() as u32 * 3600 + at.minute() as u32 * 60 + at.second() as u32;
        assert_eq!(utc_of_eastern(date, second).map(Timestamp::micros), reference(zone, at), "{at}");
    }

    #[test]
    fn agrees_with_the_time_zone_database_around_every_change() {
        let zone = TimeZone::get("America/New_York").unwrap();
        for year in 1967..=2037 {
            let (begin, end) = daylight_saving(year).unwrap();
            for day in [begin, end].into_iter().flat_map(|day| day.days() - 1..=day.days() + 1) {
                let (year, month, day) = Date::from_days(day).ymd();
                let date = civil::date(year as i16, month as i8, day as i8);
                for second in (0..86_400).step_by(1800).chain((0..24).map(|hour| hour * 3600 + 3599)) {
                    let (hour, minute, second) = (second / 3600, second / 60 % 60, second % 60);
                    agrees(&zone, date.at(hour as i8, minute as i8, second as i8, 0));
                }
            }
        }
    }

    #[test]
    fn agrees_with_the_time_zone_database_on_every_day() {
        let zone = TimeZone::get("America/New_York").unwrap();
        let mut day = civil::date(1967, 1, 1);
        while day.year() < 2038 {
            agrees(&zone, day.at(12, 34, 56, 0));
            day = day.tomorrow().unwrap();
        }
    }

    #[test]
    fn no_rule_is_known_before_1967() {
        assert_eq!(utc_of_eastern(Date::from_ymd(1966, 12, 31).unwrap(), 0), None);
    }
}
