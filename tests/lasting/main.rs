//! What lasts: runs that are killed and resumed, data sets that grow, are compacted and verified.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test may panic")]

mod crash;
mod overwrite;
mod runs;
mod upkeep;
