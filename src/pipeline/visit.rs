//! Input to outcomes, one after another.

use super::gate::Gate;
use super::outcomes::{Outcomes, Take};
use super::{Monitor, ReadOptions};
use crate::error::{ErrorKind, Result};
use crate::model::Origin;
use crate::parse::submission::Outcome;
use crate::source::{Discover, Found, Reader, Visit, path_text};
use std::ops::ControlFlow;

/// Reads what is found on the calling thread and shows `each` what became of every entry, in the order in which it is found.
///
/// [`ControlFlow::Break`] ends the visit. The options' threads and limit of rejects do not count here.
///
/// ```
/// use section16::parse::submission::Outcome;
/// use section16::pipeline::{Monitor, ReadOptions, visit};
/// use section16::source::Discover;
/// use std::ops::ControlFlow;
///
/// # fn main() -> section16::Result<()> {
/// let mut issuers = Vec::new();
/// let found = Discover::new(["examples/edgar".into()])?;
/// visit(found, &ReadOptions::default(), &Monitor::new(), &mut |_origin, outcome| {
///     if let Outcome::Filing(filing) = outcome {
///         issuers.extend(filing.issuer_name.map(|name| name.into_owned()));
///     }
///     ControlFlow::Continue(())
/// })?;
/// assert!(!issuers.is_empty());
/// # Ok(())
/// # }
/// ```
///
/// # Errors
///
/// Where the monitor was told to stop, or an object store cannot be read.
pub fn visit(
    mut found: Discover,
    options: &ReadOptions,
    monitor: &Monitor,
    each: &mut dyn FnMut(&Origin<'_>, Outcome<'_>) -> ControlFlow<()>,
) -> Result<()> {
    let mut reader = Reader::new(options.limits.clone(), monitor.counters().clone());
    let (mut window, gate) = (Vec::new(), Gate::default());
    let mut shown = Shown { each, monitor };
    for item in &mut found {
        let flow = match item {
            Found::File { path, size, .. } => {
                monitor.found(size.unwrap_or(0));
                let text = path_text(&path);
                let mut outcomes = Outcomes::new(&mut shown, options, &mut window, &gate, &text);
                let flow = match reader.open(&path) {
                    Ok(opened) => opened.visit(&mut outcomes),
                    Err(damage) => outcomes.damage(damage),
                };
                monitor.file_done();
                flow
            }
            Found::Lost { path, reject } => {
                let path = path_text(&path);
                let origin = Origin { path: &path, member: None, entry: 0, offset: 0, bytes: 0 };
                shown.outcome(&origin, Outcome::Reject(reject), &[])
            }
        };
        if let Some(failure) = monitor.counters().take_failure() {
            return Err(failure);
        }
        if flow.is_break() {
            break;
        }
    }
    if let Some(failure) = found.take_failure() {
        return Err(failure);
    }
    if monitor.is_stopped() { Err(ErrorKind::Interrupted.into()) } else { Ok(()) }
}

struct Shown<'s> {
    each: &'s mut dyn FnMut(&Origin<'_>, Outcome<'_>) -> ControlFlow<()>,
    monitor: &'s Monitor,
}

impl Take for Shown<'_> {
    fn outcome(&mut self, origin: &Origin<'_>, outcome: Outcome<'_>, _bytes: &[u8]) -> ControlFlow<()> {
        self.monitor.entry();
        (self.each)(origin, outcome)?;
        if self.monitor.is_stopped() { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    }
}
