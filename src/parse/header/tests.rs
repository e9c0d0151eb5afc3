use super::*;
use crate::model::Code;
use proptest::prelude::*;

const TAB: &str = "<SEC-HEADER>0001234567-25-000012.hdr.sgml : 20250110
<ACCEPTANCE-DATETIME>20250110160730
ACCESSION NUMBER:\t\t0001234567-25-000012
CONFORMED SUBMISSION TYPE:\t4/A
PUBLIC DOCUMENT COUNT:\t\t2
CONFORMED PERIOD OF REPORT:\t20250108
FILED AS OF DATE:\t\t20250110
DATE AS OF CHANGE:\t\t20250111

REPORTING-OWNER:\t

\tOWNER DATA:\t
\t\tCOMPANY CONFORMED NAME:\t\t\tDOE JANE: Q.
\t\tCENTRAL INDEX KEY:\t\t\t0001999999
\t\tORGANIZATION NAME:           \t

\tFILING VALUES:
\t\tFORM TYPE:\t\t4
\t\tSEC ACT:\t\t
\t\tSEC FILE NUMBER:\t001-09999
\t\tFILM NUMBER:\t\t25522924

\tMAIL ADDRESS:
\t\tSTREET 1:\t\tC/O EXAMPLE CORP
\t\tCITY:\t\t\tWOOD DALE
\t\tSTATE:\t\t\tIL

\tFORMER NAME:
\t\tFORMER CONFORMED NAME:\tDOE JANE
\t\tDATE OF NAME CHANGE:\t20190204

REPORTING-OWNER:

\tCOMPANY DATA:
\t\tCOMPANY CONFORMED NAME:\t\t\tEXAMPLE PARTNERS LP
\t\tCENTRAL INDEX KEY:\t\t\t0001888888
\t\tSTATE OF INCORPORATION:\t\t\tNY

ISSUER:

\tCOMPANY DATA:
\t\tCOMPANY CONFORMED NAME:\t\t\tEXAMPLE CORP
\t\tCENTRAL INDEX KEY:\t\t\t0000001750
\t\tSTANDARD INDUSTRIAL CLASSIFICATION:\tAIRCRAFT [OLD] & PARTS [3720]
\t\tEIN:\t\t\t\t362334820
\t\tSTATE OF INCORPORATION:\t\t\tDE
\t\tFISCAL YEAR END:\t\t\t0531

\tBUSINESS ADDRESS:
\t\tSTREET 1:\t\t1 MAIN STREET
\t\tBUSINESS PHONE:\t\t5550100
\tFORMER COMPANY:
\t\tFORMER CONFORMED NAME:\tEXAMPLE RADIO INC
</SEC-HEADER>
CENTRAL INDEX KEY:\t0000000001
";

const TAG: &str = "<SUBMISSION>
<ACCESSION-NUMBER>0001234567-25-000280
<TYPE>4
<PERIOD>20250106
<FILING-DATE>20250108
<DATE-OF-FILING-DATE-CHANGE>20250109
<REPORTING-OWNER>
<OWNER-DATA>
<CONFORMED-NAME>Doe Jane
<CIK>0001999999
<ORGANIZATION-NAME>
</OWNER-DATA>
<FILING-VALUES>
<FORM-TYPE>4
<ACT>34
<FILE-NUMBER>001-09999
<FILM-NUMBER>25519649
</FILING-VALUES>
<MAIL-ADDRESS>
<STREET1>1 MAIN STREET
<STATE>MA
</MAIL-ADDRESS>
</REPORTING-OWNER>
<ISSUER>
<COMPANY-DATA>
<CONFORMED-NAME>Example bio, Inc.
<CIK>0001750000
<ASSIGNED-SIC>2834
<IRS-NUMBER>863658454
<STATE-OF-INCORPORATION>DE
<FISCAL-YEAR-END>1231
</COMPANY-DATA>
<FORMER-COMPANY>
<FORMER-CONFORMED-NAME>Old
</FORMER-COMPANY>
</ISSUER>
<DOCUMENT>
<TYPE>EX-99
<FILING-DATE>19990101
";

const MIXED: &str = "ACCESSION NUMBER:\t\t0001234567-00-000193
CONFORMED SUBMISSION TYPE:\t4
FILED AS OF DATE:\t\t20000314

