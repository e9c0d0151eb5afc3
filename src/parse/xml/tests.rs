//! The scanner against quick-xml on well-formed documents, and alone on any text.

use super::{Scanner, Tag, Token, decode, decode_literal};
use proptest::prelude::*;
use quick_xml::events::{BytesStart, Event};
use std::path::Path;

/// What both scanners must agree on.
#[derive(Debug, PartialEq)]
enum Piece {
    Start(String, Vec<(String, String)>),
    End(String),
    Text(String),
}

fn add_text(pieces: &mut Vec<Piece>, text: &str) {
    match pieces.last_mut() {
        _ if text.is_empty() => {}
        Some(Piece::Text(before)) => before.push_str(text),
        _ => pieces.push(Piece::Text(text.to_owned())),
    }
}

fn ours(document: &str, attributes: &[&str]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for token in Scanner::new(document) {
        match token {
            Token::Start(tag) => {
                assert!(tag.is_well_formed(), "{tag:?}");
                let value = |name: &&str| Some(((*name).to_owned(), tag.attribute(name)?.to_owned()));
                let name = tag.name().to_owned();
                pieces.push(Piece::Start(name.clone(), attributes.iter().filter_map(value).collect()));
                pieces.extend(tag.self_closing.then_some(Piece::End(name)));
            }
            Token::End(tag) => pieces.push(Piece::End(tag.name().to_owned())),
            Token::Text(raw) => add_text(&mut pieces, &decode(raw).text),
            Token::Literal(raw) => add_text(&mut pieces, &decode_literal(raw).text),
            Token::Cut(at) => panic!("cut at {at}"),
        }
    }
    pieces
}

/// `None` where quick-xml does not take the document, or it holds references that only a DTD could define.
fn theirs(document: &str, attributes: &[&str]) -> Option<Vec<Piece>> {
    let start = |tag: &BytesStart<'_>| {
        let value = |name: &&str| {
            let found = tag.try_get_attribute(name).ok()??;
            Some(((*name).to_owned(), found.value.into_owned()))
        };
        let name = tag.name().as_ref().to_owned();
        Piece::Start(name, attributes.iter().filter_map(value).collect())
    };
    let mut reader = quick_xml::Reader::from_str(document);
    let mut pieces = Vec::new();
    loop {
        match reader.read_event().ok()? {
            Event::Start(tag) => pieces.push(start(&tag)),
            Event::Empty(tag) => {
                pieces.push(start(&tag));
                pieces.push(Piece::End(tag.name().as_ref().to_owned()));
            }
            Event::End(tag) => pieces.push(Piece::End(tag.name().as_ref().to_owned())),
            Event::Text(text) => add_text(&mut pieces, &text.xml10_content()),
            Event::CData(text) => add_text(&mut pieces, &text.xml10_content()),
            Event::GeneralRef(reference) => {
                let text = format!("&{};", reference.into_inner());
                add_text(&mut pieces, &quick_xml::escape::unescape(&text).ok()?);
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            Event::Eof => return Some(pieces),
        }
    }
}

