//! The reporting owners: the table of that name, the boxes at the head, and the blocks for further owners.

use super::address::{Address, address_line, city_line, city_line_before, from_joined, from_lines};
use super::boxes::{Boxes, is_print};
use super::captions::Box;
use super::letters::{Letters, Phrase};
use super::lines::{Line, Ruling};
use super::page::Page;
use super::squeeze::squeeze;
use std::ops::Range;

/// Owners beyond this are no filing.
const MOST: usize = 100;

/// Where the four headings stand, in which kind of line, of how many cells.
type Places = ([(usize, usize); 4], Ruling, usize);

/// What stands beside an address: see [`Entry`].
type Marks = (Option<[Option<String>; 4]>, Option<String>, bool, Option<String>);

/// An owner of the table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Entry {
    /// Name and address.
    pub address: Address,
    /// What stands under Director, 10% Owner, Officer, Other; `None` where the places cannot be told.
    pub under: Option<[Option<String>; 4]>,
    /// The only text beside the address that is no mark: a title, or what explains Other.
    pub beside: Option<String>,
    /// In a bad copy two marks stand beside the address: of the four columns only the first two hold marks.
    pub both: bool,
    /// In a bad copy an office stands beside the name: only the column Officer holds one.
    pub office: Option<String>,
}

/// Words of offices, squeezed.
const OFFICES: &[&str] = &[
    "president",
    "officer",
    "chief",
    "ceo",
    "cfo",
    "coo",
    "treasurer",
    "secretary",
    "counsel",
    "controller",
];

/// Name and address in the first box.
pub(super) fn first_box(boxes: &Boxes<'_>, nth: usize) -> Address {
    let clean = |lines: Vec<String>| -> Vec<String> {
        lines
            .into_iter()
            .map(|l| l.trim_start_matches(['*', '~', ' ']).to_owned())
            .filter(|l| !is_print(l))
            .collect()
    };
    let owner = clean(boxes.nth(Box::Owner, nth));
    let street = clean(boxes.nth(Box::Last, nth));
    let city = clean(boxes.nth(Box::Street, nth));
    if street.is_empty() && city.is_empty() {
        return from_lines(&owner, if boxes.keeps_lines() { "\n" } else { " " });
    }
    let mut out = Address { name: owner.into_iter().next(), ..Address::default() };
    // The cells of a page of tags keep their lines.
    out.street = Some(street.join(if boxes.keeps_lines() { "\n" } else { " " })).filter(|s| !s.is_empty());
    let city = city.join(" ");
    if let Some((city, state, zip)) = city_line(&city).or_else(|| city_line_before(&city)) {
        (out.city, out.state, out.zip) = (Some(city), Some(state), Some(zip));
    }
    out
}

/// The table "Reporting Owners". `known` helps to take joined addresses apart.
pub(super) fn table(page: &Page, range: Range<usize>, known: &Address) -> Vec<Entry> {
    let mut drafts: Vec<Vec<String>> = Vec::new();
    let mut marks: Vec<Marks> = Vec::new();
    let mut places: Option<Places> = None;
    let mut open = false;
    for at in range {
        let Some(line) = page.lines.get(at).filter(|l| !l.is_blank()) else { continue };
        let squeezed = page.squeezed(at);
        if is_heading(squeezed) {
            places = headings(line).map(|p| (p, line.ruling, line.width)).or(places);
            open = false;
            continue;
        }
        // Headings and marks that stand in lines of their own say nothing about places.
        if matches!(&**squeezed, "director" | "10owner" | "officer" | "other" | "relationships" | "x") {
            continue;
        }
        let (mut address, others) = left_of(line, places.as_ref().map(|p| p.0));
        if page.scan {
            address = without_marks(&address);
        }
        if address.is_empty() && others.is_empty() {
            continue;
        }
        if !open {
            drafts.push(Vec::new());
            let office = if page.scan { office(line) } else { None };
            let both = page.scan && line.cells.iter().map(|c| marks_in(&c.text)).sum::<usize>() == 2;
            marks.push((places.and_then(|p| under(line, &others, &p)), text_beside(&others), both, office));
        } else if let Some((Some(slots), ..)) = marks.last_mut() {
            continue_titles(slots, &others);
        }
        let Some(draft) = drafts.last_mut() else { continue };
        let cut = page.cut && is_cut_off(line, &others);
        draft.extend(address.lines().map(|l| l.trim().to_owned()).filter(|l| !l.is_empty()));
        if cut {
            without_street(draft);
        }
        open = draft.last().is_none_or(|l| address_line(l).is_none());
    }
    finish(drafts, marks, known)
}

fn text_beside(cells: &[(String, usize, usize)]) -> Option<String> {
    let mut texts = cells.iter().filter(|c| c.0.chars().filter(|c| c.is_alphabetic()).count() > 2);
    texts.next().filter(|_| texts.next().is_none()).map(|c| c.0.replace('\n', " "))
}

