//! Forms of invented people and companies in each dialect, read as a whole; and any text at all.

use super::{read, recognise};
use crate::model::{Code, Filing, FilingId, SourceFormat};
use crate::shape::to_json;
use proptest::prelude::*;
use serde_json::{Value, json};

fn filing(text: &str) -> Value {
    let mut filing = Filing::new(FilingId::Digest(1), SourceFormat::Text);
    read(text, &mut filing).unwrap();
    to_json(&filing)
}

const PRINT: &str = "Signatures\n/s/ Jane Q. Doe\t02/03/2012\n**Signature of Reporting Person\tDate\nExplanation of Responses:\n\
* If the form is filed by more than one reporting person, see Instruction 4(b)(v).\n\
** Intentional misstatements or omissions of facts constitute Federal Criminal Violations.\n\
(1) Sold under a plan.\n\
Note: File three copies of this Form, one of which must be manually signed.\n\
Persons are not required to respond unless the form displays a number.";

/// A Form 4 as tab-separated cells; `row` and `derivative` are the data rows of the tables.
fn tabs(row: &str, derivative: &str) -> String {
    format!(
        "FORM 4 UNITED STATES SECURITIES AND EXCHANGE COMMISSION\n[ ] Check this box if no longer subject to Section 16.\n\
1. Name and Address of Reporting Person * Doe Jane Q\t\t2. Issuer Name and Ticker or Trading Symbol ACME WIDGET CORP [ACWC]\t\t\t5. Relationship of Reporting Person(s) to Issuer (Check all applicable) _X_ Director ___ 10% Owner _X_ Officer (give title below) ___ Other (specify below)\n\
(Last) (First) (Middle) 7 ELM COURT\t\t3. Date of Earliest Transaction (Month/Day/Year) 02/01/2012\n\
(Street) BIG SUR, CA 93920\t\t4. If Amendment, Date Original Filed(Month/Day/Year)\t\t\t6. Individual or Joint/Group Filing(Check Applicable Line) _X_ Form filed by One Reporting Person ___ Form filed by More than One Reporting Person\n\
(City) (State) (Zip)\t\tTable I - Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned\n\
1.Title of Security (Instr. 3)\t2. Transaction Date\t2A. Deemed Execution Date\t3. Transaction Code\t\t4. Securities Acquired (A)\t\t\t5. Amount of Securities\t6. Ownership Form\t7. Nature of\n\
\t\t\tCode\tV\tAmount\t(A) or (D)\tPrice\t\t\t\n{row}\n\
Reminder: Report on a separate line for each class of securities\n\
Table II - Derivative Securities Acquired, Disposed of, or Beneficially Owned\n\
1. Title of Derivative Security\t2. Conversion or Exercise Price\t3. Transaction Date\t3A. Deemed Execution Date\t4. Transaction Code\t\t5. Number of Derivative Securities Acquired\t\t6. Date Exercisable and Expiration Date\t\t7. Title and Amount\t\t8. Price of Derivative\t9. Number of Derivative Securities Beneficially\t10. Ownership Form\t11. Nature of\n\
\t\t\t\tCode\tV\t(A)\t(D)\tDate Exercisable\tExpiration Date\tTitle\tAmount or Number of Shares\t\t\t\t\n{derivative}\n\
Reporting Owners\nReporting Owner Name / Address\tRelationships\t\t\t\n\tDirector\t10% Owner\tOfficer\tOther\n\
Doe Jane Q 7 ELM COURT BIG SUR, CA 93920\tX\t\tChief Widget Officer\t\n{PRINT}"
    )
}

const ROW: &str = "Common Stock\t02/01/2012\t\tM\t\t4,000\tA\t$ 1.25\t9,500\tD\t";
const DERIVATIVE: &str = "Option\t$ 1.25\t02/01/2012\t\tM\t\t\t4,000\t03/01/2009\t03/01/2019\tCommon Stock\t4,000\t$ 0\t16,000\tD\t";

