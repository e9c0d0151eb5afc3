//! The owners of a filing, from every place that names them.

use super::address::Address;
use super::boxes::Boxes;
use super::captions::{Box, names_owner};
use super::cut_boxes::{self, CutHead};
use super::header::{relationship, title_below};
use super::literals::Literals;
use super::notes::Notes;
use super::owners::{Entry, first_box, table};
use super::page::{Page, Parts};
use super::squeeze::squeeze;
use crate::model::{Code, Filing, Owner, Relationship, Table};
use std::borrow::Cow;

/// Fills the owners: the first of the boxes, completed by the table, then the table's others.
pub(super) fn read(
    page: &Page,
    parts: &Parts,
    boxes: &Boxes<'_>,
    cut: Option<&CutHead<'_>>,
    head: &str,
    filing: &mut Filing<'_>,
    notes: &mut Notes,
) {
    let mut printed = first_box(boxes, 0);
    if page.scan {
        super::scan_head::complete(&mut printed, page, boxes);
    }
    let raw_name = printed.name.clone();
    let mut first = plausible(printed);
    if let Some(cut) = cut {
        first = plausible(cut_boxes::owner(cut));
    }
    let mut entries = table(page, parts.owners.clone(), &first);
    entries.retain_mut(|e| {
        e.address = plausible(std::mem::take(&mut e.address));
        e.address.name.is_some()
    });
    if let (Some(entry), Some(raw)) = (entries.first_mut(), raw_name) {
        same_name(&mut entry.address, &mut first, &raw);
    }
    let box_flags = box_flags(page, head);
    if entries.is_empty() {
        if first.name.is_some() {
            let below = title_below(boxes, 0);
            filing.owners.push(owner(first, box_flags, below, None));
        }
        more_blocks(page, parts, filing);
        return;
    }
    for (at, entry) in entries.into_iter().enumerate() {
        let flags = if at == 0 { box_flags } else { [None; 4] };
        let title = if at == 0 { title_below(boxes, 0) } else { None };
        filing.owners.push(from_entry(
            entry,
            if at == 0 { Some(&first) } else { None },
            flags,
            title,
            at,
            notes,
        ));
    }
}

/// What the box shows of director, ten percent owner, officer, other. Where it was cut, an empty box says nothing.
fn box_flags(page: &Page, head: &str) -> [Option<bool>; 4] {
    let mut out = relationship(head);
    if page.cut {
        for (slot, marked) in out.iter_mut().zip(cut_boxes::relationship(page)) {
            *slot = slot.filter(|m| *m).or(marked);
        }
    }
    out
}

/// The same without what is no name and no address but the print of a neighbouring box.
fn plausible(mut address: Address) -> Address {
    let letters = |t: &String| t.chars().filter(|c| c.is_alphabetic()).count() > 1;
    address.name = address.name.filter(|n| letters(n) && !is_foreign(n) && !n.starts_with('('));
    address.street = address.street.filter(|s| !is_foreign(s));
    address.city = address.city.filter(|c| !is_foreign(c));
    address
}

/// Whether print of a neighbouring box or a date stands in a text.
fn is_foreign(text: &str) -> bool {
    static PRINT: Literals<11> = Literals::new([
        "[",
        "Director",
        "10% Owner",
        "Officer (",
        "(specify",
        "Month/Day",
        "Date of",
        "Form filed",
        "Reporting Person",
        "(Check",
        "Relationship",
    ]);
    let digits = || text.bytes().any(|b| b.is_ascii_digit());
    PRINT.any_in(text) || digits() && super::date_words::first(text).is_some()
}

/// The name stands in the box and in the table; where one of them runs on into its neighbour (the issuer, the title), what
/// both begin with is the name.
fn same_name(entry: &mut Address, first: &mut Address, raw: &str) {
    let Some(name) = entry.name.clone() else { return };
    let same = name.split(' ').zip(raw.split(' ')).take_while(|(a, b)| a.eq_ignore_ascii_case(b)).count();
    let common: Vec<&str> = name.split(' ').take(same).collect();
    if same >= 2 && common.len() < name.split(' ').count() {
        entry.name = Some(common.join(" "));
    }
    if same >= 2 && first.name.is_none() {
        first.name = Some(common.join(" "));
    }
}

