//! What an invented filing states, as it is printed and as it must be read.

use super::calendar::Day;
use super::number::Number;
use super::style::Style;
use super::world::{Address, Company, Person};
use std::borrow::Cow;

/// Text that is mostly known beforehand.
pub(super) type Text = Cow<'static, str>;

/// The six forms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Three,
    ThreeA,
    Four,
    FourA,
    Five,
    FiveA,
}

impl Form {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Three => "3",
            Self::ThreeA => "3/A",
            Self::Four => "4",
            Self::FourA => "4/A",
            Self::Five => "5",
            Self::FiveA => "5/A",
        }
    }

    pub(super) fn is_amendment(self) -> bool {
        matches!(self, Self::ThreeA | Self::FourA | Self::FiveA)
    }

    pub(super) fn is_three(self) -> bool {
        matches!(self, Self::Three | Self::ThreeA)
    }

    pub(super) fn is_five(self) -> bool {
        matches!(self, Self::Five | Self::FiveA)
    }

    /// `4` for `4/A`.
    pub(super) fn base(self) -> &'static str {
        if self.is_three() {
            "3"
        } else if self.is_five() {
            "5"
        } else {
            "4"
        }
    }
}

/// How an element with a value stands in the document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// Not at all.
    Absent,
    /// `<x></x>`, perhaps with marks.
    Empty,
    /// `<x><value></value></x>`, perhaps with marks.
    Hollow,
    /// `<x><value>v</value></x>`, perhaps with marks.
    Full,
}

/// An element with a value and the marks of footnotes.
#[derive(Clone, Debug)]
pub(super) struct Cell<T> {
    pub(super) shape: Shape,
    /// What must be read.
    pub(super) value: Option<T>,
    /// What is printed, where it is not the value.
    pub(super) printed: Option<Text>,
    /// Numbers of footnotes, in the order in which they stand.
    pub(super) marks: Vec<u8>,
}

impl<T> Cell<T> {
    pub(super) fn absent() -> Self {
        Self { shape: Shape::Absent, value: None, printed: None, marks: Vec::new() }
    }

    pub(super) fn empty() -> Self {
        Self { shape: Shape::Empty, ..Self::absent() }
    }

    pub(super) fn hollow() -> Self {
        Self { shape: Shape::Hollow, ..Self::absent() }
    }

    pub(super) fn full(value: T) -> Self {
        Self { shape: Shape::Full, value: Some(value), printed: None, marks: Vec::new() }
    }

    pub(super) fn note(value: u8) -> Self {
        Self { marks: vec![value], ..Self::empty() }
    }

    pub(super) fn marked(mut self, mark: u8) -> Self {
        self.marks.push(mark);
        self
    }
}

/// A yes or no and the word for it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Flag {
    pub(super) value: Option<bool>,
    pub(super) printed: &'static str,
}

/// A row of Table I or II.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) is_holding: bool,
    pub(super) is_derivative: bool,
    pub(super) title: Cell<Text>,
    pub(super) conversion_price: Cell<Number>,
    pub(super) date: Cell<Day>,
    pub(super) deemed_date: Cell<Day>,
    pub(super) form_type: Option<&'static str>,
    pub(super) code: Option<&'static str>,
    pub(super) swap: Option<Flag>,
    pub(super) coding_marks: Vec<u8>,
    pub(super) timeliness: Cell<Text>,
    pub(super) shares: Cell<Number>,
    pub(super) total_value: Cell<Number>,
    pub(super) price: Cell<Number>,
    pub(super) acquired_disposed: Cell<Text>,
    pub(super) exercise_date: Cell<Day>,
    pub(super) expiration_date: Cell<Day>,
    pub(super) underlying_title: Cell<Text>,
    pub(super) underlying_shares: Cell<Number>,
    pub(super) underlying_value: Cell<Number>,
    pub(super) shares_after: Cell<Number>,
    pub(super) value_after: Cell<Number>,
    pub(super) ownership: Cell<Text>,
    pub(super) nature: Cell<Text>,
}

impl Row {
    pub(super) fn new(is_holding: bool, is_derivative: bool, title: Text) -> Self {
        Self {
            is_holding,
            is_derivative,
            title: Cell::full(title),
            conversion_price: Cell::absent(),
            date: Cell::absent(),
            deemed_date: Cell::absent(),
            form_type: None,
            code: None,
            swap: None,
            coding_marks: Vec::new(),
            timeliness: Cell::absent(),
            shares: Cell::absent(),
            total_value: Cell::absent(),
            price: Cell::absent(),
            acquired_disposed: Cell::absent(),
            exercise_date: Cell::absent(),
            expiration_date: Cell::absent(),
            underlying_title: Cell::absent(),
            underlying_shares: Cell::absent(),
            underlying_value: Cell::absent(),
            shares_after: Cell::absent(),
            value_after: Cell::absent(),
            ownership: Cell::full("D".into()),
            nature: Cell::absent(),
        }
    }

