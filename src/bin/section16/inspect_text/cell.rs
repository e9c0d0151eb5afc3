//! Values as they stand in a cell.

use section16::model::{Date, Decimal, FootnoteRef, Row};

/// A text, or nothing.
pub fn text(value: Option<&str>) -> String {
    value.unwrap_or_default().to_owned()
}

/// A number with thousands separators: `1,234.5`.
pub fn number(value: Option<Decimal>) -> String {
    let Some(value) = value else { return String::new() };
    let digits = value.to_string();
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits.as_str()), |rest| ("-", rest));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    let whole = whole.parse().map_or_else(|_| whole.to_owned(), crate::units::count);
    match fraction {
        Some(fraction) => format!("{sign}{whole}.{fraction}"),
        None => format!("{sign}{whole}"),
    }
}

/// A day, or nothing.
pub fn date(value: Option<Date>) -> String {
    value.map(|date| date.to_string()).unwrap_or_default()
}

/// `yes`, `no`, or nothing where the form does not say.
pub fn flag(value: Option<bool>) -> String {
    value.map_or("", |value| if value { "yes" } else { "no" }).to_owned()
}

/// The value and the footnote marks that stand on it, as the printed form has them: `12.5 F1 F3`.
pub fn marked(value: String, row: &Row, field: &str) -> String {
    let on_field = |mark: &&FootnoteRef| mark.field == Some(field);
    let marks = row.footnote_refs.iter().filter(on_field).map(|mark| mark.footnote_id.as_ref());
    let words: Vec<&str> = Some(value.as_str()).filter(|v| !v.is_empty()).into_iter().chain(marks).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use section16::model::RowKind;

    #[test]
    fn numbers() {
        let print = |millionths| number(Decimal::from_millionths(millionths));
        assert_eq!(print(0), "0");
        assert_eq!(print(1_234_567_500_000), "1,234,567.5");
        assert_eq!(print(-1_000_000_001), "-1,000.000001");
        assert_eq!(print(-500_000), "-0.5");
        assert_eq!(print(999_999_999_999_999_999), "999,999,999,999.999999");
        assert_eq!(number(None), "");
    }

    #[test]
    fn marks_follow_the_value() {
        let mark = |field, id: &'static str| FootnoteRef { field, footnote_id: id.into() };
        let mut row = Row::new(RowKind::Transaction, false);
        row.footnote_refs = vec![
            mark(Some("transaction_code"), "F1"),
            mark(None, "F2"),
            mark(Some("transaction_code"), "F3"),
        ];
        assert_eq!(marked("P".into(), &row, "transaction_code"), "P F1 F3");
        assert_eq!(marked(String::new(), &row, "transaction_code"), "F1 F3");
        assert_eq!(marked("1".into(), &row, "transaction_shares"), "1");
    }

    #[test]
    fn flags() {
        assert_eq!([Some(true), Some(false), None].map(flag), ["yes", "no", ""]);
    }
}
