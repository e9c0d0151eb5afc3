//! Colour, where it is wanted.

/// Paints text, or leaves it alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Paint {
    on: bool,
}

impl Paint {
    /// A paint that colours, or one that does not.
    pub fn new(on: bool) -> Self {
        Self { on }
    }

    /// Headings.
    pub fn bold(self, text: &str) -> String {
        self.with("1", text)
    }

    /// What went wrong.
    pub fn bad(self, text: &str) -> String {
        self.with("31", text)
    }

    fn with(self, code: &str, text: &str) -> String {
        if self.on { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paints_only_when_on() {
        assert_eq!(Paint::new(false).bold("x"), "x");
        assert_eq!(Paint::new(true).bold("x"), "\x1b[1mx\x1b[0m");
        assert_eq!(Paint::new(true).bad("x"), "\x1b[31mx\x1b[0m");
    }
}
