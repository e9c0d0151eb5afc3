//! Takes away what a bad copy leaves in doubt: words that are no words, numbers that lost digits.

use super::assign::Span;
use super::build::Draft;
use super::lexicon::is_word;
use super::notes::Notes;
use super::ownership;
use super::rows::{Print, Printed};
use super::schema::Col;
use super::values::{number_slot, set_text};
use super::words::Word;
use crate::model::{Code, Decimal};

/// Checks the rows of both tables.
pub(super) fn run(one: &mut [Draft], two: &mut [Draft], print: &Print) {
    for draft in one.iter_mut().chain(two) {
        ownership::indirect(draft);
        texts(draft, print);
        small_numbers(draft);
        unequal_amounts(draft);
    }
}

/// Takes rows away that have nothing but texts: without a date and a number they may be transactions or holdings.
pub(super) fn drop_untold(drafts: &mut Vec<Draft>, table: &'static str, notes: &mut Notes) {
    drafts.retain(|draft| {
        let row = &draft.row;
        let numbers =
            [row.transaction_shares, row.shares_owned_following_transaction, row.underlying_security_shares];
        let told = row.transaction_date.is_some() || numbers.iter().any(Option::is_some);
        if !told {
            notes.table(
                Code::RowsLost,
                table,
                &draft.literal,
                "No date and no number of the row can be read.",
            );
        }
        told
    });
}

/// A price is lost where digits or a dollar sign that no column took stand beside it, or where it ends with a digit that may
/// be a mark's: a third decimal before half a bracket, or a fifth.
pub(super) fn prices(draft: &mut Draft, printed: &Printed, spans: &[Span], schema: &[Col]) {
    for span in spans {
        let Some(&col) =
            schema.get(span.col).filter(|c| matches!(c, Col::Price | Col::Conversion | Col::Owned))
        else {
            continue;
        };
        let taken = |n: usize| spans.iter().any(|s| s.start <= n && n < s.end);
        let near = (span.start.saturating_sub(2)..span.start).chain(span.end..span.end + 2);
        let part = |t: &str| t.contains('$') || t.bytes().any(|b| b.is_ascii_digit());
        let crowded = near.filter(|n| !taken(*n)).filter_map(|n| printed.words.get(n)).any(|w| part(&w.text));
        let words = printed.words.get(span.start..span.end).unwrap_or_default();
        let decimals = |w: &Word| w.number.map_or(0, |n| n.decimals);
        let ragged = words.iter().any(|w| decimals(w) == 3 && w.odd_mark || decimals(w) > 4);
        let dollars = draft.row.value_owned_following_transaction.is_some();
        let lost = match col {
            Col::Owned => draft.row.value_owned_following_transaction.take(),
            _ => number_slot(&mut draft.row, col).take_if(|_| crowded || ragged || dollars),
        };
        if let Some(number) = lost {
            let message = "Digits beside the number, or its last one, may belong to it or not.";
            draft.note(Code::NumberUnreadable, col.field(), &number.to_string(), message);
        }
    }
}

/// A number of underlying shares is another column's where no title stands before it.
pub(super) fn underlying(draft: &mut Draft, printed: &Printed, spans: &[Span], schema: &[Col]) {
    let at = |col: Col| spans.iter().find(|s| schema.get(s.col) == Some(&col));
    let words = at(Col::UnderlyingTitle).and_then(|s| printed.words.get(s.start..s.end)).unwrap_or_default();
    if words.iter().any(|w| ownership::has_word(&w.text)) {
        return;
    }
    if let Some(number) = draft.row.underlying_security_shares.take() {
        let message = "No title of the underlying security stands before the number.";
        draft.note(Code::NumberUnreadable, Col::UnderlyingAmount.field(), &number.to_string(), message);
    }
}

/// A text is lost where one of its words is neither a word of the trade nor stands elsewhere in the document.
fn texts(draft: &mut Draft, print: &Print) {
    for col in Col::TEXTS {
        let whole = |t: &str| {
            t.split_whitespace().all(|w| is_known(w, print))
                && if col == Col::Nature { ownership::has_word(t) } else { !repeats(t) }
        };
        let odd = draft.text(col).filter(|text| !whole(text));
        let Some(text) = odd.map(str::to_owned) else { continue };
        let parted = text.split_whitespace().map(|w| parted(w, print)).collect::<Vec<_>>().join(" ");
        if parted.len() > text.len() && whole(&parted) {
            set_text(&mut draft.row, col, parted);
            draft.note(Code::TextRepaired, col.field(), &text, "The blank between two words is lost.");
            continue;
        }
        set_text(&mut draft.row, col, String::new());
        draft.note(Code::TextUnreadable, col.field(), &text, "A word here is damaged.");
    }
}

