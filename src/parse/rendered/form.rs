//! Which form a document is.

use super::letters::{Letters, Phrase};
use crate::model::FormType;

/// The form number by majority: the line "FORM 4", the title, OMB and SEC numbers, the caption of the date box.
///
/// `None` where nothing votes or two forms have the same number of votes.
pub(super) fn number(squeezed: &[Letters]) -> Option<u8> {
    let mut votes = [0u32; 6];
    for (form, sign) in &SIGNS {
        let lines = squeezed.iter().filter(|line| line.may_have(sign));
        let places = lines.flat_map(|line| line.matches(sign.text));
        add(&mut votes, *form, 2 * u32::try_from(places.take(4).count()).unwrap_or(0));
    }
    for form in squeezed.iter().take(40).filter_map(|line| heading(line)) {
        add(&mut votes, form, 3);
    }
    let best = *votes.iter().max()?;
    let mut winners = (3u8..=5).filter(|&f| votes.get(f as usize) == Some(&best));
    let winner = winners.next().filter(|_| best > 0)?;
    winners.next().is_none().then_some(winner)
}

/// Whether a line says the number: "FORM 4".
pub(super) fn is_stated(squeezed: &[Letters]) -> bool {
    squeezed.iter().take(40).any(|line| line.contains("form") && heading(line).is_some())
}

fn add(votes: &mut [u32; 6], form: u8, weight: u32) {
    if let Some(count) = votes.get_mut(form as usize) {
        *count = (*count + weight).min(1000);
    }
}

const SIGNS: [(u8, Phrase); 12] = [
    (3, Phrase::new("initialstatementofbeneficial")),
    (3, Phrase::new("32350104")),
    (3, Phrase::new("sec1473")),
    (3, Phrase::new("dateofeventrequiring")),
    (4, Phrase::new("32350287")),
    (4, Phrase::new("sec1474")),
    (4, Phrase::new("dateofearliesttransaction")),
    (5, Phrase::new("annualstatementofchanges")),
    (5, Phrase::new("annualstatementofbeneficial")),
    (5, Phrase::new("32350362")),
    (5, Phrase::new("sec2270")),
    (5, Phrase::new("issuersfiscalyearended")),
];

/// `FORM 4`, `SEC Form 4`, `FORM 4 UNITED STATES ...`, `FORM 4` beside a second 4; not "Form 4 or Form 5 obligations".
fn heading(line: &str) -> Option<u8> {
    if line.starts_with("statementofchangesinbeneficial") {
        return Some(4);
    }
    let rest = line.strip_prefix("sec").unwrap_or(line).strip_prefix("form")?;
    let digit = rest.bytes().next().filter(|b| (b'3'..=b'5').contains(b))?;
    let tail = rest.get(1..)?;
    let alone = tail.is_empty() || tail.len() == 1 && tail.as_bytes() == [digit];
    let title = ["united", "omb", "sec", "statement", "check", "washington", "unitad", "amend"];
    (alone || title.iter().any(|w| tail.starts_with(w))).then_some(digit - b'0')
}

/// The document type of a form number.
pub(super) fn form_type(number: u8, amended: bool) -> Option<FormType> {
    Some(match (number, amended) {
        (3, false) => FormType::Three,
        (3, true) => FormType::ThreeAmended,
        (4, false) => FormType::Four,
        (4, true) => FormType::FourAmended,
        (5, false) => FormType::Five,
        (5, true) => FormType::FiveAmended,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<u8> {
        number(&text.lines().map(Letters::of).collect::<Vec<_>>())
    }

    #[test]
    fn the_majority_of_signs_decides() {
        assert_eq!(of("FORM 4\t4\nForm 4 or Form 5 obligations may continue"), Some(4));
        assert_eq!(of("OMB Number: 3235-0104\nForm 4 or Form 5"), Some(3));
        assert_eq!(of("SEC Form 5\nANNUAL STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP"), Some(5));
        assert_eq!(of("Form 4 or Form 5 obligations"), None);
    }
}
