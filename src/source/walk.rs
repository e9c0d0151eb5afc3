//! One walk through a file, down into all archives that it holds.

use super::budget::Budget;
use super::codec::{Codec, Decoder, Spares};
use super::container::{tar, zip};
use super::fault::Fault;
use super::kind::{Kind, PROBE};
use super::limits::{Counters, Limits};
use super::promise::{is_wreck, promised};
use super::visit::{Body, Damage, Entry, Visit};
use super::window::Window;
use crate::reject::Reason;
use std::io::{self, Read};
use std::ops::ControlFlow;
use std::ops::ControlFlow::Continue;

/// Buffers and decoders that are kept from one file to the next.
#[derive(Default)]
pub(super) struct Pool {
    buffers: Vec<Vec<u8>>,
    pub spares: Spares,
}

impl Pool {
    /// A buffer with any contents.
    pub fn take(&mut self) -> Vec<u8> {
        self.buffers.pop().unwrap_or_default()
    }

    /// Keeps a buffer for later.
    pub fn keep(&mut self, buffer: Vec<u8>) {
        if !buffer.is_empty() {
            self.buffers.push(buffer);
        }
    }
}

/// A walk through one file.
pub(super) struct Walk<'a> {
    pub limits: &'a Limits,
    pub counters: &'a Counters,
    pub budget: &'a Budget,
    pub pool: &'a mut Pool,
    visitor: &'a mut dyn Visit,
    /// The name of the file.
    file: &'a str,
    /// The chain of members down to where the walk stands.
    member: String,
    /// Where in it the name of the innermost member begins.
    innermost: usize,
    /// Compressions that were undone in that member, or in the file where there is none.
    undone: usize,
    next_number: u64,
}

impl<'a> Walk<'a> {
    pub fn new(
        limits: &'a Limits,
        counters: &'a Counters,
        budget: &'a Budget,
        pool: &'a mut Pool,
        file: &'a str,
        visitor: &'a mut dyn Visit,
    ) -> Self {
        let member = String::new();
        Self {
            limits,
            counters,
            budget,
            pool,
            visitor,
            file,
            member,
            innermost: 0,
            undone: 0,
            next_number: 0,
        }
    }

    /// Shows what `window` holds, which lies in `depth` compressions and archives.
    pub fn show(&mut self, window: &mut Window<'_>, depth: usize) -> ControlFlow<()> {
        let kind = Kind::of(window.fill(PROBE));
        match kind {
            _ if self.budget.is_spent() => Continue(()),
            Kind::Plain if self.is_wreck(window) => {
                let message = "the name promises an archive or compressed data, and the content is neither that nor text; \
                     its start is damaged, so get it again";
                self.damage(Fault::damaged(message), 0)
            }
            Kind::Plain => self.entry(window),
            _ if depth >= self.limits.max_depth => {
                let limit = self.limits.max_depth;
                let message = format!(
                    "more than {limit} compressions and archives lie in one another; unpack it, or raise --max-depth"
                );
                self.damage(Fault::new(Reason::NestedTooDeep, message), 0)
            }
            Kind::Compressed(codec) => self.decompress(codec, window, depth + 1),
            Kind::Tar => tar::show(self, window, depth + 1),
            Kind::Zip => zip::show(self, window, depth + 1),
            Kind::Foreign(name) => {
                let message = format!("archives of the kind {name} cannot be read; unpack it first");
                self.damage(Fault::unsupported(message), 0)
            }
        }
    }

    /// Shows, by `show`, a member of an archive.
    pub fn member(&mut self, name: &str, show: impl FnOnce(&mut Self) -> ControlFlow<()>) -> ControlFlow<()> {
        let (length, innermost, undone) = (self.member.len(), self.innermost, self.undone);
        if length > 0 {
            self.member.push('!');
        }
        (self.innermost, self.undone) = (self.member.len(), 0);
        self.member.push_str(name);
        let flow = show(self);
        self.member.truncate(length);
        (self.innermost, self.undone) = (innermost, undone);
        flow
    }

    /// Shows what comes out of `source`, which lies in `depth` compressions and archives.
    pub fn stream(&mut self, source: &mut dyn Read, depth: usize) -> ControlFlow<()> {
        let mut window = Window::over(source, self.pool.take());
        let flow = self.show_checked(&mut window, depth);
        self.pool.keep(window.into_buffer());
        flow
    }

    /// Like [`Walk::show`], and reports what is wrong with the window, should that have escaped those who read it.
    pub fn show_checked(&mut self, window: &mut Window<'_>, depth: usize) -> ControlFlow<()> {
        self.show(window, depth)?;
        match window.fault().cloned() {
            Some(fault) => self.damage(fault, window.consumed()),
            None => Continue(()),
        }
    }

    /// Reports what is wrong with the member where the walk stands, unless that has been done.
    pub fn damage(&mut self, fault: Fault, offset: u64) -> ControlFlow<()> {
        let number = self.next_number;
        self.report(fault, number, offset)
    }

    fn decompress(&mut self, codec: Codec, window: &mut Window<'_>, depth: usize) -> ControlFlow<()> {
        let mut decoder = Decoder::new(codec, window, self.limits, self.budget, &mut self.pool.spares);
        self.undone += 1;
        let mut flow = self.stream(&mut decoder, depth);
        self.undone -= 1;
        if flow.is_continue()
            && let Some((fault, offset)) = decoder.rest_fault()
        {
            flow = self.damage(fault, offset);
        }
        decoder.keep(&mut self.pool.spares);
        flow
    }

    /// Whether what is of no kind that is known should be an archive by its name. Where something else is known to be wrong
    /// with it, that is told.
    fn is_wreck(&self, window: &Window<'_>) -> bool {
        let name = if self.member.is_empty() { Some(self.file) } else { self.member.get(self.innermost..) };
        promised(name.unwrap_or_default()) > self.undone
            && window.fault().is_none()
            && is_wreck(window.held())
    }

    fn entry(&mut self, window: &mut Window<'_>) -> ControlFlow<()> {
        let number = self.next_number;
        let is_small = window.fill(self.limits.max_inline).len() < self.limits.max_inline;
        if is_small && window.is_whole() {
            self.counters.add_shown(window.held().len());
            self.next_number += 1;
            let body = Body::Bytes(window.held());
            return self.visitor.entry(Entry { member: member(&self.member), number, body });
        }
        if !window.held().is_empty() {
            self.next_number += 1;
            let mut counted = Counted { window, counters: self.counters };
            let body = Body::Stream(&mut counted);
            self.visitor.entry(Entry { member: member(&self.member), number, body })?;
            io::copy(&mut counted, &mut io::sink()).ok();
        }
        match window.fault().cloned() {
            Some(fault) => self.report(fault, number, window.consumed()),
            None => Continue(()),
        }
    }

    fn report(&mut self, fault: Fault, number: u64, offset: u64) -> ControlFlow<()> {
        if self.counters.is_stopped() {
            return ControlFlow::Break(());
        }
        let Some(message) = fault.report() else { return Continue(()) };
        self.next_number = self.next_number.max(number + 1);
        let member = member(&self.member).map(str::to_owned);
        self.visitor.damage(Damage { reason: fault.reason(), member, number, offset, message })
    }
}

fn member(chain: &str) -> Option<&str> {
    (!chain.is_empty()).then_some(chain)
}

/// Counts what is read from a window.
struct Counted<'a, 'w> {
    window: &'a mut Window<'w>,
    counters: &'a Counters,
}

impl Read for Counted<'_, '_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let n = self.window.read(into)?;
        self.counters.add_shown(n);
        Ok(n)
    }
}
