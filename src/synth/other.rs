//! Other forms and files, which a dump holds too and which must be passed over.

use super::attachment::graphic;
use super::calendar::Day;
use super::envelope::{begin_document, closing, end_document};
use super::header::{Dialect, Head, Header};
use super::model::{Filing, Form};
use super::rng::{Rng, Stream};
use super::words;
use super::world::{Company, World};

/// A kind of other entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// A submission of this form type.
    Form(&'static str),
    /// A list of submissions, as in `full-index`.
    Index,
    /// A company's submissions as JSON.
    Json,
}

/// Bytes of the stock of uuencoded lines from which graphics are taken.
const NOISE: usize = 1 << 18;
const NOISE_LINE: usize = 62;

/// Makes other entries.
pub(super) struct Others {
    seed: u64,
    noise: Vec<u8>,
    prose: Vec<u8>,
    holdings: Vec<u8>,
}

/// An entry that is thought up and not yet written.
#[derive(Clone, Copy, Debug)]
pub(super) struct Plan {
    pub(super) kind: Kind,
    pub(super) bytes: usize,
    number: u64,
}

impl Others {
    pub(super) fn new(seed: u64) -> Self {
        let mut rng = Rng::new(seed, Stream::Noise, 0);
        let mut noise = Vec::with_capacity(NOISE + 64);
        graphic("noise.jpg", NOISE / NOISE_LINE, &mut rng, &mut noise);
        let noise = noise.split_off(noise.iter().position(|&b| b == b'\n').map_or(0, |at| at + 1));
        Self { seed, noise, prose: prose(&mut rng), holdings: holdings(&mut rng) }
    }

    /// The next entry. Files that are no submissions only where there is room for them; heavy days have heavy filings.
    pub(super) fn plan(&self, number: u64, dialect: Dialect, heavy: bool) -> Plan {
        let mut rng = Rng::new(self.seed, Stream::Other, number);
        let files = u32::from(dialect == Dialect::Tab);
        let big = if heavy { 12 } else { 1 };
        let (kind, low, high) = rng.weighted(&[
            (30, (Kind::Form("8-K"), 13, 17)),
            (4 * big, (Kind::Form("10-K"), 18, 22)),
            (6 * big, (Kind::Form("10-Q"), 17, 21)),
            (10, (Kind::Form("13F-HR"), 14, 19)),
            (10, (Kind::Form("SC 13G/A"), 13, 15)),
            (8, (Kind::Form("D"), 12, 13)),
            (8, (Kind::Form("144"), 12, 13)),
            (5 * big, (Kind::Form("424B2"), 16, 20)),
            (3, (Kind::Form("SC 13D"), 14, 17)),
            (4 * files, (Kind::Index, 12, 16)),
            (4 * files, (Kind::Json, 12, 15)),
        ]);
        Plan { kind, bytes: rng.spread(low, high) as usize, number }
    }

    /// Appends the entry: a submission with this accession number, or a file.
    pub(super) fn write(
        &self,
        plan: &Plan,
        accession: &str,
        filed: Day,
        world: &World,
        dialect: Dialect,
    ) -> Vec<u8> {
        let mut rng = Rng::new(self.seed, Stream::Other, plan.number.rotate_left(8) ^ 1);
        let company = world.company(&mut rng);
        let mut out = Vec::with_capacity(plan.bytes + plan.bytes / 8 + 4096);
        match plan.kind {
            Kind::Form(form) => {
                submission_header(
                    form,
                    accession,
                    filed,
                    company,
                    &mut rng,
                    &mut Header { out: &mut out, dialect },
                );
                self.documents(form, plan.bytes, company, &mut rng, &mut out);
                out.extend_from_slice(closing(dialect));
            }
            Kind::Index => index(plan.bytes, filed, &mut rng, &mut out),
            Kind::Json => json(plan.bytes, filed, company, &mut rng, &mut out),
        }
        out
    }

    fn documents(&self, form: &str, end: usize, company: &Company, rng: &mut Rng, out: &mut Vec<u8>) {
        match form {
            "D" | "144" => structured(form, company, out),
            "13F-HR" => self.table(form, end, out),
            _ => self.report(form, end, rng, out),
        }
    }

