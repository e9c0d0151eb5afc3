use super::{Tag, is_white};
use memchr::{memchr, memchr2, memmem};

/// One piece of a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Token<'a> {
    /// `<name ...>` or `<name .../>`
    Start(Tag<'a>),
    /// `</name>`
    End(Tag<'a>),
    /// Text up to the next `<`, never empty, nothing undone. It begins with `<` where that begins no markup.
    Text(&'a str),
    /// The inside of `<![CDATA[...]]>`.
    Literal(&'a str),
    /// Markup that begins here, in bytes, and does not end before the document does. It is the last token.
    Cut(usize),
}

impl Token<'_> {
    /// Bytes from its begin to its end, without the marks around a [`Token::Literal`]; 0 for what is cut.
    pub fn length(&self) -> usize {
        match self {
            Self::Start(tag) | Self::End(tag) => tag.end - tag.start,
            Self::Text(text) | Self::Literal(text) => text.len(),
            Self::Cut(_) => 0,
        }
    }
}

/// Walks over a document, token by token. Comments, processing instructions and declarations are passed over.
///
/// ```
/// use section16::parse::xml::{Scanner, Token};
/// let mut scanner = Scanner::new("<value>5</value>");
/// assert!(matches!(scanner.next(), Some(Token::Start(tag)) if tag.body == "value"));
/// assert_eq!(scanner.next(), Some(Token::Text("5")));
/// assert!(scanner.take_end_tag("value"));
/// assert_eq!(scanner.next(), None);
/// ```
#[derive(Clone, Debug)]
pub struct Scanner<'a> {
    document: &'a str,
    at: usize,
}

/// What stands behind a `<`.
enum Markup<'a> {
    Token(Token<'a>),
    Skipped { end: usize },
    Text,
    Cut,
}

impl<'a> Scanner<'a> {
    /// A scanner at the start of a document.
    pub fn new(document: &'a str) -> Self {
        Self { document, at: 0 }
    }

    /// How many bytes were read.
    pub fn offset(&self) -> usize {
        self.at
    }

    /// Passes over white space.
    pub fn skip_white(&mut self) {
        let rest = self.rest();
        let mut blank = 0;
        while rest.get(blank).is_some_and(|byte| is_white(*byte)) {
            blank += 1;
            // Documents are indented with spaces: eight at once.
            while rest.get(blank..).and_then(|rest| rest.first_chunk()) == Some(&[b' '; 8]) {
                blank += 8;
            }
        }
        self.at += blank;
    }

    /// The name in the start tag that stands here, if the tag is nothing but that.
    pub fn plain_start_tag(&self) -> Option<&'a str> {
        let inside = self.rest().strip_prefix(b"<")?;
        let length = first_sign(inside)?;
        let is_plain = length > 0 && inside.get(length) == Some(&b'>');
        if is_plain { self.document.get(self.at + 1..self.at + 1 + length) } else { None }
    }

    /// Passes over the start tag that [`Scanner::plain_start_tag`] has found.
    pub fn take_start_tag(&mut self, name: &str) {
        self.at += name.len() + 2;
    }

    /// Passes over `before`, a run of ASCII letters and digits, and `behind` if they stand here; the run.
    pub fn take_between(&mut self, before: &str, behind: &str) -> Option<&'a str> {
        let inside = self.rest().strip_prefix(before.as_bytes())?;
        let length = inside.iter().position(|byte| !byte.is_ascii_alphanumeric())?;
        if !inside.get(length..)?.starts_with(behind.as_bytes()) {
            return None;
        }
        let start = self.at + before.len();
        self.at = start + length + behind.len();
        self.document.get(start..start + length)
    }

    /// Passes over `literal` if it stands here.
    pub fn take_literal(&mut self, literal: &str) -> bool {
        let stands = self.rest().starts_with(literal.as_bytes());
        if stands {
            self.at += literal.len();
        }
        stands
    }

    /// Passes over `</name>` if it stands here, spelled exactly so.
    pub fn take_end_tag(&mut self, name: &str) -> bool {
        let rest = self.rest();
        let stands = rest
            .strip_prefix(b"</")
            .and_then(|rest| rest.strip_prefix(name.as_bytes()))
            .is_some_and(|rest| rest.first() == Some(&b'>'));
        if stands {
            self.at += name.len() + 3;
        }
        stands
    }

    /// The text up to the next `<` or the end; empty where a `<` stands here.
    pub fn take_text(&mut self) -> &'a str {
        let rest = self.rest();
        let end = self.at + memchr(b'<', rest).unwrap_or(rest.len());
        let text = self.slice(self.at, end);
        self.at = end;
        text
    }

    fn rest(&self) -> &'a [u8] {
        self.document.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn slice(&self, start: usize, end: usize) -> &'a str {
        self.document.get(start..end).unwrap_or_default()
    }

    fn markup(&self) -> Markup<'a> {
        let rest = self.rest();
        // A line end right behind the bracket is no XML: it is a tag that was cut there.
        let mut inner = 1;
        while matches!(rest.get(inner), Some(b'\r' | b'\n')) {
            inner += 1;
        }
        match rest.get(inner) {
            Some(b'/') => self.tag(self.at + inner + 1, inner > 1, Token::End),
            Some(b'a'..=b'z' | b'A'..=b'Z' | b'_' | b':' | 0x80..) => {
                self.tag(self.at + inner, inner > 1, Token::Start)
            }
            Some(b'?') if inner == 1 => self.skip("<?", "?>"),
            Some(b'!') if inner == 1 => self.declaration(rest),
            None => Markup::Cut,
            _ => Markup::Text,
        }
    }

    /// The tag whose inside begins at `inner`; `loose` where white space stands before that.
    fn tag(&self, inner: usize, loose: bool, token: fn(Tag<'a>) -> Token<'a>) -> Markup<'a> {
        let inside = self.document.as_bytes().get(inner..).unwrap_or_default();
        let Some(length) = tag_length(inside) else { return Markup::Cut };
        let end = inner + length;
        let cut = inside.get(length) == Some(&b'<');
        let mut tag = Tag {
            body: self.slice(inner, end),
            start: self.at,
            end: end + usize::from(!cut),
            self_closing: false,
            cut,
            loose,
        };
        if let Some(open) = tag.body.trim_end_matches(['\r', '\n']).strip_suffix('/')
            && !cut
        {
            tag.loose |= open.len() + 1 != tag.body.len();
            tag.body = open;
            tag.self_closing = true;
        }
        Markup::Token(token(tag))
    }

    fn declaration(&self, rest: &'a [u8]) -> Markup<'a> {
        const CDATA: &str = "<![CDATA[";
        if rest.starts_with(b"<!--") {
            return self.skip("<!--", "-->");
        }
        if rest.starts_with(CDATA.as_bytes()) {
            let start = self.at + CDATA.len();
            let Some(length) = memmem::find(rest.get(CDATA.len()..).unwrap_or_default(), b"]]>") else {
                return Markup::Cut;
            };
            return Markup::Token(Token::Literal(self.slice(start, start + length)));
        }
        match rest.get(2) {
            Some(b'A'..=b'Z') => {
                doctype(rest).map_or(Markup::Cut, |len| Markup::Skipped { end: self.at + len })
            }
            _ => Markup::Text,
        }
    }

    fn skip(&self, open: &str, close: &str) -> Markup<'a> {
        let inside = self.rest().get(open.len()..).unwrap_or_default();
        match memmem::find(inside, close.as_bytes()) {
            Some(length) => Markup::Skipped { end: self.at + open.len() + length + close.len() },
            None => Markup::Cut,
        }
    }
}