#[test]
fn a_form_of_tab_cells() {
    let json = filing(&tabs(ROW, DERIVATIVE));
    assert_eq!(json["documentType"], "4");
    assert_eq!(
        (&json["issuerName"], &json["issuerTradingSymbol"]),
        (&json!("ACME WIDGET CORP"), &json!("ACWC"))
    );
    assert_eq!(json["periodOfReport"], "2012-02-01");
    let owner = &json["reportingOwners"][0];
    assert_eq!(owner["rptOwnerName"], "Doe Jane Q");
    assert_eq!((&owner["rptOwnerCity"], &owner["rptOwnerZipCode"]), (&json!("BIG SUR"), &json!("93920")));
    assert_eq!((&owner["isDirector"], &owner["isTenPercentOwner"]), (&json!(true), &json!(false)));
    assert_eq!(owner["officerTitle"], "Chief Widget Officer");
    let row = &json["nonDerivativeTable"][0];
    assert_eq!(
        (&row["transactionShares"], &row["transactionPricePerShare"]),
        (&json!("4000"), &json!("1.25"))
    );
    let row = &json["derivativeTable"][0];
    assert_eq!(row["transactionAcquiredDisposedCode"], "D");
    assert_eq!((&row["exerciseDate"], &row["expirationDate"]), (&json!("2009-03-01"), &json!("2019-03-01")));
    assert_eq!(
        json["ownerSignatures"],
        json!([{"signatureName": "/s/ Jane Q. Doe", "signatureDate": "2012-02-03"}])
    );
    assert_eq!(json["footnotes"], json!({"F1": "Sold under a plan."}));
    assert_eq!(json["warnings"], json!([]));
}

#[test]
fn damage_is_repaired_or_null_with_its_literal_text() {
    let row = "Common Stock\t102/01/2012\t\tIVI\t\t4.000\tA\t$ 1.25\t9,50\t|\t";
    let json = filing(&tabs(row, DERIVATIVE));
    let row = &json["nonDerivativeTable"][0];
    assert_eq!((&row["transactionDate"], &row["transactionCode"]), (&json!("2012-02-01"), &json!("M")));
    assert_eq!((&row["transactionShares"], &row["directOrIndirectOwnership"]), (&json!("4000"), &json!("I")));
    assert!(row["sharesOwnedFollowingTransaction"].is_null());
    let warnings = json["warnings"].as_array().unwrap();
    let lost = warnings
        .iter()
        .find(|w| w["path"] == "/nonDerivativeTable/0/sharesOwnedFollowingTransaction")
        .unwrap();
    assert_eq!((&lost["literal"], &lost["code"]), (&json!("9,50"), &json!(Code::NumberUnreadable.as_str())));
    assert!(
        warnings
            .iter()
            .any(|w| w["path"] == "/nonDerivativeTable/0/transactionDate" && w["literal"] == "102/01/2012")
    );
}

#[test]
fn a_row_read_twice_is_one() {
    let second = ROW.replace("9,500", "9,000");
    let first = ROW.replace("9,500", "9,600");
    let rows = format!("{first}\n{second}");
    let json = filing(&tabs(&rows, DERIVATIVE));
    assert_eq!(json["nonDerivativeTable"].as_array().unwrap().len(), 1);
    assert_eq!(json["nonDerivativeTable"][0]["sharesOwnedFollowingTransaction"], "9600");
    assert!(json["warnings"].as_array().unwrap().iter().any(|w| w["code"] == "row-repeated"));
}

#[test]
fn a_second_reading_may_lose_a_mark() {
    let first = ROW.replace("$ 1.25", "$ 1.264(1)");
    let second = ROW.replace("$ 1.25", "$1.204(0)");
    let json = filing(&tabs(&format!("{first}\n{second}"), DERIVATIVE));
    assert_eq!(json["nonDerivativeTable"].as_array().unwrap().len(), 1);
    assert_eq!(json["nonDerivativeTable"][0]["transactionPricePerShare"], "1.264");
}

