//! A filing's rows and footnotes while they are thought up.

use super::calendar::Day;
use super::model::{Cell, Form, Row, Text};
use super::number::Number;
use super::rng::Rng;
use super::style::Style;
use super::words;
use super::world::Company;

/// The dummy date that filers print where the date is in a footnote.
const DUMMY_DATE: (i32, u32, u32) = (1988, 8, 8);

pub(super) struct Draft<'a, 'w> {
    pub(super) rng: &'a mut Rng,
    pub(super) company: &'w Company,
    pub(super) style: Style,
    pub(super) form: Form,
    /// The day of the trade.
    pub(super) date: Day,
    pub(super) rows: Vec<Row>,
    pub(super) notes: Vec<Text>,
    /// Shares held directly.
    pub(super) owned: u64,
    /// The stock's price in hundredths of a cent.
    pub(super) price: u64,
    /// How the owner holds, where not directly.
    pub(super) nature: Option<Text>,
}

impl<'a, 'w> Draft<'a, 'w> {
    pub(super) fn new(rng: &'a mut Rng, company: &'w Company, style: Style, form: Form, date: Day) -> Self {
        let price = company.price_cents * 100 * rng.range(60, 160) / 100;
        let owned = rng.spread(8, 21);
        let (rows, notes) = (Vec::new(), Vec::new());
        Self { rng, company, style, form, date, rows, notes, owned, price, nature: None }
    }

    /// The number of a footnote with this text.
    pub(super) fn note(&mut self, text: Text) -> u8 {
        let found = self.notes.iter().position(|n| *n == text);
        let at = found.unwrap_or_else(|| {
            self.notes.push(text);
            self.notes.len() - 1
        });
        at as u8 + 1
    }

    /// A number of shares as filers print it: mostly whole, at times with decimals.
    pub(super) fn shares(&mut self, shares: u64) -> Cell<Number> {
        let number = match self.rng.below(100) {
            0..=2 => Number::whole(shares).padded(2),
            3 => Number::whole(shares).padded(1),
            4 | 5 => Number { units: shares * 1000 + self.rng.below(1000), decimals: 3 },
            6 => Number { units: shares * 10_000 + self.rng.below(10_000), decimals: 4 },
            _ => Number::whole(shares),
        };
        Cell::full(number)
    }

    /// A price from hundredths of a cent, with two or four decimals.
    pub(super) fn price(&mut self, price: u64) -> Cell<Number> {
        if price.is_multiple_of(100) || self.rng.chance(0.5) {
            let cents = Number { units: price / 100, decimals: 2 };
            return Cell::full(if self.rng.chance(0.02) { cents.padded(2) } else { cents });
        }
        Cell::full(Number { units: price, decimals: 4 })
    }

    /// Nothing paid: a printed zero, or a footnote alone.
    pub(super) fn no_price(&mut self) -> Cell<Number> {
        match self.rng.below(10) {
            0..=5 => Cell::full(Number::ZERO),
            6 | 7 => Cell::full(Number::ZERO.padded(2)),
            8 => Cell::full(Number::ZERO.padded(1)),
            _ => {
                let text = "Each unit represents a contingent right to receive one share upon settlement.";
                Cell::note(self.note(text.into()))
            }
        }
    }

    /// A row of a transaction; the amounts owned afterwards are those of the direct holding.
    pub(super) fn transaction(
        &mut self,
        code: &'static str,
        shares: u64,
        gets: bool,
        price: Cell<Number>,
    ) -> Row {
        self.owned = if gets { self.owned + shares } else { self.owned.saturating_sub(shares) };
        let mut row = Row::new(false, false, self.company.stock.into());
        self.code(&mut row, code);
        row.shares = self.shares(shares);
        row.price = price;
        row.acquired_disposed = Cell::full(if gets { "A".into() } else { "D".into() });
        row.shares_after = Cell::full(Number::whole(self.owned));
        self.own(&mut row);
        row
    }

    /// Date, coding and timeliness.
    fn code(&mut self, row: &mut Row, code: &'static str) {
        row.date = Cell::full(self.date);
        row.deemed_date = match self.rng.below(100) {
            0..=3 => Cell::full(self.date.plus(self.rng.below(2) as i32)),
            _ if self.style.empties => Cell::empty(),
            _ => Cell::absent(),
        };
        row.code = Some(code);
        row.form_type = Some(if self.form.is_five() && self.rng.chance(0.7) { "5" } else { "4" });
        row.swap = Some(self.style.flag(self.rng, false));
        row.timeliness = if self.style.empties { Cell::hollow() } else { Cell::absent() };
        if self.rng.chance(0.02) {
            let empty = row.timeliness.clone();
            row.timeliness = if self.rng.chance(0.5) { Cell::empty() } else { empty };
        }
        if self.form.is_five() && self.rng.chance(0.15) {
            row.timeliness = Cell::full("L".into());
        } else if !self.form.is_five() && self.rng.chance(0.005) {
            row.form_type = Some("5");
            row.timeliness = Cell::full("E".into());
        }
        if self.rng.chance(0.001) {
            row.swap = Some(self.style.flag(self.rng, true));
        }
    }

    /// Direct, or indirect by the draft's nature.
    pub(super) fn own(&mut self, row: &mut Row) {
        if let Some(nature) = self.nature.clone() {
            self.own_indirectly(row, nature);
        } else if self.style.empties && self.rng.chance(0.2) {
            row.nature = if self.rng.chance(0.5) { Cell::hollow() } else { Cell::empty() };
        }
    }

