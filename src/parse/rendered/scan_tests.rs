//! Scans of invented forms: blanks and single letters are lost.

use super::read;
use crate::model::{Filing, FilingId, SourceFormat};
use crate::shape::to_json;
use serde_json::{Value, json};

const SCAN: &str = "FORM4\tUNITEDSTATESSECURITIESANDEXCHANGECOMMISSION\tOMB APPROVAL
[]Check this box if nolonger subject toSection 16.\tSTATEMENTOFCHANGESINBENEFICIALOWNERSHIPOFSECURITIES
1. Name and Address of Reporting Person\t2.Issuer Name and Ticker or Trading Symbol\t5.Relationship of Reporting Person(s) to Issuer
Doe Jane Q\tACME WIDGET CORP [ACWC]\t(Check all applicable)
(Last)(First) (Middle)\t3.Date of EarliestTransaction(Month/Day/Year)\tX_Director_X_10%Owner
C/OACMEWIDGETCORPORATION,7ELMCOURT\t02/01/2012\tX_Officer (give title below)\tOther (specify below)
(Street)\t4.If Amendment,DateOriginal Filed(Month/Day/Year)\t6.Individual orJoint/GroupFiling(Check ApplicableLine)
BIGSUR,CA93920\tFormfiledbyOneReportingPerson
X_FormfiledbyMore thanOneReportingPerson
(City)(State) (Zip)\tTableI-Non-DerivativeSecuritiesAcquired,Disposedof,orBeneficiallyOwned
1.Title of Security\t2.Transaction Date\t3.Transaction\t4.Securities Acquired (A) or\t5.Amount ofSecuritiesBeneficially\t6.Ownership Form:\t7.Nature of Indirect
(Instr. 3)\t(Month/Day/Year)\tCode\tDisposed of (D)\tOwned Following Reported\tDirect (D) or Indirect\tOwnership
ClassA Common Stock\t02/01/2012\tM\t4,500\tA\t$o\t9,500\tD
Class A Common Stock\t20,300\tTrust(2)
Reminder:Report ona separatelineforeach class of securities
TableIl-DerivativeSecuritiesAcquired,Disposedof,orBeneficiallyOwned
1. Title of Derivative\t2.Conversion or\t3.TransactionDate\t4.\t5.Number of\t6.Date Exercisable and\t7.Title and Amount of\t9.Number of Derivative\t10.Ownership
Security (Instr. 3)\tExercise Price\t(Month/Day/Year)\tCode\tSecurities\tExpiration Date\tUnderlying Securities\tOwned Following\tForm
Stock Option\t$2.5\t02/01/2012\tM\t1,000\t(1)\t03/01/2019Class A Common Stock\t1,000\t$0\t6,000\tD
Stock Option\t$3.5\t02/01/2012\tM\t3,500\t(1)\t03/01/2019Class A Common Stock\t3,500\t$0\t6,000\tD
Reporting Owners
Reporting Owner Name / Address\tDirector\t10%Owner\tOfficer\tOther
Doe Jane Q\tX\tX\tChiefWidgetOfficer
C/OACME WIDGET CORPORATION
7ELMCOURT
BIG SUR,CA93920
Signatures
/s/Jane Q.Doe\t02/03/2012
*Signature of ReportingPerson\tDate
ExplanationofResponses:
*\tIf the form is filed by more than one reporting person,see Instruction 4(b)(v).
**\tIntentional misstatements or omissions offacts constituteFederal CriminalViolations.
(1)Sold under a plan.
(?2)\tHeld by the trust.
Note:File threecopies of thisForm,one of whichmustbemanuallysigned.
Persons are not required to respond unless theform displays a number.";

fn filing() -> Value {
    let mut filing = Filing::new(FilingId::Digest(1), SourceFormat::Text);
    read(SCAN, &mut filing).unwrap();
    to_json(&filing)
}

#[test]
fn boxes_are_found_without_their_blanks() {
    let json = filing();
    assert_eq!((&json["periodOfReport"], &json["isJointGroupFiling"]), (&json!("2012-02-01"), &json!(true)));
    let owner = &json["reportingOwners"][0];
    assert_eq!(owner["rptOwnerCity"], "BIG SUR");
    assert_eq!((&owner["rptOwnerState"], &owner["rptOwnerZipCode"]), (&json!("CA"), &json!("93920")));
    assert_eq!((&owner["isDirector"], &owner["isTenPercentOwner"]), (&json!(true), &json!(true)));
    assert_eq!(owner["officerTitle"], "ChiefWidgetOfficer");
    assert_eq!(json["footnotes"], json!({"F1": "Sold under a plan.", "F2": "Held by the trust."}));
}

#[test]
fn rows_are_found_without_their_letters() {
    let json = filing();
    let (sold, held) = (&json["nonDerivativeTable"][0], &json["nonDerivativeTable"][1]);
    assert_eq!(
        (&sold["transactionPricePerShare"], &sold["sharesOwnedFollowingTransaction"]),
        (&json!("0"), &json!("9500"))
    );
    assert_eq!(
        (&held["kind"], &held["sharesOwnedFollowingTransaction"]),
        (&json!("holding"), &json!("20300"))
    );
    assert_eq!(
        (&held["natureOfOwnership"], &held["directOrIndirectOwnership"]),
        (&json!("Trust"), &Value::Null)
    );
}

#[test]
fn the_sum_of_table_one_tells_that_options_were_exercised() {
    let json = filing();
    for row in json["derivativeTable"].as_array().unwrap() {
        assert_eq!(row["transactionAcquiredDisposedCode"], "D");
        assert_eq!(
            (&row["expirationDate"], &row["underlyingSecurityTitle"]),
            (&json!("2019-03-01"), &json!("Class A Common Stock"))
        );
    }
    assert_eq!(json["derivativeTable"].as_array().unwrap().len(), 2);
}
