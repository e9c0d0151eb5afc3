//! Makes an archive: filing after filing, never more than a few in memory.

use super::calendar::Day;
use super::envelope::{self, Marks};
use super::header::Dialect;
use super::ledger::Ledger;
use super::model::Filing;
use super::options::{Container, Options};
use super::other::{Kind, Others, Plan, write_correction};
use super::output::Output;
use super::rng::{Rng, Stream};
use super::summary::Summary;
use super::truth::Place;
use super::world::World;
use super::{place, printed, story};
use crate::error::{ErrorKind, Result};
use std::collections::VecDeque;

/// The first and the last day of filing there is.
const FIRST: (i32, u32, u32) = (2003, 6, 30);
const LAST: (i32, u32, u32) = (2026, 6, 30);
/// Filings that stand behind one another in one text at most.
const BUNDLE: u64 = 40;
/// Numbers of stories that are told for rejects alone.
const REJECTS: u64 = 1 << 40;

/// Makes an archive of invented filings and says what it holds.
///
/// # Errors
///
/// An option that cannot be, or a file that cannot be written.
pub fn generate(options: &Options) -> Result<Summary> {
    options.check()?;
    let world = World::new(options.seed, options.issuers);
    let mut run = Run::new(options, &world)?;
    for number in 0..options.filings {
        run.step(number)?;
    }
    run.finish()
}

struct Run<'w> {
    options: &'w Options,
    world: &'w World,
    dialect: Dialect,
    others: Others,
    output: Output,
    ledger: Ledger,
    days: Days,
    /// Submissions so far: the source of accession numbers.
    serial: u64,
    next_other: Plan,
    bundle: Option<Bundle<'w>>,
    late: VecDeque<Late<'w>>,
    buffer: Vec<u8>,
}

/// Many submissions as one text, while it grows.
struct Bundle<'w> {
    name: String,
    room: u64,
    bytes: Vec<u8>,
    filings: Vec<(Filing<'w>, u64, Marks)>,
}

/// A filing whose second copy comes later.
struct Late<'w> {
    due: u64,
    filing: Filing<'w>,
    places: Vec<Place>,
    marks: Marks,
    name: String,
    bytes: Vec<u8>,
    is_bare: bool,
}

impl<'w> Run<'w> {
    fn new(options: &'w Options, world: &'w World) -> Result<Self> {
        let dialect = if options.container == Container::NcTarGz { Dialect::Tag } else { Dialect::Tab };
        let others = Others::new(options.seed);
        let next_other = others.plan(0, dialect, options.other_share > 0.5);
        Ok(Self {
            options,
            world,
            dialect,
            next_other,
            others,
            output: Output::new(&options.output, options.container)?,
            ledger: Ledger::new(options.truth.as_deref(), dialect)?,
            days: Days::new(options)?,
            serial: 0,
            bundle: None,
            late: VecDeque::new(),
            buffer: Vec::new(),
        })
    }

    /// One filing and what comes with it.
    fn step(&mut self, number: u64) -> Result<()> {
        let day = self.days.of(number);
        self.begin_archive(number, day)?;
        self.late_copies(number)?;
        let mut rng = Rng::new(self.options.seed, Stream::Place, number);
        let mut filing = story::tell(self.world, self.options.seed, number, day, self.options.oddity_share);
        let in_feed = self.options.container == Container::NcTarGz;
        if !in_feed && rng.chance(self.options.loose_share) {
            return self.loose(filing, number, &mut rng);
        }
        if !in_feed && rng.chance(self.options.printed_share) {
            filing = printed::tell(self.world, self.options.seed, number, &mut rng);
        }
        filing.accession = self.next_accession(filing.filed);
        if in_feed && rng.chance(self.options.correction_share) {
            self.correction(&filing, &mut rng)?;
        }
        if self.bundle.is_some() || (self.has_bundles() && rng.chance(0.008)) {
            self.bundled(filing, number, &mut rng)?;
        } else {
            self.single(filing, number, &mut rng)?;
        }
        if rng.chance(self.options.reject_share) {
            self.reject(number, day, &mut rng)?;
        }
        self.other_entries(day)
    }

