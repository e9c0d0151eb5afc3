//! Keeps the bytes of rejected entries beside the data.

use crate::error::Result;
use crate::model::Origin;
use crate::reject::Reject;
use crate::sink::Disk;
use ring::digest::{Context, SHA256};
use std::borrow::Cow;
use std::path::{Path, PathBuf};

/// The name under which the bytes of a rejected entry are kept: `CODE/NAME-DIGEST`.
///
/// NAME is the accession number, else the last component of the member or path as far as it is plain; DIGEST is the first
/// 16 hex digits of the SHA-256 of `path`, `member`, `entry` and `offset` with a line end behind each, so every entry has its own.
pub(super) fn name(origin: &Origin<'_>, reject: &Reject) -> PathBuf {
    let mut digest = Context::new(&SHA256);
    let (entry, offset) = (origin.entry.to_string(), origin.offset.to_string());
    for part in [origin.path, origin.member.unwrap_or_default(), &entry, &offset] {
        digest.update(part.as_bytes());
        digest.update(b"\n");
    }
    let hex: String = digest.finish().as_ref().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
    let stem = match reject.accession_number {
        Some(accession) => accession.to_string(),
        None => plain(origin.member.unwrap_or(origin.path)),
    };
    Path::new(reject.reason.as_str()).join(format!("{stem}-{hex}"))
}

/// The last component of a name with all but letters, digits, `.`, `-` and `_` replaced by `_`, at most 60 of them, and
/// never beginning with a dot.
fn plain(name: &str) -> String {
    let last = name.rsplit(['/', '\\', '!']).next().unwrap_or_default();
    let keep = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' };
    let text: String = last.chars().take(60).map(keep).collect();
    if text.starts_with('.') { format!("_{text}") } else { text }
}

/// Writes the bytes of a rejected entry below `folder`. Entries of which no bytes are known leave nothing.
pub(super) fn keep(
    disk: &Disk,
    folder: &Path,
    origin: &Origin<'_>,
    reject: &Reject,
    bytes: &[u8],
) -> Result<()> {
    if bytes.is_empty() {
        return Ok(());
    }
    let path = folder.join(name(origin, reject));
    if let Some(folder) = path.parent() {
        disk.create_folders(folder)?;
    }
    disk.write_file(&path, &without_passwords(bytes))
}

/// The same bytes with each character of a filer's password, which `rptOwnerCcc` leaks at times, replaced by `*`.
fn without_passwords(bytes: &[u8]) -> Cow<'_, [u8]> {
    const TAG: &[u8] = b"<rptOwnerCcc>";
    let mut clean = Cow::Borrowed(bytes);
    for tag in memchr::memmem::find_iter(bytes, TAG) {
        let start = tag + TAG.len();
        let rest = bytes.get(start..).unwrap_or_default();
        let end = start + memchr::memchr(b'<', rest).unwrap_or(rest.len());
        clean.to_mut()[start..end].fill(b'*');
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reject::Reason;

    fn origin<'a>(path: &'a str, member: Option<&'a str>) -> Origin<'a> {
        Origin { path, member, entry: 0, offset: 12, bytes: 3 }
    }

    #[test]
    fn names_stay_below_their_folder_whatever_a_member_is_called() {
        let reject = Reject::new(Reason::MalformedXml, "");
        for (member, stem) in [("../../etc/passwd", "passwd"), ("a/..", "_.."), ("a b\u{0}c", "a_b_c")] {
            let name = name(&origin("x.tar", Some(member)), &reject);
            assert_eq!(name.components().count(), 2);
            let file = name.file_name().unwrap().to_str().unwrap();
            assert_eq!(&file[..file.len() - 17], stem);
            assert!(name.starts_with("malformed-xml"));
        }
    }

    #[test]
    fn two_entries_never_share_a_name() {
        let reject = Reject::new(Reason::NoDocument, "");
        let twin = Origin { entry: 1, ..origin("a", Some("b")) };
        let names = [origin("a", Some("b")), twin, origin("a", None), origin("ab", None)];
        let names: std::collections::HashSet<_> = names.iter().map(|o| name(o, &reject)).collect();
        assert_eq!(names.len(), 4);
    }

    #[test]
    fn passwords_are_not_kept() {
        let bytes = b"<rptOwnerCcc>ab#1</rptOwnerCcc> and <rptOwnerCcc>cut";
        assert_eq!(&*without_passwords(bytes), b"<rptOwnerCcc>****</rptOwnerCcc> and <rptOwnerCcc>***");
        assert!(matches!(without_passwords(b"nothing"), Cow::Borrowed(_)));
    }
}
