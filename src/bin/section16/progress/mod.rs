//! Shows how far a run is, on standard error.

mod bar;
mod lines;
mod view;

use crate::args::{LogFormat, ProgressMode};
use crate::terminal;
use section16::pipeline::Monitor;
use std::io::stderr;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::{Duration, Instant};
use view::{Pace, View};

/// How often the monitor is looked at.
const TICK: Duration = Duration::from_millis(100);

const STOPPING: &str = "stopping; what is kept is told at the end (once more to stop at once)";

/// A way to show progress.
trait Display {
    /// How long to wait before anything is shown, so that a blink of work shows nothing.
    fn delay(&self) -> Duration;
    /// The time from one showing to the next.
    fn interval(&self) -> Duration;
    /// Shows the run as it stands.
    fn show(&mut self, view: &View);
    /// Says something beside it.
    fn say(&mut self, message: &str);
    /// The run is over; leaves standard error clean.
    fn close(&mut self, view: &View);
}

/// Does the work and shows meanwhile how far it is, from a thread of its own.
pub fn shown<T>(monitor: &Monitor, mode: ProgressMode, log: LogFormat, work: impl FnOnce() -> T) -> T {
    thread::scope(|scope| {
        let (working, over) = channel::<()>();
        scope.spawn(move || watch(monitor, &mut *display(mode, log), &over));
        let result = work();
        drop(working);
        result
    })
}

/// The display that a mode asks for, as far as standard error can carry it: lines where messages are JSON.
fn display(mode: ProgressMode, log: LogFormat) -> Box<dyn Display> {
    let is_json = log == LogFormat::Json;
    let redraws = terminal::stderr_redraws() && !is_json;
    match mode {
        ProgressMode::Auto | ProgressMode::Bar if redraws => {
            Box::new(bar::Bar::new(terminal::stderr_has_colour()))
        }
        ProgressMode::Json => Box::new(lines::Json::new(stderr())),
        ProgressMode::Auto | ProgressMode::Bar | ProgressMode::Plain if is_json => {
            Box::new(lines::Json::new(stderr()))
        }
        ProgressMode::Auto | ProgressMode::Bar | ProgressMode::Plain => Box::new(lines::Plain::new(stderr())),
        ProgressMode::None => Box::new(lines::Silent::new(stderr(), log)),
    }
}

/// Shows the run until the other end of `over` is dropped. It only looks at counters: the run never waits for it.
fn watch(monitor: &Monitor, display: &mut dyn Display, over: &Receiver<()>) {
    let start = Instant::now();
    let mut pace = Pace::default();
    let mut next = display.delay();
    let mut told = false;
    while over.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
        let elapsed = start.elapsed();
        let view = pace.observe(elapsed, monitor.progress());
        if monitor.is_stopped() && !told {
            told = true;
            display.say(STOPPING);
        }
        if elapsed >= next {
            display.show(&view);
            next = elapsed + display.interval();
        }
    }
    display.close(&pace.observe(start.elapsed(), monitor.progress()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::mpsc::Sender;

    /// Ends the run as soon as it was shown once.
    struct Once {
        over: Option<Sender<()>>,
        seen: Vec<&'static str>,
    }

    impl Display for Once {
        fn delay(&self) -> Duration {
            Duration::ZERO
        }
        fn interval(&self) -> Duration {
            Duration::ZERO
        }
        fn show(&mut self, _: &View) {
            self.seen.push("show");
            self.over = None;
        }
        fn say(&mut self, message: &str) {
            assert_eq!(message, STOPPING);
            self.seen.push("say");
        }
        fn close(&mut self, _: &View) {
            self.seen.push("close");
        }
    }

    #[test]
    fn says_once_that_it_stops_and_closes_at_the_end() {
        let monitor = Monitor::new();
        monitor.stop();
        let (sender, receiver) = channel();
        let mut display = Once { over: Some(sender), seen: Vec::new() };
        watch(&monitor, &mut display, &receiver);
        assert_eq!(display.seen, ["say", "show", "close"]);
    }

    #[test]
    fn a_run_that_is_over_at_once_shows_nothing() {
        let (sender, receiver) = channel();
        drop(sender);
        let mut display = Once { over: None, seen: Vec::new() };
        watch(&Monitor::new(), &mut display, &receiver);
        assert_eq!(display.seen, ["close"]);
    }
}
