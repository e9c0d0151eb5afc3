//! How sure a value is.

/// How a value came out of the print.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Level {
    /// As printed.
    Read,
    /// Not as printed, but with one reading only.
    Repaired,
}

/// A value with the way it was come by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reading<T> {
    /// The value.
    pub value: T,
    /// How sure it is.
    pub level: Level,
}

impl<T> Reading<T> {
    /// A value as printed.
    pub fn read(value: T) -> Self {
        Self { value, level: Level::Read }
    }

    /// A value that took a repair.
    pub fn repaired(value: T) -> Self {
        Self { value, level: Level::Repaired }
    }
}
