use super::{filing, marks, print, told};
use crate::model::{RowKind, SourceFormat};

const HEAD: &str = "<issuer>
    <issuerCik>0000004711</issuerCik>
    <issuerName>Example &amp; Sons Corp</issuerName>
    <issuerTradingSymbol>EXM</issuerTradingSymbol>
</issuer>
<reportingOwner>
    <reportingOwnerId><rptOwnerCik>815</rptOwnerCik><rptOwnerName>DOE JANE</rptOwnerName></reportingOwnerId>
    <reportingOwnerAddress>
        <rptOwnerStreet1>1 MAIN ST</rptOwnerStreet1><rptOwnerStreet2></rptOwnerStreet2>
        <rptOwnerCity>SPRINGFIELD</rptOwnerCity><rptOwnerState>IL</rptOwnerState>
        <rptOwnerZipCode>62701</rptOwnerZipCode><rptOwnerStateDescription/>
    </reportingOwnerAddress>
    <reportingOwnerRelationship>
        <isDirector>0</isDirector><isOfficer>true</isOfficer><isTenPercentOwner>FALSE</isTenPercentOwner>
        <officerTitle>See Remarks</officerTitle>
    </reportingOwnerRelationship>
</reportingOwner>";

#[test]
fn every_field_of_a_form_4() {
    let document = format!(
        r#"<?xml version="1.0"?>
<ownershipDocument>
<schemaVersion>X0508</schemaVersion><documentType>4/A</documentType><periodOfReport>2025-01-06</periodOfReport>
<dateOfOriginalSubmission>2025-01-07</dateOfOriginalSubmission><notSubjectToSection16>1</notSubjectToSection16>
{HEAD}
<aff10b5One>true</aff10b5One>
<derivativeTable>
  <derivativeTransaction>
    <securityTitle><value>Option (right to buy)</value><footnoteId id="F2"/></securityTitle>
    <conversionOrExercisePrice><value>2.64</value></conversionOrExercisePrice>
    <transactionDate><value>2025-01-06-05:00</value></transactionDate>
    <deemedExecutionDate><value>2025-01-05</value></deemedExecutionDate>
    <transactionCoding><transactionFormType>4</transactionFormType><transactionCode>A</transactionCode>
      <equitySwapInvolved>0</equitySwapInvolved><footnoteId id="F1"/></transactionCoding>
    <transactionTimeliness><value>E</value></transactionTimeliness>
    <transactionAmounts>
      <transactionShares><value>70750.00</value></transactionShares>
      <transactionTotalValue><value>123456.78</value></transactionTotalValue>
      <transactionPricePerShare><footnoteId id="F1"/><footnoteId id="F2"/></transactionPricePerShare>
      <transactionAcquiredDisposedCode><value>A</value></transactionAcquiredDisposedCode>
    </transactionAmounts>
    <exerciseDate><footnoteId id="F1"/></exerciseDate>
    <expirationDate><value>2035-01-06</value></expirationDate>
    <underlyingSecurity>
      <underlyingSecurityTitle><value>Common Stock</value></underlyingSecurityTitle>
      <underlyingSecurityShares><value>70750</value></underlyingSecurityShares>
      <underlyingSecurityValue><value>0</value></underlyingSecurityValue>
    </underlyingSecurity>
    <postTransactionAmounts>
      <sharesOwnedFollowingTransaction><value>0.0001</value></sharesOwnedFollowingTransaction>
      <valueOwnedFollowingTransaction><value>9</value></valueOwnedFollowingTransaction>
    </postTransactionAmounts>
    <ownershipNature>
      <directOrIndirectOwnership><value>I</value></directOrIndirectOwnership>
      <natureOfOwnership><value>By trust</value></natureOfOwnership>
    </ownershipNature>
  </derivativeTransaction>
</derivativeTable>
<footnotes><footnote id="F1">Vests over four years.</footnote><footnote id="F2">A
second line.</footnote></footnotes>
<remarks>Title: Senior VP</remarks>
<ownerSignature><signatureName>/s/ X, Attorney-in-Fact</signatureName><signatureDate>2025-01-08</signatureDate></ownerSignature>
</ownershipDocument>"#
    );
    let filing = filing(&document);
    assert_eq!(told(&filing), []);
    assert_eq!(filing.source_format, SourceFormat::Xml);
    assert_eq!(filing.schema_version.as_deref(), Some("X0508"));
    assert_eq!(filing.document_type.as_deref(), Some("4/A"));
    assert_eq!(filing.is_amendment, Some(true));
    assert_eq!(print(filing.period_of_report), "2025-01-06");
    assert_eq!(print(filing.date_of_original_submission), "2025-01-07");
    assert_eq!(filing.not_subject_to_section16, Some(true));
    assert_eq!(filing.aff10b5_one, Some(true));
    assert_eq!(filing.no_securities_owned, None);
    assert_eq!(filing.is_joint_group_filing, Some(false));
    assert_eq!(print(filing.issuer_cik), "0000004711");
    assert_eq!(filing.issuer_name.as_deref(), Some("Example & Sons Corp"));
    assert_eq!(filing.issuer_trading_symbol.as_deref(), Some("EXM"));
    assert_eq!(filing.remarks.as_deref(), Some("Title: Senior VP"));

    let owner = &filing.owners[0];
    assert_eq!(print(owner.rpt_owner_cik), "0000000815");
    assert_eq!(owner.rpt_owner_name.as_deref(), Some("DOE JANE"));
    assert_eq!(owner.rpt_owner_street1.as_deref(), Some("1 MAIN ST"));
    assert_eq!(owner.rpt_owner_street2, None);
    assert_eq!(owner.rpt_owner_city.as_deref(), Some("SPRINGFIELD"));
    assert_eq!(owner.rpt_owner_state.as_deref(), Some("IL"));
    assert_eq!(owner.rpt_owner_zip_code.as_deref(), Some("62701"));
    assert_eq!(owner.rpt_owner_state_description, None);
    assert_eq!(owner.relationship.is_director, Some(false));
    assert_eq!(owner.relationship.is_officer, Some(true));
    assert_eq!(owner.relationship.is_ten_percent_owner, Some(false));
    assert_eq!(owner.relationship.is_other, None);
    assert_eq!(owner.relationship.officer_title.as_deref(), Some("See Remarks"));

    let row = &filing.rows[0];
    assert_eq!((row.kind, row.is_derivative), (RowKind::Transaction, true));
    assert_eq!(row.security_title.as_deref(), Some("Option (right to buy)"));
    assert_eq!(print(row.conversion_or_exercise_price), "2.64");
    assert_eq!(print(row.transaction_date), "2025-01-06");
    assert_eq!(print(row.deemed_execution_date), "2025-01-05");
    assert_eq!(row.transaction_form_type.as_deref(), Some("4"));
    assert_eq!(row.transaction_code.as_deref(), Some("A"));
    assert_eq!(row.equity_swap_involved, Some(false));
    assert_eq!(row.transaction_timeliness.as_deref(), Some("E"));
    assert_eq!(print(row.transaction_shares), "70750");
    assert_eq!(print(row.transaction_total_value), "123456.78");
    assert_eq!(row.transaction_price_per_share, None);
    assert_eq!(row.transaction_acquired_disposed_code.as_deref(), Some("A"));
    assert_eq!(row.exercise_date, None);
    assert_eq!(print(row.expiration_date), "2035-01-06");
    assert_eq!(row.underlying_security_title.as_deref(), Some("Common Stock"));
    assert_eq!(print(row.underlying_security_shares), "70750");
    assert_eq!(print(row.underlying_security_value), "0");
    assert_eq!(print(row.shares_owned_following_transaction), "0.0001");
    assert_eq!(print(row.value_owned_following_transaction), "9");
    assert_eq!(row.direct_or_indirect_ownership.as_deref(), Some("I"));
    assert_eq!(row.nature_of_ownership.as_deref(), Some("By trust"));
    let expected = [
        (Some("security_title"), "F2"),
        (Some("transaction_code"), "F1"),
        (Some("transaction_price_per_share"), "F1"),
        (Some("transaction_price_per_share"), "F2"),
        (Some("exercise_date"), "F1"),
    ];
    assert_eq!(marks(row), expected);

    let footnotes: Vec<_> =
        filing.footnotes.iter().map(|f| (f.footnote_id.as_deref(), f.footnote.as_deref())).collect();
    assert_eq!(
        footnotes,
        [(Some("F1"), Some("Vests over four years.")), (Some("F2"), Some("A\nsecond line."))]
    );
    assert_eq!(filing.signatures[0].signature_name.as_deref(), Some("/s/ X, Attorney-in-Fact"));
    assert_eq!(print(filing.signatures[0].signature_date), "2025-01-08");
}

