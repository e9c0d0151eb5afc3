//! Filings from before 2003, printed as text or HTML.

mod grid;
mod html;
mod parties;
mod reduce;
mod text;

pub(super) use parties::parties;
pub(super) use reduce::tell;

use super::calendar::Day;
use super::model::{Filing, Print};

/// Appends the document.
pub(super) fn write(filing: &Filing<'_>, print: Print, out: &mut Vec<u8>) {
    let printed = match print {
        Print::Html => html::page(filing),
        Print::Bars | Print::Marks => text::page(filing, print),
    };
    out.extend_from_slice(printed.as_bytes());
}

/// What every print says at its top.
const AGENCY: &str = "UNITED STATES SECURITIES AND EXCHANGE COMMISSION";
const NOT_SUBJECT: &str = "Check this box if no longer subject to Section 16.";

fn title(filing: &Filing<'_>) -> &'static str {
    match filing.form.base() {
        "3" => "INITIAL STATEMENT OF BENEFICIAL OWNERSHIP OF SECURITIES",
        "5" => "ANNUAL STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP",
        _ => "STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP",
    }
}

/// `02/07/2000`
fn long_date(day: Day) -> String {
    let (year, month, day) = day.ymd();
    format!("{month:02}/{day:02}/{year}")
}

/// `2/7/00`
fn short_date(day: Day) -> String {
    let (year, month, day) = day.ymd();
    format!("{month}/{day}/{:02}", year % 100)
}

/// `February 7, 2000`
fn named_date(day: Day) -> String {
    const MONTHS: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let (year, month, day) = day.ymd();
    format!("{} {day}, {year}", MONTHS[month as usize - 1])
}
