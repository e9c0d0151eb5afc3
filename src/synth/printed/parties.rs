//! The parties in a header of that time.

use crate::synth::header::Header;
use crate::synth::model::Filing;

/// The issuer as subject, and the owner as a literal tag with blocks one level up.
pub(in crate::synth) fn parties(header: &mut Header<'_>, filing: &Filing<'_>) {
    let (company, owner) = (filing.company, &filing.owners[0]);
    let (month, day) = company.fiscal_year_end;
    let industry = company.industry.map_or(String::from(" []"), |(name, code)| format!("{name} [{code}]"));
    let form = filing.form.as_str();
    header.push(&format!(
        "\nSUBJECT COMPANY:\t\n\n\tCOMPANY DATA:\t\n\t\tCOMPANY CONFORMED NAME:\t\t\t{}\n\t\tCENTRAL INDEX KEY:\t\t\t{:010}\n\
         \t\tSTANDARD INDUSTRIAL CLASSIFICATION:\t{industry}\n\t\tIRS NUMBER:\t\t\t\t{}\n\t\tSTATE OF INCORPORATION:\t\t\t{}\n\
         \t\tFISCAL YEAR END:\t\t\t{month:02}{day:02}\n\n\tFILING VALUES:\n\t\tFORM TYPE:\t\t{form}\n\t\tSEC ACT:\t\t\n\
         \t\tSEC FILE NUMBER:\t{}\n\t\tFILM NUMBER:\t\t{}\n",
        company.name.to_uppercase(),
        company.cik,
        company.irs_number,
        company.state,
        company.file_number,
        owner.film_number,
    ));
    header.push(&format!(
        "<REPORTING-OWNER>\n\nCOMPANY DATA:\t\n\tCOMPANY CONFORMED NAME:\t\t\t{}\n\tCENTRAL INDEX KEY:\t\t\t{:010}\n\
         \tSTANDARD INDUSTRIAL CLASSIFICATION:\t []\n<RELATIONSHIP>{}\n\nFILING VALUES:\n\tFORM TYPE:\t\t{form}\n\n\
         MAIL ADDRESS:\t\n\tSTREET 1:\t\t{}\n\tCITY:\t\t\t{}\n\tSTATE:\t\t\t{}\n\tZIP:\t\t\t{}\n</REPORTING-OWNER>\n",
        owner.person.name.to_uppercase(),
        owner.person.cik,
        if owner.is_director.is_some_and(|flag| flag.value == Some(true)) { "DIRECTOR" } else { "OFFICER" },
        owner.address.street1,
        owner.address.city,
        owner.address.state,
        owner.address.zip,
    ));
}
