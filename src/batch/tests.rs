use super::{Builders, TableBatch};
use crate::model::{
    Accession, Cik, Code, Date, Decimal, Diagnostic, Filing, FilingId, Footnote, FootnoteRef, Origin, Owner,
    Relationship, Row, RowKind, Signature, SourceFormat, Table, Timestamp,
};
use crate::reject::{Reason, Reject};
use crate::schema;
use arrow::array::AsArray;
use arrow::datatypes::TimestampMicrosecondType;
use arrow::util::display::array_value_to_string;
use std::borrow::Cow;

const ORIGIN: Origin<'_> =
    Origin { path: "in/day.tar.gz", member: Some("a.nc"), entry: 3, offset: 40, bytes: 5_000 };
const ID: &str = "0001234567-25-000012";

fn text(text: &str) -> Option<Cow<'_, str>> {
    Some(text.into())
}

fn day(day: u8) -> Option<Date> {
    Date::from_ymd(2025, 1, day)
}

fn number(millionths: i64) -> Option<Decimal> {
    Decimal::from_millionths(millionths)
}

/// A filing in which no two values of one type are alike.
fn full() -> Filing<'static> {
    let id = FilingId::Accession(Accession::parse(ID).unwrap());
    Filing {
        submission_type: text("4/A"),
        document_type: text("4"),
        is_amendment: Some(true),
        schema_version: text("X0508"),
        filing_date: day(8),
        acceptance_datetime: Some(Timestamp::from_utc(day(8).unwrap(), 3_661)),
        date_as_of_change: day(9),
        period_of_report: day(7),
        date_of_original_submission: day(6),
        no_securities_owned: Some(false),
        not_subject_to_section16: Some(true),
        form3_holdings_reported: None,
        form4_transactions_reported: Some(false),
        aff10b5_one: Some(true),
        is_joint_group_filing: Some(true),
        issuer_cik: Cik::parse("1065298"),
        issuer_name: text("INVENTED INC"),
        issuer_trading_symbol: text("INVT"),
        issuer_foreign_trading_symbol: text("INVT.X"),
        issuer_sic: text("6324"),
        issuer_irs_number: text("123456789"),
        issuer_state_of_incorporation: text("DE"),
        issuer_fiscal_year_end: text("1231"),
        remarks: text("A remark"),
        document_filename: text("form4.xml"),
        owners: vec![owner(), Owner { rpt_owner_name: text("Second Owner"), ..Owner::default() }],
        rows: vec![row(RowKind::Transaction), row(RowKind::Holding), Row::new(RowKind::Transaction, false)],
        footnotes: vec![
            Footnote { footnote_id: text("F1"), footnote: text("A note") },
            Footnote { footnote_id: None, footnote: None },
        ],
        signatures: vec![
            Signature { signature_name: text("/s/ Jane Doe"), signature_date: day(5) },
            Signature::default(),
        ],
        diagnostics: vec![
            Diagnostic::new(Code::DateUnreadable, "no date")
                .on(Table::Transactions, Some(2), "transaction_date")
                .raw("31.31.2025"),
            Diagnostic::new(Code::HardWrapRejoined, "lines were joined"),
        ],
        ..Filing::new(id, SourceFormat::Xml)
    }
}

fn owner() -> Owner<'static> {
    Owner {
        rpt_owner_cik: Cik::parse("42"),
        rpt_owner_name: text("Doe Jane"),
        rpt_owner_street1: text("Street 1"),
        rpt_owner_street2: text("Street 2"),
        rpt_owner_city: text("City"),
        rpt_owner_state: text("NY"),
        rpt_owner_zip_code: text("10001"),
        rpt_owner_state_description: text("NEW YORK"),
        rpt_owner_country: text("US"),
        rpt_owner_non_us_address_flag: Some(false),
        rpt_owner_non_us_state_territory: text("Territory"),
        rpt_owner_good_address: Some(true),
        relationship: Relationship {
            is_director: Some(true),
            is_officer: Some(false),
            is_ten_percent_owner: None,
            is_other: Some(true),
            officer_title: text("Chief"),
            other_text: text("Other"),
        },
        file_number: text("001-1"),
        film_number: text("25001"),
    }
}

