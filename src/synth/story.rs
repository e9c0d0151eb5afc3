//! Thinks up whole filings.

use super::calendar::Day;
use super::draft::Draft;
use super::model::{Attachment, Boxes, Cell, Filing, Flaw, Form, Owner, Row, Text};
use super::number::Number;
use super::oddity;
use super::rng::{Rng, Stream};
use super::style::{LineEnd, Style};
use super::words;
use super::world::{Company, Person, World, owner_address};

/// The shares that the six forms have among all of them, of 10,000.
const FORMS: &[(u32, Form)] = &[
    (9_000, Form::Four),
    (790, Form::Three),
    (144, Form::FourA),
    (24, Form::ThreeA),
    (38, Form::Five),
    (4, Form::FiveA),
];

const FILENAMES: &[&str] = &[
    "form4.xml",
    "doc4.xml",
    "primary_doc.xml",
    "ownership.xml",
    "edgar.xml",
    "primarydocument.xml",
    "wf-form4_109923.xml",
    "wk-form4_17356.xml",
    "rrd384756.xml",
    "tm2412345-1_4seq1.xml",
];

const DESCRIPTIONS: &[(u32, Option<&str>)] =
    &[(50, Some("PRIMARY DOCUMENT")), (30, Some("FORM 4 SUBMISSION")), (10, Some("4")), (10, None)];

/// The filing of this number: all of it follows from the seed and the number.
pub(super) fn tell<'w>(
    world: &'w World,
    seed: u64,
    number: u64,
    filed: Day,
    oddity_share: f64,
) -> Filing<'w> {
    let mut rng = Rng::new(seed, Stream::Filing, number);
    let rng = &mut rng;
    let company = world.company(rng);
    let form = rng.weighted(FORMS);
    let style = Style::of(rng, filed);
    let owners = owners(rng, world, company, &style, form);
    let (date, period) = dates(rng, form, filed, company);
    let (rows, mut footnotes) = rows(rng, company, style, form, date);
    let remarks = remarks(rng, &style, &mut footnotes);
    let schema = schema(filed, form);
    let mut filing = Filing {
        accession: String::new(),
        form,
        schema,
        filed,
        accepted: (filed.year() > 2003 || rng.chance(0.9)).then(|| rng.range(6 * 3600, 22 * 3600 - 1) as u32),
        changed: Some(filed),
        period,
        original: form.is_amendment().then(|| filed.plus(-(rng.range(1, 90) as i32)).weekday_before()),
        boxes: boxes(rng, &style, form, schema, &rows),
        company,
        symbol: symbol(rng, company),
        foreign_symbol: (schema == "X0609").then(|| if rng.chance(0.9) { "".into() } else { "QRZ.L".into() }),
        signatures: signatures(rng, &owners, filed),
        owners,
        rows,
        footnotes,
        remarks,
        attachments: attachments(rng, form),
        filename: rng.pick(FILENAMES),
        description: rng.weighted(DESCRIPTIONS),
        style,
        flaw: Flaw::None,
        print: None,
        doubts: Vec::new(),
    };
    tables_in_order(&mut filing);
    if rng.chance(oddity_share) {
        oddity::plant(rng, &mut filing);
    }
    filing
}

fn rows(rng: &mut Rng, company: &Company, style: Style, form: Form, date: Day) -> (Vec<Row>, Vec<Text>) {
    let mut draft = Draft::new(rng, company, style, form, date);
    let owns_nothing = form.is_three() && draft.rng.chance(0.35);
    if !form.is_three() {
        draft.trade();
    } else if !owns_nothing {
        draft.hold();
    }
    if form.is_five() {
        let held = draft.holding(false);
        draft.rows.push(held);
    }
    (draft.rows, draft.notes)
}

