//! The columns of the tables, in the order in which every edition of the forms prints them.

use super::letters::Phrase;

/// Which of the two tables.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Which {
    /// Table I, non-derivative securities.
    One,
    /// Table II, derivative securities.
    Two,
}

/// A column of a table; the same name means the same field in both tables and all forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Col {
    Title,
    Conversion,
    Date,
    Deemed,
    Code,
    Timeliness,
    Amount,
    AcquiredDisposed,
    Exercise,
    Expiration,
    UnderlyingTitle,
    UnderlyingAmount,
    Price,
    Owned,
    Ownership,
    Nature,
}

impl Col {
    /// The columns of free text.
    pub const TEXTS: [Self; 3] = [Self::Title, Self::UnderlyingTitle, Self::Nature];

    /// The column of the data model.
    pub fn field(self) -> &'static str {
        match self {
            Self::Title => "security_title",
            Self::Conversion => "conversion_or_exercise_price",
            Self::Date => "transaction_date",
            Self::Deemed => "deemed_execution_date",
            Self::Code => "transaction_code",
            Self::Timeliness => "transaction_timeliness",
            Self::Amount => "transaction_shares",
            Self::AcquiredDisposed => "transaction_acquired_disposed_code",
            Self::Exercise => "exercise_date",
            Self::Expiration => "expiration_date",
            Self::UnderlyingTitle => "underlying_security_title",
            Self::UnderlyingAmount => "underlying_security_shares",
            Self::Price => "transaction_price_per_share",
            Self::Owned => "shares_owned_following_transaction",
            Self::Ownership => "direct_or_indirect_ownership",
            Self::Nature => "nature_of_ownership",
        }
    }

    /// Whether the column holds free text.
    pub fn is_text(self) -> bool {
        Self::TEXTS.contains(&self)
    }
}

const INITIAL_ONE: &[Col] = &[Col::Title, Col::Owned, Col::Ownership, Col::Nature];

const INITIAL_TWO: &[Col] = &[
    Col::Title,
    Col::Exercise,
    Col::Expiration,
    Col::UnderlyingTitle,
    Col::UnderlyingAmount,
    Col::Conversion,
    Col::Ownership,
    Col::Nature,
];

const CHANGES_ONE: &[Col] = &[
    Col::Title,
    Col::Date,
    Col::Deemed,
    Col::Code,
    Col::Timeliness,
    Col::Amount,
    Col::AcquiredDisposed,
    Col::Price,
    Col::Owned,
    Col::Ownership,
    Col::Nature,
];

// The number acquired and the number disposed of are two columns of the print and one of the model; which it is, is told
// by the place.
const CHANGES_TWO: &[Col] = &[
    Col::Title,
    Col::Conversion,
    Col::Date,
    Col::Deemed,
    Col::Code,
    Col::Timeliness,
    Col::Amount,
    Col::Exercise,
    Col::Expiration,
    Col::UnderlyingTitle,
    Col::UnderlyingAmount,
    Col::Price,
    Col::Owned,
    Col::Ownership,
    Col::Nature,
];

const HELD_TWO: &[Col] = &[
    Col::Title,
    Col::Conversion,
    Col::Exercise,
    Col::Expiration,
    Col::UnderlyingTitle,
    Col::UnderlyingAmount,
    Col::Owned,
    Col::Ownership,
    Col::Nature,
];

/// The columns that a row without a transaction fills.
pub(super) fn held(which: Which, initial: bool) -> &'static [Col] {
    match (which, initial) {
        (Which::Two, false) => HELD_TWO,
        _ => columns(which, true),
    }
}

/// The columns of a table; `initial` for Form 3, whose tables tell no transactions.
pub(super) fn columns(which: Which, initial: bool) -> &'static [Col] {
    match (which, initial) {
        (Which::One, true) => INITIAL_ONE,
        (Which::Two, true) => INITIAL_TWO,
        (Which::One, false) => CHANGES_ONE,
        (Which::Two, false) => CHANGES_TWO,
    }
}

/// The side of Table II's column 5 that a heading stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    /// (A)
    Acquired,
    /// (D)
    Disposed,
}

