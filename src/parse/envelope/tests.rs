use super::*;
use crate::model::Accession;
use crate::parse::Limits;
use crate::parse::rendered::Printed;

/// Each piece as its kind in a word or two and its text.
fn cut(entry: &str) -> Vec<(String, &str)> {
    let described = pieces(entry.as_bytes()).map(|piece| {
        let kind = match piece.kind {
            PieceKind::Other(label) => label.into_owned(),
            kind => format!("{kind:?}"),
        };
        let start = piece.offset as usize;
        (kind, &entry[start..start + piece.len as usize])
    });
    described.collect()
}

fn kinds(entry: &str) -> Vec<String> {
    cut(entry).into_iter().map(|(kind, _)| kind).collect()
}

const TAB: &str = "<SEC-DOCUMENT>0001234567-25-000012.txt : 20250110\n<SEC-HEADER>0001234567-25-000012.hdr.sgml : 20250110\n\
                   ACCESSION NUMBER:\t\t0001234567-25-000012\nCONFORMED SUBMISSION TYPE:\t4\n</SEC-HEADER>\n<DOCUMENT>\n<TYPE>4\n\
                   <TEXT>\nx\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>";
const TAG: &str = "<SUBMISSION>\n<ACCESSION-NUMBER>0001234567-25-000280\n<TYPE>3/A\n<ISSUER>\n</ISSUER>\n<DOCUMENT>\n\
                   <TYPE>3/A\n<TEXT>\nx\n</TEXT>\n</DOCUMENT>\n</SUBMISSION>";

#[test]
fn submissions_one_after_another() {
    let entry = format!("{TAB}\n\n{TAG}\r\n{TAB}{TAG}\n");
    let expected = [TAB, TAG, TAB, TAG].map(|text| ("Submission".to_owned(), text));
    assert_eq!(cut(&entry), expected);
}

#[test]
fn submissions_without_closing_marks_end_where_the_next_begins() {
    let tab = TAB.strip_suffix("</SEC-DOCUMENT>").unwrap();
    let other = tab.replace("000012", "000013");
    let tag = TAG.strip_suffix("</SUBMISSION>").unwrap();
    let entry = format!("{tab}{tag}{other}");
    let expected = [tab, tag, &other].map(|text| ("Submission".to_owned(), text));
    assert_eq!(cut(&entry), expected);
}

#[test]
fn a_message_belongs_to_its_submission_and_its_end_line_to_none() {
    let begin =
        "-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nProc-Type: 2001,MIC-CLEAR\nMIC-Info: RSA\n aGVs\n\n";
    let end = "-----END PRIVACY-ENHANCED MESSAGE-----";
    let entry = format!("{begin}{TAB}\n{end}{begin}{TAB}\n{end}\n");
    let submission = format!("{begin}{TAB}");
    assert_eq!(cut(&entry), [&submission, &submission].map(|text| ("Submission".to_owned(), text.as_str())));
}

#[test]
fn a_mark_that_repeats_the_accession_number_begins_nothing() {
    let (header, rest) = TAB.split_at(TAB.find("<DOCUMENT>").unwrap());
    let entry = format!("{header}{header}{rest}\n</SEC-DOCUMENT>\n");
    assert_eq!(kinds(&entry), ["Submission"]);
}

#[test]
fn marks_count_at_line_starts_only() {
    let text = "M<SUBMISSION>\n <SEC-DOCUMENT>0001234567-25-000099.txt : 20250110\nx</SEC-DOCUMENT>\n<SUBMISSION>\n<TYPE>10-K";
    let entry = TAB.replace("\nx\n", &format!("\n{text}\n"));
    assert_eq!(cut(&entry), [("Submission".to_owned(), entry.as_str())]);
}

#[test]
fn lone_carriage_returns_and_padding() {
    let entry = format!("{TAB}\n\0\0\x1A{TAG}\n\x1A\0").replace('\n', "\r");
    assert_eq!(kinds(&entry), ["Submission", "Submission"]);
}

#[test]
fn a_control_block_stands_before_a_submission() {
    let block = "0001234567-25-000280".to_owned() + &" ".repeat(246);
    let open = TAG.strip_suffix("</SUBMISSION>").unwrap();
    let entry = format!("{block}{open}{block}{TAG}");
    assert_eq!(cut(&entry), [open, TAG].map(|text| ("Submission".to_owned(), text)));
}

#[test]
fn other_forms_go_by_their_type() {
    assert_eq!(kinds(&TAB.replace("TYPE:\t4", "TYPE:\tSC 13G/A")), ["SC 13G/A"]);
    assert_eq!(kinds(&TAG.replace("3/A", "8-K")), ["8-K"]);
    assert_eq!(
        kinds("<IMS-DOCUMENT>0001234567-94-000001.txt : 19940101\nCONFORMED SUBMISSION TYPE:\t10-Q\n"),
        ["10-Q"]
    );
    assert_eq!(kinds("<DOCUMENT>\n<TYPE>10-K405\n<TEXT>\nx\n"), ["10-K405"]);
    let damaged =
        "-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nProc-Type: RSA\n : : SUBMISSION TYPE:\tDEFA14A\n";
    assert_eq!(kinds(damaged), ["DEFA14A"]);
}

