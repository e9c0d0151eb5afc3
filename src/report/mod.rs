//! Figures of a data set, and a page that shows them: folder -> [`Figures`] -> HTML.
//!
//! The page is one file that needs no other: plots are inline SVG, colours follow the reader's preference for light or dark. It holds no
//! clock, so the same data set gives the same bytes.

mod bars;
mod figures;
mod files;
mod months;
mod page;
mod series;
#[cfg(test)]
mod tests;
mod text;

pub use figures::{Counts, Figures, Nulls, TopIssuer, Trades};
pub use months::Month;
pub use page::html;
