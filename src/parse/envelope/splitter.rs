use super::{Limits, Piece, Step};

/// Splits.
#[derive(Clone, Debug)]
pub struct Splitter {
    limits: Limits,
}

impl Splitter {
    /// New.
    pub fn new(limits: Limits) -> Self {
        Self { limits }
    }

    /// The entry is a correction by its name.
    pub fn correction(self, is_correction: bool) -> Self {
        let _ = is_correction;
        self
    }

    /// Step.
    pub fn step<'w>(&mut self, window: &'w [u8], end_of_input: bool) -> Step<'w> {
        let _ = (self.limits, window, end_of_input);
        Step::End
    }
}

/// Pieces.
pub fn pieces(entry: &[u8]) -> Pieces<'_> {
    Pieces { splitter: Splitter::new(Limits { max_entry: usize::MAX }), rest: entry }
}

/// See [`pieces`].
#[derive(Clone, Debug)]
pub struct Pieces<'w> {
    splitter: Splitter,
    rest: &'w [u8],
}

impl<'w> Iterator for Pieces<'w> {
    type Item = Piece<'w>;

    fn next(&mut self) -> Option<Piece<'w>> {
        match self.splitter.step(self.rest, true) {
            Step::Piece { consumed, piece } => {
                self.rest = self.rest.get(consumed..).unwrap_or_default();
                Some(piece)
            }
            _ => None,
        }
    }
}