fn boxes(rng: &mut Rng, style: &Style, form: Form, schema: &str, rows: &[Row]) -> Boxes {
    let (is_three, is_five) = (form.is_three(), form.is_five());
    let has_late_holding = rows.iter().any(|row| row.is_holding && row.form_type.is_some());
    let has_late_trade = rows.iter().any(|row| row.form_type == Some("4"));
    let (says_exit, has_left) = (rng.chance(0.7), rng.chance(0.02));
    let (has_plan_box, is_planned) = (matches!(schema, "X0508" | "X0609"), rng.chance(0.12));
    let mut box_of = |stands: bool, value: bool| stands.then(|| style.flag(rng, value));
    Boxes {
        no_securities: box_of(is_three, rows.is_empty()),
        not_subject: box_of(!is_three && says_exit, has_left),
        form3_reported: box_of(is_five, has_late_holding),
        form4_reported: box_of(is_five, has_late_trade),
        aff10b5_one: box_of(!is_three && has_plan_box, is_planned),
    }
}

/// Table I stands before Table II. (In 2003 the rows of both may mix.)
fn tables_in_order(filing: &mut Filing<'_>) {
    if !filing.is_layout_2003() {
        filing.rows.sort_by_key(|row| row.is_derivative);
    } else {
        for row in &mut filing.rows {
            row.form_type = row.form_type.filter(|_| !row.is_holding);
            if row.total_value.value.take().is_some() {
                row.total_value = Cell::absent();
                row.shares = Cell::full(Number::whole(100));
            }
        }
    }
}

/// The schema version of the time.
fn schema(filed: Day, form: Form) -> &'static str {
    let three = form.is_three();
    let until = |year, month, day| filed < Day::new(year, month, day);
    if until(2003, 8, 1) {
        "X0101"
    } else if until(2004, 1, 1) {
        "X0201"
    } else if until(2008, 3, 1) {
        "X0202"
    } else if until(2012, 1, 1) {
        if three { "X0203" } else { "X0303" }
    } else if until(2013, 1, 1) {
        if three { "X0204" } else { "X0305" }
    } else if three && until(2026, 3, 18) {
        "X0206"
    } else if until(2023, 1, 3) {
        "X0306"
    } else if until(2023, 4, 1) {
        "X0407"
    } else if until(2026, 3, 18) {
        "X0508"
    } else {
        "X0609"
    }
}

/// The day of the event, and the period that the form reports.
fn dates(rng: &mut Rng, form: Form, filed: Day, company: &Company) -> (Day, Day) {
    if form.is_five() {
        let (month, day) = company.fiscal_year_end;
        let mut end = Day::new(filed.year(), month, day);
        if end >= filed {
            end = Day::new(filed.year() - 1, month, day);
        }
        return (end.plus(-(rng.range(1, 200) as i32)).weekday_before(), end);
    }
    let late = rng.weighted(&[(10, 0), (30, 1), (50, 2), (6, 4), (3, 20), (1, 200)]);
    let date = filed.plus(-late - if form.is_amendment() { 15 } else { 0 }).weekday_before();
    (date, date)
}

fn symbol(rng: &mut Rng, company: &Company) -> Text {
    match rng.below(200) {
        0 => "NONE".into(),
        1 => "N/A".into(),
        2 => "".into(),
        3 => format!("NYSE: {}", &company.symbol[..company.symbol.len().min(4)]).into(),
        4 => company.symbol.to_lowercase().into(),
        _ => company.symbol.clone().into(),
    }
}

fn owners(rng: &mut Rng, world: &World, company: &Company, style: &Style, form: Form) -> Vec<Owner> {
    let funds = rng.chance(if form.is_three() { 0.12 } else { 0.06 });
    if !funds {
        let seat = rng.below(14);
        let person = world.insider(company, seat);
        return vec![owner(rng, company, style, person, seat)];
    }
    let count =
        rng.weighted(&[(40, 1), (20, 2), (14, 3), (9, 4), (6, 5), (4, 6), (3, 7), (2, 8), (1, 9), (2, 10)]);
    (0..count).map(|n| owner(rng, company, style, world.fund(company, n), n)).collect()
}

