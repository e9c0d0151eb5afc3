use crate::model::{Cik, Filing};
use std::fmt::Write;

/// The texts that repeat in every row of a filing, printed once. The buffers are reused from filing to filing.
#[derive(Default)]
pub(super) struct Keys {
    filing_id: String,
    accession_number: String,
    issuer_cik: String,
    owner_cik: String,
}

impl Keys {
    pub(super) fn set(&mut self, filing: &Filing<'_>) {
        print(&mut self.filing_id, Some(filing.id));
        print(&mut self.accession_number, filing.accession_number);
        print(&mut self.issuer_cik, filing.issuer_cik);
        print(&mut self.owner_cik, filing.owners.first().and_then(|o| o.rpt_owner_cik));
    }

    pub(super) fn filing_id(&self) -> Option<&str> {
        Some(&self.filing_id)
    }

    pub(super) fn accession_number(&self) -> Option<&str> {
        stated(&self.accession_number)
    }

    pub(super) fn issuer_cik(&self) -> Option<&str> {
        stated(&self.issuer_cik)
    }

    /// The CIK of the first owner.
    pub(super) fn first_owner_cik(&self) -> Option<&str> {
        stated(&self.owner_cik)
    }
}

/// Prints a CIK into a buffer and gives it back; `None` where there is none.
pub(super) fn print_cik(buffer: &mut String, cik: Option<Cik>) -> Option<&str> {
    print(buffer, cik);
    stated(buffer)
}

/// What is absent was printed as nothing.
fn stated(text: &str) -> Option<&str> {
    (!text.is_empty()).then_some(text)
}

fn print(buffer: &mut String, value: Option<impl std::fmt::Display>) {
    buffer.clear();
    if let Some(value) = value {
        // Writing to a String cannot fail.
        let _ = write!(buffer, "{value}");
    }
}
