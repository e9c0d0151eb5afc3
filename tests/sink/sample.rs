//! Filings with invented values, small and cheap to make in any number.

use section16::model::{
    Accession, Cik, Date, Decimal, Filing, FilingId, Footnote, FootnoteRef, Owner, Relationship, Row,
    RowKind, Signature, SourceFormat,
};

/// The accession number `0009999999-24-` and six digits.
pub fn accession(number: u64) -> FilingId {
    FilingId::Accession(Accession::from_u64(999_999_924_000_000 + number).unwrap())
}

/// The CIK of these digits.
pub fn cik(number: u64) -> Cik {
    Cik::parse(&number.to_string()).unwrap()
}

/// A Form 4 with two transactions and a holding, as most are. Values differ from number to number.
pub fn form4(number: u64, issuer: u64) -> Filing<'static> {
    let mut filing = Filing::new(accession(number), SourceFormat::Xml);
    let day = Date::from_ymd(2024, 1 + (number % 12) as u8, 1 + (number % 28) as u8);
    filing.submission_type = Some("4".into());
    filing.document_type = Some("4".into());
    filing.is_amendment = Some(false);
    filing.schema_version = Some("X0508".into());
    filing.filing_date = day;
    filing.period_of_report = day;
    filing.issuer_cik = Some(cik(issuer));
    filing.issuer_name = Some("INVENTED HOLDINGS INC".into());
    filing.issuer_trading_symbol = Some("INVT".into());
    filing.owners.push(Owner {
        rpt_owner_cik: Some(cik(7_000_000 + number % 1000)),
        rpt_owner_name: Some(format!("Doe Jane {}", number % 1000).into()),
        rpt_owner_street1: Some("1 Invented Street".into()),
        rpt_owner_city: Some("Springfield".into()),
        rpt_owner_state: Some("NY".into()),
        relationship: Relationship {
            is_officer: Some(true),
            officer_title: Some("Chief Executive Officer".into()),
            ..Relationship::default()
        },
        ..Owner::default()
    });
    filing.rows.extend((0..3).map(|row| row_of(number, row)));
    filing.footnotes.push(Footnote {
        footnote_id: Some("F1".into()),
        footnote: Some(
            format!("The price is the mean of {number} prices, and this text is invented.").into(),
        ),
    });
    filing.signatures.push(Signature { signature_name: Some("/s/ Jane Doe".into()), signature_date: day });
    filing
}

fn row_of(number: u64, row: u64) -> Row<'static> {
    let kind = if row < 2 { RowKind::Transaction } else { RowKind::Holding };
    let shares = |n: u64| Decimal::from_millionths(n as i64 * 1_000_000);
    Row {
        security_title: Some("Common Stock".into()),
        transaction_form_type: Some("4".into()),
        transaction_shares: shares(number % 977 + row),
        transaction_price_per_share: Decimal::from_millionths((number % 7919) as i64 * 10_000),
        shares_owned_following_transaction: shares(number * 31 % 100_003),
        direct_or_indirect_ownership: Some("D".into()),
        footnote_refs: vec![FootnoteRef {
            field: Some("transaction_price_per_share"),
            footnote_id: "F1".into(),
        }],
        ..Row::new(kind, row == 1)
    }
}
