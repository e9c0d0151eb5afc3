//! The elements of an ownership document: names, places and columns.

/// The kind of record that a field belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Record {
    Filing,
    Owner,
    Row,
    Signature,
}

/// What an element is to the reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// It only holds others.
    Container,
    /// It begins a record; it only holds others.
    Begins(Record),
    /// It states a value of a record.
    Field(Record),
    /// The `value` of a field.
    Value,
    /// `footnoteId`
    Mark,
    /// `footnote`
    Footnote,
    /// The filer's password, never kept.
    Secret,
    /// An element that the data model does not know.
    Unknown,
}

/// The inside of an element, as a place for others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Nowhere,
    Root,
    Issuer,
    Owner,
    OwnerId,
    OwnerAddress,
    OwnerRelationship,
    NonDerivativeTable,
    DerivativeTable,
    Row,
    Coding,
    Amounts,
    Underlying,
    PostAmounts,
    Nature,
    Field,
    Footnotes,
    Signature,
}

#[derive(Clone, Copy)]
struct Facts {
    name: &'static str,
    role: Role,
    home: Place,
    opens: Place,
    column: &'static str,
}

macro_rules! elements {
    ($($variant:ident = $name:literal $role:expr, $home:ident => $opens:ident $column:literal;)*) => {
        /// An element of an ownership document.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub(super) enum Element {
            $($variant,)*
        }

        impl Element {
            const ALL: &[Self] = &[$(Self::$variant,)*];
        }

        const FACTS: &[Facts] = &[
            $(Facts {
                name: $name,
                role: $role,
                home: Place::$home,
                opens: Place::$opens,
                column: $column,
            },)*
        ];
    };
}

use Record::{Filing, Owner, Row, Signature};
use Role::{Begins, Container, Field};