fn row(kind: RowKind) -> Row<'static> {
    Row {
        security_title: text("Option"),
        conversion_or_exercise_price: number(1_100_000),
        transaction_date: day(1),
        deemed_execution_date: day(2),
        transaction_form_type: text("5"),
        transaction_code: text("M"),
        equity_swap_involved: Some(false),
        transaction_timeliness: text("L"),
        transaction_shares: number(2_000_000),
        transaction_total_value: number(3_000_000),
        transaction_price_per_share: number(-4_000_001),
        transaction_acquired_disposed_code: text("A"),
        exercise_date: day(3),
        expiration_date: day(4),
        underlying_security_title: text("Common"),
        underlying_security_shares: number(5_000_000),
        underlying_security_value: number(6_000_000),
        shares_owned_following_transaction: number(7_000_000),
        value_owned_following_transaction: number(999_999_999_999_999_999),
        direct_or_indirect_ownership: text("I"),
        nature_of_ownership: text("By trust"),
        footnote_refs: vec![
            FootnoteRef { field: Some("transaction_code"), footnote_id: "F1".into() },
            FootnoteRef { field: None, footnote_id: "F2".into() },
        ],
        ..Row::new(kind, true)
    }
}

fn build(filing: &Filing<'_>) -> Vec<TableBatch> {
    let mut builders = Builders::new();
    builders.append(filing, &ORIGIN, 9).unwrap();
    builders.append_reject(&reject(), &ORIGIN);
    builders.finish().unwrap()
}

fn reject() -> Reject {
    let mut reject = Reject::new(Reason::MalformedXml, "it is damaged").at(7);
    reject.accession_number = Accession::parse(ID);
    reject.submission_type = Some("4".to_owned());
    reject
}

/// A row as `column=value`, nulls left out.
fn printed(batches: &[TableBatch], table: Table, row: usize) -> String {
    let batch = &batches.iter().find(|b| b.table == table).unwrap().batch;
    let cells = batch.schema_ref().fields().iter().zip(batch.columns());
    let stated = cells.filter(|(_, column)| !column.is_null(row));
    let printed = stated.map(|(field, column)| {
        // Arrow prints a moment of a named zone only with a database of zones.
        let value = match column.as_primitive_opt::<TimestampMicrosecondType>() {
            Some(moments) => moments.value(row).to_string(),
            None => array_value_to_string(column, row).unwrap(),
        };
        format!("{}={value}", field.name())
    });
    printed.collect::<Vec<_>>().join("|")
}

const KEYS: &str =
    "filing_id=0001234567-25-000012|accession_number=0001234567-25-000012|issuer_cik=0001065298";
const REPEATED: &str = "document_type=4|filing_date=2025-01-08|period_of_report=2025-01-07|\
    issuer_trading_symbol=INVT|aff10b5_one=true|rpt_owner_cik=0000000042|rpt_owner_name=Doe Jane|\
    is_director=true|is_officer=false|is_other=true|officer_title=Chief|owner_count=2";

