use super::*;
use crate::model::{Cik, Date};
use crate::parse::Limits;
use crate::parse::envelope::{Splitter, Step, pieces};
use proptest::prelude::*;

const HEADER: &str = "<SEC-DOCUMENT>0001234567-25-000012.txt : 20250110
<SEC-HEADER>0001234567-25-000012.hdr.sgml : 20250110
<ACCEPTANCE-DATETIME>20250110160730
ACCESSION NUMBER:\t\t0001234567-25-000012
CONFORMED SUBMISSION TYPE:\t4
FILED AS OF DATE:\t\t20250110
REPORTING-OWNER:
\tOWNER DATA:
\t\tCENTRAL INDEX KEY:\t\t\t0001999999
\tFILING VALUES:
\t\tSEC FILE NUMBER:\t001-09999
\t\tFILM NUMBER:\t\t25522924
ISSUER:
\tCOMPANY DATA:
\t\tCENTRAL INDEX KEY:\t\t\t0000001750
\t\tSTANDARD INDUSTRIAL CLASSIFICATION:\tAIRCRAFT & PARTS [3720]
\t\tIRS NUMBER:\t\t\t\t362334820
\t\tSTATE OF INCORPORATION:\t\t\tDE
\t\tFISCAL YEAR END:\t\t\t0531
</SEC-HEADER>
";

const XML: &str = "<?xml version=\"1.0\"?>
<ownershipDocument>
<schemaVersion>X0508</schemaVersion>
<documentType>4</documentType>
<issuer><issuerCik>0000001750</issuerCik><issuerName>Example Corp</issuerName></issuer>
<reportingOwner><reportingOwnerId><rptOwnerCik>0001999999</rptOwnerCik></reportingOwnerId></reportingOwner>
<reportingOwner><reportingOwnerId><rptOwnerCik>0001888888</rptOwnerCik></reportingOwnerId></reportingOwner>
<remarks>None.</remarks>
</ownershipDocument>
";

fn document(type_: &str, filename: &str, text: &str) -> String {
    format!(
        "<DOCUMENT>\n<TYPE>{type_}\n<SEQUENCE>1\n<FILENAME>{filename}\n<TEXT>\n{text}</TEXT>\n</DOCUMENT>\n"
    )
}

fn wrapped(xml: &str) -> String {
    format!("{HEADER}{}</SEC-DOCUMENT>\n", document("4", "form4.xml", &format!("<XML>\n{xml}</XML>\n")))
}

fn read_with(entry: &[u8], path: Option<&str>, filter: &Filter) -> Outcome<'static> {
    let context = Context {
        path_accession: path.and_then(Accession::parse),
        path_cik: None,
        filter,
        limits: Limits::default(),
    };
    let piece = pieces(entry).next().unwrap();
    read(&piece, &context).into_owned()
}

fn outcome(entry: &str) -> Outcome<'static> {
    read_with(entry.as_bytes(), None, &Filter::default())
}

fn filing(entry: &[u8]) -> Filing<'static> {
    match read_with(entry, None, &Filter::default()) {
        Outcome::Filing(filing) => *filing,
        other => panic!("{other:?}"),
    }
}

fn rejected(entry: &str) -> Reject {
    match outcome(entry) {
        Outcome::Reject(reject) => reject,
        other => panic!("{other:?}"),
    }
}

fn codes(filing: &Filing<'_>) -> Vec<Code> {
    filing.diagnostics.iter().map(|diagnostic| diagnostic.code).collect()
}