#[test]
fn a_form_3_without_securities() {
    let document = format!(
        "<ownershipDocument><schemaVersion>X0206</schemaVersion><documentType>3</documentType>
        <noSecuritiesOwned>1</noSecuritiesOwned>{HEAD}<nonDerivativeTable></nonDerivativeTable><footnotes/>
        </ownershipDocument>"
    );
    let filing = filing(&document);
    assert_eq!(told(&filing), []);
    assert_eq!(filing.no_securities_owned, Some(true));
    assert_eq!(filing.is_amendment, Some(false));
    assert!(filing.rows.is_empty() && filing.footnotes.is_empty() && filing.signatures.is_empty());
}

#[test]
fn a_form_5_of_two_owners_with_holdings_in_both_tables() {
    let document = format!(
        r#"<ownershipDocument><schemaVersion>X0306</schemaVersion><documentType>5</documentType>
        <form3HoldingsReported>1</form3HoldingsReported><form4TransactionsReported>0</form4TransactionsReported>
        {HEAD}<reportingOwner><reportingOwnerId><rptOwnerCik>816</rptOwnerCik></reportingOwnerId></reportingOwner>
        <nonDerivativeTable>
            <nonDerivativeHolding><securityTitle><value>Common</value></securityTitle>
                <transactionCoding><transactionFormType>3</transactionFormType><footnoteId id="F1"/></transactionCoding>
                <postTransactionAmounts><valueOwnedFollowingTransaction><value>5</value></valueOwnedFollowingTransaction>
                </postTransactionAmounts></nonDerivativeHolding>
            <nonDerivativeTransaction><securityTitle><value>Preferred</value></securityTitle></nonDerivativeTransaction>
        </nonDerivativeTable>
        <derivativeTable><derivativeHolding><securityTitle><value>Warrant</value></securityTitle></derivativeHolding>
        </derivativeTable>
        <footnotes><footnote id="F1">Late.</footnote></footnotes></ownershipDocument>"#
    );
    let filing = filing(&document);
    assert_eq!(told(&filing), []);
    assert_eq!(filing.is_joint_group_filing, Some(true));
    assert_eq!(
        (filing.form3_holdings_reported, filing.form4_transactions_reported),
        (Some(true), Some(false))
    );
    assert_eq!(print(filing.owners[1].rpt_owner_cik), "0000000816");
    let rows: Vec<_> =
        filing.rows.iter().map(|r| (r.kind, r.is_derivative, r.security_title.as_deref())).collect();
    assert_eq!(
        rows,
        [
            (RowKind::Holding, false, Some("Common")),
            (RowKind::Transaction, false, Some("Preferred")),
            (RowKind::Holding, true, Some("Warrant")),
        ]
    );
    assert_eq!(filing.rows[0].transaction_form_type.as_deref(), Some("3"));
    assert_eq!(marks(&filing.rows[0]), [(Some("transaction_form_type"), "F1")]);
}

