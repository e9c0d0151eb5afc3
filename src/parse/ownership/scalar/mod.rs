//! The values that stand in fields: numbers, dates, flags, CIKs and codes.

mod code;
mod date;
mod flag;
mod number;

pub(super) use code::{Picklist, is_listed};
pub(super) use date::{Kind, date};
pub(super) use flag::flag;
pub(super) use number::number;

use crate::model::Code;

/// What a text says: a value, a doubt about it, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reading<T> {
    /// `None` where the text has no single reading.
    pub value: Option<T>,
    /// Why the value is not simply what the text says.
    pub doubt: Option<Code>,
}

impl<T> Reading<T> {
    fn clear(value: T) -> Self {
        Self { value: Some(value), doubt: None }
    }

    fn doubtful(value: T, doubt: Code) -> Self {
        Self { value: Some(value), doubt: Some(doubt) }
    }

    fn none(doubt: Code) -> Self {
        Self { value: None, doubt: Some(doubt) }
    }
}