#[test]
fn header_and_document_are_joined() {
    let filing = filing(wrapped(XML).as_bytes());
    assert_eq!(filing.id.to_string(), "0001234567-25-000012");
    assert_eq!(filing.accession_number, Accession::parse("0001234567-25-000012"));
    assert_eq!(filing.submission_type.as_deref(), Some("4"));
    assert_eq!(filing.filing_date, Date::from_ymd(2025, 1, 10));
    assert_eq!(filing.acceptance_datetime.unwrap().to_string(), "2025-01-10T21:07:30Z");
    assert_eq!(filing.issuer_cik, Cik::parse("1750"));
    assert_eq!(filing.issuer_name.as_deref(), Some("Example Corp"));
    assert_eq!(filing.issuer_sic.as_deref(), Some("3720"));
    assert_eq!(filing.issuer_irs_number.as_deref(), Some("362334820"));
    assert_eq!(filing.issuer_state_of_incorporation.as_deref(), Some("DE"));
    assert_eq!(filing.issuer_fiscal_year_end.as_deref(), Some("0531"));
    assert_eq!(filing.document_filename.as_deref(), Some("form4.xml"));
    assert_eq!(filing.is_amendment, Some(false));
    let numbers = |owner: usize| {
        let owner = &filing.owners[owner];
        (owner.file_number.as_deref(), owner.film_number.as_deref())
    };
    assert_eq!(numbers(0), (Some("001-09999"), Some("25522924")));
    assert_eq!(numbers(1), (None, None));
    assert_eq!(codes(&filing), []);
}

#[test]
fn text_that_stands_literally_is_borrowed() {
    let entry = wrapped(XML);
    let piece = pieces(entry.as_bytes()).next().unwrap();
    let context = Context {
        path_accession: None,
        path_cik: None,
        filter: &Filter::default(),
        limits: Limits::default(),
    };
    let Outcome::Filing(filing) = read(&piece, &context) else { panic!() };
    assert!(matches!(filing.issuer_name, Some(Cow::Borrowed("Example Corp"))));
    assert!(matches!(filing.issuer_sic, Some(Cow::Borrowed("3720"))));
    assert!(matches!(filing.document_filename, Some(Cow::Borrowed("form4.xml"))));
}

#[test]
fn a_bare_document_has_no_header_columns_and_the_number_of_its_path() {
    let named = read_with(XML.as_bytes(), Some("000765432125000001"), &Filter::default());
    let Outcome::Filing(named) = named else { panic!() };
    assert_eq!(named.id.to_string(), "0007654321-25-000001");
    assert_eq!((&named.submission_type, named.filing_date, &named.issuer_sic), (&None, None, &None));
    assert_eq!(named.document_filename, None);
    assert_eq!(filing(XML.as_bytes()).accession_number, None);
    // The digest by sha256sum.
    let bare = "<ownershipDocument><issuer><issuerCik>1</issuerCik></issuer></ownershipDocument>";
    assert_eq!(filing(bare.as_bytes()).id.to_string(), "sha256:434dc097539294bb");
    assert_eq!(filing(bare.as_bytes()).is_amendment, Some(false));
}

#[test]
fn the_type_of_the_document_goes_before_the_headers() {
    let amended = filing(wrapped(&XML.replace(">4<", ">4/A<")).as_bytes());
    assert_eq!((amended.is_amendment, codes(&amended)), (Some(true), vec![Code::TypeMismatch]));
    assert_eq!(amended.diagnostics[0].raw.as_deref(), Some("4/A"));
    let silent = XML.replace("<documentType>4</documentType>\n", "");
    let silent = filing(wrapped(&silent).replace("TYPE:\t4", "TYPE:\t4/A").as_bytes());
    assert_eq!((silent.is_amendment, silent.document_type), (Some(true), None));
}

#[test]
fn another_issuer_in_the_header_does_not_count() {
    let other = filing(wrapped(XML).replace("KEY:\t\t\t0000001750", "KEY:\t\t\t0000001751").as_bytes());
    assert_eq!((other.issuer_cik, other.issuer_sic.as_deref()), (Cik::parse("1750"), None));
    assert_eq!(codes(&other), [Code::IssuerMismatch]);
}

