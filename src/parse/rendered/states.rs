//! States of the United States by their names.

use super::address::is_zip;

/// The names and EDGAR's codes, which for these are those of the post.
const STATES: &[(&str, &str)] = &[
    ("Alabama", "AL"),
    ("Alaska", "AK"),
    ("Arizona", "AZ"),
    ("Arkansas", "AR"),
    ("California", "CA"),
    ("Colorado", "CO"),
    ("Connecticut", "CT"),
    ("Delaware", "DE"),
    ("District of Columbia", "DC"),
    ("Florida", "FL"),
    ("Georgia", "GA"),
    ("Hawaii", "HI"),
    ("Idaho", "ID"),
    ("Illinois", "IL"),
    ("Indiana", "IN"),
    ("Iowa", "IA"),
    ("Kansas", "KS"),
    ("Kentucky", "KY"),
    ("Louisiana", "LA"),
    ("Maine", "ME"),
    ("Maryland", "MD"),
    ("Massachusetts", "MA"),
    ("Michigan", "MI"),
    ("Minnesota", "MN"),
    ("Mississippi", "MS"),
    ("Missouri", "MO"),
    ("Montana", "MT"),
    ("Nebraska", "NE"),
    ("Nevada", "NV"),
    ("New Hampshire", "NH"),
    ("New Jersey", "NJ"),
    ("New Mexico", "NM"),
    ("New York", "NY"),
    ("North Carolina", "NC"),
    ("North Dakota", "ND"),
    ("Ohio", "OH"),
    ("Oklahoma", "OK"),
    ("Oregon", "OR"),
    ("Pennsylvania", "PA"),
    ("Puerto Rico", "PR"),
    ("Rhode Island", "RI"),
    ("South Carolina", "SC"),
    ("South Dakota", "SD"),
    ("Tennessee", "TN"),
    ("Texas", "TX"),
    ("Utah", "UT"),
    ("Vermont", "VT"),
    ("Virginia", "VA"),
    ("Washington", "WA"),
    ("West Virginia", "WV"),
    ("Wisconsin", "WI"),
    ("Wyoming", "WY"),
];

/// Takes `Houston, Texas 77002` apart: the city, the code of the state, the postal code. The comma is needed: a city may have
/// the name of a state.
pub(super) fn parted(text: &str) -> Option<(&str, &'static str, &str)> {
    let (front, zip) = text.trim().rsplit_once(char::is_whitespace)?;
    let zip = zip.trim_end_matches('.');
    if !is_zip(zip) {
        return None;
    }
    let (city, name) = front.rsplit_once(',')?;
    let name = name.trim();
    let state = STATES.iter().find(|(full, _)| full.eq_ignore_ascii_case(name))?;
    let city = city.trim();
    (!city.is_empty()).then_some((city, state.1, zip))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_state_may_be_spelled_out() {
        assert_eq!(parted("Houston, Texas 77002"), Some(("Houston", "TX", "77002")));
        assert_eq!(parted("New York, NEW YORK  10022-1234"), Some(("New York", "NY", "10022-1234")));
        for text in [
            "Houston, TX 77002",
            "Kansas 66101",
            "Paris, France 75008",
            "Houston, Texas",
            ", Texas 77002",
            "",
        ] {
            assert_eq!(parted(text), None, "{text}");
        }
    }
}
