use super::{Date, Decimal};
use std::borrow::Cow;

/// Whether a row tells of a change or of a standing position.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum RowKind {
    /// A row of the table `transactions`.
    Transaction,
    /// A row of the table `holdings`; its transaction columns are `None`.
    Holding,
}

/// A row of Table I (non-derivative) or Table II (derivative) of a form.
///
/// The fields are EDGAR's elements in snake_case. What the form does not state is `None`, never 0 and never "".
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row<'a> {
    /// Transaction or holding, told by the row element's name.
    pub kind: RowKind,
    /// Table II.
    pub is_derivative: bool,
    /// `securityTitle`
    pub security_title: Option<Cow<'a, str>>,
    /// `conversionOrExercisePrice`, dollars a share.
    pub conversion_or_exercise_price: Option<Decimal>,
    /// `transactionDate`
    pub transaction_date: Option<Date>,
    /// `deemedExecutionDate`
    pub deemed_execution_date: Option<Date>,
    /// `transactionFormType`: 3, 4 or 5.
    pub transaction_form_type: Option<Cow<'a, str>>,
    /// `transactionCode`: one letter (see the SEC's list), kept as it stands.
    pub transaction_code: Option<Cow<'a, str>>,
    /// `equitySwapInvolved`
    pub equity_swap_involved: Option<bool>,
    /// `transactionTimeliness`: E early, L late.
    pub transaction_timeliness: Option<Cow<'a, str>>,
    /// `transactionShares`
    pub transaction_shares: Option<Decimal>,
    /// `transactionTotalValue`, dollars.
    pub transaction_total_value: Option<Decimal>,
    /// `transactionPricePerShare`, dollars; `transactionValue` in the layout of 2003.
    pub transaction_price_per_share: Option<Decimal>,
    /// `transactionAcquiredDisposedCode`: A or D.
    pub transaction_acquired_disposed_code: Option<Cow<'a, str>>,
    /// `exerciseDate`
    pub exercise_date: Option<Date>,
    /// `expirationDate`
    pub expiration_date: Option<Date>,
    /// `underlyingSecurityTitle`
    pub underlying_security_title: Option<Cow<'a, str>>,
    /// `underlyingSecurityShares`
    pub underlying_security_shares: Option<Decimal>,
    /// `underlyingSecurityValue`, dollars.
    pub underlying_security_value: Option<Decimal>,
    /// `sharesOwnedFollowingTransaction`
    pub shares_owned_following_transaction: Option<Decimal>,
    /// `valueOwnedFollowingTransaction`, dollars.
    pub value_owned_following_transaction: Option<Decimal>,
    /// `directOrIndirectOwnership`: D or I.
    pub direct_or_indirect_ownership: Option<Cow<'a, str>>,
    /// `natureOfOwnership`
    pub nature_of_ownership: Option<Cow<'a, str>>,
    /// The footnote marks of the row in document order.
    pub footnote_refs: Vec<FootnoteRef<'a>>,
}

/// A footnote mark on a field of a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FootnoteRef<'a> {
    /// The column that the mark stands on; `None` on an element that is no column, and where only the row of the mark can be
    /// told.
    pub field: Option<&'static str>,
    /// The id of the footnote, `F1`.
    pub footnote_id: Cow<'a, str>,
}

impl<'a> Row<'a> {
    /// A row that states nothing yet.
    pub fn new(kind: RowKind, is_derivative: bool) -> Self {
        Self {
            kind,
            is_derivative,
            security_title: None,
            conversion_or_exercise_price: None,
            transaction_date: None,
            deemed_execution_date: None,
            transaction_form_type: None,
            transaction_code: None,
            equity_swap_involved: None,
            transaction_timeliness: None,
            transaction_shares: None,
            transaction_total_value: None,
            transaction_price_per_share: None,
            transaction_acquired_disposed_code: None,
            exercise_date: None,
            expiration_date: None,
            underlying_security_title: None,
            underlying_security_shares: None,
            underlying_security_value: None,
            shares_owned_following_transaction: None,
            value_owned_following_transaction: None,
            direct_or_indirect_ownership: None,
            nature_of_ownership: None,
            footnote_refs: Vec::new(),
        }
    }

    /// The same row, owning its text.
    pub fn into_owned(self) -> Row<'static> {
        use super::filing::own;
        Row {
            kind: self.kind,
            is_derivative: self.is_derivative,
            security_title: own(self.security_title),
            conversion_or_exercise_price: self.conversion_or_exercise_price,
            transaction_date: self.transaction_date,
            deemed_execution_date: self.deemed_execution_date,
            transaction_form_type: own(self.transaction_form_type),
            transaction_code: own(self.transaction_code),
            equity_swap_involved: self.equity_swap_involved,
            transaction_timeliness: own(self.transaction_timeliness),
            transaction_shares: self.transaction_shares,
            transaction_total_value: self.transaction_total_value,
            transaction_price_per_share: self.transaction_price_per_share,
            transaction_acquired_disposed_code: own(self.transaction_acquired_disposed_code),
            exercise_date: self.exercise_date,
            expiration_date: self.expiration_date,
            underlying_security_title: own(self.underlying_security_title),
            underlying_security_shares: self.underlying_security_shares,
            underlying_security_value: self.underlying_security_value,
            shares_owned_following_transaction: self.shares_owned_following_transaction,
            value_owned_following_transaction: self.value_owned_following_transaction,
            direct_or_indirect_ownership: own(self.direct_or_indirect_ownership),
            nature_of_ownership: own(self.nature_of_ownership),
            footnote_refs: self.footnote_refs.into_iter().map(FootnoteRef::into_owned).collect(),
        }
    }
}

impl FootnoteRef<'_> {
    /// The same mark, owning its text.
    pub fn into_owned(self) -> FootnoteRef<'static> {
        FootnoteRef { field: self.field, footnote_id: self.footnote_id.into_owned().into() }
    }
}
