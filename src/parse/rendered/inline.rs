//! Footnotes that a converter of scans printed one behind the other in one line.

use super::footnotes::PrintedLine;
use memchr::memchr_iter;

/// Cuts lines before each mark that follows on the one before, stands behind the end of a sentence and begins another.
pub(super) fn split(lines: Vec<PrintedLine<'_>>) -> Vec<PrintedLine<'_>> {
    let mut out = Vec::with_capacity(lines.len());
    let mut last = 0;
    for line in lines {
        if let Some(number) = begins_with(line.text.trim_start_matches(['-', ' '])) {
            last = number;
        }
        let part = |text: &str, blank| PrintedLine { text: text.to_owned(), blank, letters: None };
        let mut rest = line.text.as_str();
        while let Some(at) = next_mark(rest, last + 1) {
            let (head, tail) = rest.split_at(at);
            out.push(part(head.trim_end(), false));
            rest = tail;
            last += 1;
        }
        out.push(if rest.len() < line.text.len() { part(rest, line.blank) } else { line });
    }
    out
}

/// The number of the mark that a line begins with.
fn begins_with(line: &str) -> Option<usize> {
    let (digits, _) = line.strip_prefix('(')?.split_once(')')?;
    digits.parse().ok().filter(|n| *n < 100)
}

/// Where ` (number) Text` stands behind the end of a sentence.
fn next_mark(text: &str, number: usize) -> Option<usize> {
    let mut opened = memchr_iter(b'(', text.as_bytes()).peekable();
    opened.peek()?;
    let mark = format!("({number})");
    opened.find(|&at| {
        let head = text.get(..at).unwrap_or_default();
        let Some(tail) = text.get(at..).and_then(|rest| rest.strip_prefix(mark.as_str())) else {
            return false;
        };
        let tail = tail.trim_start_matches([' ', '_', '|', '—', '.']);
        head.ends_with(' ')
            && head.trim_end().ends_with(['.', ')', '"', '”'])
            && tail.starts_with(|c: char| c.is_uppercase())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_in_order_begin_lines() {
        let lines = [
            "** Facts constitute violations. 78ff(a).. (1). One.",
            "- (2) Two (1) and (3). (3) Three; (4) four. (6) Six.",
        ];
        let lines = lines.map(|text| PrintedLine { text: text.to_owned(), ..PrintedLine::default() });
        let got: Vec<String> = split(lines.into()).into_iter().map(|l| l.text).collect();
        assert_eq!(
            got,
            [
                "** Facts constitute violations. 78ff(a)..",
                "(1). One.",
                "- (2) Two (1) and (3).",
                "(3) Three; (4) four. (6) Six."
            ]
        );
    }
}
