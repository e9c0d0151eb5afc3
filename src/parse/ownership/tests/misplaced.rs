use super::{filing, only_row, print, told, with_issuer, with_row};
use crate::model::{Code, RowKind, Table};

#[test]
fn several_tables_are_all_read() {
    let table = |title: &str| {
        format!(
            "<nonDerivativeTable><nonDerivativeHolding><securityTitle><value>{title}</value></securityTitle>
            </nonDerivativeHolding></nonDerivativeTable>"
        )
    };
    let document = with_issuer(&(table("A") + &table("B")));
    let filing = filing(&document);
    let titles: Vec<_> = filing.rows.iter().map(|row| row.security_title.as_deref()).collect();
    assert_eq!(titles, [Some("A"), Some("B")]);
    assert_eq!(told(&filing), []);
}

#[test]
fn rows_are_read_wherever_they_stand() {
    let document = with_issuer(
        "<derivativeHolding><securityTitle><value>under the root</value></securityTitle></derivativeHolding>
        <nonDerivativeTable><derivativeTransaction><securityTitle><value>in the other table</value></securityTitle>
        </derivativeTransaction></nonDerivativeTable>
        <reportingOwner><nonDerivativeTable><nonDerivativeHolding><securityTitle><value>in an owner</value></securityTitle>
        </nonDerivativeHolding></nonDerivativeTable></reportingOwner>",
    );
    let filing = filing(&document);
    let rows: Vec<_> =
        filing.rows.iter().map(|r| (r.kind, r.is_derivative, r.security_title.as_deref())).collect();
    let expected = [
        (RowKind::Holding, true, Some("under the root")),
        (RowKind::Transaction, true, Some("in the other table")),
        (RowKind::Holding, false, Some("in an owner")),
    ];
    assert_eq!(rows, expected);
    let expected = [
        (Code::MisplacedElement, "derivativeHolding", ""),
        (Code::MisplacedElement, "derivativeTransaction", ""),
        (Code::MisplacedElement, "nonDerivativeTable", ""),
    ];
    assert_eq!(told(&filing), expected);
}

#[test]
fn a_row_in_a_row_takes_its_own_fields_and_the_outer_row_goes_on() {
    let document = with_row(
        "<securityTitle><value>outer</value></securityTitle>
        <nonDerivativeTransaction><securityTitle><value>inner</value></securityTitle></nonDerivativeTransaction>
        <transactionCoding><transactionCode>P</transactionCode></transactionCoding>",
    );
    let filing = filing(&document);
    let rows: Vec<_> =
        filing.rows.iter().map(|r| (r.security_title.as_deref(), r.transaction_code.as_deref())).collect();
    assert_eq!(rows, [(Some("outer"), Some("P")), (Some("inner"), None)]);
    assert_eq!(told(&filing), [(Code::MisplacedElement, "nonDerivativeTransaction", "")]);
}

#[test]
fn fields_are_read_in_the_wrong_parent_of_the_right_record() {
    let document = with_issuer(
        "<reportingOwner><reportingOwnerId><rptOwnerCity>SPRINGFIELD</rptOwnerCity></reportingOwnerId></reportingOwner>
        <nonDerivativeTable><nonDerivativeTransaction><transactionCode>S</transactionCode></nonDerivativeTransaction>
        </nonDerivativeTable><documentType>4<noSecuritiesOwned>0</noSecuritiesOwned></documentType>",
    );
    let filing = filing(&document);
    assert_eq!(filing.owners[0].rpt_owner_city.as_deref(), Some("SPRINGFIELD"));
    assert_eq!(only_row(&filing).transaction_code.as_deref(), Some("S"));
    assert_eq!((filing.no_securities_owned, filing.document_type.as_deref()), (Some(false), Some("4")));
    let expected = [
        (Code::MisplacedElement, "rpt_owner_city", "SPRINGFIELD"),
        (Code::MisplacedElement, "transaction_code", "S"),
        (Code::MisplacedElement, "no_securities_owned", "0"),
    ];
    assert_eq!(told(&filing), expected);
}

#[test]
fn fields_outside_any_record_are_told_with_their_text() {
    let document = with_issuer(
        "<nonDerivativeTable><securityTitle><value>Common</value></securityTitle><transactionDate/></nonDerivativeTable>
        <rptOwnerName>DOE</rptOwnerName><signatureDate>2024-01-01</signatureDate><value>5</value>",
    );
    let filing = filing(&document);
    assert!(filing.rows.is_empty() && filing.owners.is_empty() && filing.signatures.is_empty());
    let expected = [
        (Code::MisplacedElement, "securityTitle", "Common"),
        (Code::MisplacedElement, "rptOwnerName", "DOE"),
        (Code::MisplacedElement, "signatureDate", "2024-01-01"),
        (Code::MisplacedElement, "value", "5"),
    ];
    assert_eq!(told(&filing), expected);
}

