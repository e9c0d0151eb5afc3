//! What the terminal is like, and what may be sent to it.

use std::env;
use std::io::{IsTerminal, stderr, stdout};
use unicode_width::UnicodeWidthChar;

/// Narrower terminals get lines that the terminal itself breaks.
const LEAST_WIDTH: usize = 40;
/// Columns of text in files and pipes that are for reading.
pub const WIDTH_OF_FILES: usize = 100;

/// Columns of the terminal that standard output is; `None` where it is none.
pub fn width() -> Option<usize> {
    let (width, _) = terminal_size::terminal_size_of(stdout())?;
    Some(usize::from(width.0).max(LEAST_WIDTH))
}

/// Whether standard error is a terminal that can redraw a line.
pub fn stderr_redraws() -> bool {
    stderr().is_terminal() && !is_dumb()
}

/// Whether text on standard output may carry colour.
pub fn stdout_has_colour() -> bool {
    stdout().is_terminal() && !is_dumb() && !no_colour()
}

/// Whether text on standard error may carry colour.
pub fn stderr_has_colour() -> bool {
    stderr_redraws() && !no_colour()
}

/// Whether `NO_COLOR` is set to anything (<https://no-color.org>).
fn no_colour() -> bool {
    env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty())
}

fn is_dumb() -> bool {
    env::var_os("TERM").is_some_and(|term| term == "dumb")
}

/// The text on one line and without control characters, each of which becomes a space.
///
/// What a filing or a file name holds is anybody's: an escape sequence in it would move the cursor or recolour the screen.
pub fn plain(text: &str) -> String {
    text.chars().map(|c| if is_unsafe(c) { ' ' } else { c }).collect()
}

/// Control characters, and the marks that turn the direction of text around.
fn is_unsafe(c: char) -> bool {
    c.is_control() || matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Columns that the text takes.
pub fn columns(text: &str) -> usize {
    text.chars().map(columns_of).sum()
}

/// Columns that the character takes.
pub fn columns_of(c: char) -> usize {
    c.width().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_filing_steers_the_terminal() {
        assert_eq!(plain("a\u{1b}[2Jb\r\nc\u{9b}d\u{202e}e"), "a [2Jb  c d e");
        assert_eq!(plain("Société Générale 株"), "Société Générale 株");
    }

    #[test]
    fn wide_characters_take_two_columns() {
        assert_eq!(columns("abc"), 3);
        assert_eq!(columns("株式"), 4);
        assert_eq!(columns("e\u{301}"), 1);
    }
}
