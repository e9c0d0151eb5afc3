use super::spill::{SpillFile, Tag};
use crate::batch::TableBatch;
use crate::error::{Error, ErrorKind, Result};
use crate::model::{Accession, FilingId, Table};
use arrow::array::AsArray;
use arrow::datatypes::Int64Type;
use rayon::iter::{IndexedParallelIterator, IntoParallelIterator, ParallelIterator};
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;
use std::sync::{Mutex, PoisonError};

/// Which copies of filings there are.
///
/// A claim is a copy's title to be the one that is kept. Claims are spread by their filing over groups, and what has
/// gathered goes to disk above a limit; so the memory for finding the best claims is that of a small part of all.
pub(super) struct Claims {
    groups: Vec<Group>,
    bytes: usize,
}

const GROUPS: usize = 256;

#[derive(Default)]
struct Group {
    /// Claims one after another, as [`Claim::encode`] writes them.
    gathered: Vec<u8>,
    /// Where the path of the last claim stands in `gathered`.
    last_path: std::ops::Range<usize>,
    spilled: Vec<(u64, usize)>,
    /// How many of `spilled` a seal covers.
    sealed: usize,
}

/// Claims of one group in the spill file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct SpilledClaims {
    pub(super) group: usize,
    pub(super) at: u64,
    pub(super) bytes: usize,
}

/// A copy of a filing. The least is kept: by the rank of its format, then by its place in the input.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Claim<'a> {
    rank: u8,
    path: &'a str,
    entry: u64,
    offset: u64,
    copy: u64,
}

/// The copies of filings that are not kept.
#[derive(Default)]
pub(super) struct Losers {
    /// A bit a copy, in pages.
    pages: FxHashMap<u64, Box<[u64; PAGE_WORDS]>>,
    count: u64,
    held: u64,
}

/// The copy of a filing that the data set holds already. It is better than any other.
const HELD: u64 = u64::MAX;

const PAGE_WORDS: usize = 1024;
const PAGE_BITS: u64 = PAGE_WORDS as u64 * 64;

impl Claims {
    pub(super) fn new() -> Self {
        Self { groups: (0..GROUPS).map(|_| Group::default()).collect(), bytes: 0 }
    }

    /// Adds the claims of the rows of `filings`.
    pub(super) fn add(&mut self, filings: &TableBatch) {
        let paths = column(filings, "source_path").map(|c| c.as_string::<i32>());
        let offsets = column(filings, "source_offset").map(|c| c.as_primitive::<Int64Type>());
        let (Some(paths), Some(offsets)) = (paths, offsets) else {
            return;
        };
        for (row, span) in filings.spans.iter().enumerate() {
            let Some(id) = span.id else { continue };
            let claim = Claim {
                rank: span.rank,
                path: paths.value(row),
                entry: span.entry,
                offset: offsets.value(row) as u64,
                copy: span.copy,
            };
            let group = &mut self.groups[group_of(id)];
            let before = group.gathered.len();
            group.push(id, &claim);
            self.bytes += group.gathered.len() - before;
        }
    }

    /// Adds a filing that the data set holds already, before any copies are added.
    pub(super) fn add_held(&mut self, id: FilingId) {
        let group = &mut self.groups[group_of(id)];
        let before = group.gathered.len();
        group.push(id, &Claim { rank: 0, path: "", entry: 0, offset: 0, copy: HELD });
        self.bytes += group.gathered.len() - before;
    }

    /// Takes claims that an earlier run has sealed.
    pub(super) fn restore(&mut self, claims: &[SpilledClaims]) {
        for claims in claims {
            if let Some(group) = self.groups.get_mut(claims.group) {
                group.spilled.push((claims.at, claims.bytes));
                group.sealed = group.spilled.len();
            }
        }
    }

    /// Moves all to disk, and says where what no seal covers lies there.
    pub(super) fn seal(&mut self, file: &SpillFile) -> Result<Vec<SpilledClaims>> {
        self.spill(file)?;
        let mut unsealed = Vec::new();
        for (number, group) in self.groups.iter_mut().enumerate() {
            let claims = group.spilled.iter().skip(group.sealed);
            unsealed.extend(claims.map(|(at, bytes)| SpilledClaims {
                group: number,
                at: *at,
                bytes: *bytes,
            }));
            group.sealed = group.spilled.len();
        }
        Ok(unsealed)
    }

    /// Bytes in memory.
    pub(super) fn bytes(&self) -> usize {
        self.bytes
    }

