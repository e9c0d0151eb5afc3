//! One filing as one JSON object, keys in the camelCase of EDGAR's elements.

use crate::model::{Diagnostic, Filing, Owner, Row, RowKind, Signature, Table};
use serde_json::{Map, Value, json};
use std::fmt::Display;

/// The filing as JSON: what the form states, and `warnings` with what was repaired, doubted or left null.
///
/// Keys are EDGAR's element names; rows stand in `nonDerivativeTable` and `derivativeTable` in document order, with the
/// marks of a row in `footnoteIds` and by field in `footnoteIdsByField`. Numbers are decimal strings, dates ISO. A value
/// that the form does not state is null. Footnotes stand in `footnotes` by their ids; the texts of those that print no
/// number, in `footnotesWithoutId`, which only such filings have. The path of a warning is a JSON pointer into the object.
///
/// ```
/// use section16::model::{Accession, Filing, FilingId, SourceFormat};
/// let id = FilingId::Accession(Accession::parse("0001234567-25-000012").unwrap());
/// let json = section16::shape::to_json(&Filing::new(id, SourceFormat::Xml));
/// assert_eq!(json["accessionNumber"], "0001234567-25-000012");
/// assert!(json["issuerName"].is_null());
/// ```
pub fn to_json(filing: &Filing<'_>) -> Value {
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| {
        out.insert(key.to_owned(), value);
    };
    put("shapeVersion", json!(1));
    put("filingId", json!(filing.id.to_string()));
    put("accessionNumber", show(filing.accession_number));
    put("sourceFormat", json!(filing.source_format.as_str()));
    put("submissionType", text(&filing.submission_type));
    put("documentType", text(&filing.document_type));
    put("isAmendment", json!(filing.is_amendment));
    put("schemaVersion", text(&filing.schema_version));
    put("filingDate", show(filing.filing_date));
    put("periodOfReport", show(filing.period_of_report));
    put("dateOfOriginalSubmission", show(filing.date_of_original_submission));
    put("noSecuritiesOwned", json!(filing.no_securities_owned));
    put("notSubjectToSection16", json!(filing.not_subject_to_section16));
    put("form3HoldingsReported", json!(filing.form3_holdings_reported));
    put("form4TransactionsReported", json!(filing.form4_transactions_reported));
    put("aff10b5One", json!(filing.aff10b5_one));
    put("isJointGroupFiling", json!(filing.is_joint_group_filing));
    put("issuerCik", show(filing.issuer_cik));
    put("issuerName", text(&filing.issuer_name));
    put("issuerTradingSymbol", text(&filing.issuer_trading_symbol));
    put("issuerForeignTradingSymbol", text(&filing.issuer_foreign_trading_symbol));
    put("reportingOwners", filing.owners.iter().map(owner).collect());
    put("nonDerivativeTable", filing.rows.iter().filter(|r| !r.is_derivative).map(row).collect());
    put("derivativeTable", filing.rows.iter().filter(|r| r.is_derivative).map(row).collect());
    put("ownerSignatures", filing.signatures.iter().map(signature).collect());
    put("footnotes", footnotes(filing));
    let unnumbered = filing.footnotes.iter().filter(|note| note.footnote_id.is_none());
    let unnumbered: Vec<Value> = unnumbered.map(|note| text(&note.footnote)).collect();
    if !unnumbered.is_empty() {
        put("footnotesWithoutId", unnumbered.into());
    }
    put("remarks", text(&filing.remarks));
    put("warnings", filing.diagnostics.iter().map(|d| warning(filing, d)).collect());
    Value::Object(out)
}

fn text(value: &Option<impl AsRef<str>>) -> Value {
    value.as_ref().map_or(Value::Null, |t| Value::from(t.as_ref()))
}

fn show(value: Option<impl Display>) -> Value {
    value.map_or(Value::Null, |v| Value::from(v.to_string()))
}

fn owner(owner: &Owner<'_>) -> Value {
    let relation = &owner.relationship;
    json!({
        "rptOwnerCik": show(owner.rpt_owner_cik),
        "rptOwnerName": text(&owner.rpt_owner_name),
        "rptOwnerStreet1": text(&owner.rpt_owner_street1),
        "rptOwnerStreet2": text(&owner.rpt_owner_street2),
        "rptOwnerCity": text(&owner.rpt_owner_city),
        "rptOwnerState": text(&owner.rpt_owner_state),
        "rptOwnerZipCode": text(&owner.rpt_owner_zip_code),
        "rptOwnerStateDescription": text(&owner.rpt_owner_state_description),
        "rptOwnerCountry": text(&owner.rpt_owner_country),
        "isDirector": relation.is_director,
        "isOfficer": relation.is_officer,
        "isTenPercentOwner": relation.is_ten_percent_owner,
        "isOther": relation.is_other,
        "officerTitle": text(&relation.officer_title),
        "otherText": text(&relation.other_text),
    })
}

