use super::Accession;
use std::fmt;

/// A Central Index Key: EDGAR's number of a company or person, printed as ten digits with leading zeros.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Cik(u64);

impl Cik {
    /// Reads one to ten ASCII digits; anything else is `None`.
    ///
    /// ```
    /// use section16::model::Cik;
    /// assert_eq!(Cik::parse("1750").unwrap().to_string(), "0000001750");
    /// assert_eq!(Cik::parse("00000017500"), None);
    /// assert_eq!(Cik::parse("C1750"), None);
    /// ```
    pub fn parse(text: &str) -> Option<Self> {
        if text.is_empty() || text.len() > 10 {
            return None;
        }
        let digit = |n: u64, b: u8| b.is_ascii_digit().then(|| n * 10 + u64::from(b - b'0'));
        text.bytes().try_fold(0, digit).map(Self)
    }

    /// The CIK whose folder a path lies in, as EDGAR lays them out: digits after `data`, or before a folder or file that
    /// an accession number names.
    ///
    /// EDGAR keeps an insider filing in the folders of its issuer and of each of its owners.
    ///
    /// ```
    /// use section16::model::Cik;
    /// let cik = Cik::parse("1750");
    /// assert_eq!(Cik::in_path("edgar/data/1750/0001234567-02-000012.txt"), cik);
    /// assert_eq!(Cik::in_path("dump/1750/000123456702000012/form4.htm"), cik);
    /// assert_eq!(Cik::in_path("dump/2002/form4.htm"), None);
    /// ```
    pub fn in_path(path: &str) -> Option<Self> {
        let mut before = "";
        let mut last = None;
        for component in path.split(['/', '\\', '!']) {
            if before == "data"
                && let Some(cik) = Self::parse(component)
            {
                return Some(cik);
            }
            if let Some(cik) = Self::parse(before)
                && Accession::in_path(component).is_some()
            {
                last = Some(cik);
            }
            before = component;
        }
        last
    }

    /// The number without leading zeros, below 10^10.
    pub fn as_u64(self) -> u64 {
        self.0
    }
}

impl fmt::Display for Cik {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:010}", self.0)
    }
}