SUBJECT COMPANY:

\tCOMPANY DATA:
\t\tCOMPANY CONFORMED NAME:\t\t\tEXAMPLE CORP
\t\tCENTRAL INDEX KEY:\t\t\t0000001750
\t\tSTANDARD INDUSTRIAL CLASSIFICATION:\tMACHINERY [3540]

\tFILING VALUES:
\t\tSEC FILE NUMBER:\t000-24212
<REPORTING-OWNER>

COMPANY DATA:
\tCOMPANY CONFORMED NAME:\t\t\tDOE JOHN A
\tCENTRAL INDEX KEY:\t\t\t0001999999
\tSTANDARD INDUSTRIAL CLASSIFICATION:\t []
<RELATIONSHIP>DIRECTOR

FILING VALUES:
\tFORM TYPE:\t\t4

BUSINESS ADDRESS:
\tSTREET 1:\t\t2 SIDE STREET
</REPORTING-OWNER>
</SEC-HEADER>
";

fn cik(text: &str) -> Option<Cik> {
    Some(Cik::parse(text).unwrap())
}

#[test]
fn the_tab_dialect() {
    let header = Header::read(TAB);
    assert_eq!(header.accession_number, Accession::parse("0001234567-25-000012"));
    assert_eq!(header.submission_type, Some("4/A"));
    assert_eq!(header.period_of_report, Date::from_ymd(2025, 1, 8));
    assert_eq!(header.filing_date, Date::from_ymd(2025, 1, 10));
    assert_eq!(header.date_as_of_change, Date::from_ymd(2025, 1, 11));
    assert_eq!(header.acceptance_datetime.unwrap().to_string(), "2025-01-10T21:07:30Z");
    assert!(!header.is_correction && header.diagnostics.is_empty());
    let jane = Entity {
        name: Some("DOE JANE: Q."),
        cik: cik("1999999"),
        file_number: Some("001-09999"),
        film_number: Some("25522924"),
        mail_address: Address {
            street1: Some("C/O EXAMPLE CORP"),
            city: Some("WOOD DALE"),
            state: Some("IL"),
            ..Address::default()
        },
        ..Entity::default()
    };
    let partners = Entity {
        name: Some("EXAMPLE PARTNERS LP"),
        cik: cik("1888888"),
        state_of_incorporation: Some("NY"),
        ..Entity::default()
    };
    assert_eq!(header.owners, [jane, partners]);
    let issuer = Entity {
        name: Some("EXAMPLE CORP"),
        cik: cik("1750"),
        sic: Some("3720"),
        irs_number: Some("362334820"),
        state_of_incorporation: Some("DE"),
        fiscal_year_end: Some("0531"),
        business_address: Address {
            street1: Some("1 MAIN STREET"),
            phone: Some("5550100"),
            ..Address::default()
        },
        ..Entity::default()
    };
    assert_eq!(header.issuers, [issuer]);
}

#[test]
fn the_tag_dialect() {
    let header = Header::read(TAG);
    assert_eq!(header.accession_number, Accession::parse("0001234567-25-000280"));
    assert_eq!(header.submission_type, Some("4"));
    assert_eq!(header.period_of_report, Date::from_ymd(2025, 1, 6));
    assert_eq!(header.filing_date, Date::from_ymd(2025, 1, 8));
    assert_eq!(header.date_as_of_change, Date::from_ymd(2025, 1, 9));
    assert_eq!(header.acceptance_datetime, None);
    let owner = &header.owners[0];
    assert_eq!((owner.name, owner.cik), (Some("Doe Jane"), cik("1999999")));
    assert_eq!((owner.file_number, owner.film_number), (Some("001-09999"), Some("25519649")));
    assert_eq!((owner.mail_address.street1, owner.mail_address.state), (Some("1 MAIN STREET"), Some("MA")));
    let issuer = header.issuer(None).unwrap();
    assert_eq!((issuer.name, issuer.cik), (Some("Example bio, Inc."), cik("1750000")));
    assert_eq!((issuer.sic, issuer.irs_number), (Some("2834"), Some("863658454")));
    assert_eq!((issuer.state_of_incorporation, issuer.fiscal_year_end), (Some("DE"), Some("1231")));
}