    /// Prose, and where it is large a graphic of half its size.
    fn report(&self, form: &str, end: usize, rng: &mut Rng, out: &mut Vec<u8>) {
        begin_document(out, form, 1, "report.htm", Some("REPORT"));
        out.extend_from_slice(b"<HTML><BODY>\n");
        let has_graphic = end > 60_000 && rng.chance(0.7);
        let prose_end = if has_graphic { end - end / 2 } else { end };
        fill(out, &self.prose, prose_end, rng);
        out.extend_from_slice(b"</BODY></HTML>\n");
        end_document(out);
        if has_graphic {
            begin_document(out, "GRAPHIC", 2, "chart.jpg", None);
            out.extend_from_slice(b"begin 644 chart.jpg\n");
            let lines = end.saturating_sub(out.len()) / NOISE_LINE;
            let stock = self.noise.len() / NOISE_LINE - 1;
            for at in 0..lines.div_ceil(stock) {
                let take = stock.min(lines - at * stock);
                out.extend_from_slice(&self.noise[..take * NOISE_LINE]);
            }
            out.extend_from_slice(b"`\nend\n");
            end_document(out);
        }
    }

    fn table(&self, form: &str, end: usize, out: &mut Vec<u8>) {
        begin_document(out, form, 1, "primary_doc.xml", None);
        out.extend_from_slice(b"<XML>\n<?xml version=\"1.0\"?>\n<informationTable>\n");
        while out.len() < end {
            out.extend_from_slice(&self.holdings);
        }
        out.extend_from_slice(b"</informationTable>\n</XML>\n");
        end_document(out);
    }
}

fn submission_header(
    form: &str,
    accession: &str,
    filed: Day,
    company: &Company,
    rng: &mut Rng,
    header: &mut Header<'_>,
) {
    let accepted = Some(rng.range(6 * 3600, 63_000) as u32);
    let (period, changed) = (Some(filed.plus(-2)), Some(filed));
    header.head(&Head { accession, form_type: form, documents: 2, period, filed, changed, accepted });
    header.filer(company, form, filed, rng.range(500_000, 26_999_999));
    header.end();
}

/// Form types that look like ownership but are none.
fn structured(form: &str, company: &Company, out: &mut Vec<u8>) {
    begin_document(out, form, 1, "primary_doc.xml", None);
    out.extend_from_slice(
        format!(
            "<XML>\n<?xml version=\"1.0\"?>\n<edgarSubmission>\n    <schemaVersion>X0708</schemaVersion>\n    \
             <submissionType>{form}</submissionType>\n    <issuer>\n        <issuerCik>{:010}</issuerCik>\n    </issuer>\n    \
             <securityTitle>{}</securityTitle>\n</edgarSubmission>\n</XML>\n",
            company.cik, company.stock
        )
        .as_bytes(),
    );
    end_document(out);
}

/// Fills up with pieces of prose, whole lines.
fn fill(out: &mut Vec<u8>, stock: &[u8], end: usize, rng: &mut Rng) {
    while out.len() < end {
        let from = rng.below(stock.len() as u64 / 2) as usize;
        let from = stock[from..].iter().position(|&b| b == b'\n').map_or(0, |at| from + at + 1);
        let piece = &stock[from..];
        let length = piece.len().min(end - out.len());
        let length = piece[..length].iter().rposition(|&b| b == b'\n').map_or(piece.len(), |at| at + 1);
        out.extend_from_slice(&piece[..length]);
        if length < 200 {
            return;
        }
    }
}

