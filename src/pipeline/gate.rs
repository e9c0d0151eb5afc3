//! Lets one thread at a time hold a large submission, so that the memory for them does not grow with the threads.

use std::sync::{Mutex, MutexGuard, PoisonError};

/// Bytes from which on a submission is large. Of real ones hardly any is.
const LARGE: usize = 1 << 20;

/// What the threads of a run share.
#[derive(Default)]
pub(super) struct Gate(Mutex<()>);

/// A thread's way through the gate. It is free again when this is dropped.
pub(super) struct Pass<'g> {
    gate: &'g Gate,
    held: Option<MutexGuard<'g, ()>>,
}

impl Gate {
    pub fn pass(&self) -> Pass<'_> {
        Pass { gate: self, held: None }
    }
}

impl Pass<'_> {
    /// Says how many bytes of one submission the thread holds from now on. If they are many it waits until no other
    /// thread holds as many.
    pub fn hold(&mut self, bytes: usize) {
        if bytes < LARGE {
            self.held = None;
        } else if self.held.is_none() {
            self.held = Some(self.gate.0.lock().unwrap_or_else(PoisonError::into_inner));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_thread_at_a_time_holds_much() {
        let gate = Gate::default();
        let is_free = || gate.0.try_lock().is_ok();
        let mut pass = gate.pass();
        pass.hold(LARGE - 1);
        assert!(is_free());
        pass.hold(LARGE);
        pass.hold(2 * LARGE);
        assert!(!is_free());
        pass.hold(0);
        assert!(is_free());
        pass.hold(LARGE);
        drop(pass);
        assert!(is_free());
    }
}
