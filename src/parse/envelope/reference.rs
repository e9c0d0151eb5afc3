//! The splitter the slow and obvious way, byte after byte over the whole entry, and what compares the two.

use super::marker::{CONTROL_BLOCK, opener};
use super::marker::{Wrapper, at_line_start, closer, is_control_block, opens_within};
use super::peek::peek;
use super::splitter::passed_over;
use super::{Piece, PieceKind, Splitter, Step, bare, boundary, pieces};
use crate::model::{Accession, FormType};
use crate::parse::Limits;
use proptest::prelude::*;

type Placed = (PieceKind, u64, u64, Vec<u8>);

fn placed(piece: &Piece<'_>) -> Placed {
    (piece.kind.clone(), piece.offset, piece.len, piece.bytes.to_vec())
}

fn slow(entry: &[u8]) -> Vec<Placed> {
    let (mut at, mut found) = (0, Vec::new());
    while at < entry.len() {
        let skipped = passed_over(&entry[at..]);
        if skipped > 0 {
            at += skipped;
            continue;
        }
        let (kind, wrapper, own, accession) = begin(&entry[at..]);
        let start = if found.is_empty() && opener(&entry[at..]).is_none() { 0 } else { at };
        let end = (at + own..entry.len()).find_map(|place| end(entry, at + own, place, wrapper, accession));
        let end = if wrapper == Wrapper::Opaque { entry.len() } else { end.unwrap_or(entry.len()) };
        let bytes = if kind.is_kept() { entry[start..end].to_vec() } else { Vec::new() };
        found.push((kind, start as u64, (end - start) as u64, bytes));
        at = end;
    }
    if found.is_empty() {
        found.push((PieceKind::Other("(empty)".into()), 0, entry.len() as u64, Vec::new()));
    }
    found
}

fn begin(text: &[u8]) -> (PieceKind, Wrapper, usize, Option<Accession>) {
    let Some((_, wrapper)) = opener(text) else {
        let bare = bare::sniff(text);
        return (bare.kind, bare.wrapper, bare.own_marks, None);
    };
    let head = peek(text, wrapper, true).unwrap();
    let kind = match head.submission_type {
        _ if head.is_correction => PieceKind::Correction,
        Some(other) if FormType::parse(&other).is_none() => PieceKind::Other(other.into()),
        _ => PieceKind::Submission,
    };
    (kind, head.wrapper, head.own_marks, head.accession_number)
}

/// Where the piece ends if a mark at this place ends it.
fn end(
    entry: &[u8],
    own: usize,
    place: usize,
    wrapper: Wrapper,
    accession: Option<Accession>,
) -> Option<usize> {
    let text = &entry[place..];
    let line_start = at_line_start(entry, place);
    if let Some(length) = closer(text, wrapper).filter(|_| line_start) {
        return Some(place + length);
    }
    let block = place.checked_sub(CONTROL_BLOCK).filter(|block| *block >= own);
    if let Some(block) = block.filter(|block| is_control_block(&entry[*block..])) {
        return Some(block);
    }
    let opens = line_start && opens_within(text, wrapper, accession);
    let xml = wrapper == Wrapper::Xml && boundary::begins_xml(text);
    (opens || xml).then_some(place)
}

/// Reads an entry through a window that grows by these numbers of bytes in turn.
fn in_windows(entry: &[u8], chunks: &[usize], limits: Limits) -> Vec<Placed> {
    let mut splitter = Splitter::new(limits);
    let mut chunks = chunks.iter().cycle();
    let (mut start, mut end, mut found) = (0, 0, Vec::new());
    loop {
        match splitter.step(&entry[start..end], end == entry.len()) {
            Step::NeedInput { consumed } => {
                assert!(end < entry.len(), "input was asked for at its end");
                start += consumed;
                end = entry.len().min(end + chunks.next().unwrap());
            }
            Step::Piece { consumed, piece } => {
                found.push(placed(&piece));
                start += consumed;
            }
            Step::End => {
                assert_eq!(splitter.step(&entry[start..], true), Step::End);
                return found;
            }
        }
    }
}

