//! What the wrapper tells of a printed form, which names nobody by CIK unless it is the SEC's own page.

use super::header::{Entity, Header};
use crate::model::{Cik, Code, Diagnostic, Filing, FormType, Owner, Table};
use std::borrow::Cow;

/// Whether the header says whose filing it is, so that a filing is worth keeping though its body cannot be read.
pub(super) fn names_parties(header: &Header<'_>) -> bool {
    header.issuers.iter().chain(&header.owners).any(|entity| entity.cik.is_some())
}

/// Adds to a printed form, already merged with its header, what only the wrapper knows: names, CIKs, and whether it is an
/// amendment. Values that the print states are left alone.
///
/// `printed` is what the print says of its being an amendment.
pub(super) fn of_wrapper<'a>(
    filing: &mut Filing<'a>,
    header: &Header<'a>,
    path_cik: Option<Cik>,
    printed: Option<bool>,
) {
    amendment(filing, printed);
    issuer(filing, header);
    owners(filing, &header.owners);
    issuer_of_path(filing, header, path_cik);
}

/// Old print mostly does not say that it amends another filing; the submission's type does.
fn amendment(filing: &mut Filing<'_>, is_printed: Option<bool>) {
    let form = |stated: &Option<Cow<'_, str>>| stated.as_deref().and_then(FormType::parse);
    match (form(&filing.document_type), form(&filing.submission_type)) {
        (Some(printed), Some(submitted)) if printed.number() == submitted.number() => {
            filing.is_amendment = Some(printed.is_amendment() || submitted.is_amendment());
        }
        (_, None) => filing.is_amendment = is_printed,
        _ => {}
    }
}

fn issuer<'a>(filing: &mut Filing<'a>, header: &Header<'a>) {
    let Some(issuer) = header.issuer(filing.issuer_cik) else { return };
    if filing.issuer_name.is_none() && issuer.cik.is_some() && issuer.cik == filing.issuer_cik {
        filing.issuer_name = issuer.name.map(Cow::Borrowed);
    }
}

/// Gives each printed owner the CIK of the header's owner of the same name. If all find theirs, the others of the header
/// are owners too: they stand on a page that could not be read.
fn owners<'a>(filing: &mut Filing<'a>, of_header: &[Entity<'a>]) {
    let mut free: Vec<_> = of_header.iter().filter(|owner| owner.cik.is_some()).collect();
    let is_only = free.len() == 1 && filing.owners.len() == 1;
    let mut all_found = true;
    for owner in &mut filing.owners {
        let named = |entity: &&Entity<'_>| same_person(owner.rpt_owner_name.as_deref(), entity.name);
        let linked =
            |entity: &&Entity<'_>| owner.rpt_owner_cik.is_some() && owner.rpt_owner_cik == entity.cik;
        let at =
            free.iter().position(linked).or_else(|| free.iter().position(named)).or(is_only.then_some(0));
        match at {
            Some(at) => fill(owner, free.remove(at)),
            None => all_found = false,
        }
    }
    if !all_found {
        return;
    }
    for entity in free {
        let row_index = filing.owners.len() as u32;
        let mut owner = Owner { rpt_owner_name: entity.name.map(Cow::Borrowed), ..Owner::default() };
        fill(&mut owner, entity);
        filing.owners.push(owner);
        let message = "the print does not name this owner; name and CIK are the header's";
        let diagnostic = Diagnostic::new(Code::OwnerFromHeader, message);
        filing.diagnostics.push(diagnostic.on(Table::ReportingOwners, Some(row_index), "rpt_owner_cik"));
    }
}

fn fill<'a>(owner: &mut Owner<'a>, entity: &Entity<'a>) {
    if owner.rpt_owner_cik.is_some_and(|cik| Some(cik) != entity.cik) {
        return;
    }
    owner.rpt_owner_cik = entity.cik;
    owner.rpt_owner_name = owner.rpt_owner_name.take().or(entity.name.map(Cow::Borrowed));
    owner.file_number = entity.file_number.map(Cow::Borrowed);
    owner.film_number = entity.film_number.map(Cow::Borrowed);
}

/// Whether two names are of one person or company: the words of the shorter one stand in the other, in any order, an
/// initial for a word. At least one of them is longer than an initial.
fn same_person(printed: Option<&str>, of_header: Option<&str>) -> bool {
    let (Some(printed), Some(of_header)) = (printed, of_header) else { return false };
    let (printed, of_header) = (words(printed), words(of_header));
    let (few, mut many) =
        if printed.len() <= of_header.len() { (printed, of_header) } else { (of_header, printed) };
    let mut whole = 0;
    few.iter().all(|word| {
        let fits = |other: &String| other == word || is_initial(other, word) || is_initial(word, other);
        let Some(at) = many.iter().position(|o| o == word).or_else(|| many.iter().position(fits)) else {
            return false;
        };
        whole += usize::from(many.swap_remove(at) == *word && word.len() > 1);
        true
    }) && whole > 0
        && few.len() > 1
}

fn words(name: &str) -> Vec<String> {
    let words = name.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.map(str::to_uppercase).collect()
}