#[test]
fn every_value_stands_in_its_column() {
    let batches = build(&full());
    let row = |table, row| printed(&batches, table, row);
    assert_eq!(
        row(Table::Filings, 0),
        "filing_id=0001234567-25-000012|accession_number=0001234567-25-000012|submission_type=4/A|\
         document_type=4|is_amendment=true|source_format=xml|schema_version=X0508|filing_date=2025-01-08|\
         acceptance_datetime=1736298061000000|date_as_of_change=2025-01-09|period_of_report=2025-01-07|\
         date_of_original_submission=2025-01-06|no_securities_owned=false|not_subject_to_section16=true|\
         form4_transactions_reported=false|aff10b5_one=true|is_joint_group_filing=true|issuer_cik=0001065298|\
         issuer_name=INVENTED INC|issuer_trading_symbol=INVT|issuer_foreign_trading_symbol=INVT.X|\
         issuer_sic=6324|issuer_irs_number=123456789|issuer_state_of_incorporation=DE|\
         issuer_fiscal_year_end=1231|remarks=A remark|owner_count=2|transaction_count=2|holding_count=1|\
         footnote_count=2|diagnostic_count=2|source_path=in/day.tar.gz|source_member=a.nc|source_offset=40|\
         source_bytes=5000|document_filename=form4.xml"
    );
    assert_eq!(
        row(Table::ReportingOwners, 0),
        format!(
            "{KEYS}|owner_index=0|rpt_owner_cik=0000000042|rpt_owner_name=Doe Jane|rpt_owner_street1=Street 1|\
             rpt_owner_street2=Street 2|rpt_owner_city=City|rpt_owner_state=NY|rpt_owner_zip_code=10001|\
             rpt_owner_state_description=NEW YORK|rpt_owner_country=US|rpt_owner_non_us_address_flag=false|\
             rpt_owner_non_us_state_territory=Territory|rpt_owner_good_address=true|is_director=true|\
             is_officer=false|is_other=true|officer_title=Chief|other_text=Other|file_number=001-1|\
             film_number=25001|filing_date=2025-01-08"
        )
    );
    assert_eq!(
        row(Table::ReportingOwners, 1),
        format!("{KEYS}|owner_index=1|rpt_owner_name=Second Owner|filing_date=2025-01-08")
    );
    assert_eq!(
        row(Table::Transactions, 0),
        format!(
            "{KEYS}|row_index=0|is_derivative=true|security_title=Option|conversion_or_exercise_price=1.100000|\
             transaction_date=2025-01-01|deemed_execution_date=2025-01-02|transaction_form_type=5|\
             transaction_code=M|equity_swap_involved=false|transaction_timeliness=L|\
             transaction_shares=2.000000|transaction_total_value=3.000000|\
             transaction_price_per_share=-4.000001|transaction_acquired_disposed_code=A|\
             exercise_date=2025-01-03|expiration_date=2025-01-04|underlying_security_title=Common|\
             underlying_security_shares=5.000000|underlying_security_value=6.000000|\
             shares_owned_following_transaction=7.000000|\
             value_owned_following_transaction=999999999999.999999|direct_or_indirect_ownership=I|\
             nature_of_ownership=By trust|footnote_refs=[{{field: transaction_code, footnote_id: F1}}, \
             {{field: , footnote_id: F2}}]|{REPEATED}"
        )
    );
    assert_eq!(row(Table::Transactions, 1), format!("{KEYS}|row_index=2|is_derivative=false|{REPEATED}"));
    assert_eq!(
        row(Table::Holdings, 0),
        format!(
            "{KEYS}|row_index=1|is_derivative=true|security_title=Option|conversion_or_exercise_price=1.100000|\
             transaction_form_type=5|exercise_date=2025-01-03|expiration_date=2025-01-04|\
             underlying_security_title=Common|underlying_security_shares=5.000000|\
             underlying_security_value=6.000000|shares_owned_following_transaction=7.000000|\
             value_owned_following_transaction=999999999999.999999|direct_or_indirect_ownership=I|\
             nature_of_ownership=By trust|footnote_refs=[{{field: transaction_code, footnote_id: F1}}, \
             {{field: , footnote_id: F2}}]|{REPEATED}"
        )
    );
}

