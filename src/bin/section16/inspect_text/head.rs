//! Who filed what, when, about whom.

use super::{INDENT, Layout, body, cell, section};
use crate::grid::{Grid, Heading};
use crate::terminal::plain;
use crate::units::counted;
use section16::model::{Filing, Origin, Owner, Relationship};

/// The filing's name, dates, boxes and issuer.
pub fn head(filing: &Filing, origin: &Origin, layout: Layout) -> Option<String> {
    let mut grid = Grid::new(&[Heading::left(""), Heading::text("")]);
    let mut line = |name: &str, words: &[String]| {
        let words: Vec<&str> = words.iter().map(String::as_str).filter(|w| !w.is_empty()).collect();
        if !words.is_empty() {
            grid.row([name, &words.join(", ")]);
        }
    };
    line("source", &[origin.display(), place(origin)]);
    line("document", &[cell::text(filing.document_filename.as_deref()), format(filing)]);
    line("period", &[cell::date(filing.period_of_report)]);
    line("filed", &[cell::date(filing.filing_date), accepted(filing), changed(filing)]);
    line("amends", &[prefixed("the filing of ", &cell::date(filing.date_of_original_submission))]);
    line("boxes", &boxes(filing));
    line("issuer", &issuer(filing));
    section(&title(filing), &grid.render(layout.width, INDENT, layout.paint), layout)
}

fn title(filing: &Filing) -> String {
    let document = filing.document_type.as_deref();
    let submission = filing.submission_type.as_deref();
    let form = plain(document.or(submission).unwrap_or("of unknown type"));
    match submission.filter(|submission| document.is_some_and(|document| document != *submission)) {
        Some(submission) => format!("{}  Form {form} (submitted as {})", filing.id, plain(submission)),
        None => format!("{}  Form {form}", filing.id),
    }
}

fn place(origin: &Origin) -> String {
    let size = counted(origin.bytes, "byte");
    if origin.offset == 0 { size } else { format!("{size} from {}", origin.offset) }
}

fn format(filing: &Filing) -> String {
    let version = filing.schema_version.as_deref().unwrap_or_default();
    format!("{} {version}", filing.source_format.as_str()).trim_end().to_owned()
}

fn accepted(filing: &Filing) -> String {
    filing.acceptance_datetime.map(|time| format!("accepted {time}")).unwrap_or_default()
}

fn changed(filing: &Filing) -> String {
    let other = filing.date_as_of_change.filter(|date| Some(*date) != filing.filing_date);
    prefixed("header changed ", &cell::date(other))
}

fn prefixed(prefix: &str, value: &str) -> String {
    if value.is_empty() { String::new() } else { format!("{prefix}{value}") }
}

/// The boxes of the form that are stated, each with its answer.
fn boxes(filing: &Filing) -> Vec<String> {
    let boxes = [
        ("no securities owned", filing.no_securities_owned),
        ("not subject to Section 16", filing.not_subject_to_section16),
        ("Form 3 holdings reported", filing.form3_holdings_reported),
        ("Form 4 transactions reported", filing.form4_transactions_reported),
        ("Rule 10b5-1(c) plan", filing.aff10b5_one),
        ("joint or group filing", filing.is_joint_group_filing),
    ];
    boxes
        .into_iter()
        .filter(|(_, b)| b.is_some())
        .map(|(name, b)| format!("{name}: {}", cell::flag(b)))
        .collect()
}

fn issuer(filing: &Filing) -> Vec<String> {
    let text = |prefix, value: &Option<std::borrow::Cow<str>>| {
        prefixed(prefix, value.as_deref().unwrap_or_default())
    };
    vec![
        text("", &filing.issuer_name),
        text("symbol ", &filing.issuer_trading_symbol),
        text("foreign symbol ", &filing.issuer_foreign_trading_symbol),
        filing.issuer_cik.map_or_else(|| "CIK unknown".to_owned(), |cik| format!("CIK {cik}")),
        text("SIC ", &filing.issuer_sic),
        text("IRS number ", &filing.issuer_irs_number),
        text("incorporated in ", &filing.issuer_state_of_incorporation),
        text("fiscal year ends ", &filing.issuer_fiscal_year_end),
    ]
}

/// The reporting owners.
pub fn owners(filing: &Filing, layout: Layout) -> Option<String> {
    let mut grid = Grid::new(&[
        Heading::right("#"),
        Heading::text("name"),
        Heading::left("CIK"),
        Heading::text("relationship"),
        Heading::text("address"),
        Heading::left("file number"),
        Heading::left("film number"),
    ]);
    for (index, owner) in filing.owners.iter().enumerate() {
        grid.row([
            index.to_string(),
            cell::text(owner.rpt_owner_name.as_deref()),
            owner.rpt_owner_cik.map(|cik| cik.to_string()).unwrap_or_default(),
            relationship(&owner.relationship),
            address(owner),
            cell::text(owner.file_number.as_deref()),
            cell::text(owner.film_number.as_deref()),
        ]);
    }
    if filing.owners.is_empty() { None } else { section("Reporting owners", &body(grid, 1, layout), layout) }
}

fn relationship(relationship: &Relationship) -> String {
    let with = |word: &str, detail: &Option<std::borrow::Cow<str>>| match detail {
        Some(detail) => format!("{word} ({detail})"),
        None => word.to_owned(),
    };
    let roles = [
        (relationship.is_director, "director".to_owned()),
        (relationship.is_officer, with("officer", &relationship.officer_title)),
        (relationship.is_ten_percent_owner, "10 % owner".to_owned()),
        (relationship.is_other, with("other", &relationship.other_text)),
    ];
    if roles.iter().all(|(stated, _)| stated.is_none()) {
        return "not stated".to_owned();
    }
    let roles = roles.into_iter().filter(|(stated, _)| *stated == Some(true)).map(|(_, role)| role);
    let roles = roles.collect::<Vec<_>>().join(", ");
    if roles.is_empty() { "none".to_owned() } else { roles }
}

fn address(owner: &Owner) -> String {
    let foreign = owner.rpt_owner_non_us_address_flag == Some(true);
    let parts = [
        owner.rpt_owner_street1.as_deref(),
        owner.rpt_owner_street2.as_deref(),
        owner.rpt_owner_city.as_deref(),
        owner.rpt_owner_state.as_deref(),
        owner.rpt_owner_zip_code.as_deref(),
        owner.rpt_owner_state_description.as_deref(),
        owner.rpt_owner_non_us_state_territory.as_deref(),
        owner.rpt_owner_country.as_deref(),
        foreign.then_some("(outside the US)"),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}