#[test]
fn the_issuer_falls_back_to_the_header() {
    let silent = filing(wrapped(&XML.replace("<issuerCik>0000001750</issuerCik>", "")).as_bytes());
    assert_eq!((silent.issuer_cik, silent.issuer_sic.as_deref()), (Cik::parse("1750"), Some("3720")));
    assert!(codes(&silent).contains(&Code::IssuerFromHeader));
}

#[test]
fn a_path_that_names_another_number_is_noted() {
    let outcome = read_with(wrapped(XML).as_bytes(), Some("0007654321-25-000001"), &Filter::default());
    let Outcome::Filing(filing) = outcome else { panic!() };
    assert_eq!(filing.id.to_string(), "0001234567-25-000012");
    assert_eq!(codes(&filing), [Code::AccessionMismatch]);
    assert_eq!(filing.diagnostics[0].raw.as_deref(), Some("0007654321-25-000001"));
}

#[test]
fn windows_1252_is_told_once() {
    let mut entry = wrapped(&XML.replace("None.", "O#Neil")).into_bytes();
    let at = entry.iter().rposition(|b| *b == b'#').unwrap();
    entry[at] = 0x92;
    let found = filing(&entry);
    assert_eq!(found.remarks.as_deref(), Some("O\u{2019}Neil"));
    assert_eq!(codes(&found), [Code::EncodingWindows1252]);
    // The header is in the same encoding.
    let at = entry.iter().position(|b| *b == b'&').unwrap();
    entry[at] = 0x92;
    assert_eq!(codes(&filing(&entry)), [Code::EncodingWindows1252]);
}

#[test]
fn cut_lines_are_joined_in_the_archives_and_not_in_the_feed() {
    let start = XML.split("<remarks>").next().unwrap();
    let pad = 1023 - "<remarks>One".len();
    let cut = format!("{start}{}<remarks>One\nword</remarks>\n</ownershipDocument>\n", " ".repeat(pad));
    let joined = filing(wrapped(&cut).as_bytes());
    assert_eq!(joined.remarks.as_deref(), Some("Oneword"));
    assert_eq!(codes(&joined), [Code::HardWrapRejoined]);
    let document = document("4", "a.xml", &cut);
    let feed =
        format!("<SUBMISSION>\n<ACCESSION-NUMBER>0001234567-25-000280\n<TYPE>4\n{document}</SUBMISSION>\n");
    assert_eq!(filing(feed.as_bytes()).remarks.as_deref(), Some("One\nword"));
    assert_eq!(filing(cut.as_bytes()).remarks.as_deref(), Some("One\nword"));
}

#[test]
fn escaped_dashes_are_restored_in_messages_only() {
    let text = XML.replace("None.", "One\n- -two");
    let message =
        format!("-----BEGIN PRIVACY-ENHANCED MESSAGE-----\nProc-Type: 2001,MIC-CLEAR\n\n{}", wrapped(&text));
    assert_eq!(filing(message.as_bytes()).remarks.as_deref(), Some("One\n-two"));
    assert_eq!(filing(wrapped(&text).as_bytes()).remarks.as_deref(), Some("One\n- -two"));
}

#[test]
fn the_ownership_document_of_the_submissions_type_is_read() {
    let exhibit = document("EX-99", "a.xml", &XML.replace("None.", "exhibit"));
    let main = document("4", "b.xml", XML);
    let entry = format!("{HEADER}{exhibit}{main}</SEC-DOCUMENT>\n");
    let found = filing(entry.as_bytes());
    assert_eq!(
        (found.remarks.as_deref(), found.document_filename.as_deref()),
        (Some("None."), Some("b.xml"))
    );
    assert_eq!(codes(&found), [Code::DocumentRepeated]);
    let only = format!("{HEADER}{}{exhibit}</SEC-DOCUMENT>\n", document("4", "c.txt", "words\n"));
    assert_eq!(filing(only.as_bytes()).remarks.as_deref(), Some("exhibit"));
}

