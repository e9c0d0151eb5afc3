use std::fmt;

/// An accession number: EDGAR's name of one submission, `0001127602-25-001055`.
///
/// Ten digits of the login that transmitted it, two of the year, six of the sequence. Held as the number that its 18
/// digits make, so it copies, compares and hashes like an integer and orders like its printed form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Accession(u64);

const DASHED: usize = 20;
const PLAIN: usize = 18;

impl Accession {
    /// Reads exactly one accession number, with dashes or as 18 digits.
    ///
    /// ```
    /// use section16::model::Accession;
    /// let dashed = Accession::parse("0001234567-25-000012").unwrap();
    /// assert_eq!(Accession::parse("000123456725000012"), Some(dashed));
    /// assert_eq!(dashed.to_string(), "0001234567-25-000012");
    /// assert_eq!(Accession::parse("1234567-25-12"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        match bytes.len() {
            DASHED => dashed(bytes),
            PLAIN => digits(0, bytes).map(Self),
            _ => None,
        }
    }

    /// The accession number that a path names: the first one in the last component that holds any.
    ///
    /// Archive members count as components; `/`, `\` and `!` separate them. The dashed form is looked for first, then
    /// a run of exactly 18 digits.
    ///
    /// ```
    /// use section16::model::Accession;
    /// let found = Accession::in_path("edgar/data/1750/000123456725000012/form4.xml").unwrap();
    /// assert_eq!(found.to_string(), "0001234567-25-000012");
    /// ```
    pub fn in_path(path: &str) -> Option<Self> {
        path.rsplit(['/', '\\', '!']).find_map(|component| {
            let bytes = component.as_bytes();
            first_dashed(bytes).or_else(|| first_plain(bytes))
        })
    }

    /// The number that the 18 digits make.
    pub fn as_u64(self) -> u64 {
        self.0
    }

    /// The accession number whose 18 digits make `number`; `None` above 18 digits.
    pub fn from_u64(number: u64) -> Option<Self> {
        (number < 10u64.pow(PLAIN as u32)).then_some(Self(number))
    }
}

fn digits(start: u64, bytes: &[u8]) -> Option<u64> {
    bytes.iter().try_fold(start, |n, b| b.is_ascii_digit().then(|| n * 10 + u64::from(b - b'0')))
}

fn dashed(bytes: &[u8]) -> Option<Accession> {
    if bytes[10] != b'-' || bytes[13] != b'-' {
        return None;
    }
    let number = digits(digits(digits(0, &bytes[..10])?, &bytes[11..13])?, &bytes[14..])?;
    Some(Accession(number))
}

/// Whether no digit stands just before or after `bytes[at..at + len]`.
fn stands_alone(bytes: &[u8], at: usize, len: usize) -> bool {
    let digit_at = |i: usize| bytes.get(i).is_some_and(u8::is_ascii_digit);
    let digit_before = at > 0 && digit_at(at - 1);
    !digit_before && !digit_at(at + len)
}

fn first_dashed(bytes: &[u8]) -> Option<Accession> {
    let last = bytes.len().checked_sub(DASHED)?;
    (0..=last).find_map(|at| {
        let found = dashed(&bytes[at..at + DASHED])?;
        stands_alone(bytes, at, DASHED).then_some(found)
    })
}

fn first_plain(bytes: &[u8]) -> Option<Accession> {
    let last = bytes.len().checked_sub(PLAIN)?;
    (0..=last).find_map(|at| {
        let found = digits(0, &bytes[at..at + PLAIN])?;
        stands_alone(bytes, at, PLAIN).then_some(Accession(found))
    })
}

impl fmt::Display for Accession {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let n = self.0;
        write!(f, "{:010}-{:02}-{:06}", n / 100_000_000, n / 1_000_000 % 100, n % 1_000_000)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths() {
        let found = |p: &str| Accession::in_path(p).map(|a| a.to_string());
        assert_eq!(found("a/0001234567-25-000012.txt.gz").as_deref(), Some("0001234567-25-000012"));
        assert_eq!(
            found("0001234567-25-000012/000765432124000001/x.xml").as_deref(),
            Some("0007654321-24-000001")
        );
        assert_eq!(found("b.tar!0001234567-25-000012_1.xml").as_deref(), Some("0001234567-25-000012"));
        assert_eq!(found("00001234567-25-000012.txt"), None);
        assert_eq!(found("1234567890123456789.txt"), None);
        assert_eq!(found("form4.xml"), None);
    }
}