#[test]
fn footnotes_and_signatures_are_read_in_a_table() {
    let document = with_issuer(
        r#"<derivativeTable><footnotes><footnote id="F1">Text.</footnote></footnotes>
        <ownerSignature><signatureName>X</signatureName></ownerSignature></derivativeTable><footnote id="F2">Loose.</footnote>"#,
    );
    let filing = filing(&document);
    assert_eq!(filing.footnotes.len(), 2);
    assert_eq!(filing.footnotes[1].footnote.as_deref(), Some("Loose."));
    assert_eq!(filing.signatures[0].signature_name.as_deref(), Some("X"));
    let expected = [
        (Code::MisplacedElement, "footnotes", ""),
        (Code::MisplacedElement, "ownerSignature", ""),
        (Code::MisplacedElement, "footnote", ""),
    ];
    assert_eq!(told(&filing), expected);
}

#[test]
fn unknown_elements_are_told_once_a_name_and_do_not_hide_what_is_in_them() {
    let document = with_issuer(
        "<extra/><extra>text</extra><deriv><derivativeTransaction><securityTitle><value>Option</value></securityTitle>
        </derivativeTransaction></deriv><extra a='1'><issuerName>Example</issuerName></extra>",
    );
    let filing = filing(&document);
    assert_eq!(only_row(&filing).security_title.as_deref(), Some("Option"));
    assert_eq!(filing.issuer_name.as_deref(), Some("Example"));
    let expected = [
        (Code::MisplacedElement, "derivativeTransaction", ""),
        (Code::MisplacedElement, "issuer_name", "Example"),
        (Code::UnknownElement, "deriv", ""),
        (Code::UnknownElement, "extra", ""),
    ];
    assert_eq!(told(&filing), expected);
    assert!(
        filing.diagnostics[2].message.contains("once") && filing.diagnostics[3].message.contains("3 times")
    );
    assert_eq!(filing.diagnostics[3].table, None);
}

#[test]
fn the_first_value_of_a_repeated_element_is_kept() {
    let document = with_row(
        "<securityTitle/><securityTitle><value/><value>First</value><value>Second</value></securityTitle>
        <securityTitle><value>Third</value></securityTitle>
        <transactionAmounts><transactionPricePerShare><value>1</value></transactionPricePerShare>
        <transactionValue><value>2</value></transactionValue></transactionAmounts></nonDerivativeTransaction>
        <nonDerivativeTransaction><securityTitle><value>Other row</value></securityTitle>",
    );
    let filing = filing(&document);
    assert_eq!(filing.rows[0].security_title.as_deref(), Some("First"));
    assert_eq!(filing.rows[1].security_title.as_deref(), Some("Other row"));
    assert_eq!(print(filing.rows[0].transaction_price_per_share), "1");
    let expected = [
        (Code::RepeatedElement, "security_title", "Second"),
        (Code::RepeatedElement, "security_title", "Third"),
        (Code::RepeatedElement, "transaction_price_per_share", "2"),
    ];
    assert_eq!(told(&filing), expected);
}

#[test]
fn a_holding_has_no_columns_of_transactions() {
    let document = with_issuer(
        "<nonDerivativeTable><nonDerivativeHolding><transactionDate><value>2024-01-02</value></transactionDate>
        </nonDerivativeHolding></nonDerivativeTable>",
    );
    let filing = filing(&document);
    assert_eq!(only_row(&filing).transaction_date, None);
    assert_eq!(told(&filing), [(Code::MisplacedElement, "transactionDate", "2024-01-02")]);
    assert_eq!(filing.diagnostics[0].table, Some(Table::Holdings));
}

#[test]
fn a_value_without_its_wrapper_and_beside_it() {
    let document = with_row(
        "<securityTitle>Common</securityTitle><transactionDate>x<value>2024-01-02</value></transactionDate>
        <deemedExecutionDate><value></value>2024-01-03</deemedExecutionDate>",
    );
    let filing = filing(&document);
    let row = only_row(&filing);
    assert_eq!(row.security_title.as_deref(), Some("Common"));
    assert_eq!(print(row.transaction_date), "2024-01-02");
    assert_eq!(print(row.deemed_execution_date), "2024-01-03");
    assert_eq!(told(&filing), [(Code::StrayText, "transaction_date", "x")]);
}

#[test]
fn the_misspelt_country_is_read() {
    let document = with_issuer(
        "<reportingOwner><reportingOwnerAddress><rptOwnerCounrty>X0</rptOwnerCounrty></reportingOwnerAddress></reportingOwner>",
    );
    let filing = filing(&document);
    assert_eq!(filing.owners[0].rpt_owner_country.as_deref(), Some("X0"));
    assert_eq!(told(&filing), [(Code::DamagedTag, "rpt_owner_country", "")]);
}
