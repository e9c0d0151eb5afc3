//! Takes a caption off cells that were cut through words, so that the values of the box remain.
//!
//! A grid laid over wider boxes leaves cells such as `2. Issuer Palantir | Name a Technol | nd T ogie`: each holds a piece of
//! the caption's line and a piece of the value's line.

use super::lines::{Cell, Line};
use super::squeeze::squeeze;

/// What remains of the cells from that in which `caption` (squeezed) begins, until the caption is used up and one cell
/// more. `None` where less than most of the caption is there.
pub(super) fn peel(line: &Line, caption: &str) -> Option<String> {
    let head: String = caption.chars().take(6).collect();
    let from = line.cells.iter().position(|c| squeeze(&c.text).contains(&head))?;
    let mut used = 0;
    let mut out = String::new();
    for (n, cell) in line.cells.iter().skip(from).enumerate() {
        let neighbour = n > 0 && line.cells.get(from + n - 1).is_some_and(|p: &Cell| p.end != cell.x);
        if neighbour || used >= caption.len() && n > 0 && begins_box(&cell.text) {
            break;
        }
        let rest = remainder(&cell.text, caption, &mut used);
        append(&mut out, &rest);
    }
    (used * 10 >= caption.len() * 7).then_some(out)
}

fn begins_box(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_digit()) && text.get(1..2) == Some(".")
}

/// The words of a cell that are not the next words of the caption.
fn remainder(text: &str, caption: &str, used: &mut usize) -> String {
    let mut out = String::new();
    let mut numbered = *used == 0;
    for word in text.split_whitespace() {
        let squeezed = squeeze(word);
        if numbered && squeezed.bytes().all(|b| b.is_ascii_digit()) && out.is_empty() {
            continue;
        }
        let bare =
            if numbered { squeezed.trim_start_matches(|c: char| c.is_ascii_digit()) } else { &squeezed };
        let next = caption.get(*used..).unwrap_or_default();
        // The letter on the border may stand on both sides.
        let again = used.checked_sub(1).and_then(|u| caption.get(u..)).unwrap_or_default();
        if !bare.is_empty() && next.starts_with(bare) {
            *used += bare.len();
        } else if bare.len() > 1 && again.starts_with(bare) {
            *used += bare.len() - 1;
        } else {
            if !out.is_empty() {
                out.push(' ');
            }
            out.push_str(word);
        }
        numbered = numbered && *used == 0;
    }
    out
}

/// Joins pieces; the character on the border stands once.
fn append(out: &mut String, piece: &str) {
    let (Some(last), Some(first)) = (out.chars().last(), piece.chars().next()) else {
        return out.push_str(piece);
    };
    let goes_on =
        first.is_lowercase() || !first.is_alphanumeric() || first.is_ascii_digit() && last.is_ascii_digit();
    if last == first && last.is_alphanumeric() && goes_on && !first.is_ascii_digit() {
        out.push_str(piece.get(first.len_utf8()..).unwrap_or_default());
        return;
    }
    if !goes_on || first == '[' {
        out.push(' ');
    }
    out.push_str(piece);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parse::rendered::lines::lines;

    #[test]
    fn the_value_remains() {
        let line = &lines(
            "1. Name and Address of Re DOE JANE\tporting Perso\tn\t2. Issuer Palantic\tName a Technol\tnd T ogie\ticker or Trad es Inc. [PLTC]\ting Symbol\t\t5.Rela",
        )[0];
        let got = peel(line, "issuernameandtickerortradingsymbol").unwrap();
        assert_eq!(got, "Palantic Technologies Inc. [PLTC]");
        assert_eq!(peel(line, "dateofearliesttransaction"), None);
    }
}
