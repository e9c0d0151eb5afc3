//! Takes away what a bad copy leaves in doubt: words that are no words, numbers that lost digits.

use super::build::{Draft, number_slot, set_text};
use super::rows::Print;
use super::schema::Col;
use crate::model::{Code, Decimal};

/// Checks the rows of both tables.
pub(super) fn run(one: &mut [Draft], two: &mut [Draft], print: &Print) {
    for draft in one.iter_mut().chain(two) {
        texts(draft, print);
        small_numbers(draft);
        unequal_amounts(draft);
    }
}

/// A text is lost where one of its words is neither a word of the trade nor stands elsewhere in the document.
fn texts(draft: &mut Draft, print: &Print) {
    let row = &draft.row;
    let texts = [
        (Col::Title, row.security_title.clone()),
        (Col::UnderlyingTitle, row.underlying_security_title.clone()),
        (Col::Nature, row.nature_of_ownership.clone()),
    ];
    for (col, text) in texts {
        let Some(text) = text.filter(|t| !t.split_whitespace().all(|w| is_known(w, print))) else { continue };
        set_text(&mut draft.row, col, String::new());
        draft.note(Code::TextUnreadable, col.field(), &text, "A word here is damaged.");
    }
}

/// Words of which titles and natures are made.
const WORDS: &[&str] = &[
    "class",
    "series",
    "common",
    "preferred",
    "ordinary",
    "convertible",
    "redeemable",
    "restricted",
    "performance",
    "stock",
    "shares",
    "share",
    "unit",
    "units",
    "option",
    "options",
    "right",
    "buy",
    "to",
    "warrant",
    "warrants",
    "note",
    "notes",
    "employee",
    "deferred",
    "phantom",
    "american",
    "depositary",
    "by",
    "see",
    "footnote",
    "footnotes",
    "trust",
    "spouse",
    "wife",
    "husband",
    "fund",
    "partners",
    "ventures",
    "estate",
    "planning",
    "vehicle",
    "vehicles",
    "llc",
    "inc",
    "ltd",
    "lp",
    "of",
    "the",
    "and",
    "in",
    "for",
    "par",
    "value",
    "per",
    "capital",
    "growth",
    "family",
    "foundation",
    "limited",
    "partnership",
    "corporation",
    "child",
    "children",
    "held",
    "custodian",
    "ira",
    "plan",
    "savings",
    "appreciation",
    "award",
    "exchangeable",
    "exercisable",
    "non",
    "voting",
    "adss",
    "ads",
    "rsu",
    "rsus",
];

/// Whether a word is one, or a number in the name of a series.
fn is_known(word: &str, print: &Print) -> bool {
    let mut parts = word.split(|c: char| !c.is_alphabetic()).filter(|p| !p.is_empty()).peekable();
    if parts.peek().is_none() {
        return word.starts_with(['$', '('])
            || word.len() < 5 && word.bytes().all(|b| b.is_ascii_digit() || b == b'&');
    }
    let digits = word.bytes().filter(u8::is_ascii_digit).count();
    let letter = |p: &str| p.chars().count() == 1 && p.chars().all(char::is_uppercase);
    let known = |p: &str| {
        let lower = p.to_lowercase();
        WORDS.contains(&lower.as_str())
            || letter(p)
            || p.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
            || p.len() > 2 && print.words.get(p).is_some_and(|n| *n > 1)
    };
    digits < 2 && parts.all(known)
}

/// One or two digits in the place of a number of shares are the rest of one, or a sign of money read as a digit.
fn small_numbers(draft: &mut Draft) {
    let small = |n: &mut Decimal| n.millionths() < 100_000_000;
    for col in [Col::Amount, Col::UnderlyingAmount, Col::Owned] {
        let none = |n: &mut Decimal| col == Col::Owned && n.millionths() == 0;
        let lost = number_slot(&mut draft.row, col).take_if(|n| small(n) && !none(n));
        if let Some(number) = lost {
            let message = "In this print so small a number may be a part of another.";
            draft.note(Code::NumberUnreadable, col.field(), &number.to_string(), message);
        }
    }
}

/// Two numbers of one row that differ by one digit are one number, of which a copy lost or changed a digit.
fn unequal_amounts(draft: &mut Draft) {
    let (Some(a), Some(b)) = (draft.row.transaction_shares, draft.row.underlying_security_shares) else {
        return;
    };
    if a == b || super::fuzzy::distance(&a.to_string(), &b.to_string(), 1).is_none() {
        return;
    }
    draft.row.transaction_shares = None;
    draft.row.underlying_security_shares = None;
    for (col, number) in [(Col::Amount, a), (Col::UnderlyingAmount, b)] {
        let message = "The row has the same number twice, but for one digit.";
        draft.note(Code::ValuesContradict, col.field(), &number.to_string(), message);
    }
}
