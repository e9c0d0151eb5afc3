//! Archives of many members.

mod data;
mod paged;
mod pax;
mod sparse;
pub(super) mod tar;
pub(super) mod zip;
mod zip_ends;
mod zip_front;
mod zip_member;
