//! Which form a document is.

use super::letters::{Letters, Phrase};
use crate::model::FormType;

/// The form number by majority: the line "FORM 4", the title, OMB and SEC numbers, the caption of the date box.
///
/// `None` where nothing votes or two forms have the same number of votes.
pub(super) fn number(squeezed: &[Letters]) -> Option<u8> {
    let mut votes = [0u32; 6];
    for (form, sign) in &SIGNS {
        let lines = squeezed.iter().filter(|line| line.has(sign));
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

/// Whether the line of the number says that the form is an amendment: "FORM 4/A".
pub(super) fn is_amended(squeezed: &[Letters]) -> bool {
    let amended = |line: &Letters| {
        let at = line.find("form").map_or(0, |at| at + "form3".len());
        line.contains("form") && line.get(at..).is_some_and(|tail| without_amendment(tail) != tail)
    };
    squeezed.iter().take(40).any(|line| heading(line).is_some() && amended(line))
}

/// What follows the number without the `/A` of an amendment.
fn without_amendment(tail: &str) -> &str {
    let rest = ["amendment", "amended", "a"].iter().find_map(|mark| tail.strip_prefix(mark));
    rest.filter(|rest| ends_heading(rest) || tail.starts_with("amend")).unwrap_or(tail)
}

/// Whether nothing more of the heading follows, but what the form prints beside it.
fn ends_heading(tail: &str) -> bool {
    let title = ["united", "omb", "sec", "statement", "check", "washington", "unitad", "ussecurities"];
    tail.is_empty() || title.iter().any(|word| tail.starts_with(word))
}

/// `FORM 4`, `SEC Form 4/A`, `FORM 4 UNITED STATES ...`, `FORM 4` beside a second 4; not "Form 4 or Form 5 obligations".
fn heading(line: &str) -> Option<u8> {
    if line.starts_with("statementofchangesinbeneficial") {
        return Some(4);
    }
    let rest = line.strip_prefix("sec").unwrap_or(line).strip_prefix("form")?;
    let digit = rest.bytes().next().filter(|b| (b'3'..=b'5').contains(b))?;
    let tail = rest.get(1..)?;
    let twice = tail.len() == 1 && tail.as_bytes() == [digit];
    (twice || ends_heading(tail) || without_amendment(tail) != tail).then_some(digit - b'0')
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

    #[test]
    fn the_heading_tells_an_amendment() {
        let amended = |text: &str| is_amended(&text.lines().map(Letters::of).collect::<Vec<_>>());
        for text in
            ["FORM 4/A", "SEC Form 5/A", "FORM 3/A UNITED STATES SECURITIES", "Form 4 (Amendment No. 1)"]
        {
            let number = of(text);
            assert!(amended(text) && number.is_some() && is_stated(&[Letters::of(text)]), "{text}");
        }
        for text in ["FORM 4", "FORM 4 UNITED STATES", "Form 4 and Form 5 obligations", "FORM 4 4", ""] {
            assert!(!amended(text), "{text}");
        }
    }
}