fn is_initial(short: &str, long: &str) -> bool {
    short.chars().count() == 1 && long.starts_with(short)
}

fn issuer_of_path(filing: &mut Filing<'_>, header: &Header<'_>, path_cik: Option<Cik>) {
    let Some(cik) = path_cik.filter(|_| filing.issuer_cik.is_none()) else { return };
    let owners = filing.owners.iter().map(|owner| owner.rpt_owner_cik);
    if owners.chain(header.owners.iter().map(|owner| owner.cik)).any(|owner| owner == Some(cik)) {
        return;
    }
    filing.issuer_cik = Some(cik);
    let message = "the document names no issuer by CIK; that of the folder in the path was taken";
    let diagnostic = Diagnostic::new(Code::IssuerFromPath, message);
    filing.diagnostics.push(diagnostic.on(Table::Filings, None, "issuer_cik").raw(cik.to_string()));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FilingId, SourceFormat};

    const HEADER: &str = "<SEC-HEADER>\nCONFORMED SUBMISSION TYPE:\t4/A\nSUBJECT COMPANY:\n\tCOMPANY DATA:\n\t\tCOMPANY CONFORMED NAME:\tEXAMPLE CORP\n\t\tCENTRAL INDEX KEY:\t0000001750\n<REPORTING-OWNER>\nCOMPANY DATA:\n\tCOMPANY CONFORMED NAME:\tROE RICHARD A\n\tCENTRAL INDEX KEY:\t0000002001\n</REPORTING-OWNER>\n<REPORTING-OWNER>\nCOMPANY DATA:\n\tCOMPANY CONFORMED NAME:\tROE FAMILY TRUST\n\tCENTRAL INDEX KEY:\t0000002002\n</REPORTING-OWNER>\n";

    fn printed(owners: &[&str]) -> Filing<'static> {
        let mut filing = Filing::new(FilingId::Digest(1), SourceFormat::Text);
        filing.document_type = Some("4".into());
        filing.submission_type = Some("4/A".into());
        let owner =
            |name: &&str| Owner { rpt_owner_name: Some((*name).to_owned().into()), ..Owner::default() };
        filing.owners = owners.iter().map(owner).collect();
        filing
    }

    fn ciks(filing: &Filing<'_>) -> Vec<Option<u64>> {
        filing.owners.iter().map(|owner| owner.rpt_owner_cik.map(Cik::as_u64)).collect()
    }

    #[test]
    fn printed_owners_get_the_ciks_of_their_names() {
        let header = Header::read(HEADER);
        let mut filing = printed(&["The Roe Family Trust", "Richard Anthony Roe"]);
        of_wrapper(&mut filing, &header, None, Some(false));
        assert_eq!(ciks(&filing), [Some(2002), Some(2001)]);
        assert_eq!(filing.owners[0].rpt_owner_name.as_deref(), Some("The Roe Family Trust"));
        assert_eq!(filing.is_amendment, Some(true));
    }

    #[test]
    fn owners_that_the_print_lacks_come_from_the_header() {
        let header = Header::read(HEADER);
        let mut filing = printed(&["Roe, Richard"]);
        of_wrapper(&mut filing, &header, None, Some(false));
        assert_eq!(ciks(&filing), [Some(2001), Some(2002)]);
        assert_eq!(filing.owners[1].rpt_owner_name.as_deref(), Some("ROE FAMILY TRUST"));
        assert_eq!(filing.diagnostics[0].code, Code::OwnerFromHeader);
        let mut stranger = printed(&["Jane Doe"]);
        of_wrapper(&mut stranger, &header, None, Some(false));
        assert_eq!(ciks(&stranger), [None]);
    }

    #[test]
    fn where_nobody_tells_it_is_not_known_whether_a_form_amends() {
        let amends = |is_printed| {
            let mut filing = Filing::new(FilingId::Digest(1), SourceFormat::Text);
            of_wrapper(&mut filing, &Header::default(), None, is_printed);
            filing.is_amendment
        };
        assert_eq!((amends(None), amends(Some(true))), (None, Some(true)));
    }

    #[test]
    fn the_folder_of_an_owner_is_no_issuer() {
        let header = Header::read(HEADER);
        let cik = Cik::parse("1750");
        let mut filing = printed(&["Richard Roe"]);
        of_wrapper(&mut filing, &header, Cik::parse("2001"), Some(false));
        assert_eq!(filing.issuer_cik, None);
        of_wrapper(&mut filing, &header, cik, Some(false));
        assert_eq!(filing.issuer_cik, cik);
        assert_eq!(filing.diagnostics.last().map(|d| d.code), Some(Code::IssuerFromPath));
    }

    #[test]
    fn names_are_of_one_person_by_their_words() {
        let same = |a, b| same_person(Some(a), Some(b));
        assert!(same("Richard A. Roe", "ROE RICHARD ANTHONY"));
        assert!(same("Roe, Richard", "ROE RICHARD A"));
        assert!(!same("Jane Roe", "ROE RICHARD A"));
        assert!(!same("Roe", "ROE RICHARD A"));
        assert!(!same("R. R.", "ROE RICHARD"));
        assert!(!same_person(None, Some("ROE")));
    }
}
