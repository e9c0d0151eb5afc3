//! What the name of a file or member says of it. It never tells how to read it, only that something else was to be there.

/// Bytes that are looked at to tell text.
const SAMPLE: usize = 512;

/// Endings of names, and how many compressions and archives each promises.
const ENDINGS: [(&str, usize); 8] =
    [(".gz", 1), (".tgz", 2), (".tar", 1), (".zip", 1), (".bz2", 1), (".xz", 1), (".zst", 1), (".z", 1)];

/// How many compressions and archives a name promises that lie in one another: two for `a.nc.tar.gz`, none for what macOS puts
/// beside it as `._a.nc.tar.gz`.
pub(super) fn promised(name: &str) -> usize {
    let mut rest = name.rsplit('/').next().unwrap_or(name);
    let mut promised = 0;
    if rest.starts_with("._") {
        return 0;
    }
    while let Some((before, layers)) = ENDINGS.iter().find_map(|(end, n)| Some((without(rest, end)?, n))) {
        rest = before;
        promised += layers;
    }
    promised
}

fn without<'n>(name: &'n str, ending: &str) -> Option<&'n str> {
    let (before, end) = name.split_at_checked(name.len().checked_sub(ending.len())?)?;
    end.eq_ignore_ascii_case(ending).then_some(before)
}

/// Whether what begins like this, and is of no kind that is known, is what is left of a damaged archive: neither text, nor
/// nothing, nor the zeros of an empty tar archive.
pub(super) fn is_wreck(start: &[u8]) -> bool {
    let sample = start.get(..SAMPLE).unwrap_or(start);
    if matches!(sample, [0xFE, 0xFF, ..] | [0xFF, 0xFE, ..]) {
        return false;
    }
    let control = sample.iter().filter(|b| matches!(b, 0..=8 | 14..=31 | 127)).count();
    let is_text = control * 20 <= sample.len() && !sample.contains(&0);
    !is_text && sample.iter().any(|&byte| byte != 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_promise_by_their_endings() {
        for (name, layers) in [
            ("a.nc.tar.gz", 2),
            ("in/A.TGZ", 2),
            ("a.zip", 1),
            ("a.txt.Z", 1),
            ("a.tar.zst", 2),
            ("a.xz", 1),
            ("b.bz2", 1),
            ("a.gz/b.txt", 0),
            ("a.gz.txt", 0),
            ("in/._a.tar.gz", 0),
            ("gz", 0),
            ("ü", 0),
            ("", 0),
        ] {
            assert_eq!(promised(name), layers, "{name}");
        }
    }

    #[test]
    fn text_nothing_and_zeros_are_no_wreck() {
        for start in [&b""[..], b"text\r\n\t", "Sökande".as_bytes(), b"caf\xe9", b"\xff\xfea\0", &[0; 512]] {
            assert!(!is_wreck(start), "{start:?}");
        }
        assert!(is_wreck(b"\x1e\x8b\x08\0\0\0\0\0\0\x03text"));
        assert!(is_wreck(b"Xh91AY&SY\x01\x02\x03"));
    }
}
