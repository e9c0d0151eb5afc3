//! What insiders do: groups of rows that belong together.

use super::draft::{Derivative, Draft};
use super::model::{Cell, Row};
use super::number::Number;

/// A reason to file a Form 4.
#[derive(Clone, Copy)]
enum Occasion {
    ExerciseAndSale,
    Vesting,
    StockGrant,
    UnitGrant,
    OptionGrant,
    Sale,
    Purchase,
    Gift,
    Withholding,
    Conversion,
    Distribution,
    Phantom,
    Merger,
    Plan,
    Warrants,
    Nothing,
}

use Occasion::*;

const OCCASIONS: &[(u32, Occasion)] = &[
    (150, ExerciseAndSale),
    (170, Vesting),
    (110, StockGrant),
    (90, UnitGrant),
    (75, OptionGrant),
    (140, Sale),
    (85, Purchase),
    (30, Gift),
    (60, Withholding),
    (20, Conversion),
    (12, Distribution),
    (15, Phantom),
    (15, Merger),
    (8, Plan),
    (8, Warrants),
    (3, Nothing),
];

impl Draft<'_, '_> {
    /// The rows of a Form 4 or of the transactions of a Form 5.
    pub(super) fn trade(&mut self) {
        match self.rng.weighted(OCCASIONS) {
            ExerciseAndSale => self.exercise_and_sale(),
            Vesting => self.vesting_of_units(),
            StockGrant => self.stock_grant(),
            UnitGrant => self.derivative_grant(Derivative::Unit),
            OptionGrant => self.derivative_grant(Derivative::Option),
            Sale => self.sales("S"),
            Purchase => self.purchases(),
            Gift => self.gift(),
            Withholding => self.withhold("F"),
            Conversion => self.conversion(),
            Distribution => self.distribution(),
            Phantom => self.derivative_grant(Derivative::Phantom),
            Merger => self.merger(),
            Plan => self.plan(),
            Warrants => self.warrants(),
            Nothing => {}
        }
        self.other_holdings();
    }

    /// What else is held, mostly indirectly.
    fn other_holdings(&mut self) {
        if self.rows.iter().all(|row| row.is_derivative) && !self.rng.chance(0.35) {
            return;
        }
        let count = self.rng.weighted(&[(66, 0), (17, 1), (9, 2), (4, 3), (2, 4), (1, 6), (1, 9)]);
        for _ in 0..count {
            let row = self.holding(true);
            self.rows.push(row);
        }
        if self.rng.chance(0.07) {
            let row = self.derivative_holding(true);
            self.rows.push(row);
        }
    }

    /// Holdings of a Form 3.
    pub(super) fn hold(&mut self) {
        for n in 0..self.rng.weighted(&[(25, 0), (45, 1), (15, 2), (8, 3), (4, 5), (3, 8)]) {
            let indirect = n > 0;
            let row = self.holding(indirect);
            self.rows.push(row);
        }
        for _ in 0..self.rng.weighted(&[(55, 0), (20, 1), (12, 2), (7, 3), (4, 5), (2, 8)]) {
            let row = self.derivative_holding(false);
            self.rows.push(row);
        }
    }

    /// A derivative that is held; on a Form 3 its amount stands with the underlying security alone.
    pub(super) fn derivative_holding(&mut self, with_amount: bool) -> Row {
        let kind =
            self.rng.pick(&[Derivative::Option, Derivative::Option, Derivative::Unit, Derivative::Preferred]);
        let amount = self.rng.spread(7, 18);
        let mut row = Row::new(true, true, "".into());
        self.derive(&mut row, kind, amount);
        if with_amount {
            row.shares_after = self.shares(amount);
        }
        if self.form.is_five() && self.rng.chance(0.4) {
            row.form_type = Some("3");
        }
        self.own(&mut row);
        row
    }

    fn exercise_and_sale(&mut self) {
        let shares = self.rng.spread(7, 16);
        let mut option = self.derivative_transaction("M", shares, false, Derivative::Option);
        let strike = option.conversion_price.value.unwrap_or(Number::ZERO);
        let exercise = self.transaction("M", shares, true, Cell::full(strike));
        self.rows.push(exercise);
        let times = self.rng.weighted(&[(20, 0), (45, 1), (15, 2), (10, 3), (5, 5), (3, 8), (2, 14)]);
        for _ in 0..times {
            self.sale("S", shares / times.max(1));
        }
        option.shares_after = Cell::full(Number::whole(self.rng.below(3) * shares));
        self.rows.push(option);
    }

