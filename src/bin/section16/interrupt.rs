//! Ctrl-C and SIGTERM.

use crate::exit::Exit;
use section16::pipeline::Monitor;
use std::sync::Arc;

/// Lets the first Ctrl-C, SIGTERM or SIGHUP stop the run, and the second one end the program at once.
///
/// It says nothing itself: what watches the run sees that it was stopped and speaks. Where the system refuses a handler,
/// signals end the program as they do without one.
pub fn stop_on_signal(monitor: &Arc<Monitor>) {
    let monitor = Arc::clone(monitor);
    let _ = ctrlc::set_handler(move || {
        if monitor.is_stopped() {
            std::process::exit(Exit::Failed.code().into());
        }
        monitor.stop();
    });
}