fn owner(rng: &mut Rng, company: &Company, style: &Style, person: Person, seat: u64) -> Owner {
    let address = owner_address(rng, company);
    let is_director = if person.is_fund { rng.chance(0.1) } else { seat >= 6 || seat == 0 };
    let is_officer = !person.is_fund && seat < 6;
    let is_ten = person.is_fund || rng.chance(0.04);
    let is_other = rng.chance(0.01);
    let complete = rng.chance(0.85);
    let mut box_of = |value: bool| (value || complete).then(|| style.flag(rng, value));
    let (director, officer, ten, other) =
        (box_of(is_director), box_of(is_officer), box_of(is_ten), box_of(is_other));
    let empty = || style.empties.then(|| Text::from(""));
    Owner {
        state_description: match address.country {
            Some(country) => Some(country.into()),
            None => rng.chance(0.97).then(|| "".into()),
        },
        good_address: rng.chance(0.02).then(|| style.flag(rng, true)),
        is_director: director,
        is_officer: officer,
        is_ten_percent: ten,
        is_other: other,
        officer_title: if is_officer { Some(rng.pick(words::TITLE).into()) } else { empty() },
        other_text: if is_other { Some(rng.pick(words::OTHER_RELATION).into()) } else { empty() },
        film_number: rng.range(500_000, 26_999_999),
        former_name: rng.chance(0.02).then(|| person.name.to_uppercase().replacen(' ', " VAN ", 1)),
        as_company: person.is_fund && rng.chance(0.5),
        person,
        address,
    }
}

fn signatures(rng: &mut Rng, owners: &[Owner], filed: Day) -> Vec<(String, Day)> {
    let every = owners.len() > 1 && rng.chance(0.8);
    let count = if every { owners.len() } else { 1 };
    let day = filed.plus(-(rng.below(3) as i32));
    owners[..count].iter().map(|owner| (signature(rng, &owner.person), day)).collect()
}

fn signature(rng: &mut Rng, person: &Person) -> String {
    let name = &person.signature;
    let agent = || words::GIVEN[name.len() % words::GIVEN.len()];
    match rng.below(10) {
        _ if person.is_fund => format!("{name}, By: /s/ {} Marchbank, Managing Member", agent()),
        0..=2 => format!("/s/ {name}"),
        3..=5 => format!("/s/ {} Holmbrook, Attorney-in-Fact for {name}", agent()),
        6 => format!("{} Holmbrook, by power of attorney", agent()),
        7 => format!("{name} by {} Kestrelby, attorney-in-fact", agent()),
        _ => name.clone(),
    }
}

/// Remarks; at times a footnote gets letters beyond ASCII or a second line.
fn remarks(rng: &mut Rng, style: &Style, footnotes: &mut [Text]) -> Option<Text> {
    if rng.chance(0.01)
        && let Some(first) = footnotes.first_mut()
    {
        *first = format!(
            "{first} The caf\u{e9} at S\u{e3}o Aldero\u{2019}s \u{201c}old\u{201d} market is not part of it."
        )
        .into();
    }
    if rng.chance(0.006)
        && style.line_end != LineEnd::Cr
        && style.layout != super::style::Layout::OneLine
        && let Some(last) = footnotes.last_mut()
    {
        *last = format!("{last}\nContinued: (1) see above; (2) amounts < 1% are left out.").into();
    }
    match rng.below(100) {
        0..=5 => Some("Exhibit List: Exhibit 24 - Power of Attorney".into()),
        6..=9 => Some("Executive Vice President & Chief Compliance Officer".into()),
        10 => Some(
            "The reporting person is a member of a group. "
                .repeat(rng.range(20, 43) as usize)
                .trim_end()
                .to_owned()
                .into(),
        ),
        11 => Some("Held \"of record\" by O'Dallon & Co.; see \u{a7} 16(a) & Rule 16a-1(a)(4).".into()),
        _ if style.empties => Some("".into()),
        _ => None,
    }
}

fn attachments(rng: &mut Rng, form: Form) -> Vec<Attachment> {
    let power = if form.is_three() { 0.35 } else { 0.03 };
    let mut all = Vec::new();
    if rng.chance(power) {
        all.push(if rng.chance(0.5) { Attachment::PowerText } else { Attachment::PowerHtml });
    }
    if rng.chance(0.015) {
        all.push(Attachment::Exhibit99);
    }
    if rng.chance(0.002) {
        all.push(Attachment::Graphic);
    }
    all
}
