use super::collector::Sink;
use super::folder::Purpose;
use super::intact::Intact;
use super::listing::{ListedFile, Listing};
use super::part_reader::{self, Columns};
use super::part_spans::{PartSpans, start_of_last};
use super::publish::How;
use super::resume::Opened;
use super::{Options, Written};
use crate::batch::TableBatch;
use crate::error::{ErrorKind, Result};
use crate::model::{Date, FilingId, Table};
use crate::schema::arrow_schema;
use arrow::array::{Array, AsArray};
use arrow::compute::concat_batches;
use arrow::datatypes::{Date32Type, Int32Type};
use arrow::record_batch::RecordBatch;
use rustc_hash::FxHashMap;
use serde_json::json;
use std::ops::ControlFlow;
use std::path::Path;

/// What [`compact`] did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Compacted {
    /// Files of the data set before.
    pub files_before: u64,
    /// Files of the data set after.
    pub files_after: u64,
    /// The merged files.
    pub written: Written,
}

/// Rows that gather before they are handed to the sink.
const GATHERED_ROWS: usize = 4096;

/// Merges the files of each folder that has several into one, in the order of a data set that was made at once, and removes
/// files without rows from tables that have some. Memory and threads are bounded as they are for other runs.
///
/// Of `options` only memory, compression and disk count. Folder after folder is exchanged for its merged file in one
/// step where the system can do that, else the old files are removed first; so no reader that lists a folder anew sees a row
/// twice. A merged file has a name of its own: who still holds the old list finds files missing and nothing doubled. A run
/// that was killed has either changed nothing, or is brought to its end by the next one.
///
/// # Errors
///
/// [`DataSet`](ErrorKind::DataSet) where there is no whole data set, or a file that is read is not as it was written, [`Unfinished`](ErrorKind::Unfinished) where another
/// run did not end, and those of [`Sink::finish`].
pub fn compact(
    folder: &Path,
    options: &Options,
    pool: &rayon::ThreadPool,
    watch: &(dyn Fn(u64) -> ControlFlow<()> + Sync),
) -> Result<Compacted> {
    let layout = Listing::layout_in(folder)?;
    let options = Options { layout, resume: true, ..options.clone() };
    let sink = match Sink::open_for(folder, Purpose::Compact, options)? {
        Opened::Collecting(sink) => sink,
        Opened::Published { written, note } => {
            let number = |name: &str| note[name].as_u64().unwrap_or(0);
            let (files_before, files_after) = (number("files_before"), number("files_after"));
            return Ok(Compacted { files_before, files_after, written });
        }
    };
    let Some(listing) = sink.listing().cloned() else {
        return Err(ErrorKind::Defect("a data set was compacted that is not there".to_owned()).into());
    };
    let dates = dates(&listing, folder)?;
    for table in Table::ALL {
        let mut feeder = Feeder { sink: &sink, gathered: Vec::new(), rows: 0, dates: &dates, table, next: 0 };
        let of_table = listing.folders().filter(|files| files.len() > 1 && files[0].table == table);
        for file in of_table.flatten() {
            feeder.read(&Intact::new(folder, listing.layout, file))?;
            if watch(0).is_break() {
                return Err(ErrorKind::Interrupted.into());
            }
        }
        feeder.hand_on()?;
    }
    let files_before = listing.files.len() as u64;
    let note = |after: &Listing| json!({"files_before": files_before, "files_after": after.files.len()});
    let (written, after) = sink.finish_as(How::Swap, note, pool, watch)?;
    Ok(Compacted { files_before, files_after: after.map_or(files_before, |l| l.files.len() as u64), written })
}

/// The listing after folders with several files have got one of `new` each.
pub(super) fn merged(listing: &Listing, new: &[ListedFile]) -> Listing {
    let mut files = Vec::with_capacity(listing.files.len());
    for of_folder in listing.folders() {
        if of_folder.len() == 1 {
            files.extend_from_slice(of_folder);
        }
    }
    files.extend_from_slice(new);
    let has_rows = Table::ALL.map(|table| files.iter().any(|file| file.table == table && file.rows > 0));
    files.retain(|file| file.rows > 0 || !has_rows[file.table as usize]);
    Listing::new(listing.layout, files)
}

/// Hands the rows of files to a sink.
struct Feeder<'f> {
    sink: &'f Sink,
    table: Table,
    gathered: Vec<RecordBatch>,
    rows: usize,
    dates: &'f FxHashMap<FilingId, Option<Date>>,
    next: u64,
}

impl Feeder<'_> {
    fn read(&mut self, file: &Intact<'_>) -> Result<()> {
        let mut carried: Option<RecordBatch> = None;
        for batch in file.rows(Columns::All)? {
            let batch = match carried.take() {
                Some(carried) => concat_batches(&arrow_schema(self.table), &[carried, batch?])?,
                None => batch?,
            };
            let whole = start_of_last(self.table, &batch, file.path())?;
            carried = (whole < batch.num_rows()).then(|| batch.slice(whole, batch.num_rows() - whole));
            self.gather(batch.slice(0, whole))?;
        }
        carried.map_or(Ok(()), |last| self.gather(last))
    }

    fn gather(&mut self, batch: RecordBatch) -> Result<()> {
        self.rows += batch.num_rows();
        self.gathered.push(batch);
        if self.rows >= GATHERED_ROWS { self.hand_on() } else { Ok(()) }
    }

    fn hand_on(&mut self) -> Result<()> {
        if self.rows > 0 {
            let batch = concat_batches(&arrow_schema(self.table), &self.gathered)?;
            let mut spans = PartSpans { table: self.table, dates: self.dates, next: self.next };
            let of_batch = spans.of(&batch, Path::new(self.table.as_str()))?;
            self.next = spans.next;
            self.sink.append(vec![TableBatch { table: self.table, batch, spans: of_batch }])?;
        }
        self.gathered.clear();
        self.rows = 0;
        Ok(())
    }
}

/// The days of filing of the filings that have diagnostics, if those have to be merged.
fn dates(listing: &Listing, folder: &Path) -> Result<FxHashMap<FilingId, Option<Date>>> {
    let of_table = |table| listing.files.iter().filter(move |file| file.table == table);
    let mut dates = FxHashMap::default();
    if of_table(Table::Diagnostics).count() < 2 {
        return Ok(dates);
    }
    let columns = Columns::Named(&["filing_id", "filing_date", "diagnostic_count"]);
    for file in of_table(Table::Filings) {
        let file = Intact::new(folder, listing.layout, file);
        for batch in file.rows(columns)? {
            let batch = batch?;
            let [days, counts] = ["filing_date", "diagnostic_count"].map(|name| batch.column_by_name(name));
            let (Some(days), Some(counts)) = (days, counts) else { continue };
            let (days, counts) = (days.as_primitive::<Date32Type>(), counts.as_primitive::<Int32Type>());
            let mut row = 0;
            part_reader::each_id(&batch, file.path(), &mut |id| {
                if days.is_valid(row) && counts.value(row) > 0 {
                    dates.insert(id, Some(Date::from_days(days.value(row))));
                }
                row += 1;
                Ok(())
            })?;
        }
    }
    Ok(dates)
}