#[test]
fn headers_that_begin_without_a_mark_of_their_own() {
    let header = "<SEC-HEADER>0001234567-25-000012.hdr.sgml : 20250110\n<ACCEPTANCE-DATETIME>20250110160730\n\
                  <ACCESSION-NUMBER>0001234567-25-000012\n<TYPE>4\n</SEC-HEADER>\n";
    let next = header.replace("000012", "000013");
    assert_eq!(cut(&format!("{header}{next}")), [header, &next].map(|text| ("Submission".to_owned(), text)));
    assert_eq!(
        kinds("ACCESSION NUMBER:\t0001234567-25-000012\n\nCONFORMED SUBMISSION TYPE:\t4\n\n"),
        ["Submission"]
    );
    assert_eq!(kinds("<DOCUMENT>\n<TYPE>4\n<TEXT>\n"), ["Submission"]);
}

#[test]
fn a_submission_of_unknown_type_is_kept() {
    assert_eq!(kinds("<SUBMISSION>\n<ACCESSION-NUMBER>0001234567-25-000280\n"), ["Submission"]);
    assert_eq!(kinds("<SUBMISSION>\n<TYPE>far too long to be a type\n</SUBMISSION>\n"), ["Submission"]);
}

#[test]
fn corrections_and_deletions() {
    let correction = "<SUBMISSION>\n<CORRECTION>\n<TIMESTAMP>20250110:120000\n<ACCESSION-NUMBER>0001234567-25-000280\n<TYPE>4\n";
    assert_eq!(kinds(correction), ["Correction"]);
    let deletion = "<SUBMISSION>\n<ACCESSION-NUMBER>0001234567-25-000280\n<DELETION>\n<TYPE>10-K\n<FILER>\n";
    assert_eq!(kinds(deletion), ["Correction"]);
    let of_an_entity =
        "<SUBMISSION>\n<TYPE>4\n<REPORTING-OWNER>\n<FILING-VALUES>\n<DELETION>\n</FILING-VALUES>\n";
    assert_eq!(kinds(of_an_entity), ["Submission"]);
    let mut by_name = Splitter::new(Limits::default()).correction(true);
    assert!(matches!(
        by_name.step(TAG.as_bytes(), true),
        Step::Piece { piece: Piece { kind: PieceKind::Correction, .. }, .. }
    ));
}

#[test]
fn bare_ownership_xml_is_a_piece_from_its_first_byte_to_its_last() {
    let one = "\u{FEFF}<?xml version=\"1.0\"?>\n<ownershipDocument>\n</ownershipDocument>\n";
    let two = "<?xml version=\"1.0\"?><!-- x --><ownershipDocument xmlns=\"\"></ownershipDocument>\n";
    let three = "<ownershipDocument></ownershipDocument> trailing words";
    let entry = format!("{one}{two}{three}");
    assert_eq!(cut(&entry), [one, two, three].map(|text| ("BareXml".to_owned(), text)));
    assert_eq!(kinds(&format!("{one}<?xml version=\"1.0\"?><a/>\n")), ["BareXml", "(xml)"]);
}

#[test]
fn what_is_no_submission_is_told_by_a_label() {
    assert_eq!(kinds(""), ["(empty)"]);
    assert_eq!(cut("\u{FEFF} \r\n\0"), [("(empty)".to_owned(), "\u{FEFF} \r\n\0")]);
    for json in ["{\"accession-number\": 1}", "{}", "[]", "[ {} ]", "[-1.5, 2]", "[\n\"a\"]"] {
        assert_eq!(kinds(json), ["(json)"], "{json}");
    }
    for text in ["[ ] Words", "[X] Words", "[1] Words", "{Words}"] {
        assert_eq!(kinds(text), ["(text)"], "{text}");
    }
    assert_eq!(kinds("<?xml version=\"1.0\"?><informationTable/>"), ["(xml)"]);
    assert_eq!(kinds("<html><p>A power of attorney</p></html>"), ["(html)"]);
    assert_eq!(kinds("<?xml version=\"1.0\"?>\n<!DOCTYPE html>\n<html><p>x</p></html>"), ["(html)"]);
    assert_eq!(kinds("%PDF-1.4\n"), ["(binary)"]);
    assert_eq!(kinds("GIF89a\0\0"), ["(binary)"]);
    assert_eq!(kinds("Description:           Master Index of EDGAR Dissemination Feed\n"), ["(index)"]);
    assert_eq!(kinds("Some words\n\nand more"), ["(text)"]);
    let index = format!("<HTML><HEAD><TITLE>SEC EDGAR Submission 1</TITLE>\n<!--\n{TAB}\n-->");
    assert_eq!(kinds(&index)[0], "(index)");
}

