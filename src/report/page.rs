use super::bars::{Bar, bars};
use super::figures::{Counts, Figures, Nulls, TopIssuer};
use super::months::Month;
use super::series::{Stack, series};
use super::text::{count, counted, dollars, escape, percent};
use crate::model::{Date, Table};
use std::collections::BTreeMap;
use std::ops::RangeInclusive;

const STYLE: &str = include_str!("page.css");
/// EDGAR took its first filings in 1993.
const FIRST_YEAR: u16 = 1993;
const LAST_YEAR: u16 = 2099;
/// The forms that have a colour each; others share one.
const FORMS: [(&str, &str); 4] = [("4", "a"), ("3", "b"), ("5", "c"), ("amendments", "d")];
/// Codes of reasons that are shown, at most.
const MOST_CODES: usize = 20;

/// The page of these figures; `name` is what the data set is called.
pub fn html(figures: &Figures, name: &str) -> String {
    let span = span(figures);
    let sections = [
        filings(figures, span.as_ref()),
        trades(figures),
        section("Transactions by code", "", counts("Transactions by code", &figures.codes, code_name)),
        section("Issuers with most filings", "", issuers(&figures.issuers)),
        section(
            "Diagnostics by code",
            "Values that were repaired, doubted or left null.",
            counts("Diagnostics by code", &figures.diagnostics, str::to_owned),
        ),
        section(
            "Rejects by code",
            "Entries that gave no filing although they should have.",
            counts("Rejects by code", &figures.rejects, str::to_owned),
        ),
    ];
    let name = escape(name);
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{name}: insider filings</title>\n\
         <style>\n{STYLE}</style>\n</head>\n<body>\n<header>\n<h1>{name}</h1>\n<p>Insider filings (SEC Forms 3, 4 and 5){}</p>\n</header>\n\
         {}<main>\n{}</main>\n{}</body>\n</html>\n",
        between(figures),
        tiles(figures),
        sections.concat(),
        nulls(&figures.nulls),
    )
}

/// The days between which filings lie, in words.
fn between(figures: &Figures) -> String {
    match (figures.filings.keys().next(), figures.filings.keys().next_back()) {
        (Some(first), Some(last)) => format!(", filed from {first} to {last}"),
        _ => String::new(),
    }
}

/// The months in which EDGAR can have filings.
fn bounds() -> Option<RangeInclusive<Month>> {
    let month = |year, month| Date::from_ymd(year, month, 1).map(Month::of);
    Some(month(FIRST_YEAR, 1)?..=month(LAST_YEAR, 12)?)
}

/// The months of filings that are drawn.
fn span(figures: &Figures) -> Option<RangeInclusive<Month>> {
    let bounds = bounds()?;
    let mut known = figures.filings.keys().copied().filter(|month| bounds.contains(month));
    let first = known.next()?;
    Some(first..=known.next_back().unwrap_or(first))
}

/// The months in which trades can lie: none comes after its filing, where all filings are dated.
fn trading(figures: &Figures) -> Option<RangeInclusive<Month>> {
    let bounds = bounds()?;
    match span(figures) {
        Some(span) if figures.undated_filings == 0 => Some(*bounds.start()..=*span.end()),
        _ => Some(bounds),
    }
}

fn tiles(figures: &Figures) -> String {
    let trades = figures.all_trades;
    let tiles = [
        ("filings", count(figures.rows_of(Table::Filings))),
        ("transactions", count(figures.rows_of(Table::Transactions))),
        ("holdings", count(figures.rows_of(Table::Holdings))),
        ("of purchases filed (code P)", dollars(trades.bought_cents)),
        ("of sales filed (code S)", dollars(trades.sold_cents)),
        ("rejects", count(figures.rows_of(Table::Rejects))),
    ];
    let tile = |(name, value): (&str, String)| format!("<div><dd>{value}</dd><dt>{name}</dt></div>\n");
    format!("<dl class=\"tiles\">\n{}</dl>\n", tiles.map(tile).concat())
}