fn prose(rng: &mut Rng) -> Vec<u8> {
    let mut out = Vec::with_capacity(1 << 16);
    while out.len() < (1 << 16) - 200 {
        out.extend_from_slice(b"<P>");
        for _ in 0..rng.range(6, 40) {
            let word = match rng.below(6) {
                0 => rng.pick(words::TRADE),
                1 => rng.pick(words::FIRM),
                2 => rng.pick(&[
                    "filed a Form 4",
                    "ownership",
                    "the <B>Company</B>",
                    "common stock",
                    "Section 16",
                ]),
                _ => rng.pick(&[
                    "the", "of", "in", "quarter", "results", "were", "higher", "cost", "net", "income",
                ]),
            };
            out.extend_from_slice(word.as_bytes());
            out.push(b' ');
        }
        out.extend_from_slice(b"</P>\n");
    }
    out
}

fn holdings(rng: &mut Rng) -> Vec<u8> {
    let mut out = Vec::new();
    for _ in 0..8 {
        let row = format!(
            "  <infoTable>\n    <nameOfIssuer>{}</nameOfIssuer>\n    <titleOfClass>COM</titleOfClass>\n    <value>{}</value>\n    \
             <shrsOrPrnAmt><sshPrnamt>{}</sshPrnamt></shrsOrPrnAmt>\n  </infoTable>\n",
            rng.pick(words::FIRM),
            rng.spread(8, 30),
            rng.spread(8, 24)
        );
        out.extend_from_slice(row.as_bytes());
    }
    out
}

fn index(bytes: usize, filed: Day, rng: &mut Rng, out: &mut Vec<u8>) {
    let end = out.len() + bytes;
    let (year, month, day) = filed.ymd();
    out.extend_from_slice(
        b"Description:           Master Index of invented dissemination\n\nCIK|Company Name|Form Type|Date Filed|Filename\n\
          --------------------------------------------------------------------------------\n",
    );
    while out.len() < end {
        let cik = rng.range(9_000_000, 9_400_000);
        let (name, form) = (rng.pick(words::FIRM), rng.pick(&["4", "4", "3", "8-K", "4/A", "10-Q"]));
        let number = rng.below(1_000_000);
        let line = format!(
            "{cik}|{name}|{form}|{year:04}-{month:02}-{day:02}|edgar/data/{cik}/0009800000-{:02}-{number:06}.txt\n",
            year % 100
        );
        out.extend_from_slice(line.as_bytes());
    }
}

fn json(bytes: usize, filed: Day, company: &Company, rng: &mut Rng, out: &mut Vec<u8>) {
    let count = bytes / 40 + 1;
    let form = |rng: &mut Rng| rng.pick(&["\"4\"", "\"3\"", "\"8-K\"", "\"5\""]).to_owned();
    let forms: Vec<String> = (0..count).map(|_| form(rng)).collect();
    let (year, month, day) = filed.ymd();
    let dates = vec![format!("\"{year:04}-{month:02}-{day:02}\""); count];
    let text = format!(
        "{{\"cik\":\"{}\",\"entityType\":\"operating\",\"tickers\":[\"{}\"],\"filings\":{{\"recent\":{{\"filingDate\":[{}],\
         \"form\":[{}]}},\"files\":[]}}}}\n",
        company.cik,
        company.symbol,
        dates.join(","),
        forms.join(",")
    );
    out.extend_from_slice(text.as_bytes());
}

/// Appends a correction or deletion of a filing's header: tags without any document.
pub(super) fn write_correction(filing: &Filing<'_>, deletes: bool, out: &mut Vec<u8>) {
    let mut header = Header { out, dialect: Dialect::Tag };
    let form: Form = filing.form;
    let lines = format!(
        "<SUBMISSION>\n<CORRECTION>\n<TIMESTAMP>{}:170412\n<ACCESSION-NUMBER>{}\n",
        filing.filed.compact(),
        filing.accession
    );
    header.push(&lines);
    if deletes {
        header.push("<DELETION>\n");
    } else {
        let rest = format!(
            "<TYPE>{}\n<PUBLIC-DOCUMENT-COUNT>1\n<FILING-DATE>{}\n<DATE-OF-FILING-DATE-CHANGE>{}\n",
            form.as_str(),
            filing.filed.compact(),
            filing.filed.plus(1).compact()
        );
        header.push(&rest);
        header.issuer(filing.company, filing.filed);
    }
    header.push("</SUBMISSION>\n");
}
