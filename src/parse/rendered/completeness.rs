//! How complete a title or a nature looks, and whether it can be one.

use super::blanks::words;
use super::literals::Literals;
use super::numbers::number;
use super::schema::Col;
use super::words::may_be_typed;

/// Whether a text can stand in this column: no nature of a holding for a title, no title for a nature, nothing cut short.
pub(super) fn is_plausible(col: Col, text: &str) -> bool {
    let odd = |b: u8| matches!(b, b'|' | b'[' | b']' | b'{' | b'}' | b'_' | b'~' | b'=');
    let numeric = |w: &str| number(w).is_some_and(|n| n.grouped || n.decimals > 0 && !n.dollar);
    if text.bytes().any(odd)
        || !text.is_ascii() && text.contains(['‘', '©'])
        || may_be_typed(text) && text.split_whitespace().any(numeric)
    {
        return false;
    }
    let scrap = text.len() <= 3 && text.chars().all(char::is_lowercase);
    !scrap && !is_of_several(text) && completeness(col, text) > -4
}

/// Whether print of the form stands in a text, or what stands in one text only once stands there again.
fn is_of_several(text: &str) -> bool {
    static PRINT: Literals<6> =
        Literals::new(["(City)", "(State)", "SEC 14", "Reporting Owner", "Form 4", "Instr."]);
    let stock = |word: &[u8]| word.eq_ignore_ascii_case(b"stock");
    let again = |word: &str| text.matches(word).nth(1).is_some();
    PRINT.any_in(text)
        || text.as_bytes().windows(5).filter(|word| stock(word)).nth(2).is_some()
        || again("By ")
        || again("See ")
}

/// How complete a text of this column looks.
pub(super) fn completeness(col: Col, text: &str) -> i32 {
    Complete::of(text).as_a(col)
}

/// How complete a text looks, whatever its column.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Complete {
    title: i32,
    nature: i32,
}

impl Complete {
    /// Looks at a text once for all columns.
    pub fn of(text: &str) -> Self {
        if text.is_empty() {
            return Self::default();
        }
        let lower = text.to_ascii_lowercase();
        let (mut first, mut before, mut last) = (None, "", "");
        let (mut twice, mut holding, mut security, mut nouns) = (false, false, false, 0);
        for word in words(&lower).map(bare) {
            first.get_or_insert(word);
            last = if word.is_empty() { last } else { word };
            twice |= word == before && word.len() > 2;
            before = word;
            security |= matches!(word, "stock" | "common" | "preferred");
            holding |= is_of_holding(word);
            nouns += usize::from(matches!(word, "stock" | "shares"));
        }
        let brackets = text.bytes().fold(0, |open, b| open + i32::from(b == b'(') - i32::from(b == b')'));
        let mut score = if twice { -6 } else { 0 } - if brackets == 0 { 0 } else { 5 };
        if dangles(last, text) {
            score -= 5;
        }
        // The underlying security is a simple thing: "Class A Common Stock" and no second noun behind it.
        score -= if nouns > 1 { 4 } else { 0 };
        let title = if holding {
            -6
        } else if ends_title(last, text) {
            4
        } else {
            0
        };
        Self { title: score + title, nature: score + nature(first == Some("see"), last, security) }
    }

    /// How complete it looks in this column.
    pub fn as_a(self, col: Col) -> i32 {
        if col == Col::Nature { self.nature } else { self.title }
    }

    /// Whether nothing seems to be missing of a title.
    pub fn is_title(self) -> bool {
        self.title >= 4
    }

    /// Whether nothing seems to be missing of a title or of a nature.
    pub fn is_whole(self) -> bool {
        self.is_title() || self.nature >= 3
    }
}

/// A word without what stands around its letters.
fn bare(word: &str) -> &str {
    let ends = [word.bytes().next(), word.bytes().last()];
    if ends.iter().all(|b| b.is_some_and(|b| b.is_ascii_alphanumeric())) {
        return word;
    }
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

/// Whether a word speaks of how securities are held.
fn is_of_holding(word: &str) -> bool {
    matches!(
        word,
        "footnote"
            | "footnotes"
            | "see"
            | "by"
            | "trust"
            | "llc"
            | "lp"
            | "l.p"
            | "fund"
            | "partners"
            | "ventures"
            | "spouse"
            | "vehicles"
    )
}

fn nature(see: bool, last: &str, stock: bool) -> i32 {
    let noted = matches!(last, "footnote" | "footnotes" | "note" | "notes" | "remarks");
    let whole = matches!(
        last,
        "lp" | "l.p"
            | "llc"
            | "trust"
            | "inc"
            | "spouse"
            | "vehicles"
            | "fund"
            | "ltd"
            | "wife"
            | "ira"
            | "plan"
            | "children"
    );
    let begin = if see && noted {
        5
    } else if see {
        -5
    } else if whole {
        3
    } else {
        0
    };
    begin - if stock { 6 } else { 0 }
}

/// Whether a title breaks off before its last word.
pub(super) fn is_open(title: &str) -> bool {
    let last = title.split_whitespace().next_back().unwrap_or_default().to_ascii_lowercase();
    dangles(&last, title)
}

/// Whether more must follow: "Class", "Common", "Series A", "Convertible", "of", "By".
pub(super) fn dangles(last: &str, text: &str) -> bool {
    let open = matches!(
        last,
        "class"
            | "common"
            | "series"
            | "preferred"
            | "convertible"
            | "redeemable"
            | "ordinary"
            | "restricted"
            | "of"
            | "by"
            | "the"
            | "and"
            | "to"
            | "par"
            | "value"
            | "per"
            | "capital"
            | "u.s"
            | "global"
            | "growth"
            | "see"
            | "in"
            | "for"
            | "stock-settled"
    );
    open && !(last == "value" && text.contains('$'))
        || last.len() == 1 && last.chars().all(char::is_alphabetic)
        || text.ends_with(['-', ',', '&'])
}

fn ends_title(last: &str, text: &str) -> bool {
    if last == "value" && text.contains('$') {
        return true;
    }
    let ends = matches!(
        last,
        "stock"
            | "shares"
            | "share"
            | "units"
            | "unit"
            | "option"
            | "options"
            | "warrant"
            | "warrants"
            | "notes"
            | "note"
            | "buy"
            | "rights"
            | "adss"
            | "ads"
    );
    ends || text.ends_with(')')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_texts_look_more_complete_than_others() {
        let title = |text: &str| completeness(Col::Title, text);
        let nature = |text: &str| completeness(Col::Nature, text);
        assert_eq!(["Common Stock", "Class A", "Common Stock (", "Fund", ""].map(title), [4, -5, -1, -6, 0]);
        assert_eq!(["See Footnote", "By Trust", "See", "Common Stock"].map(nature), [5, 3, -10, -6]);
        assert_eq!((title("Stock Stock"), title("Shares of Stock"), title("$0.01 par value")), (-6, 0, 4));
    }

    #[test]
    fn print_of_the_form_is_no_text_of_a_column() {
        let plausible = |text: &str| is_plausible(Col::Title, text);
        assert!(plausible("Class A Common Stock") && plausible("7.5% Notes"));
        for text in [
            "Title (Instr. 3)",
            "Common [Stock",
            "Common 1,200 Stock",
            "Stock stock STOCK",
            "ab",
            "See See Stock",
        ] {
            assert!(!plausible(text), "{text}");
        }
    }
}
