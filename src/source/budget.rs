//! Guards against archives that expand without end.

use super::fault::Fault;
use super::limits::Limits;
use crate::reject::Reason;
use std::cell::{Cell, OnceCell};

/// What one file may expand to, over all compressions in it.
pub(super) struct Budget {
    ratio: u64,
    free: u64,
    input: Cell<u64>,
    output: Cell<u64>,
    spent: OnceCell<Fault>,
}

impl Budget {
    /// For a file of `size` bytes; 0 where that shows only as it is read (see [`Budget::grow`]).
    pub fn new(limits: &Limits, size: u64) -> Self {
        Self {
            ratio: limits.max_expansion,
            free: limits.free_expansion,
            input: Cell::new(size),
            output: Cell::new(0),
            spent: OnceCell::new(),
        }
    }

    /// Notes more bytes of a file whose size was not known.
    pub fn grow(&self, bytes: usize) {
        self.input.set(self.input.get().saturating_add(bytes as u64));
    }

    /// Takes `bytes` more that came out of a compression, of which `output` bytes in all have come from `input` bytes.
    pub fn charge(&self, bytes: usize, input: u64, output: u64) -> Result<(), Fault> {
        self.output.set(self.output.get().saturating_add(bytes as u64));
        if self.is_spent() || self.is_over(self.input.get(), self.output.get()) {
            return Err(self.spent.get_or_init(|| self.fault("the file", "; the rest is not read")).clone());
        }
        if self.is_over(input, output) {
            return Err(self.fault("the compressed data", ""));
        }
        Ok(())
    }

    /// Whether the whole file has used up what it may: nothing more of it is read.
    pub fn is_spent(&self) -> bool {
        self.spent.get().is_some()
    }

    fn fault(&self, what: &str, end: &str) -> Fault {
        let message = format!(
            "{what} expands to more than {} times its size{end}; raise --max-ratio if that is no attack",
            self.ratio
        );
        Fault::new(Reason::ExpansionTooLarge, message)
    }

    fn is_over(&self, input: u64, output: u64) -> bool {
        output > self.free && output > input.saturating_mul(self.ratio)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn budget(size: u64) -> Budget {
        let limits = Limits { max_expansion: 10, free_expansion: 100, ..Limits::default() };
        Budget::new(&limits, size)
    }

    #[test]
    fn small_outputs_are_free() {
        let budget = budget(1);
        assert!(budget.charge(100, 1, 100).is_ok());
        assert!(budget.charge(1, 1000, 1).is_err());
        assert!(budget.is_spent());
    }

    #[test]
    fn one_compression_may_fail_alone() {
        let budget = budget(1000);
        assert!(budget.charge(101, 10, 101).is_err());
        assert!(!budget.is_spent());
        assert!(budget.charge(100, 10, 100).is_ok());
        assert!(budget.charge(9_800, 1_000, 9_800).is_err());
        assert!(budget.is_spent());
        assert!(budget.charge(1, 1000, 1).is_err());
    }

    #[test]
    fn a_stream_earns_its_budget() {
        let budget = budget(0);
        budget.grow(50);
        assert!(budget.charge(500, 50, 500).is_ok());
        assert!(budget.charge(1, 500, 1).is_err());
    }
}
