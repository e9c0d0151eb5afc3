//! Whether one of some texts stands in another, letter for letter.

/// A few texts, which one pass over another text looks for.
pub(super) struct Literals<const N: usize> {
    texts: [&'static str; N],
    /// For each byte whether one of them begins with it.
    begins: [bool; 256],
}

impl<const N: usize> Literals<N> {
    /// Prepares these texts.
    pub const fn new(texts: [&'static str; N]) -> Self {
        let mut begins = [false; 256];
        let mut n = 0;
        while n < N {
            begins[texts[n].as_bytes()[0] as usize] = true;
            n += 1;
        }
        Self { texts, begins }
    }

    /// Whether one of them stands in `text`.
    pub fn any_in(&self, text: &str) -> bool {
        let bytes = text.as_bytes();
        let places =
            bytes.iter().enumerate().filter(|(_, b)| self.begins[usize::from(**b)]).map(|(at, _)| at);
        let mut rests = places.filter_map(|at| bytes.get(at..));
        rests.any(|rest| self.texts.iter().any(|text| rest.starts_with(text.as_bytes())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_text_is_found_wherever_it_stands(text in "[a-c(é]{0,12}") {
            const SOME: [&str; 4] = ["abc", "(a", "cc", "é("];
            prop_assert_eq!(Literals::new(SOME).any_in(&text), SOME.iter().any(|some| text.contains(some)));
        }
    }
}