/// What stands behind a ruling line in the first line of the address, which was read as a quote, if it names an office.
fn office(line: &Line) -> Option<String> {
    let (_, title) = line.cells.first()?.text.lines().next()?.split_once(" ‘")?;
    let named = title.split_whitespace().any(|w| OFFICES.contains(&squeeze(w).as_str()));
    named.then(|| title.trim().to_owned())
}

/// Whether the lines of the address go on in the next cell.
fn is_cut_off(line: &Line, others: &[(String, usize, usize)]) -> bool {
    let end = line.cells.first().filter(|c| c.text.contains('\n')).map(|c| c.end);
    others.first().is_some_and(|(text, x, _)| Some(*x) == end && marks_in(text) == 0)
}

/// Leaves the name and the line of the city: which lines of the street were cut cannot be told.
fn without_street(lines: &mut Vec<String>) {
    let mut at = 0;
    lines.retain(|line| {
        at += 1;
        at == 1 || city_line(line).is_some()
    });
}

/// How many words are marks.
fn marks_in(text: &str) -> usize {
    text.split_whitespace().filter(|w| is_marked(w)).count()
}

fn is_marked(word: &str) -> bool {
    matches!(word, "x" | "X" | "Xx" | "xX")
}

/// The lines of an address without the marks beside it, which a bad copy leaves in its cell.
fn without_marks(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let mut words: Vec<&str> = line.split_whitespace().collect();
        while words.last().is_some_and(|w| is_marked(w)) {
            words.pop();
        }
        let line = super::scan::bare(&words.join(" "));
        // A quote that nothing opens is a ruling line: what follows is a title.
        line.split_once(" ‘").map_or(line.clone(), |l| l.0.to_owned())
    });
    lines.filter(|l| !l.is_empty()).collect::<Vec<_>>().join("\n")
}

fn finish(drafts: Vec<Vec<String>>, marks: Vec<Marks>, known: &Address) -> Vec<Entry> {
    let mut out: Vec<Entry> = Vec::new();
    let mut seen = vec![known.clone()];
    for (lines, (under, beside, both, office)) in drafts.into_iter().zip(marks).take(MOST) {
        let address = match lines.as_slice() {
            [one] => from_joined(one, &seen),
            [first, second]
                if city_line(second).is_some()
                    && known.name.as_deref().is_some_and(|n| first.len() > n.len()) =>
            {
                from_joined(&format!("{first} {second}"), &seen)
            }
            lines => from_lines(lines, " "),
        };
        // A title beside the addresses may stand alone; an owner has a city.
        if address.name.is_none() || under.is_none() && address.city.is_none() {
            continue;
        }
        seen.push(address.clone());
        out.push(Entry { address, under, beside, both, office });
    }
    out
}

fn is_heading(s: &Letters) -> bool {
    const HEADINGS: [Phrase; 4] =
        Phrase::all(["reportingowner", "ownername", "director10", "10ownerofficer"]);
    const WHOLE: Phrase = Phrase::new("reportingownernameaddress");
    s.has_any(&HEADINGS) || &**s == "relationships" || s.resembles(&WHOLE, 10)
}

/// Where the four headings stand.
fn headings(line: &Line) -> Option<[(usize, usize); 4]> {
    let mut out = [(0, 0); 4];
    for (slot, want) in out.iter_mut().zip(["director", "10owner", "officer", "other"]) {
        let cell = line.cells.iter().find(|c| squeeze(&c.text) == want)?;
        *slot = (cell.x, cell.end);
    }
    Some(out)
}

/// The text at the left and the cells right of it with their places.
fn left_of(line: &Line, places: Option<[(usize, usize); 4]>) -> (String, Vec<(String, usize, usize)>) {
    let border = places.map(|p| p[0].0);
    let mut left = String::new();
    let mut others = Vec::new();
    for (n, cell) in line.cells.iter().enumerate() {
        let short = squeeze(&cell.text) == "x";
        let right = match (border, line.ruling) {
            (Some(border), Ruling::Blanks) => cell.x + 12 > border && n > 0 || short,
            (_, Ruling::Blanks) => n > 0,
            _ => cell.x > 0,
        };
        if right || short {
            others.push((cell.text.clone(), cell.x, cell.end));
        } else {
            if !left.is_empty() {
                left.push(' ');
            }
            left.push_str(&cell.text);
        }
    }
    (left, others)
}

