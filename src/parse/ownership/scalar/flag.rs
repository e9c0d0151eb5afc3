use super::Reading;
use crate::model::Code;

/// Reads a flag: 1, 0, true, false in any case.
pub(in crate::parse::ownership) fn flag(text: &str) -> Reading<bool> {
    match text {
        "1" => Reading::clear(true),
        "0" => Reading::clear(false),
        _ if text.eq_ignore_ascii_case("true") => Reading::clear(true),
        _ if text.eq_ignore_ascii_case("false") => Reading::clear(false),
        _ => Reading::none(Code::FlagUnreadable),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_four_spellings_in_any_case_and_nothing_else() {
        for (text, value) in [("1", true), ("TRUE", true), ("0", false), ("fAlse", false)] {
            assert_eq!(flag(text), Reading::clear(value));
        }
        for text in ["", "2", "01", "yes", "Y", "t", "-1", "true."] {
            assert_eq!(flag(text), Reading::none(Code::FlagUnreadable), "{text}");
        }
    }
}
