//! Whether securities are held directly, where a bad copy lost the letter: the nature of an indirect holding stands behind it.

use super::assign::Span;
use super::build::Draft;
use super::rows::Printed;
use super::schema::Col;
use super::values::number_slot;
use crate::model::Code;
use std::borrow::Cow;

/// Only an indirect holding has a nature (EDGAR takes no other): beside one, a lost letter was an I.
pub(super) fn indirect(draft: &mut Draft) {
    let row = &mut draft.row;
    let field = Col::Ownership.field();
    let Some(nature) = row.nature_of_ownership.clone().filter(|n| has_word(n)) else { return };
    match row.direct_or_indirect_ownership.as_deref() {
        None => {
            row.direct_or_indirect_ownership = Some(Cow::Borrowed("I"));
            draft.notes.retain(|n| n.1 != field);
            draft.note(
                Code::TextRepaired,
                field,
                &nature,
                "The letter is lost; only an indirect holding has a nature.",
            );
        }
        Some("D") => {
            row.direct_or_indirect_ownership = None;
            draft.note(
                Code::ValuesContradict,
                field,
                "D",
                "A direct holding with the nature of an indirect one.",
            );
        }
        Some(_) => {}
    }
}

/// A row that ends with the number before the letter has no nature, so the lost letter was a D.
pub(super) fn direct(draft: &mut Draft, printed: &Printed, spans: &[Span], schema: &[Col]) {
    let field = Col::Ownership.field();
    let row = &draft.row;
    if row.direct_or_indirect_ownership.is_some() || row.nature_of_ownership.is_some() {
        return;
    }
    let Some(before) = schema.iter().position(|c| *c == Col::Ownership).and_then(|at| at.checked_sub(1))
    else {
        return;
    };
    let last = spans.last().filter(|s| s.col == before && s.end == printed.words.len());
    let read = schema.get(before).is_some_and(|col| number_slot(&mut draft.row, *col).is_some());
    if last.is_some() && read {
        draft.row.direct_or_indirect_ownership = Some(Cow::Borrowed("D"));
        draft.notes.retain(|n| n.1 != field);
        let message = "The letter is lost; the row ends here, and an indirect holding has a nature.";
        draft.note(Code::TextRepaired, field, "", message);
    }
}

/// Whether three letters stand together: less is what became of a letter and its mark.
pub(super) fn has_word(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|run| run.chars().count() > 2)
}

#[cfg(test)]
mod tests {
    use super::super::words::{Break, Word};
    use super::*;
    use crate::model::{Decimal, Row, RowKind};

    fn draft(fill: impl FnOnce(&mut Row<'static>)) -> Draft {
        let mut row = Row::new(RowKind::Holding, true);
        fill(&mut row);
        Draft { row, notes: Vec::new(), stops: Vec::new(), title_tail: None, literal: String::new() }
    }

    #[test]
    fn only_an_indirect_holding_has_a_nature() {
        let after = |letter: Option<&'static str>, nature: Option<&'static str>| {
            let mut draft = draft(|r| {
                r.direct_or_indirect_ownership = letter.map(Cow::Borrowed);
                r.nature_of_ownership = nature.map(Cow::Borrowed);
            });
            indirect(&mut draft);
            let codes: Vec<Code> = draft.notes.iter().map(|n| n.0).collect();
            (draft.row.direct_or_indirect_ownership, codes)
        };
        assert_eq!(after(None, Some("By Trust")), (Some("I".into()), vec![Code::TextRepaired]));
        assert_eq!(after(Some("D"), Some("By Trust")), (None, vec![Code::ValuesContradict]));
        assert_eq!(after(Some("I"), Some("By Trust")), (Some("I".into()), vec![]));
        assert_eq!(after(Some("D"), None), (Some("D".into()), vec![]));
    }

    #[test]
    fn a_row_that_ends_with_its_number_is_held_directly() {
        let schema = [Col::Title, Col::Owned, Col::Ownership, Col::Nature];
        let after = |texts: &[&str], owned: usize| {
            let words: Vec<Word> = texts.iter().map(|t| Word::new(t, Break::Cell, 0, 0)).collect();
            let (cut, scan, aligned) = (false, true, false);
            let printed = Printed {
                words,
                cut,
                scan,
                aligned,
                drawn: false,
                loose: Vec::new(),
                literal: String::new(),
            };
            let mut draft =
                draft(|r| r.shares_owned_following_transaction = Decimal::from_millionths(900_000_000));
            let span = |col: usize, at: usize| Span { col, start: at, end: at + 1, margin: 9 };
            direct(&mut draft, &printed, &[span(0, 0), span(1, owned)], &schema);
            draft.row.direct_or_indirect_ownership
        };
        assert_eq!(after(&["Units", "900"], 1).as_deref(), Some("D"));
        assert_eq!(after(&["Units", "900", "5ee"], 1), None);
    }
}
