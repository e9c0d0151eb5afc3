//! Writes what a right conversion must give: one JSON object a filing.

use super::calendar::{Day, push_number, push_utc};
use super::header::Dialect;
use super::model::{Cell, Doubt, Filing, Flag, Flaw, Owner, Print, Row, Shape};
use super::number::Number;
use std::borrow::Cow;

/// Where a copy of a filing lies. Orders as copies are preferred.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Place {
    /// Below the output folder, `/` between components.
    pub(super) path: String,
    /// The number of the member in its archive.
    pub(super) entry: u64,
    /// Bytes before it in the decompressed file or member.
    pub(super) offset: u64,
    pub(super) member: Option<String>,
    /// A document without header.
    pub(super) is_bare: bool,
}

/// What the filing and the copy that is kept are.
pub(super) struct Record<'f, 'w> {
    pub(super) filing: &'f Filing<'w>,
    pub(super) places: &'f [Place],
    /// `None` for a bare document in a path that names none.
    pub(super) accession: Option<&'f str>,
    pub(super) dialect: Dialect,
}

/// The copy that is kept: the first in path order.
pub(super) fn kept(places: &[Place]) -> Option<&Place> {
    places.iter().min()
}

impl Record<'_, '_> {
    /// Appends the object and a line end.
    pub(super) fn write(&self, out: &mut Vec<u8>) {
        let with_header = kept(self.places).is_some_and(|place| !place.is_bare);
        let mut json = Json { out, comma: false };
        json.open(b'{');
        json.text_or_null("accession_number", self.accession);
        let first = kept(self.places);
        json.text_or_null("source_path", first.map(|place| place.path.as_str()));
        json.text_or_null("source_member", first.and_then(|place| place.member.as_deref()));
        self.sources(&mut json);
        json.text("repair", "");
        json.array("doubts", &self.filing.doubts, |json, _, doubt| write_doubt(json, doubt));
        json.key("filings");
        self.filing_row(&mut json, with_header);
        json.array("reporting_owners", &self.filing.owners, |json, index, owner| {
            self.owner(json, index, owner, with_header);
        });
        self.rows(&mut json, "transactions", false, with_header);
        self.rows(&mut json, "holdings", true, with_header);
        json.array("footnotes", &self.filing.footnotes, |json, index, footnote| {
            self.keys(json);
            json.text("footnote_id", &format!("F{}", index + 1));
            json.text("footnote", footnote);
            json.day("filing_date", with_header.then_some(self.filing.filed));
        });
        json.array("signatures", &self.filing.signatures, |json, index, (name, day)| {
            self.keys(json);
            json.number("signature_index", index as u64);
            json.text("signature_name", name);
            json.day("signature_date", Some(*day));
            json.day("filing_date", with_header.then_some(self.filing.filed));
        });
        json.close(b'}');
        out.push(b'\n');
    }

    fn sources(&self, json: &mut Json<'_>) {
        json.array("sources", self.places, |json, _, place| {
            json.text("source_path", &place.path);
            json.text_or_null("source_member", place.member.as_deref());
        });
    }

    fn keys(&self, json: &mut Json<'_>) {
        json.text_or_null("accession_number", self.accession);
        json.number("issuer_cik", self.filing.company.cik);
    }

    fn filing_row(&self, json: &mut Json<'_>, with_header: bool) {
        let (filing, company) = (self.filing, self.filing.company);
        let header = |text: &'static str| with_header.then_some(text);
        json.open(b'{');
        json.text_or_null(
            "schema_version",
            (filing.flaw != Flaw::NoSchema && filing.print.is_none()).then_some(filing.schema),
        );
        json.text("document_type", filing.form.as_str());
        json.day("period_of_report", Some(filing.period));
        json.day("date_of_original_submission", filing.original);
        json.flag("no_securities_owned", filing.boxes.no_securities);
        json.flag("not_subject_to_section16", filing.boxes.not_subject);
        json.flag("form3_holdings_reported", filing.boxes.form3_reported);
        json.flag("form4_transactions_reported", filing.boxes.form4_reported);
        json.flag("aff10b5_one", filing.boxes.aff10b5_one);
        json.number("issuer_cik", company.cik);
        json.text_or_null("issuer_name", Some(&company.name));
        json.filled("issuer_trading_symbol", Some(&filing.symbol));
        json.filled("issuer_foreign_trading_symbol", filing.foreign_symbol.as_deref());
        json.filled("remarks", filing.remarks.as_deref());
        json.text_or_null("submission_type", header(filing.form.as_str()));
        json.day("filing_date", with_header.then_some(filing.filed));
        json.key("acceptance_datetime");
        match filing.accepted.filter(|_| with_header && self.dialect == Dialect::Tab) {
            Some(second) => {
                json.out.push(b'"');
                push_utc(json.out, filing.filed, second);
                json.out.push(b'"');
            }
            None => json.raw("null"),
        }
        json.day("date_as_of_change", filing.changed.filter(|_| with_header));
        json.text_or_null("issuer_sic", company.industry.and_then(|(_, code)| header(code)));
        let irs_number = company.irs_number.to_string();
        json.text_or_null("issuer_irs_number", with_header.then_some(&irs_number));
        json.text_or_null("issuer_state_of_incorporation", header(company.state));
        let (month, day) = company.fiscal_year_end;
        let year_end = format!("{month:02}{day:02}");
        json.text_or_null("issuer_fiscal_year_end", with_header.then_some(&year_end));
        json.text_or_null("document_filename", header(filing.filename));
        json.bool("is_amendment", Some(filing.form.is_amendment()));
        json.text("source_format", source_format(filing));
        json.bool("is_joint_group_filing", Some(filing.owners.len() > 1));
        json.number("owner_count", filing.owners.len() as u64);
        json.number("transaction_count", filing.transactions().count() as u64);
        json.number("holding_count", filing.holdings().count() as u64);
        json.number("footnote_count", filing.footnotes.len() as u64);
        json.text_or_null("accession_number", self.accession);
        json.close(b'}');
    }