    fn vesting_of_units(&mut self) {
        let tranches = self.rng.weighted(&[(70, 1), (20, 2), (10, 3)]);
        let mut units = Vec::new();
        for _ in 0..tranches {
            let shares = self.rng.spread(6, 15);
            let free = self.no_price();
            let mut row = self.transaction("M", shares, true, free);
            let mark = self.note("Shares were issued upon the vesting of restricted stock units.".into());
            row.coding_marks.push(mark);
            self.rows.push(row);
            self.withhold("F");
            units.push(self.derivative_transaction("M", shares, false, Derivative::Unit));
        }
        self.rows.append(&mut units);
    }

    fn stock_grant(&mut self) {
        let shares = self.rng.spread(7, 16);
        let free = self.no_price();
        let mut row = self.transaction("A", shares, true, free);
        let mark = self.note(
            format!(
                "Represents an award of {} restricted shares under the issuer's equity incentive plan, which vest in three \
                 equal annual installments beginning on the first anniversary of the date of grant.",
                Number::whole(shares).with_commas()
            )
            .into(),
        );
        row.shares.marks.push(mark);
        self.rows.push(row);
        if self.rng.chance(0.25) {
            self.withhold("F");
        }
    }

    fn derivative_grant(&mut self, kind: Derivative) {
        for _ in 0..self.rng.weighted(&[(75, 1), (18, 2), (7, 3)]) {
            let shares = self.rng.spread(7, 17);
            let mut row = self.derivative_transaction("A", shares, true, kind);
            row.shares_after = row.shares.clone();
            row.shares_after.marks.clear();
            if self.rng.chance(0.003) {
                row.total_value = Cell::full(Number { units: shares * 10_000, decimals: 2 });
                row.shares = Cell::absent();
            }
            self.rows.push(row);
        }
    }

    fn sales(&mut self, code: &'static str) {
        if self.rng.chance(0.15) {
            self.nature = Some(self.rng.pick(super::words::NATURE).into());
        }
        for _ in 0..self.rng.weighted(&[(55, 1), (18, 2), (10, 3), (6, 5), (5, 8), (3, 12), (2, 18), (1, 29)])
        {
            let shares = self.rng.spread(6, 15);
            self.sale(code, shares);
        }
    }

    /// One row of a sale, often at a weighted average of many trades.
    fn sale(&mut self, code: &'static str, shares: u64) {
        let at = self.price * self.rng.range(9_800, 10_200) / 10_000;
        let price = self.price(at);
        let mut row = self.transaction(code, shares, false, price);
        if self.rng.chance(0.35) {
            let (low, high) = (at - at / 200, at + at / 150);
            let (low, high) =
                (Number { units: low / 100, decimals: 2 }, Number { units: high / 100, decimals: 2 });
            let mark = self.note(
                format!(
                    "The price reported is a weighted average price. These shares were sold in multiple transactions at \
                     prices ranging from ${} to ${}, inclusive. The reporting person undertakes to provide to the issuer, \
                     any security holder of the issuer, or the staff of the Securities and Exchange Commission, upon \
                     request, full information regarding the number of shares sold at each separate price within the \
                     range set forth in this footnote.",
                    low.with_commas(),
                    high.with_commas()
                )
                .into(),
            );
            row.price.marks.push(mark);
        }
        if self.rng.chance(0.3) {
            let text = "The sales reported in this Form were effected pursuant to a Rule 10b5-1 trading plan adopted by \
                        the reporting person.";
            let mark = self.note(text.into());
            row.coding_marks.push(mark);
        }
        self.rows.push(row);
    }

    fn purchases(&mut self) {
        for _ in 0..self.rng.weighted(&[(60, 1), (18, 2), (10, 3), (7, 5), (5, 9)]) {
            let shares = self.rng.spread(5, 15);
            let at = self.price * self.rng.range(9_900, 10_100) / 10_000;
            let price = self.price(at);
            let row = self.transaction("P", shares, true, price);
            self.rows.push(row);
        }
    }

