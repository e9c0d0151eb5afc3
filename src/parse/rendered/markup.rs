//! Takes markup off the texts of cells and lines.

use super::signs::{Signs, double_blank};
use memchr::{memchr, memchr_iter};
use std::borrow::Cow;

/// The text of a cell without markup: emphasis, escapes, entities, tags; `<br>` becomes a line break.
pub(super) fn clean(raw: &str) -> String {
    let raw = raw.trim();
    let signs = Signs::of(raw);
    if !signs.has(Signs::MARKUP | Signs::WIDE | Signs::TAB | Signs::GAP) {
        return raw.to_owned();
    }
    let text = unmarked(raw, signs);
    let mut out = String::with_capacity(text.len());
    // Without any other white space, markup leaves blanks and line breaks.
    if !signs.has(Signs::WIDE | Signs::TAB) {
        let lines: fn(&str, &mut String) = if signs.has(Signs::TAG) { add_plain_lines } else { add_plain };
        lines(&text, &mut out);
    } else {
        text.split('\n').for_each(|line| add_line(line.split_whitespace(), &mut out));
    }
    out
}

/// Adds lines whose white space is blanks.
fn add_plain_lines(lines: &str, out: &mut String) {
    parts(lines, b'\n').for_each(|line| add_plain(line, out));
}

/// Adds a line whose white space is blanks. Most have one between two words.
fn add_plain(line: &str, out: &mut String) {
    match double_blank(line) {
        None => add_line(std::iter::once(line.trim_ascii()), out),
        Some(_) => add_line(parts(line, b' '), out),
    }
}

/// Adds a line with these words, if there are any but empty ones.
fn add_line<'t>(words: impl Iterator<Item = &'t str>, out: &mut String) {
    let mut parting = if out.is_empty() { "" } else { "\n" };
    for word in words.filter(|word| !word.is_empty()) {
        out.push_str(parting);
        out.push_str(word);
        parting = " ";
    }
}

/// A text without markup, of which `signs` tells; its blanks stay.
pub(super) fn unmarked(raw: &str, signs: Signs) -> Cow<'_, str> {
    let mut signs = signs;
    let mut text = Cow::Borrowed(if signs.has(Signs::HASH) { raw.trim_start_matches('#') } else { raw });
    if signs.has(Signs::ESCAPE) {
        text = Cow::Owned(unescaped(&text));
    }
    if signs.has(Signs::FULL) {
        text = text.chars().map(narrow).collect();
        signs = Signs::of(&text);
    }
    if signs.has(Signs::TAG) {
        text = Cow::Owned(drop_tags(&text));
    }
    // Two stars alone are the mark of a note of the form.
    if signs.has(Signs::STAR)
        && let Some(plain) = without_stars(&text)
    {
        text = Cow::Owned(plain);
    }
    if signs.has(Signs::AND) {
        for (from, to) in [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", " ")] {
            text = Cow::Owned(text.replace(from, to));
        }
    }
    if signs.has(Signs::FIRM) {
        text = Cow::Owned(text.replace('\u{a0}', " "));
    }
    if signs.has(Signs::STROKE) { Cow::Owned(drop_emphasis(&text)) } else { text }
}

/// The ASCII sign of a full-width one: `（1）` is a mark.
fn narrow(c: char) -> char {
    if ('！'..='～').contains(&c) { super::squeeze::fold(c) } else { c }
}

/// The text without `\` before a sign of markdown.
fn unescaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut from = 0;
    for at in memchr_iter(b'\\', text.as_bytes()) {
        if matches!(text.as_bytes().get(at + 1), Some(b'$' | b'_' | b'*')) {
            out.push_str(text.get(from..at).unwrap_or_default());
            from = at + 1;
        }
    }
    out.push_str(text.get(from..).unwrap_or_default());
    out
}