#[test]
fn a_printed_form_is_read_with_what_its_wrapper_says() {
    let body = "FORM 4\nSTATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP\n1. Name and Address of Reporting Person\n   \
                Doe, Jane\n2. Issuer Name and Ticker or Trading Symbol\n   Sample Mills Inc (SMPL)\n\
                4. Statement for Month/Year\n   02/2001\n5. If Amendment, Date of Original\n\n\
                6. Relationship of Reporting Person(s) to Issuer\n   (X) Director ( ) 10% Owner\n\
                7. Individual or Joint/Group Filing\n   (X) Form filed by One Reporting Person\n\
                Table I - Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned\n\
                Table II - Derivative Securities\n1. Title of Derivative Security  2. Conversion or Exercise Price\n\
                Explanation of Responses:\nSignature of Reporting Person\n";
    let found = filing(format!("{HEADER}{}</SEC-DOCUMENT>\n", document("4", "a.txt", body)).as_bytes());
    assert_eq!(found.source_format, SourceFormat::Text);
    assert_eq!(found.issuer_name.as_deref(), Some("Sample Mills Inc"));
    assert_eq!(found.issuer_cik, Cik::parse("1750"));
    assert_eq!(found.owners[0].rpt_owner_name.as_deref(), Some("Doe, Jane"));
    assert_eq!(found.owners[0].rpt_owner_cik, Cik::parse("1999999"));
    assert!(codes(&found).contains(&Code::IssuerFromHeader));
}

#[test]
fn a_form_whose_body_cannot_be_read_keeps_what_its_header_says() {
    let form = |type_: &str, text: &str| {
        let exhibit = document("EX-24", "a.htm", "<html>attorney</html>\n");
        filing(format!("{HEADER}{exhibit}{}</SEC-DOCUMENT>\n", document(type_, "b", text)).as_bytes())
    };
    let html = form("4", "<HTML><p>Words</HTML>\n");
    assert_eq!(html.source_format, SourceFormat::Html);
    assert_eq!(html.accession_number, Accession::parse("0001234567-25-000012"));
    assert_eq!(html.owners[0].rpt_owner_cik, Cik::parse("1999999"));
    assert_eq!(codes(&html), [Code::FormUnreadable, Code::IssuerFromHeader, Code::OwnerFromHeader]);
    assert_eq!(form("4", "Words\n").source_format, SourceFormat::Text);
}

#[test]
fn a_form_of_nobody_is_rejected_by_its_kind() {
    let page = "<html><td>Title of Security</td><td>Name and Address of Reporting Person</td></html>";
    assert_eq!(rejected(page).reason, Reason::HtmlForm);
    assert_eq!(
        rejected("<DOCUMENT>\n<TYPE>4\n<TEXT>\nWords\n</TEXT>\n</DOCUMENT>\n").reason,
        Reason::TextForm
    );
}

#[test]
fn a_header_without_a_document_is_rejected() {
    let reject = rejected(&format!("{HEADER}</SEC-DOCUMENT>\n"));
    assert_eq!(reject.reason, Reason::NoDocument);
    assert_eq!(reject.submission_type.as_deref(), Some("4"));
    assert_eq!(rejected(&format!("{HEADER}<DOCUMENT>\n<TYPE>4\n<TEXT>\n")).reason, Reason::TruncatedDocument);
}

#[test]
fn a_reject_of_the_document_says_where_it_stands_in_the_piece() {
    let entry = wrapped("<ownershipDocument></ownershipDocument>\n");
    let reject = rejected(&entry);
    assert_eq!(reject.reason, Reason::NoIssuerNoOwner);
    assert!(reject.offset >= entry.find("\n<XML>").unwrap() as u64, "{}", reject.offset);
    assert!(reject.offset <= entry.find("</XML>").unwrap() as u64, "{}", reject.offset);
}

