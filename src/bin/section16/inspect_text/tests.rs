use super::*;
use section16::model::{
    Accession, Cik, Code, Date, Decimal, Diagnostic, FilingId, Footnote, FootnoteRef, Owner, Relationship,
    Row, RowKind, Signature, SourceFormat, Table, Timestamp,
};
use section16::{Reason, Reject};

const ORIGIN: Origin =
    Origin { path: "in/day.tar.gz", member: Some("a.nc"), entry: 0, offset: 0, bytes: 4321 };

fn layout() -> Layout {
    Layout { width: 100, paint: Paint::new(false) }
}

fn day(month: u8, day: u8) -> Option<Date> {
    Date::from_ymd(2024, month, day)
}

fn whole(number: i64) -> Option<Decimal> {
    Decimal::from_millionths(number * 1_000_000)
}

fn owner() -> Owner<'static> {
    Owner {
        rpt_owner_cik: Cik::parse("1900001"),
        rpt_owner_name: Some("Muster Erika".into()),
        rpt_owner_street1: Some("1 Sample Way".into()),
        rpt_owner_city: Some("Springfield".into()),
        rpt_owner_state: Some("DE".into()),
        relationship: Relationship {
            is_director: Some(true),
            is_officer: Some(true),
            is_ten_percent_owner: Some(false),
            officer_title: Some("Chief Example Officer".into()),
            ..Relationship::default()
        },
        ..Owner::default()
    }
}

fn sale() -> Row<'static> {
    Row {
        security_title: Some("Common Stock".into()),
        transaction_date: day(2, 27),
        transaction_code: Some("S".into()),
        transaction_shares: whole(12_500),
        transaction_acquired_disposed_code: Some("D".into()),
        transaction_price_per_share: Decimal::from_millionths(30_769_600),
        shares_owned_following_transaction: whole(1_000_000),
        direct_or_indirect_ownership: Some("D".into()),
        footnote_refs: vec![FootnoteRef {
            field: Some("transaction_price_per_share"),
            footnote_id: "F1".into(),
        }],
        ..Row::new(RowKind::Transaction, false)
    }
}

fn option() -> Row<'static> {
    Row {
        security_title: Some("Stock Option (right to buy)".into()),
        conversion_or_exercise_price: Decimal::from_millionths(130_000),
        expiration_date: day(12, 22),
        underlying_security_title: Some("Common Stock".into()),
        underlying_security_shares: whole(515_218),
        shares_owned_following_transaction: whole(515_218),
        direct_or_indirect_ownership: Some("I".into()),
        nature_of_ownership: Some("By a trust for the benefit of nobody in particular".into()),
        footnote_refs: vec![FootnoteRef { field: None, footnote_id: "F2".into() }],
        ..Row::new(RowKind::Holding, true)
    }
}

fn filing() -> Filing<'static> {
    let id = FilingId::Accession(Accession::parse("0001900001-24-000007").unwrap());
    let note = "The price is a weighted average; the shares were sold in several transactions at prices \
                between $30.50 and $31.00.";
    Filing {
        submission_type: Some("4".into()),
        document_type: Some("4".into()),
        schema_version: Some("X0508".into()),
        filing_date: day(2, 28),
        acceptance_datetime: day(2, 28).map(|day| Timestamp::from_utc(day, 75_600)),
        period_of_report: day(2, 27),
        aff10b5_one: Some(false),
        issuer_cik: Cik::parse("1900002"),
        issuer_name: Some("Example Widgets Inc".into()),
        issuer_trading_symbol: Some("EXMP".into()),
        remarks: Some("None.".into()),
        document_filename: Some("form4.xml".into()),
        owners: vec![owner()],
        rows: vec![sale(), option()],
        footnotes: vec![Footnote { footnote_id: Some("F1".into()), footnote: Some(note.into()) }],
        signatures: vec![Signature {
            signature_name: Some("/s/ Erika Muster".into()),
            signature_date: day(2, 28),
        }],
        diagnostics: vec![
            Diagnostic::new(Code::NumberRepaired, "A comma stood in the number.")
                .on(Table::Transactions, Some(0), "transaction_shares")
                .raw("12,500"),
        ],
        ..Filing::new(id, SourceFormat::Xml)
    }
}

