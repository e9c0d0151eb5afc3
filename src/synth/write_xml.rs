//! Writes the ownership document.

use super::calendar::push_number;
use super::model::{Filing, Flaw, Owner, Row, Shape};
use super::style::{Encoding, Style};
use super::xml::Xml;

/// Writes the document, from the declaration to the line end behind the root element. True where letters beyond ASCII
/// stand in it as bytes.
pub(super) fn write(filing: &Filing<'_>, out: &mut Vec<u8>) -> bool {
    let mut xml = Xml::new(out, filing.style);
    xml.out.extend_from_slice(filing.style.declaration.as_bytes());
    xml.push("<ownershipDocument>");
    xml.depth = 1;
    head(&mut xml, filing);
    rows(&mut xml, filing);
    tail(&mut xml, filing);
    xml.depth = 0;
    xml.line();
    xml.push("</ownershipDocument>\n");
    xml.non_ascii
}

fn head(xml: &mut Xml<'_>, filing: &Filing<'_>) {
    if filing.flaw != Flaw::NoSchema {
        xml.part();
        xml.text("schemaVersion", filing.schema);
    }
    xml.part();
    xml.text("documentType", filing.form.as_str());
    xml.part();
    xml.date("periodOfReport", filing.period);
    if let Some(original) = filing.original {
        xml.part();
        xml.date("dateOfOriginalSubmission", original);
    }
    xml.flag_part("noSecuritiesOwned", filing.boxes.no_securities);
    xml.flag_part("notSubjectToSection16", filing.boxes.not_subject);
    xml.flag_part("form3HoldingsReported", filing.boxes.form3_reported);
    xml.flag_part("form4TransactionsReported", filing.boxes.form4_reported);
    issuer(xml, filing);
    for one in &filing.owners {
        owner(xml, one, filing.foreign_symbol.is_some());
    }
    xml.flag_part("aff10b5One", filing.boxes.aff10b5_one);
    if filing.flaw == Flaw::UnknownElement {
        xml.part();
        xml.text("documentNote", "prepared by hand");
    }
}

fn issuer(xml: &mut Xml<'_>, filing: &Filing<'_>) {
    xml.part();
    xml.open("issuer");
    xml.cik("issuerCik", filing.company.cik);
    xml.leaf("issuerName", &filing.company.name);
    xml.leaf("issuerTradingSymbol", &filing.symbol);
    if let Some(symbol) = &filing.foreign_symbol {
        xml.leaf("issuerForeignTradingSymbol", symbol);
    }
    xml.close("issuer");
}

fn owner(xml: &mut Xml<'_>, owner: &Owner, elements_of_2026: bool) {
    let address = &owner.address;
    xml.part();
    xml.open("reportingOwner");
    xml.open("reportingOwnerId");
    xml.cik("rptOwnerCik", owner.person.cik);
    xml.leaf("rptOwnerName", &owner.person.name);
    xml.close("reportingOwnerId");
    xml.open("reportingOwnerAddress");
    if elements_of_2026 {
        xml.leaf("rptOwnerNonUSAddressFlag", if address.country.is_some() { "true" } else { "false" });
    }
    xml.leaf("rptOwnerStreet1", &address.street1);
    xml.leaf("rptOwnerStreet2", address.street2.as_deref().unwrap_or(""));
    xml.leaf("rptOwnerCity", address.city);
    if elements_of_2026 && address.country.is_some() {
        xml.leaf("rptOwnerNonUSStateTerritory", "");
        xml.leaf("rptOwnerZipCode", &address.zip);
        xml.leaf("rptOwnerCountry", address.state);
    } else {
        xml.leaf("rptOwnerState", address.state);
        xml.leaf("rptOwnerZipCode", &address.zip);
    }
    if let Some(description) = &owner.state_description {
        xml.leaf("rptOwnerStateDescription", description);
    }
    xml.flag("rptOwnerGoodAddress", owner.good_address);
    xml.close("reportingOwnerAddress");
    xml.open("reportingOwnerRelationship");
    xml.flag("isDirector", owner.is_director);
    xml.flag("isOfficer", owner.is_officer);
    xml.flag("isTenPercentOwner", owner.is_ten_percent);
    xml.flag("isOther", owner.is_other);
    if let Some(title) = &owner.officer_title {
        xml.leaf("officerTitle", title);
    }
    if let Some(other) = &owner.other_text {
        xml.leaf("otherText", other);
    }
    xml.close("reportingOwnerRelationship");
    xml.close("reportingOwner");
}

fn rows(xml: &mut Xml<'_>, filing: &Filing<'_>) {
    if filing.is_layout_2003() {
        for one in &filing.rows {
            xml.part();
            row(
                xml,
                one,
                if one.is_derivative { "derivativeSecurity" } else { "nonDerivativeSecurity" },
                true,
            );
        }
        return;
    }
    let misplaced = usize::from(filing.flaw == Flaw::MisplacedRow);
    let (tables, outside) = filing.rows.split_at(filing.rows.len().saturating_sub(misplaced));
    for (name, is_derivative) in [("nonDerivativeTable", false), ("derivativeTable", true)] {
        table(xml, filing, name, tables.iter().filter(|row| row.is_derivative == is_derivative));
    }
    for one in outside {
        xml.part();
        row(xml, one, row_name(one), false);
    }
}