#[test]
fn the_fields_of_2026() {
    let document = "<ownershipDocument><schemaVersion>X0609</schemaVersion>
        <issuer><issuerCik>1</issuerCik><issuerForeignTradingSymbol>EXM.L</issuerForeignTradingSymbol></issuer>
        <reportingOwner><reportingOwnerAddress>
            <rptOwnerNonUSAddressFlag>1</rptOwnerNonUSAddressFlag>
            <rptOwnerNonUSStateTerritory>Kent</rptOwnerNonUSStateTerritory>
            <rptOwnerCountry>X0</rptOwnerCountry><rptOwnerGoodAddress>0</rptOwnerGoodAddress>
        </reportingOwnerAddress></reportingOwner></ownershipDocument>";
    let filing = filing(document);
    assert_eq!(told(&filing), []);
    assert_eq!(filing.issuer_foreign_trading_symbol.as_deref(), Some("EXM.L"));
    let owner = &filing.owners[0];
    assert_eq!(owner.rpt_owner_non_us_address_flag, Some(true));
    assert_eq!(owner.rpt_owner_non_us_state_territory.as_deref(), Some("Kent"));
    assert_eq!(owner.rpt_owner_country.as_deref(), Some("X0"));
    assert_eq!(owner.rpt_owner_good_address, Some(false));
}

#[test]
fn a_document_without_schema_version_and_type() {
    let filing = filing("<ownershipDocument><issuer><issuerCik>1</issuerCik></issuer></ownershipDocument>");
    assert_eq!(told(&filing), []);
    assert_eq!((filing.schema_version, filing.document_type, filing.is_amendment), (None, None, None));
    assert_eq!(filing.source_format, SourceFormat::Xml);
}