#[test]
fn a_page_of_the_sec() {
    let page = "<html><head><title>SEC FORM 4</title></head><body>SEC Form 4<table><tr><td>FORM 4</td></tr></table>\
<table border=1><tr><td>1. Name and Address of Reporting Person<sup>*</sup><table><tr><td><a href=\"/cgi-bin/browse-edgar?action=getcompany&amp;CIK=0000012345\">Doe Jane Q</a></td></tr></table>\
<hr><table><tr><td>(Last)</td><td>(First)</td><td>(Middle)</td></tr></table><table><tr><td><span>C/O ACME</span></td></tr><tr><td>7 ELM COURT</td></tr></table>\
(Street)<table><tr><td>BIG SUR</td><td>CA</td><td>93920</td></tr></table><table><tr><td>(City)</td><td>(State)</td><td>(Zip)</td></tr></table></td>\
<td>2. Issuer Name <b>and</b> Ticker or Trading Symbol<br><a href=\"?CIK=0000067890\">ACME WIDGET CORP</a> [ ACWC ]<br>3. Date of Earliest Transaction (Month/Day/Year)<br>02/01/2012</td>\
<td>5. Relationship of Reporting Person(s) to Issuer<br>(Check all applicable)<table><tr><td>X</td><td>Director</td><td></td><td>10% Owner</td></tr><tr><td></td><td>Officer (give title below)</td><td></td><td>Other (specify below)</td></tr></table></td></tr></table>\
<table><thead><tr><th colspan=11>Table I - Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned</th></tr>\
<tr><th rowspan=2>1. Title of Security (Instr. 3)</th><th rowspan=2>2. Transaction Date</th><th rowspan=2>2A. Deemed Execution Date</th><th colspan=2>3. Transaction Code</th><th colspan=3>4. Securities Acquired (A)</th><th rowspan=2>5. Amount of Securities</th><th rowspan=2>6. Ownership Form</th><th rowspan=2>7. Nature of</th></tr>\
<tr><th>Code</th><th>V</th><th>Amount</th><th>(A) or (D)</th><th>Price</th></tr></thead>\
<tr><td>Common Stock</td><td>02/01/2012</td><td></td><td>S<sup>(1)</sup></td><td></td><td>4,000</td><td>D</td><td>$12.5</td><td>9,500</td><td>D</td><td></td></tr></table>\
<table><tr><td>Explanation of Responses:</td></tr><tr><td>1. Sold under a plan.</td></tr></table>\
<table><tr><td>/s/ Jane Q. Doe</td><td>02/03/2012</td></tr><tr><td>** Signature of Reporting Person</td><td>Date</td></tr></table></body></html>";
    assert_eq!(recognise(page), Some(super::Printed::Html));
    let json = filing(page);
    assert_eq!((&json["issuerCik"], &json["issuerTradingSymbol"]), (&json!("0000067890"), &json!("ACWC")));
    let owner = &json["reportingOwners"][0];
    assert_eq!(
        (&owner["rptOwnerCik"], &owner["rptOwnerStreet2"]),
        (&json!("0000012345"), &json!("7 ELM COURT"))
    );
    assert_eq!((&owner["rptOwnerCity"], &owner["isDirector"]), (&json!("BIG SUR"), &json!(true)));
    let row = &json["nonDerivativeTable"][0];
    assert_eq!((&row["transactionPricePerShare"], &row["footnoteIds"]), (&json!("12.5"), &json!(["F1"])));
    assert_eq!(json["footnotes"]["F1"], "Sold under a plan.");
    assert_eq!(json["ownerSignatures"][0]["signatureDate"], "2012-02-03");
}

/// What the SEC's page prints of an owner.
fn sec_owner(cik: &str, name: &str, streets: &str) -> String {
    format!(
        "<td>1. Name and Address of Reporting Person<sup>*</sup><table><tr><td><a href=\"?CIK={cik}\">{name}</a></td></tr></table>\
<hr><table><tr><td>(Last)</td><td>(First)</td><td>(Middle)</td></tr></table><table>{streets}</table>\
<hr>(Street)<table><tr><td>BIG SUR</td><td>CA</td><td>93920</td></tr></table>\
<hr><table><tr><td>(City)</td><td>(State)</td><td>(Zip)</td></tr></table></td>"
    )
}