fn section(heading: &str, about: &str, plot: String) -> String {
    let about = if about.is_empty() { String::new() } else { format!("<p>{}</p>\n", escape(about)) };
    let plot = if plot.is_empty() { "<p class=\"none\">None.</p>\n".to_owned() } else { plot };
    format!("<section>\n<h2>{}</h2>\n{about}{plot}</section>\n", escape(heading))
}

fn legend(entries: &[(&str, &str)]) -> String {
    let entry = |(name, class): &(&str, &str)| format!("<li><i class=\"{class}\"></i>{}</li>", escape(name));
    format!("<ul class=\"legend\">{}</ul>\n", entries.iter().map(entry).collect::<String>())
}

fn filings(figures: &Figures, span: Option<&RangeInclusive<Month>>) -> String {
    const HEADING: &str = "Filings a month by form";
    let Some(span) = span.filter(|_| !figures.filings.is_empty()) else {
        return section(HEADING, "", String::new());
    };
    let (drawn, others): (Vec<_>, Vec<_>) =
        figures.filings.iter().partition(|(month, _)| span.contains(month));
    let stacks: Vec<Stack> = drawn.into_iter().map(|(month, forms)| of_forms(*month, forms)).collect();
    let outside: u64 = others.iter().flat_map(|(_, forms)| forms.values()).sum();
    let mut legend_entries: Vec<(&str, &str)> = FORMS.map(|(form, class)| (form_name(form), class)).to_vec();
    if stacks.iter().any(|stack| stack.up.iter().any(|(class, n)| *class == "e" && *n > 0)) {
        legend_entries.push(("other or none", "e"));
    }
    let mut about = Vec::new();
    if figures.undated_filings > 0 {
        about.push(format!(
            "{} without a day of filing are not drawn.",
            counted(figures.undated_filings, "filing")
        ));
    }
    if outside > 0 {
        about.push(format!("{} of an impossible day are not drawn.", counted(outside, "filing")));
    }
    section(HEADING, &about.join(" "), legend(&legend_entries) + &series(HEADING, span, &stacks))
}

