use super::months::Month;
use super::text::{coordinate, count, escape};
use std::fmt::Write;
use std::ops::RangeInclusive;

/// What stands over a month: lengths by class, those upwards from the line first.
pub(super) struct Stack {
    pub(super) month: Month,
    /// What is said of the month.
    pub(super) title: String,
    /// Upwards from the line, one on the other.
    pub(super) up: Vec<(&'static str, u64)>,
    /// Downwards from the line.
    pub(super) down: Vec<(&'static str, u64)>,
}

const WIDTH: f64 = 360.0;
const HEIGHT: f64 = 180.0;
const LEFT: f64 = 40.0;
const RIGHT: f64 = 356.0;
const TOP: f64 = 8.0;
const BOTTOM: f64 = 158.0;
/// Lines across, at most on each side.
const LINES: u64 = 4;
/// Years that are written below, at most.
const YEARS: u32 = 7;

/// Standing bars by month, in the months of `span`; others must not be given.
pub(super) fn series(about: &str, span: &RangeInclusive<Month>, stacks: &[Stack]) -> String {
    let scale = Scale::of(span, stacks);
    let mut svg =
        format!("<svg viewBox=\"0 0 {WIDTH} {HEIGHT}\" role=\"img\" aria-label=\"{}\">\n", escape(about));
    scale.draw_lines(&mut svg);
    scale.draw_years(&mut svg);
    for stack in stacks {
        scale.draw(stack, &mut svg);
    }
    let zero = coordinate(scale.y(0.0));
    svg + &format!("<path class=\"axis\" d=\"M{LEFT} {zero}H{RIGHT}\"/>\n</svg>\n")
}

/// Where months and lengths lie.
struct Scale {
    first: Month,
    months: usize,
    step: u64,
    /// Units of a length of one.
    unit: f64,
    up: u64,
    down: u64,
}

impl Scale {
    fn of(span: &RangeInclusive<Month>, stacks: &[Stack]) -> Self {
        let sum = |side: &[(&str, u64)]| side.iter().map(|(_, length)| length).sum();
        let most_up: u64 = stacks.iter().map(|stack| sum(&stack.up)).max().unwrap_or(0);
        let most_down: u64 = stacks.iter().map(|stack| sum(&stack.down)).max().unwrap_or(0);
        let step = step(most_up.max(most_down));
        let (up, down) = (most_up.div_ceil(step).max(1) * step, most_down.div_ceil(step) * step);
        Self {
            first: *span.start(),
            months: span.end().since(*span.start()) + 1,
            step,
            unit: (BOTTOM - TOP) / (up + down) as f64,
            up,
            down,
        }
    }

    fn x(&self, month: Month) -> f64 {
        LEFT + month.since(self.first) as f64 * self.month_width()
    }

    fn month_width(&self) -> f64 {
        (RIGHT - LEFT) / self.months as f64
    }

    /// Of a length upwards.
    fn y(&self, length: f64) -> f64 {
        TOP + (self.up as f64 - length) * self.unit
    }

    fn draw_lines(&self, svg: &mut String) {
        let ups = (0..=self.up / self.step).map(|i| (i * self.step, 1.0));
        let downs = (1..=self.down / self.step).map(|i| (i * self.step, -1.0));
        for (length, side) in ups.chain(downs) {
            let y = self.y(length as f64 * side);
            let (line, words) = (coordinate(y), coordinate(y + 3.5));
            let _ = writeln!(
                svg,
                "<path class=\"line\" d=\"M{LEFT} {line}H{RIGHT}\"/>\
                 <text class=\"end tick\" x=\"{}\" y=\"{words}\">{}</text>",
                LEFT - 5.0,
                count(length)
            );
        }
    }

    /// A year is written below its January, and the first year where its January is not drawn.
    fn draw_years(&self, svg: &mut String) {
        let years = self.months.div_ceil(12);
        let every = [1, 2, 5, 10, 20, 50]
            .into_iter()
            .find(|every| years.div_ceil(*every as usize) <= YEARS as usize)
            .unwrap_or(100);
        let months = (0..self.months).map(|i| self.first.after(i));
        let mut drawn = false;
        for month in months.filter(|m| m.begins_a_year() && m.year().is_multiple_of(every)) {
            self.draw_year(month, svg);
            drawn = true;
        }
        if !drawn {
            self.draw_year(self.first, svg);
        }
    }

    fn draw_year(&self, month: Month, svg: &mut String) {
        let x = self.x(month);
        // Near the right end the words end at the mark.
        let (class, mark) = if x > RIGHT - 26.0 { ("end tick", RIGHT) } else { ("tick", x) };
        let _ = writeln!(
            svg,
            "<path class=\"line\" d=\"M{0} {BOTTOM}v5\"/><text class=\"{class}\" x=\"{1}\" y=\"175\">{2}</text>",
            coordinate(x),
            coordinate(mark),
            month.year(),
        );
    }

    fn draw(&self, stack: &Stack, svg: &mut String) {
        // Wide bars stand apart; narrow ones overlap a little, lest the ground shines through between them.
        let apart = if self.month_width() >= 4.0 { 1.0 } else { -0.2 };
        let (x, width) = (coordinate(self.x(stack.month)), coordinate(self.month_width() - apart));
        let _ = write!(svg, "<g><title>{}</title>", escape(&stack.title));
        let mut draw = |class, from: f64, to: f64| {
            let (top, height) = (coordinate(self.y(to)), coordinate((to - from) * self.unit));
            let _ = write!(
                svg,
                "<rect class=\"{class}\" x=\"{x}\" y=\"{top}\" width=\"{width}\" height=\"{height}\"/>"
            );
        };
        let mut at = 0.0;
        for (class, length) in stack.up.iter().filter(|(_, length)| *length > 0) {
            draw(class, at, at + *length as f64);
            at += *length as f64;
        }
        let mut at = 0.0;
        for (class, length) in stack.down.iter().filter(|(_, length)| *length > 0) {
            draw(class, at - *length as f64, at);
            at -= *length as f64;
        }
        svg.push_str("</g>\n");
    }
}

/// The distance of lines across: 1, 2 or 5 with zeros.
fn step(most: u64) -> u64 {
    let mut ten = 1_u64;
    loop {
        for step in [ten, ten.saturating_mul(2), ten.saturating_mul(5)] {
            if most.div_ceil(step) <= LINES || step == u64::MAX {
                return step;
            }
        }
        ten = ten.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Date;

    fn month(year: u16, month: u8) -> Month {
        Month::of(Date::from_ymd(year, month, 1).unwrap())
    }

    fn draw(months: RangeInclusive<Month>, up: u64, down: u64) -> String {
        let month = *months.end();
        let stack =
            Stack { month, title: "t".into(), up: vec![("a", up), ("b", 0)], down: vec![("c", down)] };
        series("x", &months, &[stack])
    }

    #[test]
    fn lengths_are_to_scale() {
        // 30 up and 10 down: lines every 10, so that 150 units are 40.
        let svg = draw(month(2023, 1)..=month(2024, 12), 30, 10);
        let width = coordinate((RIGHT - LEFT) / 24.0 - 1.0);
        let up = format!("<rect class=\"a\" x=\"342.83\" y=\"8\" width=\"{width}\" height=\"112.5\"/>");
        let down = format!("<rect class=\"c\" x=\"342.83\" y=\"120.5\" width=\"{width}\" height=\"37.5\"/>");
        assert!(svg.contains(&up) && svg.contains(&down), "{svg}");
        assert!(!svg.contains("class=\"b\""), "nothing is not drawn");
        assert!(svg.contains(">2023</text>") && svg.contains(">2024</text>"), "{svg}");
    }

    #[test]
    fn years_are_written_sparsely_and_at_least_once() {
        let years = |svg: String| svg.matches("y=\"175\"").count();
        assert_eq!(years(draw(month(1996, 1)..=month(2026, 12), 1, 0)), 6);
        assert_eq!(years(draw(month(2024, 2)..=month(2024, 5), 1, 0)), 1);
    }

    #[test]
    fn lines_stand_at_round_numbers() {
        assert_eq!([0, 4, 5, 8, 9, 40, 41, 1_000].map(step), [1, 1, 2, 2, 5, 10, 20, 500]);
        assert!(u64::MAX.div_ceil(step(u64::MAX)) <= LINES);
    }
}
