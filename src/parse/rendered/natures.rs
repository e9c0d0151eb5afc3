//! The natures of holdings in a print that was cut: the lines of their cells are mixed.

use super::build::Draft;
use super::schema::Col;
use super::squeeze::squeeze;
use crate::model::Code;
use memchr::memmem;

/// Texts of more words are not put into order.
const MOST: usize = 5;
/// So many words have no order of their own to check.
const FEW: usize = 2;

/// Gives a nature of several words the order in which `text`, the squeezed document without its tables, has them. A scrap
/// of a word is none.
pub(super) fn check(draft: &mut Draft, text: &str) {
    let Some(nature) = draft.row.nature_of_ownership.take() else { return };
    if nature.len() <= 3 && nature.chars().all(char::is_lowercase) {
        let message = "A piece of a word that was cut.";
        return draft.note(Code::TextUnreadable, Col::Nature.field(), &nature, message);
    }
    let words: Vec<&str> = nature.split_whitespace().collect();
    let ordered = if words.len() > FEW { order(&words, text) } else { None };
    if ordered.as_deref().is_some_and(|o| o != nature) {
        let message = "The lines of the cell were mixed; the document names it elsewhere.";
        draft.note(Code::TextRepaired, Col::Nature.field(), &nature, message);
    }
    draft.row.nature_of_ownership = ordered.map(Into::into).or(Some(nature));
}

/// The only order of the words that stands in `text`; their own before any other.
fn order(words: &[&str], text: &str) -> Option<String> {
    // The document names the holder without it.
    if let Some((by, rest)) = words.split_first().filter(|(first, rest)| **first == "By" && rest.len() > FEW)
    {
        return order(rest, text).map(|ordered| format!("{by} {ordered}"));
    }
    let stands = |t: &str| memmem::find(text.as_bytes(), squeeze(t).as_bytes()).is_some();
    if !words.iter().all(|word| stands(word)) {
        return None;
    }
    let own = words.join(" ");
    if stands(&own) {
        return Some(own);
    }
    if words.len() > MOST {
        return None;
    }
    let mut found: Vec<String> = Vec::new();
    permute(&mut words.to_vec(), 0, &mut |way| {
        let way = way.join(" ");
        if stands(&way) && !found.contains(&way) {
            found.push(way);
        }
    });
    found.pop().filter(|_| found.is_empty())
}

fn permute(words: &mut Vec<&str>, from: usize, visit: &mut impl FnMut(&[&str])) {
    if from >= words.len() {
        return visit(words);
    }
    for at in from..words.len() {
        words.swap(from, at);
        permute(words, from + 1, visit);
        words.swap(from, at);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_take_the_order_of_the_document() {
        let text = squeeze("Held by Elm Widget Fund, LP, of which the trustee is Doe.");
        assert_eq!(order(&["Elm", "Fund,", "Widget", "LP"], &text).as_deref(), Some("Elm Widget Fund, LP"));
        assert_eq!(order(&["Elm", "Widget", "Fund,"], &text).as_deref(), Some("Elm Widget Fund,"));
        assert_eq!(order(&["By", "Elm", "Fund,", "Widget"], &text).as_deref(), Some("By Elm Widget Fund,"));
        assert_eq!(order(&["Oak", "Fund,", "Widget"], &text), None);
        assert_eq!(order(&["a", "b", "c", "d", "e", "f"], &text), None);
    }
}