elements! {
    OwnershipDocument = "ownershipDocument" Container, Nowhere => Root "";
    SchemaVersion = "schemaVersion" Field(Filing), Root => Field "schema_version";
    DocumentType = "documentType" Field(Filing), Root => Field "document_type";
    PeriodOfReport = "periodOfReport" Field(Filing), Root => Field "period_of_report";
    DateOfOriginalSubmission = "dateOfOriginalSubmission" Field(Filing), Root => Field "date_of_original_submission";
    NoSecuritiesOwned = "noSecuritiesOwned" Field(Filing), Root => Field "no_securities_owned";
    NotSubjectToSection16 = "notSubjectToSection16" Field(Filing), Root => Field "not_subject_to_section16";
    Form3HoldingsReported = "form3HoldingsReported" Field(Filing), Root => Field "form3_holdings_reported";
    Form4TransactionsReported = "form4TransactionsReported" Field(Filing), Root => Field "form4_transactions_reported";
    Aff10b5One = "aff10b5One" Field(Filing), Root => Field "aff10b5_one";
    Remarks = "remarks" Field(Filing), Root => Field "remarks";
    Issuer = "issuer" Container, Root => Issuer "";
    IssuerCik = "issuerCik" Field(Filing), Issuer => Field "issuer_cik";
    IssuerName = "issuerName" Field(Filing), Issuer => Field "issuer_name";
    IssuerTradingSymbol = "issuerTradingSymbol" Field(Filing), Issuer => Field "issuer_trading_symbol";
    IssuerForeignTradingSymbol = "issuerForeignTradingSymbol" Field(Filing), Issuer => Field "issuer_foreign_trading_symbol";
    ReportingOwner = "reportingOwner" Begins(Owner), Root => Owner "";
    ReportingOwnerId = "reportingOwnerId" Container, Owner => OwnerId "";
    ReportingOwnerAddress = "reportingOwnerAddress" Container, Owner => OwnerAddress "";
    ReportingOwnerRelationship = "reportingOwnerRelationship" Container, Owner => OwnerRelationship "";
    RptOwnerCik = "rptOwnerCik" Field(Owner), OwnerId => Field "rpt_owner_cik";
    RptOwnerCcc = "rptOwnerCcc" Role::Secret, OwnerId => Field "";
    RptOwnerName = "rptOwnerName" Field(Owner), OwnerId => Field "rpt_owner_name";
    RptOwnerStreet1 = "rptOwnerStreet1" Field(Owner), OwnerAddress => Field "rpt_owner_street1";
    RptOwnerStreet2 = "rptOwnerStreet2" Field(Owner), OwnerAddress => Field "rpt_owner_street2";
    RptOwnerCity = "rptOwnerCity" Field(Owner), OwnerAddress => Field "rpt_owner_city";
    RptOwnerState = "rptOwnerState" Field(Owner), OwnerAddress => Field "rpt_owner_state";
    RptOwnerZipCode = "rptOwnerZipCode" Field(Owner), OwnerAddress => Field "rpt_owner_zip_code";
    RptOwnerStateDescription = "rptOwnerStateDescription" Field(Owner), OwnerAddress => Field "rpt_owner_state_description";
    RptOwnerCountry = "rptOwnerCountry" Field(Owner), OwnerAddress => Field "rpt_owner_country";
    RptOwnerCounrty = "rptOwnerCounrty" Field(Owner), OwnerAddress => Field "rpt_owner_country";
    RptOwnerNonUsAddressFlag = "rptOwnerNonUSAddressFlag" Field(Owner), OwnerAddress => Field "rpt_owner_non_us_address_flag";
    RptOwnerNonUsStateTerritory = "rptOwnerNonUSStateTerritory" Field(Owner), OwnerAddress => Field "rpt_owner_non_us_state_territory";
    RptOwnerGoodAddress = "rptOwnerGoodAddress" Field(Owner), OwnerAddress => Field "rpt_owner_good_address";
    IsDirector = "isDirector" Field(Owner), OwnerRelationship => Field "is_director";
    IsOfficer = "isOfficer" Field(Owner), OwnerRelationship => Field "is_officer";
    IsTenPercentOwner = "isTenPercentOwner" Field(Owner), OwnerRelationship => Field "is_ten_percent_owner";
    IsOther = "isOther" Field(Owner), OwnerRelationship => Field "is_other";
    OfficerTitle = "officerTitle" Field(Owner), OwnerRelationship => Field "officer_title";
    OtherText = "otherText" Field(Owner), OwnerRelationship => Field "other_text";
    NonDerivativeTable = "nonDerivativeTable" Container, Root => NonDerivativeTable "";
    DerivativeTable = "derivativeTable" Container, Root => DerivativeTable "";
    NonDerivativeTransaction = "nonDerivativeTransaction" Begins(Row), NonDerivativeTable => Row "";
    NonDerivativeHolding = "nonDerivativeHolding" Begins(Row), NonDerivativeTable => Row "";
    DerivativeTransaction = "derivativeTransaction" Begins(Row), DerivativeTable => Row "";
    DerivativeHolding = "derivativeHolding" Begins(Row), DerivativeTable => Row "";
    NonDerivativeSecurity = "nonDerivativeSecurity" Begins(Row), Root => Row "";
    DerivativeSecurity = "derivativeSecurity" Begins(Row), Root => Row "";
    SecurityTitle = "securityTitle" Field(Row), Row => Field "security_title";
    ConversionOrExercisePrice = "conversionOrExercisePrice" Field(Row), Row => Field "conversion_or_exercise_price";
    TransactionDate = "transactionDate" Field(Row), Row => Field "transaction_date";
    DeemedExecutionDate = "deemedExecutionDate" Field(Row), Row => Field "deemed_execution_date";
    TransactionCoding = "transactionCoding" Container, Row => Coding "";
    TransactionFormType = "transactionFormType" Field(Row), Coding => Field "transaction_form_type";
    TransactionCode = "transactionCode" Field(Row), Coding => Field "transaction_code";
    EquitySwapInvolved = "equitySwapInvolved" Field(Row), Coding => Field "equity_swap_involved";
    TransactionTimeliness = "transactionTimeliness" Field(Row), Row => Field "transaction_timeliness";
    TransactionAmounts = "transactionAmounts" Container, Row => Amounts "";
    TransactionShares = "transactionShares" Field(Row), Amounts => Field "transaction_shares";
    TransactionTotalValue = "transactionTotalValue" Field(Row), Amounts => Field "transaction_total_value";
    TransactionPricePerShare = "transactionPricePerShare" Field(Row), Amounts => Field "transaction_price_per_share";
    TransactionValue = "transactionValue" Field(Row), Amounts => Field "transaction_price_per_share";
    TransactionAcquiredDisposedCode = "transactionAcquiredDisposedCode" Field(Row), Amounts => Field "transaction_acquired_disposed_code";
    ExerciseDate = "exerciseDate" Field(Row), Row => Field "exercise_date";
    ExpirationDate = "expirationDate" Field(Row), Row => Field "expiration_date";
    UnderlyingSecurity = "underlyingSecurity" Container, Row => Underlying "";
    UnderlyingSecurityTitle = "underlyingSecurityTitle" Field(Row), Underlying => Field "underlying_security_title";
    UnderlyingSecurityShares = "underlyingSecurityShares" Field(Row), Underlying => Field "underlying_security_shares";
    UnderlyingSecurityValue = "underlyingSecurityValue" Field(Row), Underlying => Field "underlying_security_value";
    PostTransactionAmounts = "postTransactionAmounts" Container, Row => PostAmounts "";
    SharesOwnedFollowingTransaction = "sharesOwnedFollowingTransaction" Field(Row), PostAmounts => Field "shares_owned_following_transaction";
    ValueOwnedFollowingTransaction = "valueOwnedFollowingTransaction" Field(Row), PostAmounts => Field "value_owned_following_transaction";
    OwnershipNature = "ownershipNature" Container, Row => Nature "";
    DirectOrIndirectOwnership = "directOrIndirectOwnership" Field(Row), Nature => Field "direct_or_indirect_ownership";
    NatureOfOwnership = "natureOfOwnership" Field(Row), Nature => Field "nature_of_ownership";
    Value = "value" Role::Value, Field => Nowhere "";
    FootnoteId = "footnoteId" Role::Mark, Field => Nowhere "";
    Footnotes = "footnotes" Container, Root => Footnotes "";
    Footnote = "footnote" Role::Footnote, Footnotes => Nowhere "footnote";
    OwnerSignature = "ownerSignature" Begins(Signature), Root => Signature "";
    SignatureName = "signatureName" Field(Signature), Signature => Field "signature_name";
    SignatureDate = "signatureDate" Field(Signature), Signature => Field "signature_date";
    Unknown = "" Role::Unknown, Nowhere => Nowhere "";
}

