use super::*;
use crate::model::{Date, Table};
use crate::pipeline::{ConvertOptions, Monitor, convert};
use crate::source::Discover;
use std::path::Path;

/// A data set of the examples, and its folder.
fn examples() -> (tempfile::TempDir, std::path::PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("insider");
    let found = Discover::new(["examples/edgar".into()]).unwrap();
    convert(found, &output, &ConvertOptions::default(), &Monitor::new()).unwrap();
    (folder, output)
}

fn month(year: u16, month: u8) -> Month {
    Month::of(Date::from_ymd(year, month, 1).unwrap())
}

#[test]
fn figures_of_the_examples() {
    let (_folder, output) = examples();
    let figures = Figures::of(&output).unwrap();
    let rows: Vec<u64> = figures.rows.iter().map(|(_, rows)| *rows).collect();
    assert_eq!(rows, [126, 140, 285, 133, 237, 135, 42, 17]);
    assert_eq!(figures.undated_filings, 7);
    let dated: u64 = figures.filings.values().flat_map(|forms| forms.values()).sum();
    assert_eq!(dated, 119);
    assert_eq!(figures.filings[&month(2020, 9)], [("3".to_owned(), 2), ("4".to_owned(), 8)].into());
    let first: Vec<(&str, u64)> = figures.codes.iter().take(5).map(|(code, n)| (code.as_str(), *n)).collect();
    assert_eq!(first, [("M", 90), ("S", 83), ("A", 39), ("F", 33), ("P", 20)]);
    assert_eq!(figures.codes.iter().map(|(_, n)| n).sum::<u64>(), 285);
    let trades = Trades { buys: 20, sales: 83, bought_cents: 553_265_233, sold_cents: 7_906_271_053 };
    assert_eq!(figures.all_trades, trades);
    assert_eq!(figures.issuers[0].cik.as_deref(), Some("0009000000"));
    assert_eq!(
        figures.issuers.iter().map(|issuer| issuer.filings).collect::<Vec<_>>(),
        [73, 17, 15, 10, 7, 4]
    );
    assert_eq!(figures.diagnostics[0], ("issuer-from-header".to_owned(), 9));
    let rejects = [("truncated-document", 9), ("no-document", 6), ("no-issuer-no-owner", 2)];
    assert_eq!(figures.rejects, rejects.map(|(code, n)| (code.to_owned(), n)));
}

#[test]
fn nulls_of_the_examples() {
    let (_folder, output) = examples();
    let figures = Figures::of(&output).unwrap();
    let nulls = |table: Table, column: &str| {
        let of_table = figures.nulls.iter().find(|nulls| nulls.table == table).unwrap();
        of_table.columns.iter().find(|(name, _)| *name == column).unwrap().1
    };
    assert_eq!(nulls(Table::Filings, "filing_id"), 0);
    assert_eq!(nulls(Table::Filings, "filing_date"), 7);
    assert_eq!(nulls(Table::Transactions, "footnote_refs"), 121);
    assert_eq!(nulls(Table::Transactions, "is_derivative"), 0);
}

#[test]
fn the_page_shows_the_figures_and_needs_nothing_else() {
    let (_folder, output) = examples();
    let page = html(&Figures::of(&output).unwrap(), "a<b");
    for part in [
        "<h1>a&lt;b</h1>",
        "filed from 1997-11 to 2026-03",
        "<dd>126</dd><dt>filings</dt>",
        "<title>2020-09: 2 of 3, 8 of 4</title>",
        "<title>M · exercise or conversion, exempt: 90</title>",
        "<title>truncated-document: 9</title>",
        "<title>filing_date: 5.6 %</title>",
        "7 filings without a day of filing are not drawn.",
        "prefers-color-scheme: dark",
    ] {
        assert!(page.contains(part), "{part}");
    }
    for part in ["a<b", "http", "<script", "url(", "NaN", "inf\""] {
        assert!(!page.contains(part), "{part}");
    }
}

#[test]
fn wild_dates_are_not_drawn() {
    let mut figures = Figures::default();
    let one = |form: &str| [(form.to_owned(), 1)].into();
    for (at, form) in
        [(month(1, 1), "4"), (month(2024, 2), "4/A"), (month(2024, 3), "?"), (month(9999, 12), "4")]
    {
        figures.filings.insert(at, one(form));
    }
    let buy = Trades { buys: 1, bought_cents: 120_000, ..Trades::default() };
    for at in [month(15, 3), month(2024, 1), month(2030, 1)] {
        figures.trades.insert(at, buy);
    }
    figures.all_trades = Trades { buys: 4, bought_cents: 480_000, ..Trades::default() };
    let page = html(&figures, "x");
    assert!(page.contains("2 filings of an impossible day are not drawn."), "{page}");
    assert!(
        page.contains("3 trades without a day, before 1993 or after the last filing are not drawn."),
        "{page}"
    );
    assert!(page.contains("<title>2024-01: 1 buy for $1.2 thousand, 0 sales for $0</title>"), "{page}");
    assert_eq!(page.matches("<title>2024-").count(), 3);
    assert!(page.contains("other or none"));
    // A filing without a day may be later than the others.
    figures.undated_filings = 1;
    assert!(html(&figures, "x").contains("<title>2030-01: 1 buy for"));
}

#[test]
fn a_data_set_without_anything_is_a_page_too() {
    let page = html(&Figures::default(), "empty");
    assert_eq!(page.matches("<p class=\"none\">None.</p>").count(), 6);
}

#[test]
fn a_folder_without_tables_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let message = Figures::of(folder.path()).unwrap_err().to_string();
    assert!(
        message.ends_with("it holds no tables; name the folder that `section16 convert` wrote to"),
        "{message}"
    );
    assert!(Figures::of(Path::new("/nowhere/at/all")).is_err());
}

#[test]
fn a_file_that_is_none_of_the_table_is_told() {
    let (_folder, output) = examples();
    std::fs::write(output.join("rejects/part-0.parquet"), b"PAR1").unwrap();
    let message = Figures::of(&output).unwrap_err().to_string();
    assert!(message.contains("part-0.parquet"), "{message}");
}
