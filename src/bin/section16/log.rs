//! What is said on standard error.

use crate::args::LogFormat;
use crate::paint::Paint;
use crate::terminal::{plain, stderr_has_colour};
use section16::pipeline::Report;
use serde_json::json;
use std::io::{Write, stderr};

/// How bad it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// Good to know.
    Info,
    /// The command could not do its work.
    Error,
}

impl LogFormat {
    /// Says something, as a line.
    pub fn say(self, level: Level, message: &str) {
        put(&self.line(level, message, Paint::new(stderr_has_colour())));
    }

    /// The line that says something, without its end.
    pub fn line(self, level: Level, message: &str, paint: Paint) -> String {
        match (self, level) {
            (Self::Text, Level::Info) => format!("section16: {}", plain(message)),
            (Self::Text, Level::Error) => format!("section16: {} {}", paint.bad("error:"), plain(message)),
            (Self::Json, level) => {
                let level = if level == Level::Error { "error" } else { "info" };
                json!({"event": "message", "level": level, "message": message}).to_string()
            }
        }
    }

    /// Says what a run did, where a program listens; for a person the command says it itself.
    pub fn report(self, report: &Report) {
        if self == Self::Json {
            put(&json!({"event": "report", "report": report.to_json()}).to_string());
        }
    }
}

/// Writes a line. Where standard error is gone there is nobody to tell.
fn put(line: &str) {
    let _ = writeln!(stderr(), "{line}");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines() {
        let line = |format: LogFormat, level| format.line(level, "a\n\"b\"", Paint::new(false));
        assert_eq!(line(LogFormat::Text, Level::Info), "section16: a \"b\"");
        assert_eq!(line(LogFormat::Text, Level::Error), "section16: error: a \"b\"");
        let golden = r#"{"event":"message","level":"error","message":"a\n\"b\""}"#;
        assert_eq!(line(LogFormat::Json, Level::Error), golden);
        assert!(line(LogFormat::Json, Level::Info).contains(r#""level":"info""#));
    }
}
