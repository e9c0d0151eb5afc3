//! What of an invented filing a print of that time can state.

use crate::synth::calendar::Day;
use crate::synth::model::{Boxes, Cell, Filing, Flag, Owner, Print, Row, Text};
use crate::synth::number::Number;
use crate::synth::rng::Rng;
use crate::synth::style::LineEnd;
use crate::synth::world::World;
use crate::synth::{story, words};

/// A printed filing: electronic filing began in 1996, and XML replaced print in the middle of 2003.
pub(in crate::synth) fn tell<'w>(world: &'w World, seed: u64, number: u64, rng: &mut Rng) -> Filing<'w> {
    let day = Day::new(1996, 5, 1).plus(rng.below(2600) as i32).weekday_before();
    let mut filing = story::tell(world, seed, number, day, 0.0);
    let print = match day.year() {
        2002.. => Print::Html,
        _ => rng.pick(&[Print::Bars, Print::Marks]),
    };
    reduce(&mut filing, print);
    filing
}

fn reduce(filing: &mut Filing<'_>, print: Print) {
    let (is_three, is_five) = (filing.form.is_three(), filing.form.is_five());
    let is = |flag: Option<Flag>| Some(checked(flag.is_some_and(|flag| flag.value == Some(true))));
    filing.boxes = Boxes {
        no_securities: None,
        not_subject: is(filing.boxes.not_subject).filter(|_| !is_three),
        form3_reported: is(filing.boxes.form3_reported).filter(|_| is_five),
        form4_reported: is(filing.boxes.form4_reported).filter(|_| is_five),
        aff10b5_one: None,
    };
    filing.print = Some(print);
    filing.schema = "";
    filing.accepted = None;
    filing.symbol = filing.company.symbol.clone().into();
    filing.remarks = None;
    filing.attachments.clear();
    filing.signatures.truncate(1);
    filing.owners.truncate(1);
    filing.owners.iter_mut().for_each(owner);
    filing.footnotes.iter_mut().for_each(ascii);
    for row in &mut filing.rows {
        reduce_row(row, is_three);
    }
    filing.rows.sort_by_key(|row| row.is_derivative);
    filing.filename = if print == Print::Html { "form.htm" } else { "form.txt" };
    filing.description = Some("STATEMENT OF OWNERSHIP");
    filing.style.line_end = match filing.style.line_end {
        LineEnd::Cr => LineEnd::Lf,
        end => end,
    };
}

/// Three decimals of a small number might be thousands behind a stop typed for a comma.
fn without_stop(number: Number) -> Number {
    if number.decimals == 3 { Number::whole(number.units / 1000) } else { number }
}

fn checked(value: bool) -> Flag {
    Flag { value: Some(value), printed: "" }
}

/// An owner with an address at home and four boxes.
fn owner(owner: &mut Owner) {
    let address = &mut owner.address;
    if address.country.take().is_some() {
        (address.city, address.state) = (words::PLACE[0].0, words::PLACE[0].1);
        address.zip = format!("{}17", words::PLACE[0].2);
    }
    owner.state_description = None;
    owner.good_address = None;
    let is = |flag: Option<Flag>| flag.is_some_and(|flag| flag.value == Some(true));
    owner.is_director = Some(checked(is(owner.is_director)));
    owner.is_officer = Some(checked(is(owner.is_officer)));
    owner.is_ten_percent = Some(checked(is(owner.is_ten_percent)));
    owner.is_other = Some(checked(false));
    owner.other_text = None;
    owner.officer_title = owner.officer_title.take().filter(|_| is(owner.is_officer));
    owner.former_name = None;
}

/// Typewriters knew no other letters, and a note is one paragraph.
fn ascii(note: &mut Text) {
    let first = note.lines().next().unwrap_or_default();
    let plain = |letter| match letter {
        '\u{2019}' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        '\u{e9}' => 'e',
        '\u{e3}' => 'a',
        letter => letter,
    };
    *note = first.chars().map(plain).collect::<String>().into();
}

/// Leaves what has a column.
fn reduce_row(row: &mut Row, is_three: bool) {
    row.form_type = None;
    row.swap = None;
    row.coding_marks.clear();
    row.deemed_date = Cell::absent();
    let is_early = row.timeliness.value.as_deref() == Some("E");
    row.timeliness = if is_early { Cell::full("E".into()) } else { Cell::absent() };
    if !row.is_holding && row.shares.value.is_none() {
        row.shares = Cell::full(Number::whole(100));
    }
    row.total_value = Cell::absent();
    if row.is_derivative && row.underlying_shares.value.is_none() {
        row.underlying_shares = Cell::full(Number::whole(100));
    }
    row.underlying_value = Cell::absent();
    if row.value_after.value.is_some() {
        row.shares_after = Cell::full(Number::whole(100));
    }
    row.value_after = Cell::absent();
    if is_three && row.is_derivative {
        row.shares_after = Cell::absent();
    }
    if row.is_derivative {
        row.price.marks.clear();
    }
    for cell in [&mut row.shares, &mut row.shares_after, &mut row.underlying_shares] {
        cell.value = cell.value.map(without_stop);
    }
    // A mark beside a letter or a date of the transaction stands in no print of that time.
    row.ownership.marks.clear();
}