impl Element {
    /// The element of this name, if the data model knows it.
    pub(super) fn named(name: &str) -> Option<Self> {
        let bytes = name.as_bytes();
        let element = *Self::ALL.get(usize::from(SLOTS[slot(bytes)?]))?;
        (element.name() == name).then_some(element)
    }

    pub(super) fn name(self) -> &'static str {
        self.facts().name
    }

    pub(super) fn role(self) -> Role {
        self.facts().role
    }

    /// The column that a field fills.
    pub(super) fn column(self) -> &'static str {
        self.facts().column
    }

    /// The inside of the element that it belongs into.
    pub(super) fn home(self) -> Place {
        self.facts().home
    }

    /// What its own inside is.
    pub(super) fn opens(self) -> Place {
        self.facts().opens
    }

    /// Its bit in a set of stated fields; elements that fill the same column share one.
    pub(super) fn bit(self) -> u128 {
        let column = match self {
            Self::TransactionValue => Self::TransactionPricePerShare,
            Self::RptOwnerCounrty => Self::RptOwnerCountry,
            _ => self,
        };
        1 << column as u32
    }

    /// Whether text that is kept may stand in it.
    pub(super) fn holds_text(self) -> bool {
        matches!(self.role(), Role::Field(_) | Role::Value | Role::Footnote)
    }

    /// Whether the field is a column of transactions alone, not of holdings.
    pub(super) fn is_of_transactions_only(self) -> bool {
        matches!(
            self,
            Self::TransactionDate
                | Self::DeemedExecutionDate
                | Self::TransactionCode
                | Self::EquitySwapInvolved
                | Self::TransactionTimeliness
                | Self::TransactionShares
                | Self::TransactionTotalValue
                | Self::TransactionPricePerShare
                | Self::TransactionValue
                | Self::TransactionAcquiredDisposedCode
        )
    }

    /// Whether only such a field fills the column.
    pub(super) fn is_column_of_transactions_only(column: &str) -> bool {
        Self::ALL.iter().any(|element| element.is_of_transactions_only() && element.column() == column)
    }

    fn facts(self) -> &'static Facts {
        &FACTS[self as usize]
    }
}

