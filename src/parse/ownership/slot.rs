//! Where the text of a field goes, and how it is read.

use super::element::Element;
use super::scalar::{self, Kind, Picklist, Reading};
use crate::model::{Cik, Code, Date, Decimal, Filing, Owner, Row, Signature};
use std::borrow::Cow;

/// The place for a field's value, with its type.
pub(super) enum Slot<'s, 'a> {
    /// Text and the characters that EDGAR's schema allows it.
    Text(&'s mut Option<Cow<'a, str>>, usize),
    Code(&'s mut Option<Cow<'a, str>>, Picklist),
    Number(&'s mut Option<Decimal>),
    Date(&'s mut Option<Date>, Kind),
    Flag(&'s mut Option<bool>),
    Cik(&'s mut Option<Cik>),
}

impl<'a> Slot<'_, 'a> {
    /// Puts the value of a trimmed text that is not empty into its place, and tells what is doubtful about it.
    pub(super) fn fill(self, text: Cow<'a, str>) -> Option<Code> {
        match self {
            Self::Text(place, limit) => {
                let doubt = is_longer(&text, limit).then_some(Code::TextTooLong);
                *place = Some(text);
                doubt
            }
            Self::Code(place, list) => {
                let doubt = (!scalar::is_listed(&text, list)).then_some(Code::CodeUnknown);
                *place = Some(text);
                doubt
            }
            Self::Number(place) => settle(place, &text, scalar::number),
            Self::Date(place, kind) => settle(place, &text, |text| scalar::date(text, kind)),
            Self::Flag(place) => settle(place, &text, scalar::flag),
            Self::Cik(place) => settle(place, &text, |text| {
                let value = Cik::parse(text);
                Reading { value, doubt: value.is_none().then_some(Code::CikUnreadable) }
            }),
        }
    }
}

/// Reads a text, and one without a reading once more with its line ends taken out: a line may end anywhere in it.
fn settle<T>(place: &mut Option<T>, text: &str, read: impl Fn(&str) -> Reading<T>) -> Option<Code> {
    let reading = read(text);
    if reading.value.is_none() && text.contains('\n') {
        let joined = read(&text.replace('\n', ""));
        if joined.value.is_some() {
            *place = joined.value;
            return joined.doubt.or(Some(Code::ValueRejoined));
        }
    }
    *place = reading.value;
    reading.doubt
}

/// Whether a text has more characters than `limit`.
pub(super) fn is_longer(text: &str, limit: usize) -> bool {
    text.len() > limit && text.chars().nth(limit).is_some()
}

pub(super) fn of_filing<'s, 'a>(filing: &'s mut Filing<'a>, element: Element) -> Option<Slot<'s, 'a>> {
    Some(match element {
        Element::SchemaVersion => Slot::Text(&mut filing.schema_version, 5),
        Element::DocumentType => Slot::Text(&mut filing.document_type, 3),
        Element::PeriodOfReport => Slot::Date(&mut filing.period_of_report, Kind::Event),
        Element::DateOfOriginalSubmission => Slot::Date(&mut filing.date_of_original_submission, Kind::Event),
        Element::NoSecuritiesOwned => Slot::Flag(&mut filing.no_securities_owned),
        Element::NotSubjectToSection16 => Slot::Flag(&mut filing.not_subject_to_section16),
        Element::Form3HoldingsReported => Slot::Flag(&mut filing.form3_holdings_reported),
        Element::Form4TransactionsReported => Slot::Flag(&mut filing.form4_transactions_reported),
        Element::Aff10b5One => Slot::Flag(&mut filing.aff10b5_one),
        Element::Remarks => Slot::Text(&mut filing.remarks, 2000),
        Element::IssuerCik => Slot::Cik(&mut filing.issuer_cik),
        Element::IssuerName => Slot::Text(&mut filing.issuer_name, 150),
        Element::IssuerTradingSymbol => Slot::Text(&mut filing.issuer_trading_symbol, 10),
        Element::IssuerForeignTradingSymbol => Slot::Text(&mut filing.issuer_foreign_trading_symbol, 14),
        _ => return None,
    })
}

pub(super) fn of_owner<'s, 'a>(owner: &'s mut Owner<'a>, element: Element) -> Option<Slot<'s, 'a>> {
    let relationship = &mut owner.relationship;
    Some(match element {
        Element::RptOwnerCik => Slot::Cik(&mut owner.rpt_owner_cik),
        Element::RptOwnerName => Slot::Text(&mut owner.rpt_owner_name, 150),
        Element::RptOwnerStreet1 => Slot::Text(&mut owner.rpt_owner_street1, 40),
        Element::RptOwnerStreet2 => Slot::Text(&mut owner.rpt_owner_street2, 40),
        Element::RptOwnerCity => Slot::Text(&mut owner.rpt_owner_city, 30),
        Element::RptOwnerState => Slot::Text(&mut owner.rpt_owner_state, 2),
        Element::RptOwnerZipCode => Slot::Text(&mut owner.rpt_owner_zip_code, 10),
        Element::RptOwnerStateDescription => Slot::Text(&mut owner.rpt_owner_state_description, 50),
        Element::RptOwnerCountry | Element::RptOwnerCounrty => Slot::Text(&mut owner.rpt_owner_country, 2),
        Element::RptOwnerNonUsAddressFlag => Slot::Flag(&mut owner.rpt_owner_non_us_address_flag),
        Element::RptOwnerNonUsStateTerritory => Slot::Text(&mut owner.rpt_owner_non_us_state_territory, 40),
        Element::RptOwnerGoodAddress => Slot::Flag(&mut owner.rpt_owner_good_address),
        Element::IsDirector => Slot::Flag(&mut relationship.is_director),
        Element::IsOfficer => Slot::Flag(&mut relationship.is_officer),
        Element::IsTenPercentOwner => Slot::Flag(&mut relationship.is_ten_percent_owner),
        Element::IsOther => Slot::Flag(&mut relationship.is_other),
        Element::OfficerTitle => Slot::Text(&mut relationship.officer_title, 30),
        Element::OtherText => Slot::Text(&mut relationship.other_text, 30),
        _ => return None,
    })
}

pub(super) fn of_row<'s, 'a>(row: &'s mut Row<'a>, element: Element) -> Option<Slot<'s, 'a>> {
    Some(match element {
        Element::SecurityTitle => Slot::Text(&mut row.security_title, 60),
        Element::ConversionOrExercisePrice => Slot::Number(&mut row.conversion_or_exercise_price),
        Element::TransactionDate => Slot::Date(&mut row.transaction_date, Kind::Event),
        Element::DeemedExecutionDate => Slot::Date(&mut row.deemed_execution_date, Kind::Event),
        Element::TransactionFormType => Slot::Code(&mut row.transaction_form_type, Picklist::Form),
        Element::TransactionCode => Slot::Code(&mut row.transaction_code, Picklist::Transaction),
        Element::EquitySwapInvolved => Slot::Flag(&mut row.equity_swap_involved),
        Element::TransactionTimeliness => Slot::Code(&mut row.transaction_timeliness, Picklist::Timeliness),
        Element::TransactionShares => Slot::Number(&mut row.transaction_shares),
        Element::TransactionTotalValue => Slot::Number(&mut row.transaction_total_value),
        Element::TransactionPricePerShare | Element::TransactionValue => {
            Slot::Number(&mut row.transaction_price_per_share)
        }
        Element::TransactionAcquiredDisposedCode => {
            Slot::Code(&mut row.transaction_acquired_disposed_code, Picklist::AcquiredDisposed)
        }
        Element::ExerciseDate => Slot::Date(&mut row.exercise_date, Kind::Term),
        Element::ExpirationDate => Slot::Date(&mut row.expiration_date, Kind::Term),
        Element::UnderlyingSecurityTitle => Slot::Text(&mut row.underlying_security_title, 60),
        Element::UnderlyingSecurityShares => Slot::Number(&mut row.underlying_security_shares),
        Element::UnderlyingSecurityValue => Slot::Number(&mut row.underlying_security_value),
        Element::SharesOwnedFollowingTransaction => Slot::Number(&mut row.shares_owned_following_transaction),
        Element::ValueOwnedFollowingTransaction => Slot::Number(&mut row.value_owned_following_transaction),
        Element::DirectOrIndirectOwnership => {
            Slot::Code(&mut row.direct_or_indirect_ownership, Picklist::DirectIndirect)
        }
        Element::NatureOfOwnership => Slot::Text(&mut row.nature_of_ownership, 100),
        _ => return None,
    })
}

pub(super) fn of_signature<'s, 'a>(
    signature: &'s mut Signature<'a>,
    element: Element,
) -> Option<Slot<'s, 'a>> {
    Some(match element {
        Element::SignatureName => Slot::Text(&mut signature.signature_name, 255),
        Element::SignatureDate => Slot::Date(&mut signature.signature_date, Kind::Event),
        _ => return None,
    })
}