fn form_name(form: &'static str) -> &'static str {
    match form {
        "3" => "Form 3",
        "4" => "Form 4",
        "5" => "Form 5",
        other => other,
    }
}

fn of_forms(month: Month, forms: &BTreeMap<String, u64>) -> Stack {
    let mut up: Vec<(&'static str, u64)> = FORMS.map(|(_, class)| (class, 0)).to_vec();
    up.push(("e", 0));
    for (form, filings) in forms {
        let kind = if form.ends_with("/A") { "amendments" } else { form };
        let at = FORMS.iter().position(|(name, _)| *name == kind).unwrap_or(FORMS.len());
        if let Some((_, length)) = up.get_mut(at) {
            *length += filings;
        }
    }
    let title = forms.iter().map(|(form, n)| format!("{n} of {form}")).collect::<Vec<_>>().join(", ");
    Stack { month, title: format!("{month}: {title}"), up, down: Vec::new() }
}

fn trades(figures: &Figures) -> String {
    const HEADING: &str = "Open-market buys against sales";
    let Some(trading) = trading(figures) else { return section(HEADING, "", String::new()) };
    let drawn: Vec<_> = figures.trades.iter().filter(|(month, _)| trading.contains(month)).collect();
    let (Some((first, _)), Some((last, _))) = (drawn.first(), drawn.last()) else {
        return section(HEADING, "", String::new());
    };
    let span = **first..=**last;
    let shown: u64 = drawn.iter().map(|(_, trades)| trades.buys + trades.sales).sum();
    let hidden = (figures.all_trades.buys + figures.all_trades.sales).saturating_sub(shown);
    let stacks: Vec<Stack> = drawn
        .into_iter()
        .map(|(month, trades)| Stack {
            month: *month,
            title: format!(
                "{month}: {} for {}, {} for {}",
                counted(trades.buys, "buy"),
                dollars(trades.bought_cents),
                counted(trades.sales, "sale"),
                dollars(trades.sold_cents)
            ),
            up: vec![("a", trades.buys)],
            down: vec![("b", trades.sales)],
        })
        .collect();
    let mut about = "Transactions of Table I with the codes P and S, by month of the trade, as filed: a trade that several forms \
        report, those of joint owners or an amendment, counts for each. The view open_market that section16 sql prints counts joint filings once and tells amendments."
        .to_owned();
    if hidden > 0 {
        about += &format!(
            " {} without a day, before {FIRST_YEAR} or after the last filing are not drawn.",
            counted(hidden, "trade")
        );
    }
    section(HEADING, &about, legend(&[("buys", "a"), ("sales", "b")]) + &series(HEADING, &span, &stacks))
}

fn counts(about: &str, counts: &Counts, name: fn(&str) -> String) -> String {
    let most = counts.first().map_or(1, |(_, n)| *n);
    let shown: Vec<Bar> = counts
        .iter()
        .take(MOST_CODES)
        .map(|(code, n)| Bar { label: name(code), value: count(*n), share: *n as f64 / most as f64 })
        .collect();
    let left_out: u64 = counts.iter().skip(MOST_CODES).map(|(_, n)| n).sum();
    let rest = match left_out {
        0 => String::new(),
        n => format!("<p>And {} of other codes.</p>\n", count(n)),
    };
    if shown.is_empty() { String::new() } else { bars(about, &shown) + &rest }
}

/// The transaction code with what it means, in short.
fn code_name(code: &str) -> String {
    let meaning = match code {
        "A" => "grant or award",
        "C" => "conversion of a derivative",
        "D" => "return to the issuer",
        "E" => "expiration, short position",
        "F" => "shares withheld for price or taxes",
        "G" => "gift",
        "H" => "expiration, long position",
        "I" => "discretionary transaction",
        "J" => "other, see the footnote",
        "L" => "small acquisition",
        "M" => "exercise or conversion, exempt",
        "O" => "exercise, out of the money",
        "P" => "purchase",
        "S" => "sale",
        "U" => "tender in a change of control",
        "W" => "by will or inheritance",
        "X" => "exercise, in the money",
        "Z" => "voting trust",
        "?" => "no code stated",
        _ => return code.to_owned(),
    };
    format!("{code} · {meaning}")
}

fn issuers(issuers: &[TopIssuer]) -> String {
    let most = issuers.first().map_or(1, |issuer| issuer.filings);
    let bar = |issuer: &TopIssuer| Bar {
        label: match (&issuer.name, &issuer.cik) {
            (Some(name), _) => name.clone(),
            (None, Some(cik)) => format!("CIK {cik}"),
            (None, None) => "issuer not known".to_owned(),
        },
        value: count(issuer.filings),
        share: issuer.filings as f64 / most as f64,
    };
    let shown: Vec<Bar> = issuers.iter().map(bar).collect();
    if shown.is_empty() { String::new() } else { bars("Issuers with most filings", &shown) }
}

/// The nulls of each table, folded away.
fn nulls(tables: &[Nulls]) -> String {
    let table = |nulls: &Nulls| {
        let name = nulls.table.as_str();
        let column = |(column, n): &(&str, u64)| Bar {
            label: (*column).to_owned(),
            value: percent(*n, nulls.rows),
            share: *n as f64 / nulls.rows.max(1) as f64,
        };
        let shown: Vec<Bar> = nulls.columns.iter().map(column).collect();
        format!(
            "<details><summary>{name} <span>{}</span></summary>\n{}</details>\n",
            counted(nulls.rows, "row"),
            bars(&format!("Share of null in {name}"), &shown)
        )
    };
    format!(
        "<section class=\"nulls\">\n<h2>Share of null a column</h2>\n\
         <p>What the forms do not say, and what could not be read. Columns stand in the order of their table.</p>\n\
         <div>\n{}</div>\n</section>\n",
        tables.iter().map(table).collect::<String>()
    )
}
