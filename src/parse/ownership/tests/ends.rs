use super::{filing, reject, told, with_issuer, with_row};
use crate::model::{Code, Filing, FilingId, SourceFormat};
use crate::parse::Limits;
use crate::parse::ownership::{MAX_DEPTH, MAX_DIAGNOSTICS, read_within};
use crate::reject::{Reason, Reject};

#[test]
fn what_stands_around_the_document_does_not_count() {
    let document =
        format!("junk <5 <XML>\n<?xml version=\"1.0\"?>{}\n</XML></TEXT> <issuerCik>9</", with_issuer(""));
    let filing = filing(&document);
    assert_eq!(filing.issuer_cik.unwrap().to_string(), "0000004711");
    assert_eq!(told(&filing), []);
}

#[test]
fn only_the_end_of_the_root_may_be_missing() {
    let whole = with_issuer("<remarks>x</remarks>");
    let root_end = whole.len() - "</ownershipDocument>".len();
    for end in (root_end..whole.len()).filter(|end| *end != root_end + 1) {
        for behind in ["", "\n", "\n</XML>\n</TEXT>\n</DOCUMENT>\n", "<DOCUMENT>\n<TYPE>EX-24\n"] {
            if end > root_end && !behind.trim().is_empty() {
                continue;
            }
            let document = whole[..end].to_owned() + behind;
            let filing = filing(&document);
            assert_eq!(filing.remarks.as_deref(), Some("x"));
            assert_eq!(told(&filing), [(Code::DocumentCut, "", "")], "{document}");
        }
    }
}

#[test]
fn a_cut_inside_an_element_is_a_reject() {
    let whole = with_issuer("<footnotes><footnote id=\"F1\">x</footnote></footnotes>");
    let inside = whole.find("<issuer>").unwrap() + 1..whole.find("</issuer>").unwrap() + "</issuer>".len();
    for end in inside {
        let reject = reject(&whole[..end]);
        assert_eq!(reject.reason, Reason::TruncatedDocument, "{}", &whole[..end]);
        assert!(reject.offset <= end as u64);
    }
    let footnotes = whole.find("<footnotes>").unwrap();
    for end in footnotes + 1..whole.find("</footnotes>").unwrap() + "</footnotes>".len() {
        assert_eq!(reject(&whole[..end]).reason, Reason::TruncatedDocument, "{}", &whole[..end]);
    }
}

#[test]
fn a_cut_before_the_submission_goes_on_is_a_reject_where_that_begins() {
    let document = "<ownershipDocument><issuer><issuerCik>1</issuerCik>\n</XML>\n</TEXT>";
    let reject = reject(document);
    assert_eq!(reject.reason, Reason::TruncatedDocument);
    assert_eq!(reject.offset, document.find("</XML>").unwrap() as u64);
}

#[test]
fn markup_that_never_ends_is_a_cut() {
    for tail in ["<!-- x", "<![CDATA[x", "<?x", "<!DOCTYPE x [", "<remarks", "<"] {
        let document = with_issuer("").replace("</ownershipDocument>", tail);
        let reject = reject(&document);
        assert_eq!(reject.reason, Reason::TruncatedDocument, "{tail}");
        assert_eq!(reject.offset as usize, document.len() - tail.len());
    }
}

#[test]
fn no_root_is_malformed() {
    for document in
        ["", "<ownership/>", "<issuer><issuerCik>1</issuerCik></issuer>", "ownershipDocument", "<"]
    {
        assert_eq!(reject(document).reason, Reason::MalformedXml, "{document}");
    }
}

#[test]
fn neither_issuer_nor_owner_is_a_reject() {
    for document in [
        "<ownershipDocument/>",
        "<ownershipDocument><issuer><issuerCik/><issuerName>X</issuerName></issuer></ownershipDocument>",
        "<ownershipDocument><issuer><issuerCik>none</issuerCik></issuer></ownershipDocument>",
    ] {
        assert_eq!(reject(document).reason, Reason::NoIssuerNoOwner, "{document}");
    }
    let owner = "<ownershipDocument><reportingOwner><reportingOwnerId><rptOwnerCik>1</rptOwnerCik></reportingOwnerId></reportingOwner></ownershipDocument>";
    assert_eq!(filing(owner).issuer_cik, None);
}

