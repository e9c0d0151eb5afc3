//! What is worth telling about a run at one moment.

use crate::units::{bytes, count, counted, per_second, percent, rate, whole_seconds};
use section16::pipeline::Progress;
use std::collections::VecDeque;
use std::time::Duration;

/// Rates are those of the last ten seconds.
const WINDOW: Duration = Duration::from_secs(10);

/// A run at one moment, with its rates.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// The counters.
    pub progress: Progress,
    /// Time since the start.
    pub elapsed: Duration,
    /// Filings read a second.
    pub filings_per_second: f64,
    /// The time that the phase still takes, once it can be told.
    pub left: Option<Duration>,
}

/// Follows a run and works out its rates.
#[derive(Debug, Default)]
pub struct Pace {
    samples: VecDeque<(Duration, Progress)>,
}

impl Pace {
    /// The run as it stands `elapsed` after its start.
    pub fn observe(&mut self, elapsed: Duration, progress: Progress) -> View {
        let phase_changed = self.samples.back().is_some_and(|(_, last)| last.writing != progress.writing);
        if phase_changed {
            self.samples.clear();
        }
        if self.samples.is_empty() && !progress.writing {
            self.samples.push_back((Duration::ZERO, Progress::default()));
        }
        while self.samples.len() > 1
            && self.samples.front().is_some_and(|(at, _)| elapsed.saturating_sub(*at) > WINDOW)
        {
            self.samples.pop_front();
        }
        self.samples.push_back((elapsed, progress));
        let (since, first) = *self.samples.front().unwrap_or(&(elapsed, progress));
        let span = elapsed.saturating_sub(since);
        View {
            progress,
            elapsed,
            filings_per_second: per_second(progress.filings.saturating_sub(first.filings), span),
            left: time_left(&first, &progress, span),
        }
    }
}

/// Work done and work in all, in the unit of the phase: bytes of input, then rows of output.
fn work(progress: &Progress) -> (u64, u64) {
    if progress.writing {
        (progress.rows_written.min(progress.rows), progress.rows)
    } else {
        (progress.bytes_done, progress.bytes_found)
    }
}

fn time_left(first: &Progress, now: &Progress, span: Duration) -> Option<Duration> {
    if !now.writing && !now.found_all {
        return None;
    }
    let ((before, _), (done, all)) = (work(first), work(now));
    let speed = per_second(done.saturating_sub(before), span);
    if speed <= 0.0 {
        return None;
    }
    Duration::try_from_secs_f64(all.saturating_sub(done) as f64 / speed).ok()
}

impl View {
    /// The name of the phase.
    pub fn phase(&self) -> &'static str {
        if self.progress.writing { "writing" } else { "reading" }
    }

    /// Work done and work in all, in the unit of the phase.
    pub fn work(&self) -> (u64, u64) {
        work(&self.progress)
    }

    /// How far the phase is: `27 %, 8 s left`.
    pub fn share(&self) -> String {
        if !self.progress.writing && !self.progress.found_all {
            return "still looking for files".to_owned();
        }
        let (done, all) = self.work();
        let left = self.left.map(|left| format!(", {} left", whole_seconds(left))).unwrap_or_default();
        format!("{} %{left}", percent(done, all))
    }

    /// What was done of the phase's work: `12.3 MB of 45.6 MB`.
    pub fn amount(&self) -> String {
        let (done, all) = self.work();
        match (self.progress.writing, self.progress.found_all) {
            (true, _) => format!("{} of {}", count(done), counted(all, "row")),
            (false, true) => format!("{} of {}", bytes(done), bytes(all)),
            (false, false) => format!("{} of {} found so far", bytes(done), bytes(all)),
        }
    }

    /// What came out of it: `12,345 filings (4,100/s), 98,765 rows, 3 rejects`.
    pub fn yielded(&self) -> String {
        let Progress { filings, rows, rejects, writing, .. } = self.progress;
        let (filings, rejects) = (counted(filings, "filing"), counted(rejects, "reject"));
        if writing {
            return format!("{filings}, {rejects}");
        }
        format!("{filings} ({}/s), {}, {rejects}", rate(self.filings_per_second), counted(rows, "row"))
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    fn second(n: u64) -> Duration {
        Duration::from_secs(n)
    }

    pub fn reading() -> Progress {
        Progress {
            files_found: 40,
            bytes_found: 45_600_000,
            found_all: true,
            files_done: 10,
            bytes_done: 11_400_000,
            entries: 9000,
            filings: 8000,
            rows: 98_765,
            rejects: 3,
            ..Progress::default()
        }
    }

    pub fn view() -> View {
        Pace::default().observe(second(2), reading())
    }

    #[test]
    fn reading_tells_share_rate_and_time_left() {
        let view = view();
        assert_eq!(view.phase(), "reading");
        assert_eq!(view.share(), "25 %, 6 s left");
        assert_eq!(view.amount(), "11.4 MB of 45.6 MB");
        assert_eq!(view.yielded(), "8,000 filings (4,000/s), 98,765 rows, 3 rejects");
    }

    #[test]
    fn no_share_while_files_are_still_found() {
        let view = Pace::default().observe(second(2), Progress { found_all: false, ..reading() });
        assert_eq!(view.share(), "still looking for files");
        assert_eq!(view.amount(), "11.4 MB of 45.6 MB found so far");
        assert_eq!(view.left, None);
    }

    #[test]
    fn writing_has_its_own_pace() {
        let mut pace = Pace::default();
        pace.observe(second(2), reading());
        let writing = Progress { writing: true, rows: 400, ..reading() };
        assert_eq!(pace.observe(second(3), writing).left, None);
        let view = pace.observe(second(5), Progress { rows_written: 100, ..writing });
        assert_eq!(view.share(), "25 %, 6 s left");
        assert_eq!(view.amount(), "100 of 400 rows");
        assert_eq!(view.yielded(), "8,000 filings, 3 rejects");
    }

    #[test]
    fn rates_are_those_of_the_last_seconds() {
        let mut pace = Pace::default();
        for n in 1..=30 {
            let filings = if n <= 15 { n } else { 15 + (n - 15) * 100 };
            let view = pace.observe(second(n), Progress { filings, ..reading() });
            if n == 15 {
                assert_eq!(view.filings_per_second, 1.0);
            }
            if n == 30 {
                assert_eq!(view.filings_per_second, 100.0);
            }
        }
    }

    #[test]
    fn an_empty_input_is_all_of_it() {
        let view =
            Pace::default().observe(Duration::ZERO, Progress { found_all: true, ..Progress::default() });
        assert_eq!(view.share(), "100 %");
        assert_eq!(view.filings_per_second, 0.0);
    }
}