    fn gift(&mut self) {
        let shares = self.rng.spread(5, 14);
        let free = self.no_price();
        let mut row = self.transaction("G", shares, false, free);
        if self.rng.chance(0.5) {
            let mark = self.note("Bona fide gift to a charitable organization.".into());
            row.acquired_disposed.marks.push(mark);
        }
        self.rows.push(row);
    }

    fn withhold(&mut self, code: &'static str) {
        let shares = self.rng.spread(5, 13);
        let price = self.price(self.price);
        let mut row = self.transaction(code, shares, false, price);
        if self.rng.chance(0.6) {
            let text = "Shares withheld by the issuer to satisfy tax withholding obligations in connection with vesting.";
            let mark = self.note(text.into());
            row.shares.marks.push(mark);
        }
        self.rows.push(row);
    }

    fn conversion(&mut self) {
        self.nature = Some("See footnote".into());
        let shares = self.rng.spread(12, 22);
        let free = self.no_price();
        let row = self.transaction("C", shares, true, free);
        self.rows.push(row);
        let preferred = self.derivative_transaction("C", shares, false, Derivative::Preferred);
        self.rows.push(preferred);
    }

    fn distribution(&mut self) {
        self.nature = Some("See footnote".into());
        let shares = self.rng.spread(12, 22);
        let free = self.no_price();
        let mut row = self.transaction("J", shares, false, free);
        let text = "Pro rata distribution in kind, without consideration, to the partners of the fund. The general partner \
                    of the fund may be deemed to have voting and dispositive power over the shares held by it.";
        let mark = self.note(text.into());
        row.coding_marks.push(mark);
        let mark = self.note("These shares are held of record by the fund.".into());
        row.ownership.marks.push(mark);
        self.rows.push(row);
    }

    fn merger(&mut self) {
        let price = self.price(self.price);
        let shares = self.owned;
        let code = self.rng.pick(&["D", "U"]);
        let mut row = self.transaction(code, shares, false, price);
        let text = "Disposed of pursuant to the merger agreement at the effective time of the merger, in exchange for the \
                    right to receive the merger consideration in cash, without interest and less applicable taxes.";
        let mark = self.note(text.into());
        row.date.marks.push(mark);
        self.rows.push(row);
        for _ in 0..self.rng.range(1, 4) {
            let amount = self.rng.spread(8, 17);
            let mut row = self.derivative_transaction("D", amount, false, Derivative::Option);
            row.coding_marks.push(mark);
            self.rows.push(row);
        }
    }

    /// Small lots by plans, wills and trusts.
    fn plan(&mut self) {
        let code = self.rng.pick(&["L", "W", "Z", "I", "J"]);
        let shares = self.rng.range(1, 900);
        let price = self.price(self.price);
        let mut row = self.transaction(code, shares, true, price);
        row.shares = Cell::full(Number { units: shares * 10_000 + self.rng.below(10_000), decimals: 4 });
        let mark = self.note("Acquired through reinvestment of dividends.".into());
        row.title.marks.push(mark);
        self.rows.push(row);
    }

    fn warrants(&mut self) {
        let shares = self.rng.spread(8, 18);
        let code = self.rng.pick(&["X", "O"]);
        let option = self.derivative_transaction(code, shares, false, Derivative::Option);
        let strike = option.conversion_price.value.unwrap_or(Number::ZERO);
        let row = self.transaction(code, shares, true, Cell::full(strike));
        self.rows.push(row);
        self.rows.push(option);
        if self.rng.chance(0.2) {
            let expired = self.derivative_transaction("H", shares / 2 + 1, false, Derivative::Option);
            self.rows.push(expired);
        }
    }

    /// A row of Table II; it leaves the shares held as they are.
    fn derivative_transaction(
        &mut self,
        code: &'static str,
        shares: u64,
        gets: bool,
        kind: Derivative,
    ) -> Row {
        let owned = self.owned;
        let free = self.no_price();
        let mut row = self.transaction(code, shares, gets, free);
        self.owned = owned;
        self.derive(&mut row, kind, shares);
        let left = self.rng.below(4) * shares;
        row.shares_after = Cell::full(Number::whole(left));
        if self.rng.chance(0.001) {
            row.shares_after = Cell::absent();
            row.value_after = Cell::full(Number { units: left * 100, decimals: 2 });
        }
        row
    }
}