    fn has_bundles(&self) -> bool {
        matches!(self.options.container, Container::Plain | Container::Gz)
    }

    fn next_accession(&mut self, day: Day) -> String {
        self.serial += 1;
        place::accession(self.serial, day)
    }

    fn begin_archive(&mut self, number: u64, day: Day) -> Result<()> {
        let size = self.days.size;
        if self.has_bundles() || !number.is_multiple_of(size) {
            return Ok(());
        }
        let path = match self.options.container {
            Container::NcTarGz => place::feed_archive(day),
            container => format!("edgar-{:05}.{container}", number / size),
        };
        self.output.begin(path)
    }

    fn put(&mut self, name: &str, bytes: &[u8], is_bare: bool) -> Result<Place> {
        self.ledger.entry(bytes.len());
        self.output.put(name, bytes, is_bare)
    }

    /// A bare document without an accession number anywhere.
    fn loose(&mut self, mut filing: Filing<'w>, number: u64, rng: &mut Rng) -> Result<()> {
        let mut bytes = std::mem::take(&mut self.buffer);
        bytes.clear();
        let marks = envelope::write_bare(&filing, &mut bytes);
        let mut places = vec![self.put(&place::loose_file("xml", number, &filing), &bytes, true)?];
        if rng.chance(self.options.duplicate_share) {
            places.push(self.put(&place::loose_file("xml-copies", number, &filing), &bytes, true)?);
        }
        self.buffer = bytes;
        self.ledger.filing(&mut filing, &places, false, marks.windows_1252)
    }

    /// A filing in a file or member of its own, perhaps with a second copy.
    fn single(&mut self, mut filing: Filing<'w>, number: u64, rng: &mut Rng) -> Result<()> {
        let in_feed = self.options.container == Container::NcTarGz;
        let has_bare = !in_feed && filing.print.is_none();
        let is_bare = has_bare && rng.chance(0.01);
        let has_copy = rng.chance(self.options.duplicate_share);
        let copy_is_bare = has_bare && rng.chance(0.3);
        let mut bytes = std::mem::take(&mut self.buffer);
        let mut marks = self.render(&filing, is_bare, &mut bytes);
        let name = self.name(&filing, filing.company.cik, is_bare);
        let place = self.put(&name, &bytes, is_bare)?;
        if has_copy {
            let copy = self.render(&filing, copy_is_bare, &mut bytes);
            marks.wrapped |= copy.wrapped;
            let folder = if is_bare == copy_is_bare || rng.chance(0.5) {
                filing.owners[0].person.cik
            } else {
                filing.company.cik
            };
            let name = self.name(&filing, folder, copy_is_bare);
            let due = number + if self.has_bundles() { 0 } else { rng.range(1, 300) };
            let places = vec![place];
            self.late.push_back(Late { due, filing, places, marks, name, bytes, is_bare: copy_is_bare });
            return self.late_copies(number);
        }
        self.buffer = bytes;
        self.ledger.filing(&mut filing, &[place], marks.wrapped, marks.windows_1252)
    }

    fn render(&self, filing: &Filing<'_>, is_bare: bool, bytes: &mut Vec<u8>) -> Marks {
        bytes.clear();
        if is_bare {
            envelope::write_bare(filing, bytes)
        } else {
            envelope::write(filing, self.dialect, bytes)
        }
    }

    fn name(&self, filing: &Filing<'_>, cik: u64, is_bare: bool) -> String {
        match self.dialect {
            Dialect::Tag => format!("{}.nc", filing.accession),
            Dialect::Tab if is_bare => place::document_file(cik, filing),
            Dialect::Tab => place::text_file(cik, &filing.accession),
        }
    }

