use super::{filing, marks, only_row, told, with_issuer, with_row};
use crate::model::{Code, Table};

#[test]
fn marks_are_kept_in_document_order_with_the_field_they_stand_on() {
    let document = with_row(
        r#"<footnoteId id="F9"/>
        <securityTitle><footnoteId id="F3"/><value>Common</value><footnoteId id="F1"></footnoteId></securityTitle>
        <transactionCoding><footnoteId id='F2'/><transactionCode>P<footnoteId id="F5"/></transactionCode>
            <transactionFormType>4<footnoteId id="F6"/></transactionFormType></transactionCoding>
        <transactionAmounts><footnoteId id="F8"/>
            <transactionPricePerShare><value>1<footnoteId id="F7"/></value></transactionPricePerShare></transactionAmounts>
        <transactionValue><footnoteId id="F4"/></transactionValue>"#,
    );
    let filing = filing(&document);
    let row = only_row(&filing);
    let expected = [
        (None, "F9"),
        (Some("security_title"), "F3"),
        (Some("security_title"), "F1"),
        (Some("transaction_code"), "F2"),
        (Some("transaction_code"), "F5"),
        (Some("transaction_form_type"), "F6"),
        (None, "F8"),
        (Some("transaction_price_per_share"), "F7"),
        (Some("transaction_price_per_share"), "F4"),
    ];
    assert_eq!(marks(row), expected);
    assert_eq!(row.security_title.as_deref(), Some("Common"));
    assert_eq!(row.transaction_code.as_deref(), Some("P"));
    assert_eq!(row.transaction_price_per_share.map(|p| p.to_string()).as_deref(), Some("1"));
}

#[test]
fn marks_and_footnotes_that_do_not_meet_are_told() {
    let document = with_issuer(
        r#"<derivativeTable><derivativeHolding><securityTitle><footnoteId id="F1"/><footnoteId id="F2"/></securityTitle>
        <exerciseDate><footnoteId/></exerciseDate></derivativeHolding></derivativeTable>
        <footnotes><footnote id="F1">One.</footnote><footnote id="F1">Two.</footnote><footnote>Three.</footnote>
        <footnote id="F4"></footnote></footnotes>"#,
    );
    let filing = filing(&document);
    let expected = [
        (Code::FootnoteMissing, "exercise_date", ""),
        (Code::FootnoteRepeated, "footnote_id", "F1"),
        (Code::FootnoteMissing, "security_title", "F2"),
    ];
    assert_eq!(told(&filing), expected);
    assert_eq!(
        (filing.diagnostics[1].table, filing.diagnostics[1].row_index),
        (Some(Table::Footnotes), Some(1))
    );
    assert_eq!(
        (filing.diagnostics[2].table, filing.diagnostics[2].row_index),
        (Some(Table::Holdings), Some(0))
    );
    let footnotes: Vec<_> =
        filing.footnotes.iter().map(|f| (f.footnote_id.as_deref(), f.footnote.as_deref())).collect();
    let expected =
        [(Some("F1"), Some("One.")), (Some("F1"), Some("Two.")), (None, Some("Three.")), (Some("F4"), None)];
    assert_eq!(footnotes, expected);
}

#[test]
fn a_mark_outside_rows_is_told() {
    let document = with_issuer(r#"<remarks>See <footnoteId id="F1"/> there</remarks>"#);
    let filing = filing(&document);
    assert_eq!(told(&filing), [(Code::MisplacedElement, "footnoteId", "F1")]);
    assert_eq!(filing.remarks.as_deref(), Some("See  there"));
}

#[test]
fn a_mark_in_a_holding_stands_on_no_column_of_transactions() {
    let document = with_issuer(
        r#"<nonDerivativeTable><nonDerivativeHolding><transactionDate><footnoteId id="F1"/></transactionDate>
        </nonDerivativeHolding></nonDerivativeTable><footnotes><footnote id="F1">x</footnote></footnotes>"#,
    );
    assert_eq!(marks(&filing(&document).rows[0]), [(None, "F1")]);
}
