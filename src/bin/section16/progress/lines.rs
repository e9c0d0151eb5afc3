//! Progress as lines, for logs and other programs.

use super::Display;
use super::view::View;
use crate::args::LogFormat;
use crate::log::Level;
use crate::paint::Paint;
use serde_json::{Value, json};
use std::io::Write;
use std::time::Duration;

/// A line for a person every few seconds.
pub struct Plain<W> {
    out: W,
}

/// A JSON object a line every second, and one at the end.
pub struct Json<W> {
    out: W,
}

/// Nothing but what must be said.
pub struct Silent<W> {
    out: W,
    log: LogFormat,
}

/// Writes a line. Where standard error is gone there is nobody to tell.
fn put(out: &mut impl Write, line: &str) {
    let _ = writeln!(out, "{line}");
}

fn line(log: LogFormat, message: &str) -> String {
    log.line(Level::Info, message, Paint::new(false))
}

impl<W: Write> Plain<W> {
    pub fn new(out: W) -> Self {
        Self { out }
    }
}

impl<W: Write> Display for Plain<W> {
    fn delay(&self) -> Duration {
        Duration::from_secs(3)
    }

    fn interval(&self) -> Duration {
        Duration::from_secs(5)
    }

    fn show(&mut self, view: &View) {
        let line = format!("{}: {} ({}), {}", view.phase(), view.amount(), view.share(), view.yielded());
        put(&mut self.out, &line);
    }

    fn say(&mut self, message: &str) {
        put(&mut self.out, &line(LogFormat::Text, message));
    }

    fn close(&mut self, _: &View) {}
}

impl<W: Write> Json<W> {
    pub fn new(out: W) -> Self {
        Self { out }
    }
}

impl<W: Write> Display for Json<W> {
    fn delay(&self) -> Duration {
        Duration::from_secs(1)
    }

    fn interval(&self) -> Duration {
        Duration::from_secs(1)
    }

    fn show(&mut self, view: &View) {
        put(&mut self.out, &event(view, view.phase()).to_string());
    }

    fn say(&mut self, message: &str) {
        put(&mut self.out, &line(LogFormat::Json, message));
    }

    fn close(&mut self, view: &View) {
        put(&mut self.out, &event(view, "over").to_string());
    }
}

fn event(view: &View, phase: &str) -> Value {
    let p = &view.progress;
    json!({
        "event": "progress",
        "phase": phase,
        "seconds": view.elapsed.as_secs_f64(),
        "files_found": p.files_found,
        "bytes_found": p.bytes_found,
        "found_all": p.found_all,
        "files_done": p.files_done,
        "bytes_done": p.bytes_done,
        "entries": p.entries,
        "filings": p.filings,
        "rows": p.rows,
        "rejects": p.rejects,
        "rows_written": p.rows_written,
        "filings_per_second": view.filings_per_second,
        "seconds_left": view.left.map(|left| left.as_secs_f64()),
    })
}

impl<W: Write> Silent<W> {
    pub fn new(out: W, log: LogFormat) -> Self {
        Self { out, log }
    }
}

impl<W: Write> Display for Silent<W> {
    fn delay(&self) -> Duration {
        Duration::MAX
    }

    fn interval(&self) -> Duration {
        Duration::ZERO
    }

    fn show(&mut self, _: &View) {}

    fn say(&mut self, message: &str) {
        put(&mut self.out, &line(self.log, message));
    }

    fn close(&mut self, _: &View) {}
}

#[cfg(test)]
mod tests {
    use super::super::view::tests::view;
    use super::*;

    #[test]
    fn plain_lines() {
        let mut plain = Plain::new(Vec::new());
        plain.show(&view());
        plain.say("stopping");
        plain.close(&view());
        let golden = "\
reading: 11.4 MB of 45.6 MB (25 %, 6 s left), 8,000 filings (4,000/s), 98,765 rows, 3 rejects
section16: stopping
";
        assert_eq!(String::from_utf8(plain.out).unwrap(), golden);
    }

    #[test]
    fn json_lines() {
        let mut json = Json::new(Vec::new());
        json.show(&view());
        json.say("stopping");
        json.close(&view());
        let text = String::from_utf8(json.out).unwrap();
        let lines: Vec<Value> = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert_eq!(lines.len(), 3);
        assert_eq!(lines[0]["phase"], "reading");
        assert_eq!(lines[0]["bytes_done"], 11_400_000);
        assert_eq!(lines[0]["filings_per_second"], 4000.0);
        assert_eq!(lines[0]["seconds_left"], 6.0);
        assert_eq!(lines[1], json!({"event": "message", "level": "info", "message": "stopping"}));
        assert_eq!(lines[2]["phase"], "over");
    }

    #[test]
    fn silence_is_broken_only_by_messages() {
        let mut silent = Silent::new(Vec::new(), LogFormat::Text);
        silent.show(&view());
        silent.close(&view());
        assert!(silent.out.is_empty());
        silent.say("stopping");
        assert_eq!(silent.out, b"section16: stopping\n");
    }
}