/// The SEC lists all owners below the tables, the first one again, and their signatures above one caption.
#[test]
fn a_page_of_the_sec_with_several_owners() {
    let box_of = |mark: &str| format!("<td><table border=\"1\"><tr><td>{mark}</td></tr></table></td>");
    let first = sec_owner("0000012345", "Doe Jane Q", "<tr><td>7 ELM COURT</td></tr>");
    let second = sec_owner(
        "0000012346",
        "3G Wheat Fund U/A/D 1/2/1990",
        "<tr><td>C/O ACME</td></tr><tr><td>9 OAK ROAD</td></tr>",
    );
    let page = format!(
        "<html><head><title>SEC FORM 4</title></head><body><table><tr>{}<td>Check this box if no longer subject to Section 16.</td></tr>\
<tr>{}<td>Check this box to indicate that a transaction was made pursuant to a plan.</td></tr></table>\
<table border=1><tr>{first}<td>2. Issuer Name <b>and</b> Ticker or Trading Symbol<br><a href=\"?CIK=0000067890\">ACME [US] CORP</a> [ \"ACWC\" ]</td></tr></table>\
<table><tr><th>Table I - Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned</th></tr></table>\
<table><tr><th>Table II - Derivative Securities Acquired, Disposed of, or Beneficially Owned</th></tr></table>\
<table border=1><tr>{first}</tr><tr>{second}</tr></table>\
<table><tr><td>Explanation of Responses:</td></tr><tr><td>1. Sold under a plan.</td></tr></table>\
<table><tr><td></td><td>/s/ Jane Q. Doe</td><td>02/03/2012</td></tr><tr><td></td><td>3G Wheat Fund, by /s/ Jane Q. Doe</td><td>02/04/2012</td></tr>\
<tr><td></td><td>** Signature of Reporting Person</td><td>Date</td></tr></table></body></html>",
        box_of("&nbsp;&nbsp;"),
        box_of("X")
    );
    let json = filing(&page);
    assert_eq!((&json["notSubjectToSection16"], &json["aff10b5One"]), (&json!(false), &json!(true)));
    assert_eq!(
        (&json["issuerName"], &json["issuerTradingSymbol"]),
        (&json!("ACME [US] CORP"), &json!("ACWC"))
    );
    let owners = json["reportingOwners"].as_array().unwrap();
    assert_eq!((owners.len(), &owners[0]["rptOwnerStreet1"]), (2, &json!("7 ELM COURT")));
    assert_eq!(owners[1]["rptOwnerName"], "3G Wheat Fund U/A/D 1/2/1990");
    assert_eq!(
        (&owners[1]["rptOwnerCik"], &owners[1]["rptOwnerStreet1"], &owners[1]["rptOwnerStreet2"]),
        (&json!("0000012346"), &json!("C/O ACME"), &json!("9 OAK ROAD"))
    );
    assert_eq!(
        json["ownerSignatures"],
        json!([
            {"signatureName": "/s/ Jane Q. Doe", "signatureDate": "2012-02-03"},
            {"signatureName": "3G Wheat Fund, by /s/ Jane Q. Doe", "signatureDate": "2012-02-04"}
        ])
    );
}

#[test]
fn a_text_without_any_box_is_rejected() {
    let mut filing = Filing::new(FilingId::Digest(1), SourceFormat::Text);
    assert!(read("nothing of a form", &mut filing).is_err());
}