    fn owner(&self, json: &mut Json<'_>, index: usize, owner: &Owner, with_header: bool) {
        let address = &owner.address;
        let in_2026 = self.filing.foreign_symbol.is_some();
        let abroad_in_2026 = in_2026 && address.country.is_some();
        self.keys(json);
        json.number("owner_index", index as u64);
        json.number("rpt_owner_cik", owner.person.cik);
        json.text("rpt_owner_name", &owner.person.name);
        json.filled("rpt_owner_street1", Some(&address.street1));
        json.filled("rpt_owner_street2", address.street2.as_deref());
        json.text("rpt_owner_city", address.city);
        json.text_or_null("rpt_owner_state", (!abroad_in_2026).then_some(address.state));
        json.filled("rpt_owner_zip_code", Some(&address.zip));
        json.filled("rpt_owner_state_description", owner.state_description.as_deref());
        json.text_or_null("rpt_owner_country", abroad_in_2026.then_some(address.state));
        json.bool("rpt_owner_non_us_address_flag", in_2026.then_some(abroad_in_2026));
        json.null("rpt_owner_non_us_state_territory");
        json.flag("rpt_owner_good_address", owner.good_address);
        json.flag("is_director", owner.is_director);
        json.flag("is_officer", owner.is_officer);
        json.flag("is_ten_percent_owner", owner.is_ten_percent);
        json.flag("is_other", owner.is_other);
        json.filled("officer_title", owner.officer_title.as_deref());
        json.filled("other_text", owner.other_text.as_deref());
        // Headers of printed filings give both numbers to the company.
        let has_numbers = with_header && self.filing.print.is_none();
        json.text_or_null("file_number", has_numbers.then_some(&self.filing.company.file_number));
        let film_number = owner.film_number.to_string();
        json.text_or_null("film_number", has_numbers.then_some(&film_number));
        json.day("filing_date", with_header.then_some(self.filing.filed));
    }

    fn rows(&self, json: &mut Json<'_>, table: &str, holdings: bool, with_header: bool) {
        json.key(table);
        json.open(b'[');
        for (index, row) in self.filing.rows.iter().enumerate().filter(|(_, row)| row.is_holding == holdings)
        {
            json.item();
            json.open(b'{');
            self.keys(json);
            json.number("row_index", index as u64);
            write_row(json, row);
            self.repeated(json, with_header);
            json.close(b'}');
        }
        json.close(b']');
    }

    /// The columns that every row repeats.
    fn repeated(&self, json: &mut Json<'_>, with_header: bool) {
        let owner = &self.filing.owners[0];
        json.text("document_type", self.filing.form.as_str());
        json.day("filing_date", with_header.then_some(self.filing.filed));
        json.day("period_of_report", Some(self.filing.period));
        json.filled("issuer_trading_symbol", Some(&self.filing.symbol));
        json.flag("aff10b5_one", self.filing.boxes.aff10b5_one);
        json.number("owner_count", self.filing.owners.len() as u64);
        json.number("rpt_owner_cik", owner.person.cik);
        json.text("rpt_owner_name", &owner.person.name);
        json.flag("is_director", owner.is_director);
        json.flag("is_officer", owner.is_officer);
        json.flag("is_ten_percent_owner", owner.is_ten_percent);
        json.flag("is_other", owner.is_other);
        json.filled("officer_title", owner.officer_title.as_deref());
    }
}