    fn own_indirectly(&mut self, row: &mut Row, nature: Text) {
        let refers = nature == "See footnote";
        row.ownership = Cell::full("I".into());
        row.nature = Cell::full(nature);
        if refers || self.rng.chance(0.15) {
            let mark = self.note(
                "The reporting person disclaims beneficial ownership of these securities except to the extent of any \
                 pecuniary interest therein, and the inclusion of these shares in this report shall not be deemed an \
                 admission of beneficial ownership."
                    .into(),
            );
            row.nature.marks.push(mark);
        }
    }

    /// A holding of the stock itself.
    pub(super) fn holding(&mut self, indirect: bool) -> Row {
        let mut row = Row::new(true, false, self.company.stock.into());
        let held = self.rng.spread(5, 20);
        row.shares_after = self.shares(held);
        if indirect {
            let nature = self.rng.pick(words::NATURE);
            self.own_indirectly(&mut row, nature.into());
        } else {
            self.own(&mut row);
        }
        if self.rng.chance(0.12) {
            let mark = self.note("Includes shares acquired under the Employee Stock Purchase Plan.".into());
            row.shares_after.marks.push(mark);
        }
        if self.form.is_five() && self.rng.chance(0.4) {
            row.form_type = Some("3");
        }
        row
    }

    /// Fills in what only derivatives have.
    pub(super) fn derive(&mut self, row: &mut Row, kind: Derivative, underlying: u64) {
        row.is_derivative = true;
        row.title = Cell::full(kind.title(self.rng));
        row.underlying_title = Cell::full(self.company.stock.into());
        row.underlying_shares = self.shares(underlying);
        if self.rng.chance(0.003) {
            row.underlying_shares = Cell::absent();
            row.underlying_value = Cell::full(Number::whole(underlying * 10));
        }
        if kind == Derivative::Option {
            self.derive_option(row);
        } else {
            self.derive_unit(row, kind);
        }
    }

    fn derive_option(&mut self, row: &mut Row) {
        let strike = self.price * self.rng.range(30, 100) / 100;
        row.conversion_price = self.price(strike.max(100));
        let granted = self.date.plus(-(self.rng.below(2000) as i32));
        row.exercise_date = if self.rng.chance(0.55) {
            let text = vesting(self.rng);
            let mark = self.note(text);
            match self.rng.below(10) {
                0 => {
                    let (year, month, day) = DUMMY_DATE;
                    Cell::full(Day::new(year, month, day)).marked(mark)
                }
                1 => Cell { marks: vec![mark], ..Cell::hollow() },
                _ => Cell::note(mark),
            }
        } else {
            Cell::full(granted.plus(365))
        };
        row.expiration_date = Cell::full(granted.plus(3650));
    }

    fn derive_unit(&mut self, row: &mut Row, kind: Derivative) {
        let (right, when) = kind.notes();
        row.conversion_price =
            if self.rng.chance(0.6) { Cell::note(self.note(right.into())) } else { Cell::full(Number::ZERO) };
        let mark = self.note(when.into());
        row.exercise_date = Cell::note(mark);
        row.expiration_date = if self.rng.chance(0.3) {
            Cell::full(self.date.plus(self.rng.range(300, 3000) as i32)).marked(mark)
        } else {
            Cell::note(mark)
        };
    }
}

/// Kinds of derivative securities.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Derivative {
    Option,
    Unit,
    Preferred,
    Phantom,
}

impl Derivative {
    fn title(self, rng: &mut Rng) -> Text {
        let titles: &[&str] = match self {
            Self::Option => &[
                "Employee Stock Option (right to buy)",
                "Stock Option (Right to Buy)",
                "Non-Qualified Stock Option",
                "Option to purchase",
                "Director Stock Option (right to buy)",
            ],
            Self::Unit => &["Restricted Stock Units", "Restricted Stock Unit", "Performance Stock Units"],
            Self::Preferred => {
                &["Series A Preferred Stock", "Series B Convertible Preferred Stock", "Class B Common Stock"]
            }
            Self::Phantom => &["Phantom Stock", "Deferred Stock Units"],
        };
        rng.pick(titles).into()
    }

    fn notes(self) -> (&'static str, &'static str) {
        match self {
            Self::Preferred => (
                "Each share is convertible at the option of the holder into one share of common stock.",
                "The securities are immediately convertible and have no expiration date.",
            ),
            Self::Phantom => (
                "Each share of phantom stock is the economic equivalent of one share of common stock.",
                "Shares of phantom stock are payable in cash following termination of the reporting person's service.",
            ),
            Self::Option | Self::Unit => (
                "Each restricted stock unit represents a contingent right to receive one share of the issuer\u{2019}s \
                 common stock.",
                "The restricted stock units vest in four equal annual installments beginning on the first anniversary of \
                 the grant date, subject to continued service. Vested shares will be delivered to the reporting person \
                 promptly after each vesting date.",
            ),
        }
    }
}

fn vesting(rng: &mut Rng) -> Text {
    let (part, years) = (rng.pick(&["25%", "one-third", "20%", "1/4th"]), rng.range(3, 5));
    format!(
        "The option vests as to {part} of the shares on the first anniversary of the vesting commencement date, and as \
         to the remainder in equal monthly installments thereafter, so that it is fully vested after {years} years."
    )
    .into()
}