#[test]
fn what_is_no_ownership_form_is_counted_by_its_type() {
    assert_eq!(outcome("<SUBMISSION>\n<TYPE>10-K\n</SUBMISSION>\n"), Outcome::Other("10-K".into()));
    assert_eq!(
        outcome("<SUBMISSION>\n<PERIOD>20250101\n</SUBMISSION>\n"),
        Outcome::Other("(unknown)".into())
    );
    assert_eq!(outcome(""), Outcome::Other("(empty)".into()));
    assert_eq!(outcome("<SUBMISSION>\n<CORRECTION>\n<TYPE>4\n"), Outcome::Correction);
    let untyped = wrapped(XML).replace("CONFORMED SUBMISSION TYPE:\t4\n", "").replace("<TYPE>4\n", "");
    assert!(matches!(outcome(&untyped), Outcome::Filing(_)));
}

#[test]
fn too_large_a_submission_is_rejected_with_its_names() {
    let mut splitter = Splitter::new(Limits { max_entry: 100, ..Limits::default() });
    let entry = wrapped(XML);
    let Step::Piece { piece, .. } = splitter.step(entry.as_bytes(), true) else { panic!() };
    let context = Context {
        path_accession: None,
        path_cik: None,
        filter: &Filter::default(),
        limits: Limits::default(),
    };
    let Outcome::Reject(reject) = read(&piece, &context) else { panic!() };
    assert_eq!(reject.reason, Reason::EntryTooLarge);
    assert_eq!(reject.accession_number, Accession::parse("0001234567-25-000012"));
    assert_eq!(reject.submission_type.as_deref(), Some("4"));
}

#[test]
fn filings_that_are_not_wanted_are_filtered() {
    let read = |entry: &str, filter: &Filter| read_with(entry.as_bytes(), None, filter);
    let amended = Filter { forms: [FormType::FourAmended].into(), ..Filter::default() };
    assert_eq!(read(&wrapped(XML), &amended), Outcome::Filtered);
    assert_eq!(read(XML, &amended), Outcome::Filtered);
    // The header alone tells it, so a document that could not be read does not matter.
    assert_eq!(read(&format!("{HEADER}</SEC-DOCUMENT>\n"), &amended), Outcome::Filtered);
    let later = Filter { filed_from: Date::from_ymd(2025, 1, 11), ..Filter::default() };
    assert_eq!(read(&wrapped(XML), &later), Outcome::Filtered);
    assert_eq!(read(XML, &later), Outcome::Filtered);
    let other = Filter { issuers: Cik::parse("1").into_iter().collect(), ..Filter::default() };
    assert_eq!(read(&wrapped(XML), &other), Outcome::Filtered);
    // Other forms are no filings and never filtered.
    assert_eq!(read("<SUBMISSION>\n<TYPE>10-K\n", &amended), Outcome::Other("10-K".into()));
    let this =
        Filter { forms: [FormType::Four].into(), filed_to: Date::from_ymd(2025, 1, 10), ..Filter::default() };
    assert!(matches!(read(&wrapped(XML), &this), Outcome::Filing(_)));
}

proptest! {
    #[test]
    fn any_damage_gives_an_outcome(
        cuts in prop::collection::vec((0.0..1.0f64, 0..40usize, any::<[u8; 3]>()), 0..6),
        message in any::<bool>(),
    ) {
        let mut entry = if message { b"-----BEGIN PRIVACY-ENHANCED MESSAGE-----\n\n".to_vec() } else { Vec::new() };
        entry.extend_from_slice(wrapped(XML).as_bytes());
        for (place, length, bytes) in cuts {
            let at = (place * entry.len() as f64) as usize;
            entry.splice(at..entry.len().min(at + length), bytes);
        }
        let context = Context { path_accession: None, path_cik: None, filter: &Filter::default(), limits: Limits::default() };
        for piece in pieces(&entry) {
            if let Outcome::Reject(reject) = read(&piece, &context) {
                prop_assert!(reject.offset <= piece.len);
            }
        }
    }
}
