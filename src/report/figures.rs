use super::files;
use super::months::Month;
use crate::error::{ErrorKind, Result};
use crate::model::{Date, Decimal, Table};
use crate::schema;
use arrow::array::{AsArray, StringArray};
use arrow::datatypes::{ArrowPrimitiveType, Date32Type, Decimal128Type};
use arrow::record_batch::RecordBatch;
use parquet::file::metadata::ParquetMetaData;
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::path::Path;

/// What the page shows of a data set.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    /// The rows of each table, in the order of [`Table::ALL`].
    pub rows: Vec<(Table, u64)>,
    /// Filings by month of filing, and by form type within; `?` where the document states none.
    pub filings: BTreeMap<Month, BTreeMap<String, u64>>,
    /// Filings of which the day of filing is not known.
    pub undated_filings: u64,
    /// Transactions by code, the most frequent first.
    pub codes: Counts,
    /// Open-market trades of Table I (codes P and S) by month of the trade.
    pub trades: BTreeMap<Month, Trades>,
    /// Open-market trades of Table I, all of them.
    pub all_trades: Trades,
    /// The issuers with most filings, at most ten.
    pub issuers: Vec<TopIssuer>,
    /// Nulls by column, of each table that has rows.
    pub nulls: Vec<Nulls>,
    /// Diagnostics by code, the most frequent first.
    pub diagnostics: Counts,
    /// Rejects by code, the most frequent first.
    pub rejects: Counts,
}

/// How often each of some names occurs: the most frequent first, then by name.
pub type Counts = Vec<(String, u64)>;

/// Purchases and sales on the open market.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Trades {
    /// Purchases.
    pub buys: u64,
    /// Sales.
    pub sales: u64,
    /// Cents for which was bought, of purchases that state shares and price; each is rounded down.
    pub bought_cents: u128,
    /// Cents for which was sold, likewise.
    pub sold_cents: u128,
}

/// An issuer that many filings are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TopIssuer {
    /// Its CIK; `None` for all filings that name none.
    pub cik: Option<String>,
    /// Its name in one of its filings.
    pub name: Option<String>,
    /// Its filings.
    pub filings: u64,
}

/// The nulls of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Nulls {
    /// The table.
    pub table: Table,
    /// Its rows.
    pub rows: u64,
    /// The nulls of each column, in order. Of a list, those and the empty ones.
    pub columns: Vec<(&'static str, u64)>,
}

const TOP: usize = 10;

impl Figures {
    /// Works the figures out from the files of a data set.
    ///
    /// Reads the ends of all files, and nine columns batch after batch. Memory grows with the number of issuers, months and codes, not
    /// with rows.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::DataSet`] where the folder holds no table, or a file is not one of section16's; where a file cannot be read.
    pub fn of(folder: &Path) -> Result<Self> {
        let mut sums = Sums::default();
        let mut is_empty = true;
        for table in Table::ALL.into_iter().filter(|table| folder.join(table.as_str()).is_dir()) {
            let mut nulls = Nulls::none(table);
            for path in files::of_table(folder, table) {
                let footer = |footer: &ParquetMetaData| nulls.add(footer);
                files::read(table, &path?, columns(table), footer, |batch| sums.add(table, batch))?;
                is_empty = false;
            }
            sums.figures.rows.push((table, nulls.rows));
            sums.figures.nulls.extend((nulls.rows > 0).then_some(nulls));
        }
        if is_empty {
            let message = "it holds no tables; name the folder that `section16 convert` wrote to".to_owned();
            return Err(ErrorKind::DataSet { path: folder.to_owned(), message }.into());
        }
        Ok(sums.figures())
    }

    /// The rows of a table.
    pub fn rows_of(&self, table: Table) -> u64 {
        self.rows.iter().find(|(of, _)| *of == table).map_or(0, |(_, rows)| *rows)
    }
}

/// The columns that are read.
fn columns(table: Table) -> &'static [&'static str] {
    match table {
        Table::Filings => &["document_type", "filing_date", "issuer_cik", "issuer_name"],
        Table::Transactions => &[
            "is_derivative",
            "transaction_date",
            "transaction_code",
            "transaction_shares",
            "transaction_price_per_share",
        ],
        Table::Diagnostics | Table::Rejects => &["code"],
        _ => &[],
    }
}

/// Figures while they are added up.
#[derive(Default)]
struct Sums {
    figures: Figures,
    codes: FxHashMap<String, u64>,
    issuers: FxHashMap<Option<String>, (Option<String>, u64)>,
    diagnostics: FxHashMap<String, u64>,
    rejects: FxHashMap<String, u64>,
}

impl Sums {
    fn add(&mut self, table: Table, batch: &RecordBatch) {
        match table {
            Table::Filings => self.add_filings(batch),
            Table::Transactions => self.add_transactions(batch),
            Table::Diagnostics => texts(batch, "code").flatten().for_each(|c| tick(&mut self.diagnostics, c)),
            Table::Rejects => texts(batch, "code").flatten().for_each(|c| tick(&mut self.rejects, c)),
            _ => {}
        }
    }

