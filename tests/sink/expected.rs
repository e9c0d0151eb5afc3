//! What a sink must write, worked out slowly: everything in memory, one filing at a time.

use crate::read::DataSet;
use section16::Reject;
use section16::batch::Builders;
use section16::model::{Filing, FilingId, OriginBuf, Table};
use section16::schema;
use section16::sink::Layout;
use std::collections::BTreeMap;

/// A copy of a filing and where it was found.
pub type Copy = (Filing<'static>, OriginBuf);
/// A reject and where it was found.
pub type Rejected = (Reject, OriginBuf);

/// The copies that are kept, in the order of the rows.
pub fn kept(copies: &[Copy]) -> Vec<&Copy> {
    let mut best: BTreeMap<FilingId, &Copy> = BTreeMap::new();
    for copy in copies {
        let rank = |(filing, origin): &Copy| {
            (filing.source_format.rank(), origin.path.clone(), origin.entry, origin.offset)
        };
        let kept = best.entry(copy.0.id).or_insert(copy);
        if rank(copy) < rank(kept) {
            *kept = copy;
        }
    }
    let mut kept: Vec<&Copy> = best.into_values().collect();
    kept.sort_by_key(|(filing, _)| {
        let issuer = filing.issuer_cik.map_or("~".to_owned(), |c| c.to_string());
        let date = filing.filing_date.map_or("~".to_owned(), |d| d.to_string());
        (issuer, date, filing.id.to_string())
    });
    kept
}

pub fn data_set(copies: &[Copy], rejects: &[Rejected], layout: Layout) -> DataSet {
    let mut partitions: BTreeMap<Option<String>, Builders> = BTreeMap::new();
    let mut whole = Builders::new();
    for (filing, origin) in kept(copies) {
        let partition = partitions.entry(folder(layout, filing)).or_default();
        partition.append(filing, &origin.as_origin(), 0).unwrap();
        whole.append(filing, &origin.as_origin(), 0).unwrap();
    }
    let mut rejects: Vec<&Rejected> = rejects.iter().collect();
    rejects.sort_by_key(|(reject, origin)| {
        let place = match reject.offset {
            0 => String::new(),
            offset => format!(" (at byte {offset} of the entry)"),
        };
        let message = format!("{}{place}", reject.message);
        (origin.path.clone(), origin.entry, origin.offset, reject.reason.as_str(), message)
    });
    for (reject, origin) in rejects {
        whole.append_reject(reject, &origin.as_origin());
    }
    let mut files = DataSet::new();
    for (partition, mut builders) in partitions {
        let batches = builders.finish().unwrap().into_iter().filter(|b| b.table.is_partitioned());
        files.extend(batches.map(|b| ((b.table, partition.clone()), b.batch)));
    }
    let batches = whole.finish().unwrap().into_iter().filter(|b| !b.table.is_partitioned());
    files.extend(batches.map(|b| ((b.table, None), b.batch)));
    add_empty(&mut files, layout);
    files
}

/// A table without rows has one file without rows.
fn add_empty(files: &mut DataSet, layout: Layout) {
    let unknown = match layout {
        Layout::Issuer => Some("issuer=unknown"),
        Layout::IssuerBucket(_) => Some("issuer_bucket=0000"),
        Layout::Year => Some("year=unknown"),
        Layout::None => None,
    };
    for table in Table::ALL {
        if !files.keys().any(|(t, _)| *t == table) {
            let folder = unknown.filter(|_| table.is_partitioned()).map(str::to_owned);
            let empty = arrow::record_batch::RecordBatch::new_empty(schema::arrow_schema(table));
            files.insert((table, folder), empty);
        }
    }
}

fn folder(layout: Layout, filing: &Filing<'_>) -> Option<String> {
    let issuer = filing.issuer_cik.map(|cik| cik.to_string());
    match layout {
        Layout::Issuer => Some(format!("issuer={}", issuer.as_deref().unwrap_or("unknown"))),
        Layout::IssuerBucket(n) => {
            let number: u64 = issuer.map_or(0, |cik| cik.parse().unwrap());
            Some(format!("issuer_bucket={:04}", number % u64::from(n)))
        }
        Layout::Year => {
            let date = filing.filing_date.map(|date| date.to_string());
            Some(format!("year={}", date.as_deref().and_then(|d| d.get(..4)).unwrap_or("unknown")))
        }
        Layout::None => None,
    }
}