/// Well-formed content of an element.
fn content() -> impl Strategy<Value = String> {
    let text = "[ a-zA-Z0-9.,;'\"\u{e9}\u{4e2d}\n\r\t>=/-]{1,20}";
    let reference =
        prop::sample::select(vec!["&amp;", "&lt;", "&gt;", "&quot;", "&apos;", "&#65;", "&#x2014;"]);
    let inside = "[ a-z<>&'\"\n\r]{0,12}";
    let leaf = prop_oneof![
        4 => text,
        1 => reference.prop_map(str::to_owned),
        1 => inside.prop_map(|inside| format!("<!--{inside}-->")),
        1 => inside.prop_map(|inside| format!("<![CDATA[{inside}]]>")),
        1 => "[ a-z<>&'\"]{0,12}".prop_map(|inside| format!("<?pi {inside}?>")),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        let name = "[a-zA-Z_\u{e9}][a-zA-Z0-9_.:\u{e9}-]{0,24}";
        let value = prop_oneof!["\"[ a-z>'/=\n]{0,8}\"", "'[ a-z>\"/=\n]{0,8}'"];
        let white = prop::sample::select(vec![" ", "\n", "\t", "\r\n  "]);
        let attributes = (prop::option::of(value.clone()), prop::option::of(value), white.clone()).prop_map(
            |(id, other, white)| {
                let id = id.map(|value| format!("{white}id={value}")).unwrap_or_default();
                let other = other.map(|value| format!("{white}other = {value}")).unwrap_or_default();
                other + &id
            },
        );
        (name, attributes, prop::option::of(white), prop::collection::vec(inner, 0..6)).prop_map(
            |(name, attributes, white, inside)| {
                let (white, inside) = (white.unwrap_or_default(), inside.concat());
                match inside.is_empty() {
                    true => format!("<{name}{attributes}{white}/>"),
                    false => format!("<{name}{attributes}{white}>{inside}</{name}{white}>"),
                }
            },
        )
    })
}

proptest! {
    #[test]
    fn well_formed_documents_give_what_quick_xml_gives(content in prop::collection::vec(content(), 0..6)) {
        let document = format!("<?xml version='1.0'?>\n<root>{}</root>\n", content.concat());
        let theirs = theirs(&document, &["id", "other"]);
        prop_assert!(theirs.is_some(), "{}", document);
        prop_assert_eq!(Some(ours(&document, &["id", "other"])), theirs);
    }

    #[test]
    fn tokens_of_any_text_stand_in_order_and_leave_nothing_but_what_is_passed_over(text in "[<>/!?a\"'= \n\r\\[\\]-]{0,40}|\\PC{0,40}") {
        let mut scanner = Scanner::new(&text);
        let mut before = 0;
        while let Some(token) = scanner.next() {
            let after = scanner.offset();
            prop_assert!(after > before);
            match token {
                Token::Start(tag) | Token::End(tag) => {
                    prop_assert!(before <= tag.start && tag.start < tag.end && tag.end == after);
                    prop_assert!(text[tag.start..tag.end].starts_with('<') && text[tag.start..tag.end].contains(tag.body));
                }
                Token::Text(raw) => prop_assert!(!raw.is_empty() && text[..after].ends_with(raw)),
                Token::Literal(raw) => {
                    let section = format!("<![CDATA[{raw}]]>");
                    prop_assert!(text[..after].ends_with(&section));
                }
                Token::Cut(at) => prop_assert!(before <= at && after == text.len() && text[at..].starts_with('<')),
            }
            before = after;
        }
        prop_assert_eq!(scanner.offset(), text.len());
    }

    /// The shortcuts pass over exactly what the walk passes over.
    #[test]
    fn shortcuts_agree_with_the_walk(text in "(<|</)?[a-c<>/ \n1]{0,20}(>| id=\"[F1 ]{0,3}\"/>)?[a-z<]{0,3}") {
        let scanner = Scanner::new(&text);
        let mut walk = scanner.clone();
        let first = walk.next();
        if let Some(name) = scanner.plain_start_tag() {
            let mut short = scanner.clone();
            short.take_start_tag(name);
            prop_assert_eq!(short.offset(), walk.offset());
            prop_assert!(matches!(first, Some(Token::Start(tag)) if tag.body == name && !tag.self_closing));
        }
        let mut short = scanner.clone();
        if short.take_end_tag("a") {
            prop_assert_eq!(short.offset(), walk.offset());
            prop_assert!(matches!(first, Some(Token::End(tag)) if tag.body == "a"));
        }
        let mut short = scanner.clone();
        if let Some(id) = short.take_between("<a id=\"", "\"/>") {
            prop_assert_eq!(short.offset(), walk.offset());
            let is_mark = |tag: Tag<'_>| tag.self_closing && tag.attribute("id") == Some(id);
            prop_assert!(matches!(first, Some(Token::Start(tag)) if is_mark(tag)));
        }
        let mut short = scanner;
        short.skip_white();
        prop_assert_eq!(&text[short.offset()..], text.trim_start());
    }
}

