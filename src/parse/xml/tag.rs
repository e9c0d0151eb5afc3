use super::is_white;

/// What stands between `<` or `</` and `>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tag<'a> {
    /// Everything between the brackets, without the slash of an end tag or of a self-closing tag.
    pub body: &'a str,
    /// Where the `<` stands, in bytes.
    pub start: usize,
    /// Where the tag ends: behind its `>`, or at the `<` that cut it.
    pub end: usize,
    /// `<name/>`
    pub self_closing: bool,
    /// Whether another `<` stood where the `>` was due.
    pub cut: bool,
    /// Whether white space stood where XML allows none: behind the `<`, or between a slash and its bracket.
    pub loose: bool,
}

impl<'a> Tag<'a> {
    /// The name: the body up to the first white space.
    pub fn name(&self) -> &'a str {
        self.split().0
    }

    /// What follows the name.
    pub fn rest(&self) -> &'a str {
        self.split().1
    }

    fn split(&self) -> (&'a str, &'a str) {
        let end = self.body.bytes().position(is_white).unwrap_or(self.body.len());
        self.body.split_at_checked(end).unwrap_or((self.body, ""))
    }

    /// The raw value of an attribute: the text between its quotes, nothing undone. Where the quotes are missing or do
    /// not close, the text up to white space.
    ///
    /// ```
    /// use section16::parse::xml::{Scanner, Token};
    /// let Some(Token::Start(tag)) = Scanner::new("<footnoteId id='F1'/>").next() else { unreachable!() };
    /// assert_eq!(tag.attribute("id"), Some("F1"));
    /// assert_eq!(tag.attribute("name"), None);
    /// ```
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        Attributes(self.rest()).find(|a| a.name == name).map(|a| a.value)
    }

    /// Whether nothing is wrong with it: what follows the name is white space or attributes with quoted values.
    pub fn is_well_formed(&self) -> bool {
        !self.cut && !self.loose && Attributes(self.rest()).all(|a| a.well_formed)
    }
}

struct Attribute<'a> {
    name: &'a str,
    value: &'a str,
    well_formed: bool,
}

/// The attributes in what follows a name.
struct Attributes<'a>(&'a str);

impl<'a> Iterator for Attributes<'a> {
    type Item = Attribute<'a>;

    fn next(&mut self) -> Option<Attribute<'a>> {
        let text = self.0.trim_start_matches(white);
        let end = text.find(|c| white(c) || c == '=').unwrap_or(text.len());
        let (name, behind) = text.split_at_checked(end)?;
        let Some(value) = behind.trim_start_matches(white).strip_prefix('=') else {
            self.0 = behind;
            return (!name.is_empty()).then_some(Attribute { name, value: "", well_formed: false });
        };
        let value = value.trim_start_matches(white);
        let quoted = value.strip_prefix('"').and_then(|v| v.split_once('"'));
        let quoted = quoted.or_else(|| value.strip_prefix('\'').and_then(|v| v.split_once('\'')));
        let (value, behind) = quoted.unwrap_or_else(|| {
            let bare = value.trim_start_matches(['"', '\'']);
            bare.split_at_checked(bare.find(white).unwrap_or(bare.len())).unwrap_or((bare, ""))
        });
        self.0 = behind;
        Some(Attribute { name, value, well_formed: quoted.is_some() && !name.is_empty() })
    }
}

fn white(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tag(body: &str) -> Tag<'_> {
        Tag { body, start: 0, end: body.len() + 2, self_closing: false, cut: false, loose: false }
    }

    #[test]
    fn attributes_are_found_in_any_place_and_quotes() {
        let tag = tag("footnote a = \"x > y\"\n\tid='F 1'");
        assert_eq!(tag.name(), "footnote");
        assert_eq!(tag.attribute("a"), Some("x > y"));
        assert_eq!(tag.attribute("id"), Some("F 1"));
        assert_eq!(tag.attribute("i"), None);
        assert!(tag.is_well_formed());
    }

    #[test]
    fn damaged_attributes_are_told_and_read_as_far_as_they_go() {
        let cases = [
            ("nonDerivativeTable ativeTable", None),
            ("footnote id=F1 x", Some("F1")),
            ("footnote id=\"F1", Some("F1")),
            ("footnote =\"F1\"", None),
            ("footnote id", Some("")),
        ];
        for (body, id) in cases {
            assert!(!tag(body).is_well_formed(), "{body}");
            assert_eq!(tag(body).attribute("id"), id, "{body}");
        }
        assert!(tag("value \n").is_well_formed());
    }
}