/// The text without pairs of stars, if there are two pairs or more: `** Signature of Reporting Person` begins with an opening
/// pair without a closing one.
fn without_stars(text: &str) -> Option<String> {
    let (head, rest) = before_stars(text)?;
    let (note, rest) = before_stars(rest)?;
    let mut out = String::with_capacity(text.len());
    out.extend([head, note]);
    let mut rest = rest;
    while let Some((part, behind)) = before_stars(rest) {
        out.push_str(part);
        rest = behind;
    }
    out.push_str(rest);
    Some(out)
}

/// What stands before the first pair of stars, and what behind it.
fn before_stars(text: &str) -> Option<(&str, &str)> {
    let bytes = text.as_bytes();
    let at = memchr_iter(b'*', bytes).find(|at| bytes.get(at + 1) == Some(&b'*'))?;
    Some((text.get(..at)?, text.get(at + 2..)?))
}

/// Takes `_` away where it surrounds a word in the manner of markdown; keeps `_X_` and blanks to be filled in.
fn drop_emphasis(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (n, word) in parts(text, b' ').enumerate() {
        if n > 0 {
            out.push(' ');
        }
        if !word.starts_with('_') && !word.ends_with('_') {
            out.push_str(word);
            continue;
        }
        let inner = word.trim_matches('_');
        let emphasis = inner.len() > 1 && !word.contains("__");
        let keep = !emphasis || inner.contains('_') || inner.starts_with("X.");
        out.push_str(if keep || is_box(inner) { word } else { inner });
    }
    out
}

fn is_box(inner: &str) -> bool {
    inner.len() > 1 && inner.starts_with(['X', 'x']) && inner.chars().nth(1).is_some_and(char::is_uppercase)
}

/// Removes tags; `<br>` becomes a line break.
fn drop_tags(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = memchr(b'<', rest.as_bytes()) {
        let (before, tag) = rest.split_at(at);
        out.push_str(before);
        let Some(len) = tag_len(tag) else {
            out.push('<');
            rest = tag.get(1..).unwrap_or_default();
            continue;
        };
        if tag.get(..3).is_some_and(|t| t.eq_ignore_ascii_case("<br")) {
            out.push('\n');
        }
        rest = tag.get(len..).unwrap_or_default();
    }
    out.push_str(rest);
    out
}

/// The length of the tag that `text` begins with, if it is one: `<`, letters, `>` within 40 bytes.
fn tag_len(text: &str) -> Option<usize> {
    let end = text.bytes().take(40).position(|b| b == b'>')?;
    let name = text.as_bytes().get(1..end)?;
    name.first().is_some_and(|b| b.is_ascii_alphabetic() || *b == b'/').then_some(end + 1)
}

/// The parts of a text between signs of ASCII. Cells are short: looking at each byte takes less than preparing a search.
pub(super) fn parts(text: &str, sign: u8) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let end = text.bytes().position(|b| b == sign);
        rest = end.and_then(|end| text.get(end + 1..));
        text.get(..end.unwrap_or(text.len()))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn parts_are_those_of_a_split(text in "[|aé]{0,9}") {
            prop_assert!(parts(&text, b'|').eq(text.split('|')));
        }
    }

    proptest! {
        #[test]
        fn escapes_and_stars_go_as_one_after_the_other(text in "[\\\\$_*a\\[é]{0,12}") {
            let plain = text.replace("\\$", "$").replace("\\_", "_").replace("\\*", "*");
            prop_assert_eq!(unescaped(&text), plain);
            let starred = text.matches("**").count() > 1;
            prop_assert_eq!(without_stars(&text), starred.then(|| text.replace("**", "")));
        }
    }

    #[test]
    fn markup_goes_and_its_text_stays() {
        assert_eq!(clean(" **Common**  Stock<br>Class&nbsp;A "), "Common Stock\nClass A");
        assert_eq!(clean("\\$ 12 <sup>(1)</sup>"), "$ 12 (1)");
        assert_eq!(clean("plain text"), "plain text");
        assert_eq!(unmarked("### _Title_  x", Signs::of("### _Title_  x")), " Title  x");
    }
}