    /// Moves what has gathered to disk.
    pub(super) fn spill(&mut self, file: &SpillFile) -> Result<()> {
        for (number, group) in self.groups.iter_mut().enumerate().filter(|(_, g)| !g.gathered.is_empty()) {
            let gathered = std::mem::take(&mut group.gathered);
            let length = gathered.len();
            group.last_path = 0..0;
            group.spilled.push((file.append(tag(number), gathered)?, length));
        }
        self.bytes = 0;
        Ok(())
    }

    /// Decides which copies are not kept. `file` is the one that was spilled to.
    pub(super) fn resolve(self, file: &SpillFile, pool: &rayon::ThreadPool) -> Result<Losers> {
        let losers = Mutex::new(Losers::default());
        pool.install(|| {
            self.groups.into_par_iter().enumerate().try_for_each(|(number, group)| {
                let (found, held) = group.losers(tag(number), file)?;
                let mut losers = losers.lock().unwrap_or_else(PoisonError::into_inner);
                found.into_iter().for_each(|copy| losers.insert(copy));
                losers.held += held;
                Ok::<_, Error>(())
            })
        })?;
        Ok(losers.into_inner().unwrap_or_else(PoisonError::into_inner))
    }
}

/// The tag of the claims of a group; the numbers of the tables come before.
fn tag(group: usize) -> Tag {
    [(Table::ALL.len() + group) as u32, 0, 0]
}

fn column<'a>(filings: &'a TableBatch, name: &str) -> Option<&'a arrow::array::ArrayRef> {
    filings.batch.column_by_name(name)
}

fn group_of(id: FilingId) -> usize {
    let number = match id {
        FilingId::Accession(accession) => accession.as_u64(),
        FilingId::Digest(digest) => digest,
    };
    (number.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 56) as usize % GROUPS
}

impl Group {
    /// Length of a path that is the same as that of the claim before.
    const SAME_PATH: u32 = u32::MAX;

    fn push(&mut self, id: FilingId, claim: &Claim<'_>) {
        let (kind, number) = match id {
            FilingId::Accession(accession) => (0, accession.as_u64()),
            FilingId::Digest(digest) => (1, digest),
        };
        let same_path = !self.last_path.is_empty()
            && self.gathered.get(self.last_path.clone()) == Some(claim.path.as_bytes());
        let out = &mut self.gathered;
        out.extend([kind, claim.rank]);
        for number in [number, claim.entry, claim.offset, claim.copy] {
            out.extend(number.to_le_bytes());
        }
        if same_path {
            out.extend(Self::SAME_PATH.to_le_bytes());
            return;
        }
        out.extend((claim.path.len() as u32).to_le_bytes());
        self.last_path = out.len()..out.len() + claim.path.len();
        out.extend_from_slice(claim.path.as_bytes());
    }

    /// The copies that are not kept, and how many of them the data set holds already.
    fn losers(self, tag: Tag, file: &SpillFile) -> Result<(Vec<u64>, u64)> {
        let mut parts = Vec::with_capacity(self.spilled.len() + 1);
        for (at, length) in &self.spilled {
            parts.push(file.read(tag, *at, *length)?);
        }
        parts.push(self.gathered);
        let mut best: FxHashMap<FilingId, Claim<'_>> = FxHashMap::default();
        let (mut losers, mut held) = (Vec::new(), 0);
        for part in &parts {
            for (id, claim) in decode(part)? {
                match best.entry(id) {
                    Entry::Vacant(place) => {
                        place.insert(claim);
                    }
                    Entry::Occupied(mut kept) if claim < *kept.get() => {
                        losers.push(kept.insert(claim).copy);
                    }
                    Entry::Occupied(kept) => {
                        losers.push(claim.copy);
                        held += u64::from(kept.get().copy == HELD);
                    }
                }
            }
        }
        Ok((losers, held))
    }
}

/// Reads claims as [`Group::push`] wrote them.
fn decode(mut bytes: &[u8]) -> Result<Vec<(FilingId, Claim<'_>)>> {
    let mut claims = Vec::new();
    let mut path = "";
    while !bytes.is_empty() {
        let claim = decode_next(&mut bytes, &mut path);
        claims.push(claim.ok_or_else(|| ErrorKind::Defect("a claim cannot be read again".to_owned()))?);
    }
    Ok(claims)
}