    /// Gives every mark of the row with its column, in the order of the document.
    pub(super) fn for_each_mark(&self, mut give: impl FnMut(&'static str, u8)) {
        let coding = if self.is_holding { "transaction_form_type" } else { "transaction_code" };
        let lists: [(&'static str, &[u8]); 18] = [
            ("security_title", &self.title.marks),
            ("conversion_or_exercise_price", &self.conversion_price.marks),
            ("transaction_date", &self.date.marks),
            ("deemed_execution_date", &self.deemed_date.marks),
            (coding, &self.coding_marks),
            ("transaction_timeliness", &self.timeliness.marks),
            ("transaction_shares", &self.shares.marks),
            ("transaction_total_value", &self.total_value.marks),
            ("transaction_price_per_share", &self.price.marks),
            ("transaction_acquired_disposed_code", &self.acquired_disposed.marks),
            ("exercise_date", &self.exercise_date.marks),
            ("expiration_date", &self.expiration_date.marks),
            ("underlying_security_title", &self.underlying_title.marks),
            ("underlying_security_shares", &self.underlying_shares.marks),
            ("underlying_security_value", &self.underlying_value.marks),
            ("shares_owned_following_transaction", &self.shares_after.marks),
            ("value_owned_following_transaction", &self.value_after.marks),
            ("direct_or_indirect_ownership", &self.ownership.marks),
        ];
        for (column, marks) in lists {
            marks.iter().for_each(|&mark| give(column, mark));
        }
        self.nature.marks.iter().for_each(|&mark| give("nature_of_ownership", mark));
    }
}

/// A reporting owner, in the document and in the header.
#[derive(Clone, Debug)]
pub(super) struct Owner {
    pub(super) person: Person,
    pub(super) address: Address,
    pub(super) state_description: Option<Text>,
    pub(super) good_address: Option<Flag>,
    pub(super) is_director: Option<Flag>,
    pub(super) is_officer: Option<Flag>,
    pub(super) is_ten_percent: Option<Flag>,
    pub(super) is_other: Option<Flag>,
    pub(super) officer_title: Option<Text>,
    pub(super) other_text: Option<Text>,
    pub(super) film_number: u64,
    pub(super) former_name: Option<String>,
    /// Whether the header describes the owner as a company.
    pub(super) as_company: bool,
}

/// A secondary document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Attachment {
    PowerText,
    PowerHtml,
    Exhibit99,
    Graphic,
}

/// How a filing from before 2003 is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Print {
    /// Text with bars between the columns, cells cut at them.
    Bars,
    /// Text with `<S>` and `<C>` where columns begin, cells wrapped by words.
    Marks,
    Html,
}

/// Something in a filing that must be repaired or doubted.
#[derive(Clone, Debug)]
pub(super) struct Doubt {
    pub(super) code: &'static str,
    pub(super) table: Option<&'static str>,
    pub(super) row: Option<u32>,
    pub(super) field: Option<&'static str>,
    pub(super) raw: Option<Text>,
}

/// What the writer does wrong on purpose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Flaw {
    #[default]
    None,
    /// The remarks' ampersands stand as they are.
    StrayAmpersand,
    /// `<nonDerivativeTable ativeTable>`, the leftover of a cut.
    DamagedTag,
    /// An element that no schema has.
    UnknownElement,
    /// The last row stands behind its table, directly under the root.
    MisplacedRow,
    /// Every row stands in a table of its own.
    SeveralTables,
    /// No `schemaVersion`.
    NoSchema,
}

/// The boxes of the whole form.
#[derive(Clone, Copy, Debug)]
pub(super) struct Boxes {
    pub(super) no_securities: Option<Flag>,
    pub(super) not_subject: Option<Flag>,
    pub(super) form3_reported: Option<Flag>,
    pub(super) form4_reported: Option<Flag>,
    pub(super) aff10b5_one: Option<Flag>,
}

/// A filing.
#[derive(Clone, Debug)]
pub(super) struct Filing<'w> {
    pub(super) accession: String,
    pub(super) form: Form,
    pub(super) schema: &'static str,
    pub(super) filed: Day,
    /// Second of the day in New York.
    pub(super) accepted: Option<u32>,
    pub(super) changed: Option<Day>,
    pub(super) period: Day,
    pub(super) original: Option<Day>,
    pub(super) boxes: Boxes,
    pub(super) company: &'w Company,
    pub(super) symbol: Text,
    pub(super) foreign_symbol: Option<Text>,
    pub(super) owners: Vec<Owner>,
    pub(super) rows: Vec<Row>,
    pub(super) footnotes: Vec<Text>,
    pub(super) remarks: Option<Text>,
    pub(super) signatures: Vec<(String, Day)>,
    pub(super) attachments: Vec<Attachment>,
    pub(super) filename: &'static str,
    pub(super) description: Option<&'static str>,
    pub(super) style: Style,
    pub(super) flaw: Flaw,
    /// `None` for XML.
    pub(super) print: Option<Print>,
    pub(super) doubts: Vec<Doubt>,
}

impl Filing<'_> {
    /// Whether rows stand directly under the root, as in 2003.
    pub(super) fn is_layout_2003(&self) -> bool {
        self.schema == "X0101"
    }

    pub(super) fn transactions(&self) -> impl Iterator<Item = (usize, &Row)> {
        self.rows.iter().enumerate().filter(|(_, row)| !row.is_holding)
    }

    pub(super) fn holdings(&self) -> impl Iterator<Item = (usize, &Row)> {
        self.rows.iter().enumerate().filter(|(_, row)| row.is_holding)
    }
}
