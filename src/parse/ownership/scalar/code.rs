/// The lists of codes in EDGAR's ownership schema.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::parse::ownership) enum Picklist {
    /// Of `transactionCode`.
    Transaction,
    /// Of `transactionFormType`.
    Form,
    /// Of `transactionTimeliness`.
    Timeliness,
    /// Of `transactionAcquiredDisposedCode`.
    AcquiredDisposed,
    /// Of `directOrIndirectOwnership`.
    DirectIndirect,
}

/// Whether a code stands in its list.
pub(in crate::parse::ownership) fn is_listed(code: &str, list: Picklist) -> bool {
    let letters = match list {
        Picklist::Transaction => "ACDEFGHIJLMOPSUWXZ",
        Picklist::Form => "345",
        Picklist::Timeliness => "EL",
        Picklist::AcquiredDisposed => "AD",
        Picklist::DirectIndirect => "DI",
    };
    code.len() == 1 && letters.contains(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_letter_of_the_list() {
        assert!(is_listed("P", Picklist::Transaction));
        for code in ["", "p", "PS", "K", "V", "4"] {
            assert!(!is_listed(code, Picklist::Transaction), "{code}");
        }
        assert!(is_listed("5", Picklist::Form) && !is_listed("6", Picklist::Form));
    }
}