impl<'a> Iterator for Scanner<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = self.rest();
            if *rest.first()? != b'<' {
                return Some(Token::Text(self.take_text()));
            }
            match self.markup() {
                Markup::Token(token) => {
                    self.at = match token {
                        Token::Start(tag) | Token::End(tag) => tag.end,
                        Token::Literal(inside) => self.at + "<![CDATA[]]>".len() + inside.len(),
                        _ => self.at,
                    };
                    return Some(token);
                }
                Markup::Skipped { end } => self.at = end,
                Markup::Text => {
                    let start = self.at;
                    self.at += 1;
                    let end = start + 1 + self.take_text().len();
                    return Some(Token::Text(self.slice(start, end)));
                }
                Markup::Cut => {
                    let start = self.at;
                    self.at = self.document.len();
                    return Some(Token::Cut(start));
                }
            }
        }
    }
}

/// The length of the inside of a tag: up to the `>` that stands in no quotes, or the `<` that cuts it.
fn tag_length(inside: &[u8]) -> Option<usize> {
    let mut length = 0;
    loop {
        length += first_sign(inside.get(length..)?)?;
        let sign = *inside.get(length)?;
        match sign {
            b'>' | b'<' => return Some(length),
            b'"' | b'\'' => {
                let quoted = inside.get(length + 1..)?;
                match memchr2(sign, b'<', quoted) {
                    Some(found) if quoted.get(found) == Some(&sign) => length += found + 2,
                    // The quote never closes: it is damage, and quotes do not count in this tag.
                    _ => return memchr2(b'>', b'<', inside),
                }
            }
            _ => length += 1,
        }
    }
}

/// The place of the first byte that is no letter: one up to `>`.
///
/// Names are short, so a call of memchr for each would cost more than the search; this looks at eight bytes at once.
fn first_sign(bytes: &[u8]) -> Option<usize> {
    const ONES: u64 = u64::from_le_bytes([1; 8]);
    const HIGHEST_BITS: u64 = ONES << 7;
    let (eights, rest) = bytes.as_chunks();
    for (n, eight) in eights.iter().enumerate() {
        let eight = u64::from_le_bytes(*eight);
        // The highest bit of each byte that is below the sign behind `>`, exact up to the first such byte.
        let low = eight.wrapping_sub(ONES * (b'>' as u64 + 1)) & !eight & HIGHEST_BITS;
        if low != 0 {
            return Some(n * 8 + low.trailing_zeros() as usize / 8);
        }
    }
    rest.iter().position(|byte| *byte <= b'>').map(|at| eights.len() * 8 + at)
}

/// The length of the `<!NAME ...>` at the start, with all that stands in square brackets in it.
fn doctype(rest: &[u8]) -> Option<usize> {
    let mut depth = 0usize;
    for (i, byte) in rest.iter().enumerate() {
        match byte {
            b'[' => depth += 1,
            b']' => depth = depth.saturating_sub(1),
            b'>' if depth == 0 => return Some(i + 1),
            _ => {}
        }
    }
    None
}