fn signature(signature: &Signature<'_>) -> Value {
    json!({"signatureName": text(&signature.signature_name), "signatureDate": show(signature.signature_date)})
}

fn footnotes(filing: &Filing<'_>) -> Value {
    let mut out = Map::new();
    for footnote in &filing.footnotes {
        if let Some(id) = &footnote.footnote_id {
            out.entry(id.as_ref()).or_insert_with(|| text(&footnote.footnote));
        }
    }
    Value::Object(out)
}

fn row(row: &Row<'_>) -> Value {
    let mut out = Map::new();
    let mut put = |key: &str, value: Value| {
        out.insert(key.to_owned(), value);
    };
    let kind = match row.kind {
        RowKind::Transaction => "transaction",
        RowKind::Holding => "holding",
    };
    put("kind", json!(kind));
    put("securityTitle", text(&row.security_title));
    if row.is_derivative {
        put("conversionOrExercisePrice", show(row.conversion_or_exercise_price));
    }
    put("transactionDate", show(row.transaction_date));
    put("deemedExecutionDate", show(row.deemed_execution_date));
    put("transactionFormType", text(&row.transaction_form_type));
    put("transactionCode", text(&row.transaction_code));
    put("equitySwapInvolved", json!(row.equity_swap_involved));
    put("transactionTimeliness", text(&row.transaction_timeliness));
    put("transactionShares", show(row.transaction_shares));
    put("transactionTotalValue", show(row.transaction_total_value));
    put("transactionPricePerShare", show(row.transaction_price_per_share));
    put("transactionAcquiredDisposedCode", text(&row.transaction_acquired_disposed_code));
    if row.is_derivative {
        put("exerciseDate", show(row.exercise_date));
        put("expirationDate", show(row.expiration_date));
        put("underlyingSecurityTitle", text(&row.underlying_security_title));
        put("underlyingSecurityShares", show(row.underlying_security_shares));
        put("underlyingSecurityValue", show(row.underlying_security_value));
    }
    put("sharesOwnedFollowingTransaction", show(row.shares_owned_following_transaction));
    put("valueOwnedFollowingTransaction", show(row.value_owned_following_transaction));
    put("directOrIndirectOwnership", text(&row.direct_or_indirect_ownership));
    put("natureOfOwnership", text(&row.nature_of_ownership));
    put("footnoteIds", marks(row));
    put("footnoteIdsByField", marks_by_field(row));
    Value::Object(out)
}

/// The marks of a row, each once, in document order.
fn marks(row: &Row<'_>) -> Value {
    let mut out: Vec<&str> = Vec::new();
    for mark in &row.footnote_refs {
        if !out.contains(&mark.footnote_id.as_ref()) {
            out.push(&mark.footnote_id);
        }
    }
    Value::from(out)
}

fn marks_by_field(row: &Row<'_>) -> Value {
    let mut out = Map::new();
    for mark in &row.footnote_refs {
        let Some(field) = mark.field else { continue };
        let list = out.entry(camel(field)).or_insert_with(|| Value::Array(Vec::new()));
        if let Some(list) = list.as_array_mut() {
            list.push(Value::from(mark.footnote_id.as_ref()));
        }
    }
    Value::Object(out)
}

fn warning(filing: &Filing<'_>, diagnostic: &Diagnostic<'_>) -> Value {
    json!({
        "path": path(filing, diagnostic),
        "code": diagnostic.code.as_str(),
        "literal": text(&diagnostic.raw),
        "message": diagnostic.message,
    })
}