/// What a heading cell stands for; `text` is squeezed. `None` where it is no heading.
pub(super) fn heading(text: &str, which: Which, initial: bool) -> Option<(Col, Option<Side>)> {
    let text = text.trim_start_matches(|c: char| c.is_ascii_digit());
    let side = match (which, text) {
        (Which::Two, "a") => Some((Col::Amount, Some(Side::Acquired))),
        (Which::Two, "d") => Some((Col::Amount, Some(Side::Disposed))),
        _ => None,
    };
    side.or_else(|| {
        exact(text, which, initial).or_else(|| containing(text, which, initial)).map(|c| (c, None))
    })
}

fn exact(text: &str, which: Which, initial: bool) -> Option<Col> {
    let amount = if which == Which::Two { Col::UnderlyingAmount } else { Col::Amount };
    let col = match text {
        "code" | "codev" => Col::Code,
        "v" => Col::Timeliness,
        "amount" | "amountornumberofshares" | "amountornumber" | "amountof" => amount,
        "aord" | "ad" | "aordprice" => Col::AcquiredDisposed,
        "price" => Col::Price,
        "title" if which == Which::Two => Col::UnderlyingTitle,
        "dateexercisable" | "exercisable" => Col::Exercise,
        "expirationdate" | "expiration" => Col::Expiration,
        _ => return None,
    };
    (!initial || columns(which, true).contains(&col)).then_some(col)
}

const ONE: &[(Phrase, Col)] = &[
    (Phrase::new("deemed"), Col::Deemed),
    (Phrase::new("transactiondate"), Col::Date),
    (Phrase::new("transactioncode"), Col::Code),
    (Phrase::new("securitiesacquired"), Col::Amount),
    (Phrase::new("amountofsecur"), Col::Owned),
    (Phrase::new("ownershipform"), Col::Ownership),
    (Phrase::new("natureof"), Col::Nature),
    (Phrase::new("titleofsec"), Col::Title),
];

const TWO: &[(Phrase, Col)] = &[
    (Phrase::new("titleofderiv"), Col::Title),
    (Phrase::new("conversionorex"), Col::Conversion),
    (Phrase::new("deemed"), Col::Deemed),
    (Phrase::new("transactiondate"), Col::Date),
    (Phrase::new("transactioncode"), Col::Code),
    (Phrase::new("numberofderivativesecuritiesacq"), Col::Amount),
    (Phrase::new("dateexercisable"), Col::Exercise),
    (Phrase::new("titleandamount"), Col::UnderlyingTitle),
    (Phrase::new("priceofderiv"), Col::Price),
    (Phrase::new("numberofderivativesecuritiesben"), Col::Owned),
    (Phrase::new("ownershipform"), Col::Ownership),
    (Phrase::new("natureof"), Col::Nature),
];

fn containing(text: &str, which: Which, initial: bool) -> Option<Col> {
    let table = if which == Which::One { ONE } else { TWO };
    let schema = columns(which, initial);
    table.iter().find(|(key, col)| key.is_in(text) && schema.contains(col)).map(|(_, col)| *col)
}

#[cfg(test)]
mod tests {
    use super::super::squeeze::squeeze;
    use super::*;

    #[test]
    fn headings_are_told_by_their_words() {
        let one = |t: &str| heading(&squeeze(t), Which::One, false).map(|h| h.0);
        assert_eq!(one("1.Title of Security (Instr. 3)"), Some(Col::Title));
        assert_eq!(one("2A. Deemed Execution Date, if any"), Some(Col::Deemed));
        assert_eq!(one("(A) or (D)"), Some(Col::AcquiredDisposed));
        assert_eq!(one("5. Amount of Securities Beneficially Owned"), Some(Col::Owned));
        assert_eq!(one("Common Stock"), None);
        let two = |t: &str| heading(&squeeze(t), Which::Two, false);
        assert_eq!(two("(D)"), Some((Col::Amount, Some(Side::Disposed))));
        assert_eq!(two("Amount or Number of Shares"), Some((Col::UnderlyingAmount, None)));
        let three = |t: &str| heading(&squeeze(t), Which::Two, true).map(|h| h.0);
        assert_eq!(three("4. Conversion or Exercise Price of Derivative Security"), Some(Col::Conversion));
        assert_eq!(three("Code"), None);
    }
}
