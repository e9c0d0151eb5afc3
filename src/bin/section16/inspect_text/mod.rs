//! A filing as a person reads it.

mod cell;
mod head;
mod notes;
mod rows;

use crate::grid::Grid;
use crate::paint::Paint;
use section16::model::{Filing, Origin};

pub use notes::{other_text, reject_text};

/// How text is laid out.
#[derive(Clone, Copy, Debug)]
pub struct Layout {
    /// Columns of a line.
    pub width: usize,
    /// Colour.
    pub paint: Paint,
}

/// Spaces before every line under a heading.
const INDENT: usize = 2;

/// All that section16 read in a filing, and what was repaired and why.
pub fn filing_text(filing: &Filing, origin: &Origin, layout: Layout) -> String {
    let sections = [
        head::head(filing, origin, layout),
        head::owners(filing, layout),
        rows::table(filing, false, layout),
        rows::table(filing, true, layout),
        notes::footnotes(filing, layout),
        notes::remarks(filing, layout),
        notes::signatures(filing, layout),
        notes::diagnostics(filing, layout),
    ];
    sections.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// A section: its heading and its body.
fn section(title: &str, body: &str, layout: Layout) -> Option<String> {
    Some(format!("{}\n{body}", layout.paint.bold(title)))
}

/// A table as it fits the lines: whole, or as records behind its first `lead` columns. Empty columns are left out.
fn body(grid: Grid, lead: usize, layout: Layout) -> String {
    let grid = grid.without_empty_columns();
    if grid.fits(layout.width, INDENT) {
        grid.render(layout.width, INDENT, layout.paint)
    } else {
        grid.records(lead, layout.width, INDENT)
    }
}

#[cfg(test)]
mod tests;