/// `ElmPartners` with its blank: both are words, and a capital begins the second.
fn parted(word: &str, print: &Print) -> String {
    let joint = word
        .as_bytes()
        .windows(2)
        .position(|w| matches!(w, [a, b] if a.is_ascii_lowercase() && b.is_ascii_uppercase()));
    let parts = joint.and_then(|at| word.split_at_checked(at + 1));
    let known = |w: &str| w.len() > 2 && is_known(w, print);
    match parts.filter(|(a, b)| !is_known(word, print) && known(a) && known(b)) {
        Some((a, b)) => format!("{a} {b}"),
        None => word.to_owned(),
    }
}

/// Whether a word of a title stands twice, or once and its beginning before it: two rows, or a word that was cut.
fn repeats(text: &str) -> bool {
    let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
    let again =
        |at: usize, w: &String| words.iter().skip(at + 1).any(|o| w.len() > 2 && o.starts_with(w.as_str()));
    words.iter().enumerate().any(|(at, w)| again(at, w))
}

/// Whether a word is one, or a number in the name of a series or a fund.
fn is_known(word: &str, print: &Print) -> bool {
    let mut parts = word.split(|c: char| !c.is_alphabetic()).filter(|p| !p.is_empty()).peekable();
    if parts.peek().is_none() {
        let digits = |b: u8| b.is_ascii_digit() || b == b'&';
        return word.starts_with(['$', '(']) || word.len() < 5 && word.bytes().all(digits);
    }
    let numbers = word.split(|c: char| !c.is_ascii_digit()).filter(|n| !n.is_empty());
    let year = |n: &str| n.len() == 4 && (n.starts_with("19") || n.starts_with("20"));
    let letter = |p: &str| p.chars().count() == 1 && p.chars().all(char::is_uppercase);
    let known = |p: &str| {
        is_word(p)
            || letter(p)
            || p.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
            || p.len() > 2 && print.words.has(p, 2)
    };
    numbers.clone().all(|n| n.len() == 1 || year(n)) && numbers.count() < 2 && parts.all(known)
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

#[cfg(test)]
mod tests {
    use super::super::lines::lines;
    use super::super::vocabulary::Vocabulary;
    use super::*;
    use crate::model::{Row, RowKind};
    use std::borrow::Cow;

    fn draft(fill: impl FnOnce(&mut Row<'static>)) -> Draft {
        let mut row = Row::new(RowKind::Holding, true);
        fill(&mut row);
        Draft { row, notes: Vec::new(), stops: Vec::new(), title_tail: None, literal: "as printed".into() }
    }

    fn number(units: i64) -> Option<Decimal> {
        Decimal::from_millionths(units * 1_000_000)
    }

    fn fields(draft: &Draft) -> Vec<&'static str> {
        draft.notes.iter().map(|n| n.1).collect()
    }

    #[test]
    fn a_damaged_word_takes_its_text_away() {
        let kept = |title: &str, print: &Print| {
            let mut draft = draft(|r| r.security_title = Some(Cow::Owned(title.to_owned())));
            texts(&mut draft, print);
            assert_eq!(draft.row.security_title.is_none(), fields(&draft) == ["security_title"]);
            draft.row.security_title.is_some()
        };
        let print = Print::default();
        assert!(kept("Class A Common Stock", &print));
        assert!(!kept("Class A Cornmon Stock", &print));
        assert!(!kept("Common Stock Common Stock", &print));
        assert!(!kept("Zyxon Units", &print));
        let twice = lines("Zyxon Zyxon");
        let known = Print { words: Vocabulary::new(&twice), ..Print::default() };
        assert!(kept("Zyxon Units", &known));
    }

    #[test]
    fn a_lost_blank_is_put_back() {
        let document = lines("Elm Zyxon Elm");
        let print = Print { words: Vocabulary::new(&document), ..Print::default() };
        assert_eq!(parted("ElmPartners,", &print), "Elm Partners,");
        assert_eq!(parted("ZyxonPartners", &print), "ZyxonPartners");
        let mut draft = draft(|r| r.nature_of_ownership = Some("By ElmPartners".into()));
        texts(&mut draft, &print);
        assert_eq!(draft.row.nature_of_ownership.as_deref(), Some("By Elm Partners"));
    }

    #[test]
    fn a_number_in_a_name_is_one_digit_or_a_year() {
        let print = Print::default();
        for word in ["2010", "(5%)", "7", "$0.01"] {
            assert!(is_known(word, &print), "{word}");
        }
        for word in ["Fund22", "20105", "Qx"] {
            assert!(!is_known(word, &print), "{word}");
        }
    }

    #[test]
    fn small_numbers_are_lost_but_nothing_owned_is_not() {
        let mut draft = draft(|r| {
            r.transaction_shares = number(99);
            r.underlying_security_shares = number(100);
            r.shares_owned_following_transaction = number(0);
        });
        small_numbers(&mut draft);
        let row = &draft.row;
        assert_eq!(row.transaction_shares, None);
        assert_eq!(row.underlying_security_shares, number(100));
        assert_eq!(row.shares_owned_following_transaction, number(0));
        assert_eq!(fields(&draft), ["transaction_shares"]);
    }

    #[test]
    fn amounts_that_differ_by_one_digit_contradict() {
        let after = |a: i64, b: i64| {
            let mut draft = draft(|r| {
                r.transaction_shares = number(a);
                r.underlying_security_shares = number(b);
            });
            unequal_amounts(&mut draft);
            (draft.row.transaction_shares, draft.row.underlying_security_shares, draft.notes.len())
        };
        assert_eq!(after(11_733, 11_738), (None, None, 2));
        assert_eq!(after(11_733, 11_733), (number(11_733), number(11_733), 0));
        assert_eq!(after(11_733, 25_000), (number(11_733), number(25_000), 0));
    }

    #[test]
    fn a_row_of_texts_alone_is_dropped_with_its_print() {
        let mut drafts = vec![
            draft(|r| r.security_title = Some("Common Stock".into())),
            draft(|r| r.shares_owned_following_transaction = number(500)),
        ];
        let mut notes = Notes::default();
        drop_untold(&mut drafts, "derivative_table", &mut notes);
        assert_eq!(drafts.len(), 1);
        let list = notes.into_list();
        assert_eq!(list.len(), 1);
        assert_eq!((list[0].code, list[0].raw.as_deref()), (Code::RowsLost, Some("as printed")));
    }

    #[test]
    fn underlying_shares_have_a_title_before_them() {
        use crate::parse::rendered::words::{Break, Word};
        let schema = [Col::UnderlyingTitle, Col::UnderlyingAmount];
        let after = |title: &str| {
            let words = vec![Word::new(title, Break::Cell, 0, 0), Word::new("900", Break::Cell, 0, 0)];
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
            let mut draft = draft(|r| r.underlying_security_shares = number(900));
            let span = |at: usize| Span { col: at, start: at, end: at + 1, margin: 9 };
            underlying(&mut draft, &printed, &[span(0), span(1)], &schema);
            draft.row.underlying_security_shares
        };
        assert_eq!((after("Units"), after("e")), (number(900), None));
    }

    #[test]
    fn a_price_with_digits_beside_it_is_lost() {
        use crate::parse::rendered::words::{Break, Word};
        let schema = [Col::Price];
        let after = |texts: &[&str]| {
            let words: Vec<Word> = texts.iter().map(|t| Word::new(t, Break::Cell, 0, 0)).collect();
            let printed = Printed {
                drawn: false,
                words,
                cut: false,
                scan: true,
                aligned: false,
                loose: Vec::new(),
                literal: String::new(),
            };
            let mut draft = draft(|r| r.transaction_price_per_share = number(12));
            prices(&mut draft, &printed, &[Span { col: 0, start: 0, end: 1, margin: 9 }], &schema);
            draft.row.transaction_price_per_share
        };
        assert_eq!(after(&["12"]), number(12));
        assert_eq!(after(&["12", "D"]), number(12));
        assert_eq!(after(&["12", "7"]), None);
        assert_eq!(after(&["12.345(0)"]), None);
        assert_eq!(after(&["12.34567"]), None);
        assert_eq!(after(&["12.345"]), number(12));
    }
}