proptest! {
    #[test]
    fn any_text_gives_a_filing_or_a_reject(text in "(?s).{0,400}") {
        let _ = recognise(&text);
        let mut filing = Filing::new(FilingId::Digest(1), SourceFormat::Text);
        let _ = read(&text, &mut filing);
    }

    #[test]
    fn a_form_with_any_piece_replaced_never_panics(at in 0usize..3000, len in 0usize..200, with in "(?s).{0,20}") {
        let mut text = tabs(ROW, DERIVATIVE);
        let (from, to) = (at.min(text.len()), (at + len).min(text.len()));
        text.replace_range(from..to, &with);
        let mut filing = Filing::new(FilingId::Digest(1), SourceFormat::Text);
        let _ = read(&text, &mut filing);
    }
}

fn owned(link: &str, shares: &str) -> (Option<String>, Vec<Code>) {
    let row = format!(
        "<tr><td>Common Stock</td><td></td><td></td><td></td><td></td><td></td><td></td><td></td><td>{shares}</td><td>D</td><td></td></tr>"
    );
    let page = format!(
        "<html><body><table><tr><td>1. Name and Address of Reporting Person<br>{link}</td></tr></table><table>\
         <tr><td>Table I - Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned</td></tr>\
         <tr><td>1. Title of Security</td><td>2. Transaction Date</td><td>2A. Deemed Execution Date</td><td>Code</td><td>V</td>\
         <td>Amount</td><td>(A) or (D)</td><td>Price</td><td>5. Amount of Securities Beneficially Owned</td>\
         <td>6. Ownership Form</td><td>7. Nature of Indirect Beneficial Ownership</td></tr>{row}</table></body></html>"
    );
    let mut filing = Filing::new(FilingId::Digest(1), SourceFormat::Html);
    super::read(&page, &mut filing).unwrap();
    let codes =
        filing.diagnostics.iter().map(|d| d.code).filter(|c| c.as_str().starts_with("number")).collect();
    (filing.rows[0].shares_owned_following_transaction.map(|n| n.to_string()), codes)
}

#[test]
fn a_stop_before_three_digits_is_exact_only_on_a_page_of_the_sec() {
    let link = "<a href='/cgi-bin/browse-edgar?action=getcompany&CIK=0000002001'>Doe Jane</a>";
    assert_eq!(owned(link, "36.214"), (Some("36.214".into()), vec![]));
    assert_eq!(owned("Doe, Jane", "36.214"), (None, vec![Code::NumberUnreadable]));
    assert_eq!(owned("Doe, Jane", "10.800"), (None, vec![Code::NumberUnreadable]));
    assert_eq!(owned("Doe, Jane", "10,800"), (Some("10800".into()), vec![]));
}

#[test]
fn a_cell_with_two_numbers_has_none() {
    let row = "Common Stock\t02/01/2012\t\tS\t\t100<br>200\tD\t$ 1.25\t9,500\tD\t";
    let piped = |line: &str| format!("|{}|", line.replace('\t', "|"));
    let text: Vec<String> = tabs(row, DERIVATIVE)
        .lines()
        .map(|line| if line.contains('\t') { piped(line) } else { line.to_owned() })
        .collect();
    let json = filing(&text.join("\n"));
    let row = &json["nonDerivativeTable"][0];
    assert_eq!(
        (&row["transactionShares"], &row["sharesOwnedFollowingTransaction"]),
        (&Value::Null, &json!("9500"))
    );
    let warning = &json["warnings"][0];
    assert_eq!(
        (&warning["path"], &warning["literal"]),
        (&json!("/nonDerivativeTable/0/transactionShares"), &json!("100 200"))
    );
}

#[test]
fn equal_sales_that_run_on_are_two() {
    let sale = "Common Stock\t02/01/2012\t\tS\t\t100\tD\t$ 1.25\t9,600\tD\t";
    let json = filing(&tabs(&format!("{sale}\n{}", sale.replace("9,600", "9,500")), ""));
    let rows = json["nonDerivativeTable"].as_array().unwrap();
    let owned: Vec<_> = rows.iter().map(|r| r["sharesOwnedFollowingTransaction"].as_str()).collect();
    assert_eq!(owned, [Some("9600"), Some("9500")]);
}