    fn add_filings(&mut self, batch: &RecordBatch) {
        let forms = texts(batch, "document_type");
        let months = values::<Date32Type>(batch, "filing_date").map(|days| days.map(month));
        let issuers = texts(batch, "issuer_cik").zip(texts(batch, "issuer_name"));
        for ((form, month), (cik, name)) in forms.zip(months).zip(issuers) {
            match month {
                Some(month) => {
                    let forms = self.figures.filings.entry(month).or_default();
                    *forms.entry(form.unwrap_or("?").to_owned()).or_default() += 1;
                }
                None => self.figures.undated_filings += 1,
            }
            let issuer = self.issuers.entry(cik.map(str::to_owned)).or_default();
            // Filings without an issuer have no name in common.
            if issuer.0.is_none() && cik.is_some() {
                issuer.0 = name.map(str::to_owned);
            }
            issuer.1 += 1;
        }
    }

    fn add_transactions(&mut self, batch: &RecordBatch) {
        let derivative = batch.column_by_name("is_derivative").and_then(|c| c.as_boolean_opt());
        let derivative = derivative.into_iter().flatten();
        let codes = texts(batch, "transaction_code");
        let months = values::<Date32Type>(batch, "transaction_date").map(|days| days.map(month));
        let shares = values::<Decimal128Type>(batch, "transaction_shares");
        let prices = values::<Decimal128Type>(batch, "transaction_price_per_share");
        for (((derivative, code), month), (shares, price)) in
            derivative.zip(codes).zip(months).zip(shares.zip(prices))
        {
            tick(&mut self.codes, code.unwrap_or("?"));
            let (Some(code @ ("P" | "S")), Some(false)) = (code, derivative) else { continue };
            let trade = Trades::one(code == "P", shares, price);
            self.figures.all_trades.add(trade);
            if let Some(month) = month {
                self.figures.trades.entry(month).or_default().add(trade);
            }
        }
    }

    fn figures(mut self) -> Figures {
        let mut issuers: Vec<TopIssuer> =
            self.issuers.drain().map(|(cik, (name, filings))| TopIssuer { cik, name, filings }).collect();
        issuers.sort_unstable_by(|a, b| b.filings.cmp(&a.filings).then_with(|| a.cik.cmp(&b.cik)));
        issuers.truncate(TOP);
        Figures {
            issuers,
            codes: ordered(self.codes),
            diagnostics: ordered(self.diagnostics),
            rejects: ordered(self.rejects),
            ..self.figures
        }
    }
}

impl Trades {
    fn one(is_buy: bool, shares: Option<i128>, price: Option<i128>) -> Self {
        // Both are in millionths.
        let one = 10_u128.pow(u32::from(Decimal::SCALE));
        let product = |a: i128, b: i128| a.unsigned_abs().saturating_mul(b.unsigned_abs());
        let cents = shares.zip(price).map_or(0, |(shares, price)| product(shares, price) / (one * one / 100));
        if is_buy {
            Self { buys: 1, bought_cents: cents, ..Self::default() }
        } else {
            Self { sales: 1, sold_cents: cents, ..Self::default() }
        }
    }

    fn add(&mut self, other: Self) {
        self.buys += other.buys;
        self.sales += other.sales;
        self.bought_cents = self.bought_cents.saturating_add(other.bought_cents);
        self.sold_cents = self.sold_cents.saturating_add(other.sold_cents);
    }
}

impl Nulls {
    fn none(table: Table) -> Self {
        let columns = schema::columns(table).iter().map(|column| (column.name, 0)).collect();
        Self { table, rows: 0, columns }
    }

    /// Adds what the end of a file says. A nested column has several leaves; the last one is never null within an item.
    fn add(&mut self, footer: &ParquetMetaData) {
        for group in footer.row_groups() {
            self.rows += u64::try_from(group.num_rows()).unwrap_or(0);
            let leaves = group.columns().iter().filter_map(|leaf| {
                Some((leaf.column_path().parts().first()?.as_str(), leaf.statistics()?.null_count_opt()?))
            });
            let of_columns: FxHashMap<&str, u64> = leaves.collect();
            for (name, nulls) in &mut self.columns {
                *nulls += of_columns.get(name).copied().unwrap_or(0);
            }
        }
    }
}

fn month(days: i32) -> Month {
    Month::of(Date::from_days(days))
}

/// The texts of a column. A column that is not there has none.
fn texts<'b>(batch: &'b RecordBatch, name: &str) -> impl Iterator<Item = Option<&'b str>> {
    let column: Option<&StringArray> = batch.column_by_name(name).and_then(|c| c.as_string_opt());
    column.into_iter().flatten()
}

/// The values of a column, likewise.
fn values<'b, T: ArrowPrimitiveType>(
    batch: &'b RecordBatch,
    name: &str,
) -> impl Iterator<Item = Option<T::Native>> + use<'b, T> {
    batch.column_by_name(name).and_then(|c| c.as_primitive_opt::<T>()).into_iter().flatten()
}

fn tick(counts: &mut FxHashMap<String, u64>, name: &str) {
    match counts.get_mut(name) {
        Some(count) => *count += 1,
        None => {
            counts.insert(name.to_owned(), 1);
        }
    }
}

fn ordered(counts: FxHashMap<String, u64>) -> Counts {
    let mut counts: Counts = counts.into_iter().collect();
    counts.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts
}