fn decode_next<'a>(bytes: &mut &'a [u8], path: &mut &'a str) -> Option<(FilingId, Claim<'a>)> {
    let [kind, rank] = take(bytes)?;
    let number = u64::from_le_bytes(take(bytes)?);
    let [entry, offset, copy] = [take(bytes)?, take(bytes)?, take(bytes)?].map(u64::from_le_bytes);
    let length = u32::from_le_bytes(take(bytes)?);
    if length != Group::SAME_PATH {
        let (text, rest) = bytes.split_at_checked(length as usize)?;
        *path = std::str::from_utf8(text).ok()?;
        *bytes = rest;
    }
    let id = match kind {
        0 => FilingId::Accession(Accession::from_u64(number)?),
        _ => FilingId::Digest(number),
    };
    Some((id, Claim { rank, path, entry, offset, copy }))
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (taken, rest) = bytes.split_first_chunk::<N>()?;
    *bytes = rest;
    Some(*taken)
}

impl Losers {
    pub(super) fn contains(&self, copy: u64) -> bool {
        let page = self.pages.get(&(copy / PAGE_BITS));
        page.is_some_and(|page| {
            let bit = copy % PAGE_BITS;
            page[(bit / 64) as usize] >> (bit % 64) & 1 == 1
        })
    }

    /// How many copies are not kept because a better one came with them.
    pub(super) fn duplicates(&self) -> u64 {
        self.count - self.held
    }

    /// How many copies are not kept because the data set holds the filing already.
    pub(super) fn held(&self) -> u64 {
        self.held
    }

    fn insert(&mut self, copy: u64) {
        let page = self.pages.entry(copy / PAGE_BITS).or_insert_with(|| Box::new([0; PAGE_WORDS]));
        let bit = copy % PAGE_BITS;
        page[(bit / 64) as usize] |= 1 << (bit % 64);
        self.count += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sink::disk::Disk;

    #[test]
    fn losers_are_those_that_were_inserted() {
        let mut losers = Losers::default();
        let copies = [0, 1, 63, 64, PAGE_BITS - 1, PAGE_BITS, 3 * PAGE_BITS + 65, u64::MAX];
        copies.iter().for_each(|copy| losers.insert(*copy));
        assert_eq!((losers.duplicates(), losers.held()), (copies.len() as u64, 0));
        for copy in copies.iter().flat_map(|c| [c.wrapping_sub(1), *c, c.wrapping_add(1)]) {
            assert_eq!(losers.contains(copy), copies.contains(&copy), "{copy}");
        }
    }

    #[test]
    fn what_is_held_wins_also_after_a_seal() {
        let folder = tempfile::tempdir().unwrap();
        let file = SpillFile::create(&Disk::default(), folder.path()).unwrap();
        let id = |number| FilingId::Accession(Accession::from_u64(number).unwrap());
        let copy = |path, copy| Claim { rank: 0, path, entry: 0, offset: 0, copy };
        let mut claims = Claims::new();
        claims.add_held(id(1));
        for (id, copy) in [(id(1), copy("a", 0)), (id(2), copy("b", 1)), (id(1), copy("0", 2))] {
            claims.groups[group_of(id)].push(id, &copy);
        }
        let mut sealed = claims.seal(&file).unwrap();
        assert_eq!(claims.seal(&file).unwrap(), []);
        let mut claims = Claims::new();
        sealed.reverse();
        claims.restore(&sealed);
        claims.groups[group_of(id(2))].push(id(2), &copy("a", 3));
        let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap();
        let losers = claims.resolve(&file, &pool).unwrap();
        assert_eq!((losers.duplicates(), losers.held()), (1, 2));
        let lost: Vec<u64> = (0..4).filter(|copy| losers.contains(*copy)).collect();
        assert_eq!(lost, [0, 1, 2]);
    }

    #[test]
    fn claims_are_read_as_they_were_written() {
        let claim = |path, copy| Claim { rank: 2, path, entry: 3, offset: u64::MAX, copy };
        let accession = FilingId::Accession(Accession::from_u64(7).unwrap());
        let digest = FilingId::Digest(u64::MAX);
        let claims = [
            (accession, claim("a/é", 0)),
            (digest, claim("a/é", 1)),
            (accession, claim("b", 2)),
            (accession, claim("a/é", 3)),
        ];
        let mut group = Group::default();
        claims.iter().for_each(|(id, claim)| group.push(*id, claim));
        assert_eq!(decode(&group.gathered).unwrap(), claims);
        let fixed = 2 + 4 * 8 + 4;
        assert_eq!(group.gathered.len(), 4 * fixed + 2 * "a/é".len() + "b".len());
        assert!(decode(&group.gathered[..group.gathered.len() - 1]).is_err());
    }
}
