//! Whether securities are held directly, where a bad copy lost the letter: the nature of an indirect holding stands behind it.

use super::build::Draft;
use super::schema::Col;
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

/// Whether three letters stand together: less is what became of a letter and its mark.
pub(super) fn has_word(text: &str) -> bool {
    text.split(|c: char| !c.is_alphabetic()).any(|run| run.chars().count() > 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Row, RowKind};

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
}