#[test]
fn golden() {
    let golden = "\
0001900001-24-000007  Form 4
  source    in/day.tar.gz!a.nc, 4,321 bytes
  document  form4.xml, xml X0508
  period    2024-02-27
  filed     2024-02-28, accepted 2024-02-28T21:00:00Z
  boxes     Rule 10b5-1(c) plan: no
  issuer    Example Widgets Inc, symbol EXMP, CIK 0001900002

Reporting owners
  #  name          CIK         relationship                            address
  0  Muster Erika  0001900001  director, officer (Chief Example        1 Sample Way, Springfield, DE
                               Officer)

Table I: non-derivative securities
  #  kind    security      date        code  shares  A/D       price  owned after  D/I
  0  trans.  Common Stock  2024-02-27  S     12,500  D    30.7696 F1    1,000,000  D

Table II: derivative securities
  1  holding  security Stock Option (right to buy); exercise price 0.13; expires 2024-12-22;
              underlying Common Stock; underlying shares 515,218; owned after 515,218; D/I I; nature
              By a trust for the benefit of nobody in particular; marks F2

Footnotes
  F1  The price is a weighted average; the shares were sold in several transactions at prices
      between $30.50 and $31.00.

Remarks
  None.

Signatures
  /s/ Erika Muster  2024-02-28

Diagnostics: what was repaired, doubted or left null
  code             where                               literal text  what and why
  number-repaired  transactions[0].transaction_shares  «12,500»      A comma stood in the number.
";
    let text = filing_text(&filing(), &ORIGIN, layout());
    assert_eq!(text, golden, "\n{text}");
}

#[test]
fn wide_lines_hold_a_wide_table() {
    let text = filing_text(&filing(), &ORIGIN, Layout { width: 140, ..layout() });
    let heading =
        "  #  kind     security             exercise price  expires     underlying    underlying shares  ";
    assert!(text.contains(heading), "{text}");
    let row =
        "  1  holding  Stock Option (right            0.13  2024-12-22  Common Stock            515,218  ";
    assert!(text.contains(row), "{text}");
}

#[test]
fn a_filing_that_states_nothing_is_still_named() {
    let text = filing_text(&Filing::new(FilingId::Digest(1), SourceFormat::Xml), &ORIGIN, layout());
    let golden = "\
sha256:0000000000000001  Form of unknown type
  source    in/day.tar.gz!a.nc, 4,321 bytes
  document  xml
  issuer    CIK unknown
";
    assert_eq!(text, golden);
}

#[test]
fn types_that_differ_are_both_told() {
    let filing = Filing { submission_type: Some("4/A".into()), ..filing() };
    let text = filing_text(&filing, &ORIGIN, layout());
    assert!(text.starts_with("0001900001-24-000007  Form 4 (submitted as 4/A)\n"), "{text}");
}

#[test]
fn rejects_and_other_forms_take_one_line() {
    let mut reject = Reject::new(Reason::MalformedXml, "the root has no end\u{1b}[31m").at(12);
    assert_eq!(
        reject_text(&reject, &ORIGIN),
        "in/day.tar.gz!a.nc: rejected, malformed-xml at byte 12: the root has no end [31m"
    );
    reject.accession_number = Accession::parse("0001900001-24-000007");
    reject.submission_type = Some("4".into());
    let text = reject_text(&reject, &ORIGIN);
    assert!(text.starts_with("in/day.tar.gz!a.nc (Form 4 0001900001-24-000007): rejected"), "{text}");
    assert_eq!(other_text("Form 10-K, passed over", &ORIGIN), "in/day.tar.gz!a.nc: Form 10-K, passed over");
}
