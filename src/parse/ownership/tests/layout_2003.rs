use super::{filing, marks, print, told, with_issuer};
use crate::model::{Code, RowKind, SourceFormat, Table};

#[test]
fn rows_stand_under_the_root_and_the_value_is_the_price() {
    let document = with_issuer(
        r#"<schemaVersion>X0101</schemaVersion>
        <nonDerivativeSecurity><securityTitle><value>Common Stock</value></securityTitle>
            <transactionDate><value>2003-06-10</value></transactionDate>
            <transactionAmounts><transactionShares><value>2000</value></transactionShares>
            <transactionValue><value>8.50</value><footnoteId id="F1"/></transactionValue></transactionAmounts>
        </nonDerivativeSecurity>
        <derivativeSecurity><transactionCoding><transactionCode>M</transactionCode></transactionCoding></derivativeSecurity>
        <derivativeSecurity><securityTitle><value>Option</value></securityTitle>
            <transactionDate/><transactionCoding><transactionCode> </transactionCode><footnoteId id="F1"/></transactionCoding>
            <underlyingSecurity><underlyingSecurityShares><value>9</value></underlyingSecurityShares></underlyingSecurity>
        </derivativeSecurity>
        <footnotes><footnote id="F1">Average.</footnote></footnotes>"#,
    );
    let filing = filing(&document);
    assert_eq!(told(&filing), []);
    assert_eq!(filing.source_format, SourceFormat::Xml2003);
    let kinds: Vec<_> = filing.rows.iter().map(|row| (row.kind, row.is_derivative)).collect();
    let expected = [(RowKind::Transaction, false), (RowKind::Transaction, true), (RowKind::Holding, true)];
    assert_eq!(kinds, expected);
    assert_eq!(print(filing.rows[0].transaction_price_per_share), "8.5");
    assert_eq!(filing.rows[0].transaction_total_value, None);
    assert_eq!(marks(&filing.rows[0]), [(Some("transaction_price_per_share"), "F1")]);
    assert_eq!(print(filing.rows[2].underlying_security_shares), "9");
    assert_eq!(marks(&filing.rows[2]), [(Some("transaction_form_type"), "F1")]);
}

#[test]
fn a_row_element_of_2003_tells_the_layout_without_a_version() {
    let document = with_issuer("<nonDerivativeSecurity/>");
    assert_eq!(filing(&document).source_format, SourceFormat::Xml2003);
    let document = with_issuer("<schemaVersion>X0101</schemaVersion>");
    assert_eq!(filing(&document).source_format, SourceFormat::Xml2003);
}

#[test]
fn a_date_that_cannot_be_read_still_makes_a_transaction() {
    let document = with_issuer(
        "<nonDerivativeSecurity><transactionDate><value>2003-13-45</value></transactionDate></nonDerivativeSecurity>",
    );
    let filing = filing(&document);
    assert_eq!(filing.rows[0].kind, RowKind::Transaction);
    assert_eq!(told(&filing), [(Code::DateUnreadable, "transaction_date", "2003-13-45")]);
    assert_eq!(filing.diagnostics[0].table, Some(Table::Transactions));
}

#[test]
fn what_a_holding_has_no_column_for_goes_to_diagnostics_with_its_text() {
    let document = with_issuer(
        r#"<nonDerivativeSecurity><securityTitle><value>Common</value></securityTitle>
        <transactionAmounts><transactionShares><value>1,200</value><footnoteId id="F1"/></transactionShares></transactionAmounts>
        <postTransactionAmounts><sharesOwnedFollowingTransaction><value>$7</value></sharesOwnedFollowingTransaction>
        </postTransactionAmounts></nonDerivativeSecurity><footnotes><footnote id="F1">x</footnote></footnotes>"#,
    );
    let filing = filing(&document);
    let row = &filing.rows[0];
    assert_eq!((row.kind, row.transaction_shares), (RowKind::Holding, None));
    assert_eq!(print(row.shares_owned_following_transaction), "7");
    assert_eq!(marks(row), [(None, "F1")]);
    let expected = [
        (Code::NumberRepaired, "transaction_shares", "1,200"),
        (Code::NumberRepaired, "shares_owned_following_transaction", "$7"),
        (Code::MisplacedElement, "transactionShares", "1,200"),
    ];
    assert_eq!(told(&filing), expected);
    assert!(filing.diagnostics.iter().all(|d| d.table == Some(Table::Holdings) && d.row_index == Some(0)));
}
