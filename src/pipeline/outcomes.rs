//! Entries of a file to outcomes: cut, read, and what is damaged as rejects.

use super::ReadOptions;
use super::cut::cut;
use super::gate::Gate;
use crate::model::{Accession, Cik, Code, Diagnostic, Origin};
use crate::parse::submission::{self, Context, Outcome};
use crate::source::{Damage, Entry, Visit};
use std::ops::ControlFlow;

const DOUBTFUL: &str =
    "a checksum of the compression does not fit: any value may be wrong; get the file again";

/// Takes what became of each entry, in the order in which they lie in the file.
pub(super) trait Take {
    /// Takes one outcome and the bytes that it came from, as far as they were kept.
    fn outcome(&mut self, origin: &Origin<'_>, outcome: Outcome<'_>, bytes: &[u8]) -> ControlFlow<()>;
}

/// Reads the entries of one file for a [`Take`].
pub(super) struct Outcomes<'t, T> {
    pub take: &'t mut T,
    pub options: &'t ReadOptions,
    /// Room that is used again from entry to entry.
    pub window: &'t mut Vec<u8>,
    pub gate: &'t Gate,
    pub path: &'t str,
    path_accession: Option<Accession>,
    path_cik: Option<Cik>,
}

impl<'t, T: Take> Outcomes<'t, T> {
    pub fn new(
        take: &'t mut T,
        options: &'t ReadOptions,
        window: &'t mut Vec<u8>,
        gate: &'t Gate,
        path: &'t str,
    ) -> Self {
        let (path_accession, path_cik) = (Accession::in_path(path), Cik::in_path(path));
        Self { take, options, window, gate, path, path_accession, path_cik }
    }

    fn accession(&self, member: Option<&str>) -> Option<Accession> {
        member.and_then(Accession::in_path).or(self.path_accession)
    }
}

impl<T: Take> Visit for Outcomes<'_, T> {
    fn entry(&mut self, entry: Entry<'_>) -> ControlFlow<()> {
        let Entry { member, number, body } = entry;
        let limits = self.options.entry_limits;
        let context = Context {
            path_accession: self.accession(member),
            path_cik: member.and_then(Cik::in_path).or(self.path_cik),
            filter: &self.options.filter,
            limits,
        };
        let is_correction = names_correction(member.unwrap_or(self.path));
        let (take, path) = (&mut *self.take, self.path);
        let flow = cut(body, limits, is_correction, self.window, self.gate, &mut |piece, is_doubtful| {
            let origin = Origin { path, member, entry: number, offset: piece.offset, bytes: piece.len };
            let mut outcome = submission::read(piece, &context);
            if is_doubtful && let Outcome::Filing(filing) = &mut outcome {
                filing.diagnostics.push(Diagnostic::new(Code::ChecksumWrong, DOUBTFUL));
            }
            take.outcome(&origin, outcome, piece.bytes)
        });
        // A stream's error comes back as damage with the same number, and is told there.
        flow.unwrap_or(ControlFlow::Continue(()))
    }

    fn damage(&mut self, damage: Damage) -> ControlFlow<()> {
        let member = damage.member.clone();
        let member = member.as_deref();
        let origin =
            Origin { path: self.path, member, entry: damage.number, offset: 0, bytes: damage.offset };
        let mut reject = crate::Reject::from(damage);
        reject.accession_number = self.accession(member);
        self.take.outcome(&origin, Outcome::Reject(reject), &[])
    }
}

/// Whether a name ends in `.corrNN`, as the corrections in the Feed do, or in that and the ending of a compression.
fn names_correction(name: &str) -> bool {
    let ends = |name: &str| {
        name.rsplit_once(".corr")
            .is_some_and(|(_, digits)| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()))
    };
    let packed = [".gz", ".bz2", ".xz", ".zst", ".Z"];
    ends(packed.into_iter().find_map(|ending| name.strip_suffix(ending)).unwrap_or(name))
}

#[cfg(test)]
mod tests {
    use super::names_correction;

    #[test]
    fn corrections_are_known_by_name() {
        assert!(names_correction("20160119.nc.tar.gz!0001234567-15-000080.corr01"));
        assert!(names_correction("0001234567-15-000080.corr12.gz"));
        assert!(!names_correction("0001234567-15-000080.corr"));
        assert!(!names_correction("0001234567-15-000080.correct"));
        assert!(!names_correction("a.corr01/0001234567-15-000080.nc"));
    }
}