/// Further owners in EDGAR's wording: blocks below the tables, each with its captions.
fn more_blocks(page: &Page, parts: &Parts, filing: &mut Filing<'_>) {
    let from = parts.header_end.saturating_add(1);
    if page.find(from, names_owner).is_none() {
        return;
    }
    let boxes = Boxes::new(page, from, page.lines.len());
    for nth in 0..40 {
        let printed = first_box(&boxes, nth);
        if printed.name.is_none() {
            break;
        }
        let address = plausible(printed);
        // EDGAR's list of owners repeats the first.
        let known = filing.owners.first();
        if known
            .is_some_and(|o| o.rpt_owner_name.as_deref() == address.name.as_deref() && address.name.is_some())
        {
            continue;
        }
        let text = boxes.nth(Box::Relationship, nth).join("\n");
        filing.owners.push(owner(address, relationship(&text), title_below(&boxes, nth), None));
    }
}

/// An owner of the table; `first` is the same owner's box.
fn from_entry(
    entry: Entry,
    first: Option<&Address>,
    box_flags: [Option<bool>; 4],
    title: Option<String>,
    at: usize,
    notes: &mut Notes,
) -> Owner<'static> {
    let mut address = entry.address;
    if let Some(first) = first {
        complete(&mut address, first);
    }
    let Some(under) = entry.under else {
        let mut box_flags = box_flags;
        if let [director, ten_percent, ..] = &mut box_flags
            && entry.both
            && *director != Some(false)
            && *ten_percent != Some(false)
        {
            (*director, *ten_percent) = (Some(true), Some(true));
            let message = "Two marks stand beside the address, whose columns are the first two.";
            notes.on(Code::TextRepaired, Table::ReportingOwners, at, "relationship", "x x", message);
        }
        if let (Some(office), [_, _, officer @ None, _]) = (&entry.office, &mut box_flags) {
            *officer = Some(true);
            let message = "An office stands beside the name.";
            notes.on(Code::TextRepaired, Table::ReportingOwners, at, "relationship", office, message);
        }
        // Of the four columns beside the address only two hold texts.
        let [_, _, officer, other] = box_flags;
        let beside = entry.beside.or(entry.office).filter(|_| officer == Some(true) && other != Some(true));
        return owner(address, box_flags, beside.or(title), None);
    };
    let marks: Vec<bool> = under.iter().map(Option::is_some).collect();
    let mut flags = box_flags;
    for (slot, (mark, known)) in flags.iter_mut().zip(marks.iter().zip(box_flags)) {
        if known.is_some_and(|k| k != *mark) {
            let message = "The box and the table of reporting owners differ; the table counts.";
            notes.on(Code::TextRepaired, Table::ReportingOwners, at, "relationship", "", message);
        }
        *slot = Some(*mark);
    }
    let [_, _, officer, other] = under;
    let text = |t: Option<String>| t.filter(|t| squeeze(t) != "x");
    owner(address, flags, text(officer).or(title), text(other))
}

/// Takes from the box what the table does not have, or has without its blanks.
fn complete(address: &mut Address, first: &Address) {
    for (slot, other) in [
        (&mut address.name, &first.name),
        (&mut address.street, &first.street),
        (&mut address.city, &first.city),
        (&mut address.state, &first.state),
        (&mut address.zip, &first.zip),
    ] {
        let blanks = |t: &Option<String>| t.as_deref().map_or(0, |t| t.matches(char::is_whitespace).count());
        let same = || slot.as_deref().map(squeeze) == other.as_deref().map(squeeze);
        if slot.is_none() || blanks(other) > blanks(slot) && same() {
            slot.clone_from(other);
        }
    }
}

fn owner(
    address: Address,
    flags: [Option<bool>; 4],
    title: Option<String>,
    other: Option<String>,
) -> Owner<'static> {
    let [is_director, is_ten_percent_owner, is_officer, is_other] = flags;
    let text = |t: Option<String>| t.map(Cow::Owned);
    let (street1, street2) = match address.street.as_deref().and_then(|s| s.split_once('\n')) {
        Some((first, second)) => (Some(first.to_owned()), Some(second.replace('\n', " "))),
        None => (address.street, None),
    };
    Owner {
        rpt_owner_name: text(address.name),
        rpt_owner_street1: text(street1),
        rpt_owner_street2: text(street2),
        rpt_owner_city: text(address.city),
        rpt_owner_state: text(address.state),
        rpt_owner_zip_code: text(address.zip),
        relationship: Relationship {
            is_director,
            is_officer,
            is_ten_percent_owner,
            is_other,
            officer_title: text(title.filter(|_| is_officer == Some(true))),
            other_text: text(other),
        },
        ..Owner::default()
    }
}
