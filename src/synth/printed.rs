//! Forms from before 2003, printed as text or HTML.

use super::calendar::Day;
use super::envelope::{begin_document, closing, end_document};
use super::header::{Dialect, Head, Header};
use super::model::Filing;
use super::rng::Rng;

/// Appends a printed Form 4. It takes its people from a filing that is never written otherwise.
pub(super) fn write(filing: &Filing<'_>, as_html: bool, rng: &mut Rng, dialect: Dialect, out: &mut Vec<u8>) {
    let mut header = Header { out, dialect };
    header.head(&Head {
        accession: &filing.accession,
        form_type: filing.form.as_str(),
        documents: 1,
        period: Some(filing.period),
        filed: filing.filed,
        changed: None,
        accepted: None,
    });
    parties(&mut header, filing);
    header.end();
    let name = if as_html { "edgar.htm" } else { "form4.txt" };
    begin_document(out, filing.form.as_str(), 1, name, Some("STATEMENT OF CHANGES"));
    if as_html {
        html(filing, rng, out)
    } else {
        text(filing, rng, out)
    }
    end_document(out);
    out.extend_from_slice(closing(dialect));
}

/// The day of a printed form: before XML became mandatory.
pub(super) fn day(rng: &mut Rng) -> Day {
    Day::new(1996, 5, 1).plus(rng.below(2600) as i32).weekday_before()
}

/// The parties as they stood in headers of that time: the owner as a literal tag with blocks one level up.
fn parties(header: &mut Header<'_>, filing: &Filing<'_>) {
    let (company, owner) = (filing.company, &filing.owners[0]);
    if header.dialect == Dialect::Tag {
        header.issuer(company, filing.filed);
        return;
    }
    let lines = format!(
        "\nSUBJECT COMPANY:\t\n\n\tCOMPANY DATA:\t\n\t\tCOMPANY CONFORMED NAME:\t\t\t{}\n\t\tCENTRAL INDEX KEY:\t\t\t{:010}\n\
         \t\tSTANDARD INDUSTRIAL CLASSIFICATION:\t []\n\t\tSTATE OF INCORPORATION:\t\t\t{}\n\n\tFILING VALUES:\n\
         \t\tFORM TYPE:\t\t{}\n\t\tSEC ACT:\t\t\n\t\tSEC FILE NUMBER:\t{}\n\t\tFILM NUMBER:\t\t{}\n\
         <REPORTING-OWNER>\n\nCOMPANY DATA:\t\n\tCOMPANY CONFORMED NAME:\t\t\t{}\n\tCENTRAL INDEX KEY:\t\t\t{:010}\n\
         \tSTANDARD INDUSTRIAL CLASSIFICATION:\t []\n<RELATIONSHIP>DIRECTOR\n\nFILING VALUES:\n\tFORM TYPE:\t\t{}\n\n\
         MAIL ADDRESS:\t\n\tSTREET 1:\t\t{}\n\tCITY:\t\t\t{}\n\tSTATE:\t\t\t{}\n\tZIP:\t\t\t{}\n</REPORTING-OWNER>\n",
        company.name.to_uppercase(),
        company.cik,
        company.state,
        filing.form.as_str(),
        company.file_number,
        owner.film_number,
        owner.person.name.to_uppercase(),
        owner.person.cik,
        filing.form.as_str(),
        owner.address.street1,
        owner.address.city,
        owner.address.state,
        owner.address.zip,
    );
    header.push(&lines);
}

fn text(filing: &Filing<'_>, rng: &mut Rng, out: &mut Vec<u8>) {
    let owner = &filing.owners[0];
    let (year, month, day) = filing.period.ymd();
    out.extend_from_slice(
        format!(
            "                    SECURITIES AND EXCHANGE COMMISSION\n                       WASHINGTON, D.C. 20549\n\
             FORM {}\nSTATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP\n\n1. Name and Address of Reporting Person\n   {}\n   {}\n\
             2. Issuer Name and Ticker or Trading Symbol\n   {} ({})\n4. Statement for Month/Year\n   {month:02}/{year}\n\
             6. Relationship of Reporting Person(s) to Issuer\n   (X) Director ( ) 10% Owner ( ) Officer ( ) Other\n\n\
             <TABLE>\n<CAPTION>\nTable I - Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned\n\
             --------------------------------------------------------------------------\n\
             Title          Date      Code  Amount     A/D  Price    Owned      D/I\n<S>            <C>       <C>   <C>        \
             <C>  <C>      <C>        <C>\n",
            filing.form.base(),
            owner.person.name,
            owner.address.street1,
            filing.company.name,
            filing.company.symbol,
        )
        .as_bytes(),
    );
    for _ in 0..rng.range(1, 6) {
        let (shares, price) = (rng.range(1, 99_999), rng.range(100, 9_999));
        let line = format!(
            "Common Stock   {month:02}/{day:02}/{:02}  {}     {shares:<10} {}    ${}.{:02}  {:<10} D\n",
            year % 100,
            rng.pick(&["P", "S", "A", "M", "J"]),
            rng.pick(&["A", "D"]),
            price / 100,
            price % 100,
            shares * 3,
        );
        out.extend_from_slice(line.as_bytes());
    }
    let signature = format!("</TABLE>\n\n/s/ {}\n--------------------\nSignature\n", owner.person.signature);
    out.extend_from_slice(signature.as_bytes());
}

fn html(filing: &Filing<'_>, rng: &mut Rng, out: &mut Vec<u8>) {
    let owner = &filing.owners[0];
    out.extend_from_slice(
        format!(
            "<HTML>\n<HEAD><TITLE>SEC Form {0}</TITLE></HEAD>\n<BODY>\n<TABLE border=0 width=100%>\n<TR><TD><B>FORM {0}</B></TD>\n\
             <TD>STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP</TD></TR>\n</TABLE>\n<TABLE border=1>\n\
             <TR><TD>1. Name and Address of Reporting Person*<BR>{1}<BR>{2}</TD>\n<TD>2. Issuer Name and Ticker<BR>{3} \
             ({4})</TD></TR>\n</TABLE>\n<TABLE border=1>\n<TR><TD colspan=8>Table I - Non-Derivative Securities</TD></TR>\n",
            filing.form.base(),
            owner.person.name,
            owner.address.street1,
            filing.company.name.replace('&', "&amp;"),
            filing.company.symbol,
        )
        .as_bytes(),
    );
    for _ in 0..rng.range(1, 6) {
        let row = format!(
            "<TR><TD>Common Stock</TD><TD>{}</TD><TD align=right>{}</TD><TD>A</TD><TD>&nbsp;${}.00</TD></TR>\n",
            rng.pick(&["P", "S", "A", "M"]),
            rng.range(1, 99_999),
            rng.range(1, 99),
        );
        out.extend_from_slice(row.as_bytes());
    }
    out.extend_from_slice(
        format!("</TABLE>\n<P>/s/ {}\n</BODY>\n</HTML>\n", owner.person.signature).as_bytes(),
    );
}
