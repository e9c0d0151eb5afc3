//! Progress as a bar on a terminal.

use super::Display;
use super::view::View;
use crate::args::LogFormat;
use crate::log::Level;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::time::Duration;

/// A bar and a line of numbers under it, drawn anew several times a second and gone at the end.
pub struct Bar {
    bar: ProgressBar,
    shown: bool,
}

const COLOURED: &str = "{wide_bar:.cyan/dim} {prefix}\n{msg}";
const PLAIN: &str = "{wide_bar} {prefix}\n{msg}";
const BLOCKS: &str = "█▉▊▋▌▍▎▏ ";

impl Bar {
    /// A bar that is not drawn yet.
    pub fn new(colour: bool) -> Self {
        let template = if colour { COLOURED } else { PLAIN };
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        let bar = ProgressBar::with_draw_target(Some(0), ProgressDrawTarget::hidden());
        bar.set_style(style.progress_chars(BLOCKS));
        Self { bar, shown: false }
    }

    fn set(&self, view: &View) {
        let (done, all) = view.work();
        self.bar.set_length(all.max(1));
        self.bar.set_position(done.min(all));
        self.bar.set_prefix(view.share());
        self.bar.set_message(format!("{}: {}, {}", view.phase(), view.amount(), view.yielded()));
    }
}

impl Display for Bar {
    fn delay(&self) -> Duration {
        Duration::from_millis(400)
    }

    fn interval(&self) -> Duration {
        Duration::from_millis(100)
    }

    fn show(&mut self, view: &View) {
        self.set(view);
        if !self.shown {
            self.shown = true;
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
        self.bar.tick();
    }

    fn say(&mut self, message: &str) {
        self.bar.suspend(|| LogFormat::Text.say(Level::Info, message));
    }

    fn close(&mut self, _: &View) {
        self.bar.finish_and_clear();
    }
}

#[cfg(test)]
mod tests {
    use super::super::view::tests::view;
    use super::*;

    #[test]
    fn templates_are_well_formed() {
        for template in [COLOURED, PLAIN] {
            assert!(ProgressStyle::with_template(template).is_ok(), "{template}");
        }
    }

    #[test]
    fn carries_the_numbers_of_the_view() {
        let bar = Bar::new(false);
        bar.set(&view());
        assert_eq!((bar.bar.position(), bar.bar.length()), (11_400_000, Some(45_600_000)));
        assert_eq!(bar.bar.prefix(), "25 %, 6 s left");
        let numbers = "reading: 11.4 MB of 45.6 MB, 8,000 filings (4,000/s), 98,765 rows, 3 rejects";
        assert_eq!(bar.bar.message(), numbers);
    }
}
