//! Runs the program, and makes something for it to read.

use std::env::vars_os;
use std::ffi::OsString;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

/// The program with these arguments, and without what the environment of the tests would tell it.
pub fn command(args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_section16"));
    let told = |name: &OsString| name == "CLICOLOR_FORCE" || name.to_string_lossy().starts_with("SECTION16_");
    for name in vars_os().map(|(name, _)| name).filter(told) {
        command.env_remove(name);
    }
    command.args(args).stdin(Stdio::null());
    command
}

pub fn section16(args: &[&str]) -> Output {
    command(args).output().unwrap()
}

pub fn stdout(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

pub fn stderr(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

/// A submission as EDGAR disseminates it, with this accession number, form type, and documents.
pub fn submission(accession: &str, form: &str, documents: &str) -> String {
    format!(
        "<SEC-DOCUMENT>{accession}.txt : 20240228
<SEC-HEADER>{accession}.hdr.sgml : 20240228
<ACCEPTANCE-DATETIME>20240228160000
ACCESSION NUMBER:\t\t{accession}
CONFORMED SUBMISSION TYPE:\t{form}
PUBLIC DOCUMENT COUNT:\t\t1
CONFORMED PERIOD OF REPORT:\t20240227
FILED AS OF DATE:\t\t20240228
DATE AS OF CHANGE:\t\t20240228
</SEC-HEADER>
{documents}</SEC-DOCUMENT>
"
    )
}

/// A document of a Form 4 with one sale of this many shares.
pub fn form4(issuer: &str, shares: &str) -> String {
    format!(
        "<DOCUMENT>
<TYPE>4
<SEQUENCE>1
<FILENAME>form4.xml
<TEXT>
<XML>
<?xml version=\"1.0\"?>
<ownershipDocument>
<schemaVersion>X0508</schemaVersion>
<documentType>4</documentType>
<periodOfReport>2024-02-27</periodOfReport>
<issuer>
<issuerCik>{issuer}</issuerCik>
<issuerName>Example Widgets Inc</issuerName>
<issuerTradingSymbol>EXMP</issuerTradingSymbol>
</issuer>
<reportingOwner>
<reportingOwnerId><rptOwnerCik>0009900002</rptOwnerCik><rptOwnerName>Muster Erika</rptOwnerName></reportingOwnerId>
<reportingOwnerRelationship><isDirector>1</isDirector></reportingOwnerRelationship>
</reportingOwner>
<nonDerivativeTable>
<nonDerivativeTransaction>
<securityTitle><value>Common Stock</value></securityTitle>
<transactionDate><value>2024-02-27</value></transactionDate>
<transactionCoding><transactionFormType>4</transactionFormType><transactionCode>S</transactionCode></transactionCoding>
<transactionAmounts>
<transactionShares><value>{shares}</value><footnoteId id=\"F1\"/></transactionShares>
<transactionPricePerShare><value>12.5</value></transactionPricePerShare>
<transactionAcquiredDisposedCode><value>D</value></transactionAcquiredDisposedCode>
</transactionAmounts>
<ownershipNature><directOrIndirectOwnership><value>D</value></directOrIndirectOwnership></ownershipNature>
</nonDerivativeTransaction>
</nonDerivativeTable>
<footnotes><footnote id=\"F1\">Sold to nobody in particular.</footnote></footnotes>
<ownerSignature>
<signatureName>/s/ Erika Muster</signatureName><signatureDate>2024-02-28</signatureDate>
</ownerSignature>
</ownershipDocument>
</XML>
</TEXT>
</DOCUMENT>
"
    )
}

/// A folder `in` with two filings of two issuers, a copy of one, another form, and a submission without its document.
pub fn input() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let filing = submission("0009900001-24-000001", "4", &form4("0009900011", "1,250"));
    write(folder.path(), "in/a/0009900001-24-000001.txt", &filing);
    write(folder.path(), "in/copy/0009900001-24-000001.txt", &filing);
    let filing = submission(
        "0009900001-24-000002",
        "4/A",
        &form4("0009900012", "300").replace("documentType>4<", "documentType>4/A<"),
    );
    write(folder.path(), "in/b.txt", &filing);
    write(folder.path(), "in/c.txt", &submission("0009900001-24-000003", "8-K", ""));
    write(folder.path(), "in/d.txt", &submission("0009900001-24-000004", "3", ""));
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