/// The JSON pointer to what a diagnostic is about; empty for the document as a whole.
fn path(filing: &Filing<'_>, diagnostic: &Diagnostic<'_>) -> String {
    let field = diagnostic.field.as_deref().map(camel);
    let tail = field.as_ref().map(|f| format!("/{f}")).unwrap_or_default();
    let index = diagnostic.row_index.map(|n| n as usize);
    match (diagnostic.table, index) {
        (Some(Table::ReportingOwners), Some(at)) => format!("/reportingOwners/{at}{tail}"),
        (Some(Table::Signatures), Some(at)) => format!("/ownerSignatures/{at}{tail}"),
        (Some(Table::Footnotes), Some(at)) => {
            let id = filing.footnotes.get(at).and_then(|f| f.footnote_id.as_deref());
            id.map_or_else(|| "/footnotes".to_owned(), |id| format!("/footnotes/{id}"))
        }
        (Some(Table::Transactions | Table::Holdings), Some(at)) => row_path(filing, at) + &tail,
        _ => tail,
    }
}

/// The pointer to the row `at` of the filing: its table and its position there.
fn row_path(filing: &Filing<'_>, at: usize) -> String {
    let Some(row) = filing.rows.get(at) else { return String::new() };
    let same = filing.rows.iter().take(at).filter(|r| r.is_derivative == row.is_derivative).count();
    let table = if row.is_derivative { "derivativeTable" } else { "nonDerivativeTable" };
    format!("/{table}/{same}")
}

/// A column's name as the element it comes from: `rpt_owner_zip_code` is `rptOwnerZipCode`.
fn camel(column: &str) -> String {
    match column {
        "footnote_refs" => return "footnoteIds".to_owned(),
        "aff10b5_one" => return "aff10b5One".to_owned(),
        _ => {}
    }
    let mut out = String::with_capacity(column.len());
    let mut parts = column.split('_');
    out.push_str(parts.next().unwrap_or_default());
    for part in parts {
        let mut letters = part.chars();
        out.extend(letters.next().map(|c| c.to_ascii_uppercase()));
        out.push_str(letters.as_str());
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Code, Decimal, FilingId, Footnote, FootnoteRef, SourceFormat};
    use std::borrow::Cow;

    fn filing() -> Filing<'static> {
        let mut filing = Filing::new(FilingId::Digest(7), SourceFormat::Text);
        let mut row = Row::new(RowKind::Transaction, true);
        row.transaction_shares = Decimal::from_millionths(1_500_000);
        let mark = |field| FootnoteRef { field, footnote_id: Cow::Borrowed("F2") };
        row.footnote_refs = vec![mark(Some("transaction_code")), mark(Some("transaction_shares"))];
        filing.rows.push(Row::new(RowKind::Holding, false));
        filing.rows.push(row);
        filing
    }

    #[test]
    fn rows_part_by_table_and_marks_by_field() {
        let json = to_json(&filing());
        assert_eq!(json["nonDerivativeTable"][0]["kind"], "holding");
        let row = &json["derivativeTable"][0];
        assert_eq!(row["transactionShares"], "1.5");
        assert_eq!(row["footnoteIds"], json!(["F2"]));
        assert_eq!(row["footnoteIdsByField"]["transactionCode"], json!(["F2"]));
        assert!(row["expirationDate"].is_null());
    }

    #[test]
    fn footnotes_without_a_number_are_told() {
        let mut filing = filing();
        assert!(to_json(&filing).get("footnotesWithoutId").is_none());
        let note = |id: Option<&'static str>, note: &'static str| Footnote {
            footnote_id: id.map(Cow::Borrowed),
            footnote: Some(Cow::Borrowed(note)),
        };
        filing.footnotes = vec![note(None, "By the spouse."), note(Some("F1"), "By a trust.")];
        let json = to_json(&filing);
        assert_eq!(json["footnotes"], json!({"F1": "By a trust."}));
        assert_eq!(json["footnotesWithoutId"], json!(["By the spouse."]));
    }

    #[test]
    fn warnings_point_into_the_object() {
        let mut filing = filing();
        let on = |table, row, field: &'static str| {
            Diagnostic::new(Code::DateUnreadable, "x").on(table, row, field)
        };
        filing.diagnostics = vec![
            on(Table::Transactions, Some(1), "expiration_date").raw("11/01/202"),
            on(Table::Filings, None, "period_of_report"),
            on(Table::Transactions, None, "derivative_table"),
            on(Table::Transactions, Some(1), "footnote_refs"),
        ];
        let json = to_json(&filing);
        let paths: Vec<_> = json["warnings"].as_array().unwrap().iter().map(|w| w["path"].clone()).collect();
        assert_eq!(
            paths,
            [
                "/derivativeTable/0/expirationDate",
                "/periodOfReport",
                "/derivativeTable",
                "/derivativeTable/0/footnoteIds"
            ]
        );
        assert_eq!(json["warnings"][0]["literal"], "11/01/202");
    }
}
