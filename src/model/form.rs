use std::fmt;

/// One of the six forms that Section 16 asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FormType {
    /// Form 3, the initial statement of beneficial ownership.
    Three,
    /// Form 3/A.
    ThreeAmended,
    /// Form 4, changes in beneficial ownership.
    Four,
    /// Form 4/A.
    FourAmended,
    /// Form 5, the annual statement.
    Five,
    /// Form 5/A.
    FiveAmended,
}

impl FormType {
    /// All of them, in the order of their names.
    pub const ALL: [Self; 6] =
        [Self::Three, Self::ThreeAmended, Self::Four, Self::FourAmended, Self::Five, Self::FiveAmended];

    /// Reads EDGAR's spelling (`4`, `4/A`), white space around it and letter case aside.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        Self::ALL.into_iter().find(|form| form.as_str().eq_ignore_ascii_case(text))
    }

    /// EDGAR's spelling.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Three => "3",
            Self::ThreeAmended => "3/A",
            Self::Four => "4",
            Self::FourAmended => "4/A",
            Self::Five => "5",
            Self::FiveAmended => "5/A",
        }
    }

    /// The number of the form: 3, 4 or 5.
    pub fn number(self) -> u8 {
        match self {
            Self::Three | Self::ThreeAmended => 3,
            Self::Four | Self::FourAmended => 4,
            Self::Five | Self::FiveAmended => 5,
        }
    }

    /// Whether it amends an earlier filing.
    pub fn is_amendment(self) -> bool {
        matches!(self, Self::ThreeAmended | Self::FourAmended | Self::FiveAmended)
    }
}

impl fmt::Display for FormType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