/// Which of the headings each cell stands under; `None` where one stands under none.
fn under(
    line: &Line,
    cells: &[(String, usize, usize)],
    (places, ruling, width): &Places,
) -> Option<[Option<String>; 4]> {
    if line.ruling != *ruling || *ruling != Ruling::Blanks && line.width != *width {
        return None;
    }
    let mut out: [Option<String>; 4] = Default::default();
    for (text, x, end) in cells {
        let near = |p: &(usize, usize)| usize::abs_diff(p.0 + p.1, x + end) / 2;
        let (at, place) = places.iter().enumerate().min_by_key(|(_, p)| near(p))?;
        if *ruling != Ruling::Blanks && place.0 != *x {
            return None;
        }
        *out.get_mut(at)? = Some(text.replace('\n', " "));
    }
    Some(out)
}

/// A title that runs over several lines.
fn continue_titles(slots: &mut [Option<String>; 4], cells: &[(String, usize, usize)]) {
    let open = |s: &Option<String>| s.as_ref().is_some_and(|t| squeeze(t) != "x");
    let mut texts = slots.iter_mut().filter(|s| open(s));
    if let (Some(Some(slot)), None, [(text, ..)]) = (texts.next(), texts.next(), cells) {
        slot.push(' ');
        slot.push_str(text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entries(text: &str, known: &Address) -> Vec<Entry> {
        let page = Page::new(text);
        table(&page, page.parts().owners, known)
    }

    #[test]
    fn owners_of_a_grid() {
        let text = "Reporting Owners\nReporting Owner Name / Address\tRelationships\t\t\t\n\tDirector\t10% Owner\tOfficer\tOther\n\
                    Doe Jane C/O ACME INC. 7 ELM COURT BIG SUR, CA 94043\tX\t\tCEO\t\nSignatures";
        let known =
            Address { name: Some("Doe Jane".into()), city: Some("BIG SUR".into()), ..Address::default() };
        let got = entries(text, &known);
        assert_eq!(got.len(), 1);
        assert_eq!(got[0].address.street.as_deref(), Some("C/O ACME INC. 7 ELM COURT"));
        assert_eq!(got[0].under, Some([Some("X".into()), None, Some("CEO".into()), None]));
    }

    #[test]
    fn two_marks_are_those_of_the_first_two_columns() {
        let debris = "11,733]\n".repeat(3);
        let both = |marks: &str| {
            let text = format!(
                "{debris}Reporting Owners\n|Doe Jane{marks}|\n|---|\n|7 ELM COURT|\n|BIG SUR, CA 94043|\nSignatures"
            );
            entries(&text, &Address::default()).into_iter().map(|e| e.both).collect::<Vec<_>>()
        };
        assert_eq!((both("<br>x<br>Xx"), both("<br>x"), both("")), (vec![true], vec![false], vec![false]));
    }

    #[test]
    fn an_office_stands_behind_a_ruling_line() {
        let debris = "11,733]\n".repeat(3);
        let office = |beside: &str| {
            let text = format!(
                "{debris}Reporting Owners\nDoe Jane{beside}\n7 ELM COURT\nBIG SUR, CA 94043\nSignatures"
            );
            let entry = entries(&text, &Address::default()).remove(0);
            (entry.address.name, entry.office)
        };
        let name = || Some("Doe Jane".to_owned());
        assert_eq!(office(" ‘Vice President, CFO"), (name(), Some("Vice President, CFO".to_owned())));
        assert_eq!(office(" ‘See Remarks"), (name(), None));
    }

    #[test]
    fn a_street_that_goes_on_in_the_next_cell_is_lost() {
        let address = |beside: &str| {
            let cell = "Doe Jane<br>7 ELM COURT, SUI<br>BIG SUR, CA 94043";
            let cut = "|Name and Addr|ess of Rep|\n".repeat(4);
            let text = format!("{cut}Reporting Owners\n|{cell}|{beside}|\nSignatures");
            entries(&text, &Address::default()).remove(0).address
        };
        assert_eq!((address("TE 2").street, address("TE 2").city.as_deref()), (None, Some("BIG SUR")));
        assert_eq!(address("x").street.as_deref(), Some("7 ELM COURT, SUI"));
    }

    #[test]
    fn owners_over_several_lines() {
        let text = "Reporting Owners\n                              Relationships\n\
                    Reporting Owner Name / Address   Director    10% Owner    Officer     Other\n\
                    Doe Jane                            X                      CEO\nC/O ACME INC.\n7 ELM COURT\nBIG SUR, CA 94043\n\
                    Roe Fund LP                                    X\n7 ELM COURT\nBIG SUR, CA 94043\nSignatures";
        let got = entries(text, &Address::default());
        assert_eq!(got.len(), 2);
        assert_eq!(got[0].address.street.as_deref(), Some("C/O ACME INC. 7 ELM COURT"));
        assert_eq!(got[0].under.as_ref().unwrap()[2].as_deref(), Some("CEO"));
        assert_eq!(got[1].address.name.as_deref(), Some("Roe Fund LP"));
        assert_eq!(got[1].under.as_ref().unwrap()[1].as_deref(), Some("X"));
    }
}
