use crate::model::{Cik, Date, Filing, FormType};
use std::collections::BTreeSet;

/// Which filings are wanted. The default wants all.
///
/// All conditions that are set must hold. A filing that lacks the value which a condition asks for does not satisfy it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// The forms wanted, exactly these (`4` does not include `4/A`); empty for all. A filing's form is the type in its
    /// header, else its document type.
    pub forms: BTreeSet<FormType>,
    /// The issuers wanted; empty for all.
    pub issuers: BTreeSet<Cik>,
    /// The first filing date wanted.
    pub filed_from: Option<Date>,
    /// The last filing date wanted.
    pub filed_to: Option<Date>,
}

impl Filter {
    /// Whether a form is wanted; `None` is a form that is not known.
    pub fn wants_form(&self, form: Option<FormType>) -> bool {
        self.forms.is_empty() || form.is_some_and(|form| self.forms.contains(&form))
    }

    /// Whether a filing date is wanted; `None` is a date that is not known.
    pub fn wants_date(&self, date: Option<Date>) -> bool {
        let after_first = self.filed_from.is_none_or(|first| date.is_some_and(|date| date >= first));
        let before_last = self.filed_to.is_none_or(|last| date.is_some_and(|date| date <= last));
        after_first && before_last
    }

    /// Whether an issuer is wanted; `None` is an issuer that is not known.
    pub fn wants_issuer(&self, cik: Option<Cik>) -> bool {
        self.issuers.is_empty() || cik.is_some_and(|cik| self.issuers.contains(&cik))
    }

    /// Whether a filing is wanted.
    pub fn wants(&self, filing: &Filing<'_>) -> bool {
        let parse = |text: &Option<_>| text.as_deref().and_then(FormType::parse);
        let form = parse(&filing.submission_type).or_else(|| parse(&filing.document_type));
        self.wants_form(form) && self.wants_date(filing.filing_date) && self.wants_issuer(filing.issuer_cik)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{FilingId, SourceFormat};

    fn filing() -> Filing<'static> {
        let mut filing = Filing::new(FilingId::Digest(1), SourceFormat::Xml);
        filing.submission_type = Some("4/A".into());
        filing.document_type = Some("4".into());
        filing.filing_date = Date::from_ymd(2024, 5, 6);
        filing.issuer_cik = Cik::parse("42");
        filing
    }

    #[test]
    fn the_default_wants_what_states_nothing() {
        assert!(Filter::default().wants(&Filing::new(FilingId::Digest(1), SourceFormat::Xml)));
    }

    #[test]
    fn forms_are_exact_and_the_header_goes_before_the_document() {
        let only = |form| Filter { forms: [form].into(), ..Filter::default() };
        assert!(only(FormType::FourAmended).wants(&filing()));
        assert!(!only(FormType::Four).wants(&filing()));
        let bare = Filing { submission_type: None, ..filing() };
        assert!(only(FormType::Four).wants(&bare));
        assert!(!only(FormType::Four).wants(&Filing { document_type: None, ..bare }));
    }

    #[test]
    fn dates_are_inclusive_and_an_unknown_date_satisfies_no_bound() {
        let day = |d| Date::from_ymd(2024, 5, d);
        let between = |from, to| Filter { filed_from: from, filed_to: to, ..Filter::default() };
        assert!(between(day(6), day(6)).wants(&filing()));
        assert!(!between(day(7), None).wants(&filing()));
        assert!(!between(None, day(5)).wants(&filing()));
        assert!(!between(day(1), None).wants(&Filing { filing_date: None, ..filing() }));
    }

    #[test]
    fn an_unknown_issuer_satisfies_no_list() {
        let filter = Filter { issuers: Cik::parse("42").into_iter().collect(), ..Filter::default() };
        assert!(filter.wants(&filing()));
        assert!(!filter.wants(&Filing { issuer_cik: Cik::parse("43"), ..filing() }));
        assert!(!filter.wants(&Filing { issuer_cik: None, ..filing() }));
    }
}
