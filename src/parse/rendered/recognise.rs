/// What a printed form is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Printed {
    /// An HTML page.
    Html,
    /// Plain text.
    Text,
}

/// Tells whether a document is a printed Form 3, 4 or 5, from its text or the first part of it.
///
/// It is one if it has the form's own captions: who reports, and the title of a security as a column head. Letters of
/// attorney speak of the forms too but have no such columns.
///
/// ```
/// use section16::parse::rendered::{Printed, recognise};
/// let page = "<html><b>1. Name and Address of <i>Reporting Person</i></b><td>1. Title of Security</td></html>";
/// assert_eq!(recognise(page), Some(Printed::Html));
/// assert_eq!(recognise("Each reporting person grants a power of attorney"), None);
/// ```
pub fn recognise(text: &str) -> Option<Printed> {
    let html = is_html(text);
    let words = words(text, html);
    let reports = words.contains("reporting person") || words.contains("reporting owner");
    let columns = words.contains("title of security") || words.contains("title of derivative security");
    match (reports && columns, html) {
        (false, _) => None,
        (true, true) => Some(Printed::Html),
        (true, false) => Some(Printed::Text),
    }
}

/// Whether the text is HTML: some tag of a page or a table stands in it.
fn is_html(text: &str) -> bool {
    let tags = ["html", "body", "table", "!doctype html"];
    text.split('<').skip(1).any(|rest| {
        tags.iter().any(|tag| rest.get(..tag.len()).is_some_and(|name| name.eq_ignore_ascii_case(tag)))
            // The SGML of plain-text filings knows a bare <TABLE> too.
            && !rest.starts_with("TABLE>")
    })
}

/// The words in lower case with one space between them, without tags.
fn words(text: &str, html: bool) -> String {
    let mut words = String::with_capacity(text.len());
    let mut in_tag = false;
    let mut gap = false;
    for c in text.chars() {
        match c {
            '<' if html => (in_tag, gap) = (true, true),
            '>' if in_tag => in_tag = false,
            _ if in_tag => {}
            c if c.is_whitespace() => gap = true,
            c => {
                if std::mem::take(&mut gap) && !words.is_empty() {
                    words.push(' ');
                }
                words.push(c.to_ascii_lowercase());
            }
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_with_the_columns_of_the_form() {
        let form =
            "FORM 4\n1. Name and Address of Reporting\n   Person\n<TABLE>\n<CAPTION>\n1. Title of Security";
        assert_eq!(recognise(form), Some(Printed::Text));
        assert_eq!(recognise(&form.replace("Title of Security", "Amount")), None);
    }

    #[test]
    fn tags_and_line_ends_do_not_part_words() {
        let form = "<HTML><B>Reporting\r\n<br>Person</B> <TD>Title of<BR>Derivative\nSecurity</TD>";
        assert_eq!(recognise(form), Some(Printed::Html));
    }
}