    /// Writes the second copies whose time has come.
    fn late_copies(&mut self, number: u64) -> Result<()> {
        while let Some(at) = self.late.iter().position(|late| late.due <= number) {
            let Some(mut late) = self.late.remove(at) else { break };
            let place = self.put(&late.name, &late.bytes, late.is_bare)?;
            late.places.push(place);
            self.ledger.filing(
                &mut late.filing,
                &late.places,
                late.marks.wrapped,
                late.marks.windows_1252,
            )?;
            self.buffer = late.bytes;
        }
        Ok(())
    }

    /// A filing in a text with others.
    fn bundled(&mut self, filing: Filing<'w>, number: u64, rng: &mut Rng) -> Result<()> {
        let mut bundle = self.bundle.take().unwrap_or_else(|| Bundle {
            name: place::daily_file(filing.filed, number),
            room: rng.range(2, BUNDLE),
            bytes: Vec::new(),
            filings: Vec::new(),
        });
        let offset = bundle.bytes.len() as u64;
        let marks = envelope::write(&filing, self.dialect, &mut bundle.bytes);
        self.ledger.entry(bundle.bytes.len() - offset as usize);
        bundle.filings.push((filing, offset, marks));
        bundle.room -= 1;
        if bundle.room == 0 {
            return self.close_bundle(bundle);
        }
        self.bundle = Some(bundle);
        Ok(())
    }

    fn close_bundle(&mut self, bundle: Bundle<'w>) -> Result<()> {
        let is_joined = self.options.container == Container::Gz && bundle.filings.len().is_multiple_of(2);
        let whole = if is_joined {
            let starts = bundle.filings.iter().map(|(_, offset, _)| *offset as usize);
            let ends = starts.clone().skip(1).chain([bundle.bytes.len()]);
            let pieces = starts.zip(ends).map(|(start, end)| &bundle.bytes[start..end]);
            self.output.put_members(&bundle.name, pieces)?
        } else {
            self.output.put(&bundle.name, &bundle.bytes, false)?
        };
        for (mut filing, offset, marks) in bundle.filings {
            let place = Place { offset, ..whole.clone() };
            self.ledger.filing(&mut filing, &[place], marks.wrapped, marks.windows_1252)?;
        }
        Ok(())
    }

    fn reject(&mut self, number: u64, day: Day, rng: &mut Rng) -> Result<()> {
        let is_feed = self.options.container == Container::NcTarGz;
        let in_text_only = u32::from(!is_feed);
        let code = rng.weighted(&[
            (3, "no-document"),
            (4, "truncated-document"),
            (2 * in_text_only, "no-issuer-no-owner"),
        ]);
        let mut filing = story::tell(self.world, self.options.seed, REJECTS + number, day, 0.0);
        let mut bytes = Vec::new();
        if code == "no-issuer-no-owner" {
            nameless(&filing, &mut bytes);
            let place = self.put(&place::loose_file("xml-nameless", number, &filing), &bytes, true)?;
            return self.ledger.reject(&filing, &place, code);
        }
        filing.accession = self.next_accession(day);
        match code {
            "no-document" => envelope::write_header_only(&filing, self.dialect, &mut bytes),
            _ => envelope::write_cut(&filing, self.dialect, &mut bytes),
        }
        let place = self.put(&self.name(&filing, filing.company.cik, false), &bytes, false)?;
        self.ledger.reject(&filing, &place, code)
    }

    fn correction(&mut self, filing: &Filing<'_>, rng: &mut Rng) -> Result<()> {
        let mut bytes = Vec::new();
        write_correction(filing, rng.chance(0.2), &mut bytes);
        self.put(&format!("{}.corr01", filing.accession), &bytes, false)?;
        self.ledger.summary.corrections += 1;
        Ok(())
    }

    /// Other entries, until they have their share of the bytes.
    fn other_entries(&mut self, day: Day) -> Result<()> {
        let share = self.options.other_share;
        loop {
            let summary = &self.ledger.summary;
            let own = (summary.bytes - summary.other_bytes) as f64;
            let wanted = own * share / (1.0 - share);
            if share == 0.0 || (summary.other_bytes + self.next_other.bytes as u64) as f64 > wanted {
                return Ok(());
            }
            self.other_entry(day)?;
        }
    }