#[test]
fn every_value_stands_in_its_column_of_the_small_tables() {
    let batches = build(&full());
    let row = |table, row| printed(&batches, table, row);
    assert_eq!(
        row(Table::Footnotes, 0),
        format!("{KEYS}|footnote_id=F1|footnote=A note|filing_date=2025-01-08")
    );
    assert_eq!(row(Table::Footnotes, 1), format!("{KEYS}|filing_date=2025-01-08"));
    assert_eq!(
        row(Table::Signatures, 0),
        format!(
            "{KEYS}|signature_index=0|signature_name=/s/ Jane Doe|signature_date=2025-01-05|\
             filing_date=2025-01-08"
        )
    );
    assert_eq!(row(Table::Signatures, 1), format!("{KEYS}|signature_index=1|filing_date=2025-01-08"));
    assert_eq!(
        row(Table::Diagnostics, 0),
        format!(
            "{KEYS}|table=transactions|row_index=2|field=transaction_date|code=date-unreadable|\
             raw=31.31.2025|message=no date|source_path=in/day.tar.gz|source_member=a.nc"
        )
    );
    assert_eq!(
        row(Table::Diagnostics, 1),
        format!(
            "{KEYS}|code=hard-wrap-rejoined|message=lines were joined|source_path=in/day.tar.gz|\
             source_member=a.nc"
        )
    );
    assert_eq!(
        row(Table::Rejects, 0),
        "source_path=in/day.tar.gz|source_member=a.nc|source_offset=40|source_bytes=5000|\
         accession_number=0001234567-25-000012|submission_type=4|code=malformed-xml|\
         message=it is damaged (at byte 7 of the entry)"
    );
}

#[test]
fn a_filing_that_states_nothing_is_a_row_of_nulls() {
    let batches = build(&Filing::new(FilingId::Digest(0xAB), SourceFormat::Text));
    let tables: Vec<Table> = batches.iter().map(|b| b.table).collect();
    assert_eq!(tables, [Table::Filings, Table::Rejects]);
    assert_eq!(
        printed(&batches, Table::Filings, 0),
        "filing_id=sha256:00000000000000ab|source_format=text|owner_count=0|transaction_count=0|\
         holding_count=0|footnote_count=0|diagnostic_count=0|source_path=in/day.tar.gz|source_member=a.nc|\
         source_offset=40|source_bytes=5000"
    );
}

#[test]
fn batches_have_the_columns_of_the_schema() {
    let batches = build(&full());
    let tables: Vec<Table> = batches.iter().map(|b| b.table).collect();
    assert_eq!(tables, Table::ALL);
    for batch in &batches {
        assert_eq!(batch.batch.schema(), schema::arrow_schema(batch.table));
    }
}

#[test]
fn spans_say_whose_rows_they_are() {
    let mut builders = Builders::new();
    let mut second = full();
    (second.id, second.source_format) = (FilingId::Digest(5), SourceFormat::Html);
    second.rows.truncate(1);
    builders.append(&full(), &ORIGIN, 0).unwrap();
    builders.append(&second, &ORIGIN, 1).unwrap();
    builders.append_reject(&reject(), &ORIGIN);
    let batches = builders.finish().unwrap();
    let spans = |table: Table| &batches.iter().find(|b| b.table == table).unwrap().spans;
    let of = |table: Table| -> Vec<_> {
        spans(table).iter().map(|s| (s.rows, s.copy, s.id.map(|id| id.to_string()), s.rank)).collect()
    };
    let (first, digest) = (Some(ID.to_owned()), Some("sha256:0000000000000005".to_owned()));
    assert_eq!(of(Table::Filings), [(1, 0, first.clone(), 0), (1, 1, digest.clone(), 1)]);
    assert_eq!(of(Table::Transactions), [(2, 0, first.clone(), 0), (1, 1, digest, 1)]);
    assert_eq!(of(Table::Holdings), [(1, 0, first, 0)]);
    assert_eq!(of(Table::Rejects), [(1, 0, None, 0)]);
    assert_eq!(spans(Table::Rejects)[0].entry, 3);
    for batch in &batches {
        let rows: u32 = batch.spans.iter().map(|s| s.rows).sum();
        assert_eq!(rows as usize, batch.batch.num_rows());
    }
}