#[test]
fn the_mixed_dialect_before_2003() {
    let header = Header::read(MIXED);
    let issuer = header.issuer(None).unwrap();
    assert_eq!((issuer.cik, issuer.sic, issuer.file_number), (cik("1750"), Some("3540"), Some("000-24212")));
    let owner = &header.owners[0];
    assert_eq!((owner.cik, owner.name), (cik("1999999"), Some("DOE JOHN A")));
    assert_eq!((owner.sic, owner.relationship), (None, Some("DIRECTOR")));
    assert_eq!(owner.business_address.street1, Some("2 SIDE STREET"));
    assert_eq!(owner.file_number, None);
}

#[test]
fn line_ends_blank_lines_and_indentation_do_not_matter() {
    for text in [TAB, TAG, MIXED] {
        let expected = format!("{:?}", Header::read(text));
        for ends in ["\r\n", "\r", "\n\n", "\n \t"] {
            assert_eq!(format!("{:?}", Header::read(&text.replace('\n', ends))), expected);
        }
    }
}

#[test]
fn of_several_issuers_the_one_with_the_cik_counts() {
    let text = "ISSUER:\nCENTRAL INDEX KEY:\t1\nISSUER:\nCENTRAL INDEX KEY:\t2\n";
    let header = Header::read(text);
    let found = |number: &str| header.issuer(cik(number)).unwrap().cik;
    assert_eq!((found("2"), found("3")), (cik("2"), cik("1")));
}

#[test]
fn what_cannot_be_read_is_null_with_a_diagnostic() {
    let text = "<ACCEPTANCE-DATETIME>20250309023000\nFILED AS OF DATE:\t20250230\nDATE AS OF CHANGE:\t\n\
                REPORTING-OWNER:\nCENTRAL INDEX KEY:\tnone\n";
    let header = Header::read(text);
    assert_eq!((header.filing_date, header.acceptance_datetime), (None, None));
    let doubts: Vec<_> = header.diagnostics.iter().map(|d| (d.code, d.raw.as_deref().unwrap())).collect();
    assert_eq!(
        doubts,
        [
            (Code::TimeUnreadable, "20250309023000"),
            (Code::DateUnreadable, "20250230"),
            (Code::CikUnreadable, "none"),
        ]
    );
}

#[test]
fn flags_of_a_correction_count_before_the_first_entity() {
    assert!(Header::read("<SUBMISSION>\n<CORRECTION>\n<TYPE>4\n").is_correction);
    assert!(Header::read("<TYPE>4\n<DELETION>\n").is_correction);
    assert!(!Header::read("<TYPE>4\n<REPORTING-OWNER>\n<DELETION>\n").is_correction);
}

#[test]
fn a_header_without_end_is_read_for_a_mebibyte() {
    let header = "ISSUER:\n".repeat(1 << 18);
    assert_eq!(Header::read(&header).issuers.len(), 1 << 17);
}

#[test]
fn a_damaged_line_still_tells_the_type() {
    assert_eq!(Header::read("Proc-Type: RSA\n : : SUBMISSION TYPE:\t4\n").submission_type, Some("4"));
}

proptest! {
    #[test]
    fn any_text_gives_a_header(text in "(?s).{0,200}") {
        Header::read(&text);
    }

    #[test]
    fn any_lines_of_headers_give_one(order in prop::collection::vec((0..3usize, 0..60usize), 0..60)) {
        let lines = [TAB, TAG, MIXED].map(|text| text.lines().collect::<Vec<_>>());
        let text: Vec<_> = order.iter().filter_map(|(text, line)| lines[*text].get(*line).copied()).collect();
        let joined = text.join("\n");
        let header = Header::read(&joined);
        let begun = |mark: &str| text.iter().take_while(|line| !ends(line)).filter(|line| line.trim() == mark).count();
        prop_assert_eq!(header.owners.len(), begun("REPORTING-OWNER:") + begun("<REPORTING-OWNER>"));
        prop_assert_eq!(header.issuers.len(), begun("ISSUER:") + begun("<ISSUER>") + begun("SUBJECT COMPANY:"));
    }
}

fn ends(line: &str) -> bool {
    matches!(line, "</SEC-HEADER>" | "<DOCUMENT>")
}