#[test]
fn what_is_passed_over() {
    let document =
        "<?xml version='1.0'?><!-- <a> --><!DOCTYPE r [<!ENTITY a \">\"><!ENTITY b 'c'>]><r/><?p <x>?>";
    let names: Vec<_> = Scanner::new(document)
        .map(|token| match token {
            Token::Start(tag) => tag.name(),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(names, ["r"]);
}

#[test]
fn damaged_tags() {
    let first = |document| match Scanner::new(document).next() {
        Some(Token::Start(tag) | Token::End(tag)) => {
            (tag.body, tag.self_closing, tag.cut, tag.loose, tag.end)
        }
        other => panic!("{document}: {other:?}"),
    };
    assert_eq!(first("<value>"), ("value", false, false, false, 7));
    assert_eq!(first("<\nvalue>"), ("value", false, false, true, 8));
    assert_eq!(first("<\r\n/value>"), ("value", false, false, true, 10));
    assert_eq!(first("</\nvalue>"), ("\nvalue", false, false, false, 9));
    assert_eq!(first("<remarks/\n>"), ("remarks", true, false, true, 11));
    assert_eq!(first("<value<a>"), ("value", false, true, false, 6));
    assert_eq!(first("<a id=\"F1><b>"), ("a id=\"F1", false, false, false, 10));
    assert_eq!(first("<a id='>'>"), ("a id='>'", false, false, false, 10));
    assert_eq!(first("<a id=\"<\">"), ("a id=\"", false, true, false, 7));
    assert_eq!(first("<rptOwnerStreet1>"), ("rptOwnerStreet1", false, false, false, 17));
}

#[test]
fn what_begins_no_markup_is_text() {
    for document in ["<5%", "< a>", "<>", "<=>", "<!a>", "<![x", "x"] {
        assert_eq!(Scanner::new(document).collect::<Vec<_>>(), [Token::Text(document)]);
    }
    let tokens: Vec<_> = Scanner::new("a <5 and <6</b>").take(3).collect();
    assert_eq!(tokens, [Token::Text("a "), Token::Text("<5 and "), Token::Text("<6")]);
}

#[test]
fn markup_without_end_is_cut() {
    for (document, at) in [
        ("<", 0),
        ("a<b", 1),
        ("</a", 0),
        ("<!--", 0),
        ("<![CDATA[ ]]", 0),
        ("<?", 0),
        ("<!DOCTYPE a [ ] ", 0),
    ] {
        assert_eq!(Scanner::new(document).last(), Some(Token::Cut(at)), "{document}");
    }
}

/// Every ownership document of a folder of real data, where the variable SECTION16_CORPUS names one.
#[test]
fn real_documents_give_what_quick_xml_gives() {
    let Some(corpus) = std::env::var_os("SECTION16_CORPUS") else { return };
    let mut compared = 0;
    for entry in
        walkdir::WalkDir::new(Path::new(&corpus)).into_iter().flatten().filter(|e| e.file_type().is_file())
    {
        let bytes = std::fs::read(entry.path()).unwrap();
        let text = String::from_utf8_lossy(&bytes);
        for document in documents(&text) {
            if let Some(theirs) = theirs(document, &["id"]) {
                assert_eq!(ours(document, &["id"]), theirs, "{}", entry.path().display());
                compared += 1;
            }
        }
    }
    assert!(compared > 0, "no document in {}", corpus.display());
}

/// The ownership documents in a file, each from root to root.
fn documents(text: &str) -> impl Iterator<Item = &str> {
    const END: &str = "</ownershipDocument>";
    let starts = text.match_indices("<ownershipDocument").map(|(at, _)| at);
    starts.filter_map(|start| Some(&text[start..start + text[start..].find(END)? + END.len()]))
}