fn source_format(filing: &Filing<'_>) -> &'static str {
    match filing.print {
        Some(Print::Html) => "html",
        Some(_) => "text",
        None if filing.is_layout_2003() => "xml-2003",
        None => "xml",
    }
}

fn write_row(json: &mut Json<'_>, row: &Row) {
    json.bool("is_derivative", Some(row.is_derivative));
    json.text_cell("security_title", &row.title);
    json.number_cell("conversion_or_exercise_price", &row.conversion_price);
    json.text_or_null("transaction_form_type", row.form_type);
    json.day("exercise_date", row.exercise_date.value);
    json.day("expiration_date", row.expiration_date.value);
    json.text_cell("underlying_security_title", &row.underlying_title);
    json.number_cell("underlying_security_shares", &row.underlying_shares);
    json.number_cell("underlying_security_value", &row.underlying_value);
    json.number_cell("shares_owned_following_transaction", &row.shares_after);
    json.number_cell("value_owned_following_transaction", &row.value_after);
    json.text_cell("direct_or_indirect_ownership", &row.ownership);
    json.text_cell("nature_of_ownership", &row.nature);
    if !row.is_holding {
        json.day("transaction_date", row.date.value);
        json.day("deemed_execution_date", row.deemed_date.value);
        json.text_or_null("transaction_code", row.code);
        json.flag("equity_swap_involved", row.swap);
        json.text_cell("transaction_timeliness", &row.timeliness);
        json.number_cell("transaction_shares", &row.shares);
        json.number_cell("transaction_total_value", &row.total_value);
        json.number_cell("transaction_price_per_share", &row.price);
        json.text_cell("transaction_acquired_disposed_code", &row.acquired_disposed);
    }
    json.key("footnote_refs");
    json.open(b'[');
    row.for_each_mark(|field, mark| {
        json.item();
        json.open(b'{');
        json.text("field", field);
        json.text("footnote_id", &format!("F{mark}"));
        json.close(b'}');
    });
    json.close(b']');
}

fn write_doubt(json: &mut Json<'_>, doubt: &Doubt) {
    json.text("code", doubt.code);
    json.text_or_null("table", doubt.table);
    match doubt.row {
        Some(row) => json.number("row_index", u64::from(row)),
        None => json.null("row_index"),
    }
    json.text_or_null("field", doubt.field);
    json.text_or_null("raw", doubt.raw.as_deref());
}

/// Writes JSON.
struct Json<'o> {
    out: &'o mut Vec<u8>,
    comma: bool,
}

impl Json<'_> {
    fn raw(&mut self, text: &str) {
        self.out.extend_from_slice(text.as_bytes());
        self.comma = true;
    }

    fn open(&mut self, bracket: u8) {
        self.out.push(bracket);
        self.comma = false;
    }

    fn close(&mut self, bracket: u8) {
        self.out.push(bracket);
        self.comma = true;
    }

    fn item(&mut self) {
        if self.comma {
            self.out.push(b',');
        }
    }

    fn key(&mut self, name: &str) {
        self.item();
        self.out.push(b'"');
        self.out.extend_from_slice(name.as_bytes());
        self.out.extend_from_slice(b"\":");
    }

    fn array<T>(&mut self, name: &str, items: &[T], mut write: impl FnMut(&mut Self, usize, &T)) {
        self.key(name);
        self.open(b'[');
        for (index, item) in items.iter().enumerate() {
            self.item();
            self.open(b'{');
            write(self, index, item);
            self.close(b'}');
        }
        self.close(b']');
    }

    fn text(&mut self, name: &str, text: &str) {
        self.key(name);
        self.out.push(b'"');
        for letter in text.chars() {
            match letter {
                '"' | '\\' => self.out.extend([b'\\', letter as u8]),
                '\n' => self.out.extend_from_slice(b"\\n"),
                _ => self.out.extend_from_slice(letter.encode_utf8(&mut [0; 4]).as_bytes()),
            }
        }
        self.raw("\"");
    }

    fn text_or_null(&mut self, name: &str, text: Option<impl AsRef<str>>) {
        match text {
            Some(text) => self.text(name, text.as_ref()),
            None => self.null(name),
        }
    }

    /// Text of which nothing is left when it is empty.
    fn filled(&mut self, name: &str, text: Option<&str>) {
        self.text_or_null(name, text.filter(|text| !text.is_empty()));
    }

    fn null(&mut self, name: &str) {
        self.key(name);
        self.raw("null");
    }

    fn bool(&mut self, name: &str, value: Option<bool>) {
        self.key(name);
        self.raw(match value {
            Some(true) => "true",
            Some(false) => "false",
            None => "null",
        });
    }

    fn flag(&mut self, name: &str, flag: Option<Flag>) {
        self.bool(name, flag.and_then(|flag| flag.value));
    }

    fn number(&mut self, name: &str, number: u64) {
        self.key(name);
        push_number(self.out, number);
        self.comma = true;
    }

    fn day(&mut self, name: &str, day: Option<Day>) {
        self.key(name);
        match day {
            Some(day) => {
                self.out.push(b'"');
                day.push_iso(self.out);
                self.raw("\"");
            }
            None => self.raw("null"),
        }
    }

    fn text_cell(&mut self, name: &str, cell: &Cell<Cow<'static, str>>) {
        self.text_or_null(name, cell.value.as_deref().filter(|_| cell.shape == Shape::Full));
    }

    fn number_cell(&mut self, name: &str, cell: &Cell<Number>) {
        self.key(name);
        match &cell.value {
            Some(number) => {
                self.out.push(b'"');
                number.push_truth(self.out);
                self.raw("\"");
            }
            None => self.raw("null"),
        }
    }
}
