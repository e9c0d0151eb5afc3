//! Any file is walked to its end within the limits, whatever it is packed in.
#![no_main]

use libfuzzer_sys::fuzz_target;
use section16::source::{Body, Counters, Damage, Entry, Limits, Reader, Visit};
use std::ops::ControlFlow;
use std::sync::Arc;

struct Drain {
    next: u64,
}

impl Visit for Drain {
    fn entry(&mut self, entry: Entry<'_>) -> ControlFlow<()> {
        assert_eq!(entry.number, self.next, "entries are numbered without gaps");
        self.next += 1;
        if let Body::Stream(stream) = entry.body {
            std::io::copy(stream, &mut std::io::sink()).ok();
        }
        ControlFlow::Continue(())
    }

    fn damage(&mut self, damage: Damage) -> ControlFlow<()> {
        assert!(damage.number == self.next || damage.number + 1 == self.next, "{damage:?}");
        self.next = damage.number + 1;
        ControlFlow::Continue(())
    }
}

fuzz_target!(|data: &[u8]| {
    let limits = Limits { max_expansion: 20, free_expansion: 1 << 20, max_window: 1 << 20, ..Limits::default() };
    let counters = Arc::new(Counters::default());
    let mut reader = Reader::new(limits, counters.clone());
    let _ = reader.bytes(data).visit(&mut Drain { next: 0 });
    assert!(counters.shown() <= (1 << 21) + 40 * data.len() as u64);
});
