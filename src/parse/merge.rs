use super::header::Header;
use crate::model::{Accession, Code, Diagnostic, Filing, FormType, Table};
use rustc_hash::FxHashMap;

/// Adds to a filing what its header says, and notes where the two, or header and path, do not agree.
///
/// What the header says of an issuer or owner counts only where its CIK is the document's. The issuer's CIK alone is
/// taken from the header where the document has none.
pub(super) fn merge<'a>(filing: &mut Filing<'a>, header: &Header<'a>, path_accession: Option<Accession>) {
    filing.submission_type = header.submission_type.map(Into::into);
    filing.filing_date = header.filing_date;
    filing.acceptance_datetime = header.acceptance_datetime;
    filing.date_as_of_change = header.date_as_of_change;
    filing.diagnostics.extend(header.diagnostics.iter().cloned());
    compare_accession(filing, header, path_accession);
    merge_type(filing);
    merge_issuer(filing, header);
    merge_owners(filing, header);
}

fn merge_owners<'a>(filing: &mut Filing<'a>, header: &Header<'a>) {
    // The first owner of a CIK counts, so it is put in last.
    let with_cik = header.owners.iter().rev().filter_map(|owner| Some((owner.cik?, owner)));
    let of_header: FxHashMap<_, _> = with_cik.collect();
    for owner in &mut filing.owners {
        let Some(values) = owner.rpt_owner_cik.and_then(|cik| of_header.get(&cik)) else { continue };
        owner.file_number = values.file_number.map(Into::into);
        owner.film_number = values.film_number.map(Into::into);
    }
}

fn compare_accession(filing: &mut Filing<'_>, header: &Header<'_>, path_accession: Option<Accession>) {
    let Some(of_path) = path_accession else { return };
    if header.accession_number.is_some_and(|of_header| of_header != of_path) {
        let message = "the path names another accession number than the header, which counts";
        let diagnostic = Diagnostic::new(Code::AccessionMismatch, message);
        filing
            .diagnostics
            .push(diagnostic.on(Table::Filings, None, "accession_number").raw(of_path.to_string()));
    }
}

fn merge_type(filing: &mut Filing<'_>) {
    filing.is_amendment = match filing.document_type.as_ref().or(filing.submission_type.as_ref()) {
        Some(stated) => FormType::parse(stated).map(FormType::is_amendment),
        None => Some(false),
    };
    let (Some(of_document), Some(of_header)) = (&filing.document_type, &filing.submission_type) else {
        return;
    };
    if FormType::parse(of_document) != FormType::parse(of_header) {
        let message = "the document's type is not the submission's; both are kept";
        let diagnostic = Diagnostic::new(Code::TypeMismatch, message).raw(of_document.clone());
        filing.diagnostics.push(diagnostic.on(Table::Filings, None, "document_type"));
    }
}

fn merge_issuer<'a>(filing: &mut Filing<'a>, header: &Header<'a>) {
    let Some(issuer) = header.issuer(filing.issuer_cik) else { return };
    let Some(cik) = issuer.cik else { return };
    let on =
        |diagnostic: Diagnostic<'a>| diagnostic.on(Table::Filings, None, "issuer_cik").raw(cik.to_string());
    match filing.issuer_cik {
        Some(of_document) if of_document != cik => {
            let message = "the header names another issuer than the document, which counts";
            filing.diagnostics.push(on(Diagnostic::new(Code::IssuerMismatch, message)));
            return;
        }
        Some(_) => {}
        None => {
            filing.issuer_cik = Some(cik);
            let message = "the document names no issuer by CIK; the header's was taken";
            filing.diagnostics.push(on(Diagnostic::new(Code::IssuerFromHeader, message)));
        }
    }
    filing.issuer_sic = issuer.sic.map(Into::into);
    filing.issuer_irs_number = issuer.irs_number.map(Into::into);
    filing.issuer_state_of_incorporation = issuer.state_of_incorporation.map(Into::into);
    filing.issuer_fiscal_year_end = issuer.fiscal_year_end.map(Into::into);
}