#[test]
fn the_size_is_that_of_the_values_and_starts_anew() {
    let mut builders = Builders::new();
    assert_eq!(builders.size(), 0);
    builders.append(&full(), &ORIGIN, 0).unwrap();
    let of_one = builders.size();
    builders.append(&full(), &ORIGIN, 1).unwrap();
    assert_eq!(builders.size(), 2 * of_one);
    let batches = builders.finish().unwrap();
    let of_spans: u32 = batches.iter().flat_map(|b| &b.spans).map(|s| s.bytes).sum();
    assert_eq!(of_spans as usize, 2 * of_one);
    assert_eq!((builders.size(), builders.finish().unwrap().len()), (0, 0));
}

#[test]
fn a_filing_whose_rows_repeat_too_much_text_is_a_reject() {
    let mut filing = full();
    filing.owners[0].rpt_owner_name = Some("x".repeat(1 << 20).into());
    filing.rows = vec![Row::new(RowKind::Transaction, false); 100];
    let mut builders = Builders::new();
    let reject = builders.append(&filing, &ORIGIN, 0).unwrap_err();
    assert_eq!(reject.reason, Reason::EntryTooLarge);
    assert_eq!(reject.accession_number, filing.accession_number);
    assert_eq!(reject.submission_type.as_deref(), Some("4/A"));
    assert_eq!(builders.size(), 0);
    filing.rows.truncate(10);
    builders.append(&filing, &ORIGIN, 0).unwrap();
}

/// A flag of a filing.
type Flag = for<'f> fn(&'f mut Filing<'static>) -> &'f mut Option<bool>;

#[test]
fn every_flag_stands_in_its_column() {
    let of_filing: [(&str, Flag); 7] = [
        ("is_amendment", |f| &mut f.is_amendment),
        ("no_securities_owned", |f| &mut f.no_securities_owned),
        ("not_subject_to_section16", |f| &mut f.not_subject_to_section16),
        ("form3_holdings_reported", |f| &mut f.form3_holdings_reported),
        ("form4_transactions_reported", |f| &mut f.form4_transactions_reported),
        ("aff10b5_one", |f| &mut f.aff10b5_one),
        ("is_joint_group_filing", |f| &mut f.is_joint_group_filing),
    ];
    let of_owner: [(&str, Flag); 6] = [
        ("rpt_owner_non_us_address_flag", |f| &mut f.owners[0].rpt_owner_non_us_address_flag),
        ("rpt_owner_good_address", |f| &mut f.owners[0].rpt_owner_good_address),
        ("is_director", |f| &mut f.owners[0].relationship.is_director),
        ("is_officer", |f| &mut f.owners[0].relationship.is_officer),
        ("is_ten_percent_owner", |f| &mut f.owners[0].relationship.is_ten_percent_owner),
        ("is_other", |f| &mut f.owners[0].relationship.is_other),
    ];
    let flags = |batches: &[TableBatch], table| {
        let printed = printed(batches, table, 0);
        let set = printed.split('|').filter_map(|cell| cell.strip_suffix("=true"));
        set.map(str::to_owned).collect::<Vec<_>>()
    };
    for (name, flag) in of_filing.into_iter().chain(of_owner) {
        let mut filing = Filing::new(FilingId::Digest(1), SourceFormat::Xml);
        filing.owners.push(Owner::default());
        filing.rows = vec![Row::new(RowKind::Transaction, false), Row::new(RowKind::Holding, false)];
        *flag(&mut filing) = Some(true);
        let batches = build(&filing);
        let is_of_filing = of_filing.iter().any(|(n, _)| *n == name);
        assert_eq!(flags(&batches, Table::Filings), if is_of_filing { vec![name] } else { vec![] });
        let owners = flags(&batches, Table::ReportingOwners);
        assert_eq!(owners, if is_of_filing { vec![] } else { vec![name] });
        let repeats = name == "aff10b5_one" || name.starts_with("is_") && !is_of_filing;
        for table in [Table::Transactions, Table::Holdings] {
            assert_eq!(flags(&batches, table), if repeats { vec![name] } else { vec![] });
        }
    }
}
