//! Breaks text into lines of a width.

use crate::terminal::{columns, columns_of};

/// The text in lines of at most `width` columns (at least one line), broken at white space.
///
/// Runs of white space become one space. A word that is wider than a line is broken where it must be. A width of 0 counts
/// as 1, and a character wider than the line stands alone on it.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Lines { width: width.max(1), done: Vec::new(), line: String::new(), used: 0 };
    for word in text.split_whitespace() {
        lines.push(word);
    }
    lines.finish()
}

struct Lines {
    width: usize,
    done: Vec<String>,
    line: String,
    used: usize,
}

impl Lines {
    fn push(&mut self, word: &str) {
        let wide = columns(word);
        if !self.line.is_empty() && self.used + 1 + wide <= self.width {
            self.line.push(' ');
            self.line.push_str(word);
            self.used += 1 + wide;
            return;
        }
        self.end_line();
        for c in word.chars() {
            let wide = columns_of(c);
            if self.used + wide > self.width {
                self.end_line();
            }
            self.line.push(c);
            self.used += wide;
        }
    }

    fn end_line(&mut self) {
        if !self.line.is_empty() {
            self.done.push(std::mem::take(&mut self.line));
            self.used = 0;
        }
    }

    fn finish(mut self) -> Vec<String> {
        if !self.line.is_empty() || self.done.is_empty() {
            self.done.push(self.line);
        }
        self.done
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn breaks_at_white_space() {
        assert_eq!(wrap("the quick  brown\nfox", 9), ["the quick", "brown fox"]);
        assert_eq!(wrap("", 9), [""]);
        assert_eq!(wrap(" \n ", 9), [""]);
    }

    #[test]
    fn breaks_words_that_are_too_long() {
        assert_eq!(wrap("a abcdefgh b", 3), ["a", "abc", "def", "gh", "b"]);
        assert_eq!(wrap("abcd e", 4), ["abcd", "e"]);
        assert_eq!(wrap("株式会社", 5), ["株式", "会社"]);
        assert_eq!(wrap("株式", 1), ["株", "式"]);
    }

    proptest! {
        #[test]
        fn keeps_every_character_and_the_width(text in "\\PC{0,60}", width in 2usize..20) {
            let lines = wrap(&text, width);
            let glyphs = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
            prop_assert_eq!(glyphs(&lines.concat()), glyphs(&text));
            for line in &lines {
                prop_assert!(columns(line) <= width, "{:?}", line);
            }
        }
    }
}
