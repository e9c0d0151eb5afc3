//! What a tag means, damaged or whole.

use super::element::Element;
use super::open::Opening;
use super::reader::Reader;
use crate::model::Code;
use crate::parse::xml::Tag;
use std::borrow::Cow;

/// What a start tag means.
pub(super) enum Start<'a> {
    /// An element begins.
    Element(Opening<'a>),
    /// It is no tag.
    Text,
    /// It belongs to the submission around the document, which therefore has ended.
    Behind,
}

/// What an end tag means.
pub(super) enum End {
    /// It closes the open element at this depth.
    Open(usize),
    /// It closes nothing.
    Nothing,
    /// It belongs to the submission around the document, which therefore has ended.
    Behind,
}

impl<'a> Reader<'_, 'a> {
    pub(super) fn start(&mut self, tag: Tag<'a>) -> Start<'a> {
        let name = tag.name();
        let named = Element::named(name);
        let well_formed = tag.is_well_formed();
        let opening = |element: Element, name: &'a str, id: Option<Cow<'a, str>>| {
            let id = id.filter(|id| !id.is_empty());
            Start::Element(Opening { element, name, id, self_closing: tag.self_closing, at: tag.start })
        };
        if !well_formed && let Some((element, id)) = rejoined(&tag, named) {
            self.tell_tag(Code::TagRejoined, element, &tag);
            return opening(element, element.name(), id.map(Cow::Owned));
        }
        let Some(element) = named else {
            return match () {
                () if is_of_submission(name) => Start::Behind,
                () if well_formed && is_name(name) && !self.in_secret() => {
                    opening(Element::Unknown, name, None)
                }
                () => Start::Text,
            };
        };
        if !well_formed {
            self.tell_tag(Code::DamagedTag, element, &tag);
        }
        let id = tag.attribute("id").map(|id| self.whole_id(id, &tag));
        opening(element, name, id)
    }

    /// A footnote id without the white space that a cut line left in it.
    fn whole_id(&mut self, id: &'a str, tag: &Tag<'a>) -> Cow<'a, str> {
        let id = id.trim();
        if !id.contains(char::is_whitespace) {
            return Cow::Borrowed(id);
        }
        self.tell_tag(Code::TagRejoined, Element::FootnoteId, tag);
        Cow::Owned(without_white(id))
    }

    pub(super) fn end(&mut self, tag: Tag<'a>) -> End {
        let name = tag.name();
        let is_whole = tag.rest().trim().is_empty() && !tag.cut && !tag.loose;
        let joined = if is_whole { None } else { rejoined(&tag, None).map(|(element, _)| element) };
        let element = joined.or(Element::named(name));
        let closes = |open: Element, open_name: &str| match element {
            Some(element) => open == element,
            None => open == Element::Unknown && open_name == name,
        };
        let depth = self.frames.iter().rposition(|frame| closes(frame.element, frame.name));
        let code = match depth {
            Some(_) if is_whole => None,
            Some(_) if joined.is_some() => Some(Code::TagRejoined),
            Some(_) => Some(Code::DamagedTag),
            None if is_of_submission(name) => return End::Behind,
            None => Some(Code::UnexpectedEndTag),
        };
        if let Some(code) = code {
            self.tell_tag(code, element.unwrap_or(Element::Unknown), &tag);
        }
        depth.map_or(End::Nothing, End::Open)
    }
}

/// The element and footnote id of a tag that line ends or spaces cut, where taking them out makes a known name.
fn rejoined(tag: &Tag<'_>, named: Option<Element>) -> Option<(Element, Option<String>)> {
    let unwrapped = tag.body.replace(['\r', '\n'], "");
    let lines = (tag.loose || unwrapped.len() != tag.body.len()).then_some(unwrapped);
    // Spaces are taken out only where the first word names nothing.
    let spaces = || (named.is_none() && !tag.body.contains('=')).then(|| without_white(tag.body));
    let element_of = |body: String| {
        let joined = Tag { body: &body, ..*tag };
        let element = Element::named(joined.name())?;
        Some((element, joined.attribute("id").map(str::to_owned)))
    };
    lines.and_then(element_of).or_else(|| spaces().and_then(element_of))
}

fn without_white(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Whether a name can be one in XML.
fn is_name(name: &str) -> bool {
    name.chars().all(|c| c.is_alphanumeric() || matches!(c, '_' | ':' | '-' | '.'))
}

/// Whether it names a tag of the submission around the document.
fn is_of_submission(name: &str) -> bool {
    matches!(name, "XML" | "TEXT" | "DOCUMENT" | "SEC-DOCUMENT" | "SUBMISSION")
}