fn table<'f>(
    xml: &mut Xml<'_>,
    filing: &Filing<'_>,
    name: &'static str,
    rows: impl Iterator<Item = &'f Row>,
) {
    let mut is_open = false;
    for one in rows {
        if is_open && filing.flaw == Flaw::SeveralTables {
            xml.close(name);
            is_open = false;
        }
        if !is_open {
            xml.part();
            xml.open(if filing.flaw == Flaw::DamagedTag && name == "nonDerivativeTable" {
                "nonDerivativeTable ativeTable"
            } else {
                name
            });
            is_open = true;
        }
        xml.line();
        row(xml, one, row_name(one), false);
    }
    if is_open {
        xml.close(name);
    } else if filing.style.empties {
        xml.part();
        xml.text(name, "");
    }
}

/// The element of a row since tables came.
pub(super) fn row_name(row: &Row) -> &'static str {
    match (row.is_derivative, row.is_holding) {
        (false, false) => "nonDerivativeTransaction",
        (false, true) => "nonDerivativeHolding",
        (true, false) => "derivativeTransaction",
        (true, true) => "derivativeHolding",
    }
}

fn row(xml: &mut Xml<'_>, row: &Row, name: &'static str, in_2003: bool) {
    xml.open_here(name);
    xml.cell("securityTitle", &row.title);
    xml.cell("conversionOrExercisePrice", &row.conversion_price);
    xml.cell("transactionDate", &row.date);
    xml.cell("deemedExecutionDate", &row.deemed_date);
    coding(xml, row);
    xml.cell("transactionTimeliness", &row.timeliness);
    if row.acquired_disposed.shape != Shape::Absent {
        xml.open("transactionAmounts");
        xml.cell("transactionShares", &row.shares);
        xml.cell("transactionTotalValue", &row.total_value);
        xml.cell(if in_2003 { "transactionValue" } else { "transactionPricePerShare" }, &row.price);
        xml.cell("transactionAcquiredDisposedCode", &row.acquired_disposed);
        xml.close("transactionAmounts");
    }
    xml.cell("exerciseDate", &row.exercise_date);
    xml.cell("expirationDate", &row.expiration_date);
    if row.is_derivative {
        xml.open("underlyingSecurity");
        xml.cell("underlyingSecurityTitle", &row.underlying_title);
        xml.cell("underlyingSecurityShares", &row.underlying_shares);
        xml.cell("underlyingSecurityValue", &row.underlying_value);
        xml.close("underlyingSecurity");
    }
    if row.shares_after.shape != Shape::Absent || row.value_after.shape != Shape::Absent {
        xml.open("postTransactionAmounts");
        xml.cell("sharesOwnedFollowingTransaction", &row.shares_after);
        xml.cell("valueOwnedFollowingTransaction", &row.value_after);
        xml.close("postTransactionAmounts");
    }
    xml.open("ownershipNature");
    xml.cell("directOrIndirectOwnership", &row.ownership);
    xml.cell("natureOfOwnership", &row.nature);
    xml.close("ownershipNature");
    xml.close(name);
}

fn coding(xml: &mut Xml<'_>, row: &Row) {
    if row.form_type.is_none() && row.code.is_none() {
        return;
    }
    xml.open("transactionCoding");
    if let Some(form_type) = row.form_type {
        xml.leaf("transactionFormType", form_type);
    }
    if let Some(code) = row.code {
        xml.leaf("transactionCode", code);
    }
    xml.flag("equitySwapInvolved", row.swap);
    for &mark in &row.coding_marks {
        xml.line();
        xml.mark(mark);
    }
    xml.close("transactionCoding");
}

fn tail(xml: &mut Xml<'_>, filing: &Filing<'_>) {
    if !filing.footnotes.is_empty() {
        xml.part();
        xml.open("footnotes");
        for (index, footnote) in filing.footnotes.iter().enumerate() {
            xml.line();
            xml.push("<footnote id=\"F");
            push_number(xml.out, index as u64 + 1);
            xml.push("\">");
            xml.escaped(footnote);
            xml.push("</footnote>");
        }
        xml.close("footnotes");
    } else if filing.style.empties {
        xml.part();
        xml.text("footnotes", "");
    }
    if let Some(remarks) = &filing.remarks {
        xml.part();
        if filing.flaw == Flaw::StrayAmpersand {
            xml.push("<remarks>");
            xml.push(remarks);
            xml.push("</remarks>");
        } else {
            xml.text("remarks", remarks);
        }
    }
    for (name, day) in &filing.signatures {
        xml.part();
        xml.open("ownerSignature");
        xml.leaf("signatureName", name);
        xml.line();
        xml.date("signatureDate", *day);
        xml.close("ownerSignature");
    }
}

/// Whether letters of this encoding make the whole document Windows-1252.
pub(super) fn is_windows_1252(style: &Style, non_ascii: bool) -> bool {
    non_ascii && style.encoding == Encoding::Windows1252
}
