use super::text::{coordinate, cut, escape};
use std::fmt::Write;

/// A bar with its words.
pub(super) struct Bar {
    pub(super) label: String,
    /// What stands at its end.
    pub(super) value: String,
    /// From 0 to 1.
    pub(super) share: f64,
}

/// Units of the drawing: those of a narrow phone, so that letters keep their size there.
const WIDTH: f64 = 360.0;
const ROW: f64 = 28.0;
const LETTERS: usize = 42;

/// Lying bars, one below the other: the words above, the bar below.
pub(super) fn bars(about: &str, bars: &[Bar]) -> String {
    let height = ROW * bars.len() as f64;
    let mut svg =
        format!("<svg viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{}\">\n", escape(about));
    for (i, bar) in bars.iter().enumerate() {
        let top = ROW * i as f64;
        let (words, line) = (coordinate(top + 13.0), coordinate(top + 18.0));
        // A bar that is not nothing can be seen.
        let least = if bar.share > 0.0 { 1.5 } else { 0.0 };
        let width = coordinate((bar.share.clamp(0.0, 1.0) * WIDTH).max(least));
        // Writing to a string cannot fail.
        let _ = writeln!(
            svg,
            "<g><title>{}: {}</title><text y=\"{words}\">{}</text><text class=\"end\" x=\"{WIDTH}\" y=\"{words}\">{}</text>\
             <rect class=\"track\" y=\"{line}\" width=\"{WIDTH}\" height=\"5\" rx=\"1\"/>\
             <rect class=\"a\" y=\"{line}\" width=\"{width}\" height=\"5\" rx=\"1\"/></g>",
            escape(&bar.label),
            escape(&bar.value),
            escape(&cut(&bar.label, LETTERS)),
            escape(&bar.value),
        );
    }
    svg + "</svg>\n"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bars_are_as_long_as_their_shares() {
        let bar = |share| Bar { label: "a<b".into(), value: "1".into(), share };
        let svg = bars("x", &[bar(1.0), bar(0.25), bar(0.0001), bar(0.0)]);
        let widths = svg.lines().filter_map(|line| line.split("class=\"a\"").nth(1)?.split('"').nth(3));
        assert_eq!(widths.collect::<Vec<_>>(), ["360", "90", "1.5", "0"]);
        assert!(svg.starts_with("<svg viewBox=\"0 0 360 112\""), "{svg}");
        assert!(svg.contains(">a&lt;b</text>") && !svg.contains("a<b"));
    }
}
