//! Floor 2: bytes to model, pure. No I/O, no clock, no globals; any bytes whatever give a value, never a panic.

pub mod envelope;
pub mod header;
pub mod ownership;
pub mod rendered;
pub mod xml;