fn check(entry: &[u8], chunks: &[usize]) -> Result<(), TestCaseError> {
    let expected = slow(entry);
    prop_assert_eq!(pieces(entry).map(|piece| placed(&piece)).collect::<Vec<_>>(), expected.clone());
    let unlimited = Limits { max_entry: usize::MAX, ..Limits::default() };
    prop_assert_eq!(in_windows(entry, chunks, unlimited), expected);
    // Which pieces are too large depends on their length alone.
    let limits = Limits { max_entry: 300, ..Limits::default() };
    prop_assert_eq!(in_windows(entry, chunks, limits), in_windows(entry, &[usize::MAX / 2], limits));
    Ok(())
}

const FRAGMENTS: &[&str] = &[
    "<SEC-DOCUMENT>0001234567-25-000012.txt : 20250110\n",
    "<SEC-DOCUMENT>0001234567-25-000013.txt : 20250110\n",
    "<SEC-DOCUMENT>\n<SEC-HEADER>\n",
    "<SEC-DOCUMENT> is the first line\n",
    "<SEC-HEADER>0001234567-25-000012.hdr.sgml : 20250110\n",
    "<SEC-HEADER>0001234567-25-000014.hdr.sgml : 20250110\n",
    "ACCESSION NUMBER:\t0001234567-25-000012\nCONFORMED SUBMISSION TYPE:\t4\n",
    "ACCESSION NUMBER:\t0001234567-25-000013\nCONFORMED SUBMISSION TYPE:\t10-K\n",
    "CONFORMED SUBMISSION TYPE:\t\n",
    "</SEC-HEADER>\n",
    "<SUBMISSION>\n<ACCESSION-NUMBER>0001234567-25-000280\n<TYPE>4\n<ISSUER>\n</ISSUER>\n",
    "<SUBMISSION>\n<ACCESSION-NUMBER>0001234567-25-000281\n<TYPE>8-K\n<FILER>\n",
    "<SUBMISSION>\n<CORRECTION>\n<ACCESSION-NUMBER>0001234567-25-000281\n<TYPE>4\n",
    "<SUBMISSION>\n<TYPE>5\n",
    "<IMS-DOCUMENT>0001234567-94-000012.txt : 19940110\n",
    "<DOCUMENT>\n<TYPE>4\n<TEXT>\n",
    "</TEXT>\n</DOCUMENT>\n",
    "</SUBMISSION>\n",
    "</SEC-DOCUMENT>\n",
    "</SEC-DOCUMENT>",
    "</IMS-DOCUMENT>\n",
    "</SEC-DOCUMENT> ends it\n",
    "M</SUBMISSION>\nM<SUBMISSION>\n",
    "-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nProc-Type: 2001,MIC-CLEAR\n\n",
    "-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nas they say\n",
    "-----END PRIVACY-ENHANCED MESSAGE-----\n",
    "-----END PRIVACY-ENHANCED MESSAGE-----",
    "<?xml version=\"1.0\"?>\n",
    "<ownershipDocument>\n",
    "</ownershipDocument>",
    "<HTML><BODY>\n",
    "{\"a\": 1}\n",
    "Some words.\n",
    "\n",
    "\n \t\n\n",
    "\u{0}\u{0}\u{1A}",
    "\u{FEFF}",
];

/// A fragment, some of them long enough to fill the distance over which the splitter looks.
fn fragment() -> impl Strategy<Value = String> {
    let control_block = "0001234567-25-000280".to_owned() + &" ".repeat(246) + "<SUBMISSION>\n<TYPE>4\n";
    prop_oneof![
        20 => prop::sample::select(FRAGMENTS).prop_map(str::to_owned),
        1 => (1..700usize).prop_map(|length| "x".repeat(length)),
        1 => (1..40usize).prop_map(|length| "words and words\n".repeat(length)),
        1 => Just(control_block),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn fragments_are_cut_as_the_slow_way_does(
        fragments in prop::collection::vec(fragment(), 0..24),
        line_end in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        chunks in prop::collection::vec(1..600usize, 1..8),
    ) {
        let entry = fragments.concat().replace('\n', line_end);
        check(entry.as_bytes(), &chunks)?;
    }

    #[test]
    fn any_bytes_are_cut_as_the_slow_way_does(
        entry in prop::collection::vec(any::<u8>(), 0..400),
        chunks in prop::collection::vec(1..100usize, 1..8),
    ) {
        check(&entry, &chunks)?;
    }
}