const EMPTY: u8 = u8::MAX;
const _: () = assert!(FACTS.len() <= u128::BITS as usize, "a set of fields has no bit for each element");

/// The elements by [`slot`]: no two names share one, which the compiler checks here.
const SLOTS: [u8; 512] = {
    let mut slots = [EMPTY; 512];
    let mut i = 0;
    while i < FACTS.len() {
        if let Some(slot) = slot(FACTS[i].name.as_bytes()) {
            assert!(slots[slot] == EMPTY, "two elements share a slot: choose other factors");
            slots[slot] = i as u8;
        }
        i += 1;
    }
    slots
};

/// A number below 512 for a name, by its length and three of its letters; the factors were found by trying.
const fn slot(name: &[u8]) -> Option<usize> {
    match name {
        [_, second, .., last_but_one, last] => Some(
            (name.len() * 9 + *second as usize * 74 + *last as usize * 201 + *last_but_one as usize * 226)
                % 512,
        ),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Table;
    use crate::schema;

    #[test]
    fn every_name_finds_its_element_and_no_other_does() {
        for element in Element::ALL.iter().filter(|e| **e != Element::Unknown) {
            assert_eq!(Element::named(element.name()), Some(*element));
            assert_eq!(Element::named(&element.name()[1..]), None);
            assert_eq!(Element::named(&element.name().to_uppercase()), None);
        }
        for name in ["", "v", "va", "val", "issuerCiK", "\u{e9}\u{e9}"] {
            assert_eq!(Element::named(name), None, "{name}");
        }
    }

    #[test]
    fn every_field_names_a_column_that_says_it_comes_from_this_element() {
        for element in Element::ALL {
            let tables: &[Table] = match element.role() {
                Role::Field(Filing) => &[Table::Filings],
                Role::Field(Owner) => &[Table::ReportingOwners],
                Role::Field(Row) => &[Table::Transactions],
                Role::Field(Signature) => &[Table::Signatures],
                Role::Footnote => &[Table::Footnotes],
                _ => continue,
            };
            if element.role() == Field(Row) {
                let kept = schema::columns(Table::Holdings).iter().any(|c| c.name == element.column());
                assert_eq!(kept, !element.is_of_transactions_only(), "{element:?}");
            }
            let renamed = matches!(element, Element::TransactionValue | Element::RptOwnerCounrty);
            for table in tables {
                let column = schema::columns(*table).iter().find(|c| c.name == element.column());
                let origin = column.map(|c| c.origin);
                assert!(origin.is_some(), "{element:?}");
                assert!(renamed || origin == Some(schema::Origin::Element(element.name())), "{element:?}");
            }
        }
    }
}