#[test]
fn printed_forms_are_told_by_their_captions() {
    let page = "<html><td>Name and Address of Reporting Person</td><td>Title of Security</td></html>";
    let kind = |entry: &'static str| pieces(entry.as_bytes()).next().unwrap().kind;
    assert_eq!(kind(page), PieceKind::Printed(Printed::Html));
    assert_eq!(
        kind("Name and Address of Reporting Person\nTitle of Security\n"),
        PieceKind::Printed(Printed::Text)
    );
    let boxed = "[ ] Check this box\nName and Address of Reporting Person\nTitle of Security\n";
    assert_eq!(kind(boxed), PieceKind::Printed(Printed::Text));
    assert_eq!(
        kind("{\"a\": \"Name and Address of Reporting Person, Title of Security\"}"),
        PieceKind::Other("(json)".into())
    );
}

#[test]
fn utf16_is_kept_where_it_is_an_ownership_document() {
    let encode = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
    let xml = encode("\u{FEFF}<ownershipDocument/>");
    assert_eq!(pieces(&xml).next().unwrap().kind, PieceKind::BareXml);
    let other = encode("\u{FEFF}<SUBMISSION>");
    assert_eq!(pieces(&other).next().unwrap().kind, PieceKind::Other("(utf-16)".into()));
}

#[test]
fn too_large_a_submission_is_passed_over_and_named() {
    let limits = Limits { max_entry: TAG.len() - 1, ..Limits::default() };
    let entry = format!("{TAG}\n{}", TAG.replace("x\n", ""));
    let mut splitter = Splitter::new(limits);
    let Step::Piece { consumed, piece } = splitter.step(entry.as_bytes(), true) else { panic!() };
    let kind = PieceKind::TooLarge {
        accession_number: Accession::parse("0001234567-25-000280"),
        submission_type: Some("3/A".into()),
    };
    assert_eq!((piece.kind, piece.len, piece.bytes), (kind, TAG.len() as u64, &[][..]));
    let Step::Piece { piece, .. } = splitter.step(&entry.as_bytes()[consumed..], true) else { panic!() };
    assert_eq!((piece.kind, piece.offset), (PieceKind::Submission, TAG.len() as u64 + 1));
}

#[test]
fn a_large_other_form_is_passed_over_in_a_small_window() {
    let mut splitter = Splitter::new(Limits::default());
    let mut window = b"<SUBMISSION>\n<TYPE>10-K\n<FILER>\n".to_vec();
    for _ in 0..1000 {
        window.extend_from_slice(&b"M<SUBMISSION>AND_UUENCODED_TEXT\n".repeat(100));
        let Step::NeedInput { consumed } = splitter.step(&window, false) else { panic!() };
        window.drain(..consumed);
        assert!(window.len() < 1024, "{}", window.len());
    }
    let Step::Piece { piece, .. } = splitter.step(&window, true) else { panic!() };
    assert_eq!((piece.kind, piece.len), (PieceKind::Other("10-K".into()), 32 + 3_200_000));
}

#[test]
fn documents_end_at_whole_lines() {
    let submission = "<SUBMISSION>\n<TYPE>4\n<DOCUMENT>\n<TYPE>4\n<SEQUENCE>1\n<FILENAME>a.xml\n<TEXT>\n<XML>\nM</TEXT>\n\
                      </TEXT> x\n<DOCUMENT>\n</XML>\n</TEXT>\n</DOCUMENT>\n  <DOCUMENT>\n\n\t<TYPE>EX-24\n<TEXT>lost\n\
                      <DOCUMENT>\n<TYPE>EX-99\n</SUBMISSION>\n";
    let parts = Parts::split(submission.as_bytes());
    assert_eq!(parts.header, b"<SUBMISSION>\n<TYPE>4\n");
    assert!(!parts.is_wrapped && !parts.in_message);
    let told: Vec<_> = parts.documents().map(|d| (d.type_, d.filename, d.text, d.is_closed)).collect();
    let first = b"\n<XML>\nM</TEXT>\n</TEXT> x\n<DOCUMENT>\n</XML>\n".as_slice();
    assert_eq!(told[0], (&b"4"[..], &b"a.xml"[..], first, true));
    assert_eq!(told[1], (&b"EX-24"[..], &b""[..], &b"lost\n"[..], false));
    assert_eq!(told[2], (&b"EX-99"[..], &b""[..], &b""[..], false));
    assert_eq!(told.len(), 3);
    let offset = parts.documents().next().unwrap().offset;
    assert!(submission[offset..].starts_with("\n<XML>"));
}

#[test]
fn an_encoded_file_is_no_ownership_document() {
    let document = |text: &'static str| Document { text: text.as_bytes(), ..Document::default() };
    assert!(document("\n<XML>\n<ownershipDocument>").is_ownership_xml());
    assert!(!document("\n<PDF>\nbegin 644 a.pdf\nM<ownershipDocument>").is_ownership_xml());
}

#[test]
fn an_ownership_document_without_marks_of_a_document_is_found() {
    let parts =
        Parts::split(b"<SEC-HEADER>\nCONFORMED SUBMISSION TYPE:\t4\n</SEC-HEADER>\n<ownershipDocument>x");
    assert_eq!(parts.documents().next().unwrap().text, b"<ownershipDocument>x");
    assert!(parts.is_wrapped);
}