#[test]
fn depth_is_limited() {
    let nested = |depth: usize| with_issuer(&("<a>".repeat(depth) + &"</a>".repeat(depth)));
    assert_eq!(told(&filing(&nested(MAX_DEPTH - 1))), [(Code::UnknownElement, "a", "")]);
    let reject = reject(&nested(MAX_DEPTH));
    assert_eq!(reject.reason, Reason::ElementTooDeep);
    assert_eq!(
        reject.offset as usize,
        with_issuer("").find("</ownershipDocument>").unwrap() + 3 * (MAX_DEPTH - 1)
    );
}

#[test]
fn records_are_limited() {
    let limits = Limits { max_records: 7, ..Limits::default() };
    let rows = |marks: usize| {
        let marks = "<footnoteId id=\"F1\"/>".repeat(marks);
        with_issuer(&format!("<derivativeHolding>{marks}</derivativeHolding>{}", "<footnote/>".repeat(3)))
    };
    let (whole, beyond) = (rows(3), rows(4));
    assert_eq!(read(&limits, &whole), Ok(()));
    let reject = read(&limits, &beyond).unwrap_err();
    assert_eq!(
        (reject.reason, reject.offset),
        (Reason::TooManyRecords, beyond.rfind("<footnote/>").unwrap() as u64)
    );
    assert!(reject.message.contains("more than 7 owners"), "{reject}");
    let marks = with_row(&"<footnoteId id=\"F1\"/>".repeat(9));
    assert_eq!(read(&limits, &marks).unwrap_err().reason, Reason::TooManyRecords);
}

#[test]
fn values_are_limited_wherever_they_stand() {
    let limits = Limits { max_value: 50, ..Limits::default() };
    let x = |n: usize| "x".repeat(n);
    for (inside, fits) in [
        (format!("<remarks>{}</remarks>", x(50)), true),
        (format!("<remarks>{}</remarks>", x(51)), false),
        (format!("<remarks>{}<!-- -->{}</remarks>", x(25), x(25)), true),
        (format!("<remarks>{}<!-- -->{}</remarks>", x(25), x(26)), false),
        (format!("<remarks>{}<b>{}</b></remarks>", x(25), x(26)), false),
        (format!("<remarks><![CDATA[{}]]></remarks>", x(51)), false),
        (format!("<footnotes><footnote id=\"{}\"/></footnotes>", x(51)), false),
        (format!("<{}/>", x(51)), false),
        (format!("<!--{}-->", x(500)), true),
        (format!("<derivativeHolding><footnoteId id=\"{}\"/></derivativeHolding>", x(51)), false),
    ] {
        let document = with_issuer(&inside);
        let reason = read(&limits, &document).err().map(|reject| reject.reason);
        assert_eq!(reason, (!fits).then_some(Reason::ValueTooLarge), "{inside}");
    }
}

fn read(limits: &Limits, document: &str) -> Result<(), Reject> {
    read_within(limits, document, &mut Filing::new(FilingId::Digest(7), SourceFormat::Xml))
}

#[test]
fn diagnostics_are_limited_and_the_rest_is_counted() {
    let document = with_issuer(&"<derivativeHolding/>".repeat(MAX_DIAGNOSTICS + 5));
    let filing = filing(&document);
    assert_eq!(filing.rows.len(), MAX_DIAGNOSTICS + 5);
    assert_eq!(filing.diagnostics.len(), MAX_DIAGNOSTICS + 1);
    let last = &filing.diagnostics[MAX_DIAGNOSTICS];
    assert_eq!(last.code, Code::DiagnosticsOmitted);
    assert!(last.message.contains(" 5 more"), "{}", last.message);
    let names: String = (0..2 * MAX_DIAGNOSTICS).map(|n| format!("<x{n}/>")).collect();
    assert_eq!(super::filing(&with_issuer(&names)).diagnostics.len(), MAX_DIAGNOSTICS + 1);
}