    fn other_entry(&mut self, day: Day) -> Result<()> {
        let accession = self.next_accession(day);
        let plan = self.next_other;
        let bytes = self.others.write(&plan, &accession, day, self.world, self.dialect);
        let (name, form) = match plan.kind {
            Kind::Form(form) if self.dialect == Dialect::Tag => (format!("{accession}.nc"), form),
            Kind::Form(form) => (place::text_file(9_000_000 + self.serial % 97, &accession), form),
            Kind::Index => (format!("edgar/full-index/{}/master-{}.idx", day.year(), self.serial), ""),
            Kind::Json => (format!("submissions/CIK{}.json", self.serial), ""),
        };
        self.put(&name, &bytes, false)?;
        self.ledger.summary.other_bytes += bytes.len() as u64;
        *self.ledger.summary.other_forms.entry(form.to_owned()).or_default() += 1;
        self.next_other = self.others.plan(self.serial, self.dialect, self.options.other_share > 0.5);
        Ok(())
    }

    fn finish(mut self) -> Result<Summary> {
        self.late_copies(u64::MAX)?;
        if let Some(bundle) = self.bundle.take() {
            self.close_bundle(bundle)?;
        }
        self.output.finish()?;
        self.ledger.summary.files = self.output.files;
        self.ledger.finish()
    }
}

/// A document that names neither its issuer nor its owner by number.
fn nameless(filing: &Filing<'_>, out: &mut Vec<u8>) {
    let text = format!(
        "<?xml version=\"1.0\"?>\n<ownershipDocument>\n    <schemaVersion>{}</schemaVersion>\n    \
         <documentType>{}</documentType>\n    <issuer>\n        <issuerTradingSymbol>{}</issuerTradingSymbol>\n    </issuer>\n    \
         <remarks>Draft without parties, number {}</remarks>\n</ownershipDocument>\n",
        filing.schema,
        filing.form.as_str(),
        filing.company.symbol,
        filing.filed.compact()
    );
    out.extend_from_slice(text.as_bytes());
}

/// Spreads the filings over the days.
struct Days {
    first: Day,
    span: u64,
    filings: u64,
    /// Filings an archive.
    size: u64,
    /// Whether an archive is a day.
    by_archive: bool,
    archives: u64,
}

impl Days {
    fn new(options: &Options) -> Result<Self> {
        let (from, to) = (i32::from(*options.years.start()), i32::from(*options.years.end()));
        let date = |(year, month, day)| Day::new(year, month, day);
        let by_archive = options.container == Container::NcTarGz;
        let first = Day::new(from, 1, 1).max(date(FIRST));
        let first = if by_archive { first.monday_after() } else { first.weekday_after() };
        let span = (Day::new(to, 12, 31).min(date(LAST)).0 - first.0).max(1) as u64;
        let mut size = options.archive_size();
        let weeks = (span / 7).max(1);
        if by_archive && options.filings.div_ceil(size) > weeks * 5 {
            if options.filings_per_archive.is_some() {
                let message = "more archives than there are weekdays in these years".into();
                return Err(ErrorKind::Option { name: "filings-per-archive", message }.into());
            }
            size = options.filings.div_ceil(weeks * 5);
        }
        let archives = options.filings.div_ceil(size).max(1);
        Ok(Self { first, span, filings: options.filings, size, by_archive, archives })
    }

    /// The day of the filing with this number: never one before that of the filing before it.
    fn of(&self, number: u64) -> Day {
        if self.by_archive {
            let weekdays = (self.span / 7).max(1) * 5;
            let at = (number / self.size) * weekdays / self.archives;
            return self.first.plus((at / 5 * 7 + at % 5) as i32);
        }
        let at = (2 * number + 1) * self.span / (2 * self.filings);
        self.first.plus(at as i32).weekday_before().max(self.first)
    }
}
