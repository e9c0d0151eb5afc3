//! Any text gives a filing or a reject.

use super::{filing, read, told, with_issuer};
use crate::model::{Filing, FilingId, SourceFormat};
use proptest::prelude::*;

/// Pieces of documents, whole and damaged, that a text is strewn from.
fn piece() -> impl Strategy<Value = String> {
    let names = [
        "ownershipDocument",
        "issuer",
        "issuerCik",
        "reportingOwner",
        "rptOwnerCik",
        "rptOwnerCcc",
        "nonDerivativeTable",
        "nonDerivativeTransaction",
        "nonDerivativeSecurity",
        "derivativeHolding",
        "transactionCoding",
        "transactionDate",
        "transactionShares",
        "securityTitle",
        "value",
        "footnotes",
        "footnote",
        "footnoteId",
        "remarks",
        "other",
        "XML",
    ];
    let name = prop::sample::select(names.to_vec());
    prop_oneof![
        4 => name.clone().prop_map(|name| format!("<{name}>")),
        4 => name.clone().prop_map(|name| format!("</{name}>")),
        1 => name.clone().prop_map(|name| format!("<{name}/>")),
        1 => name.clone().prop_map(|name| format!("<{name} id=\"F1\">")),
        1 => (name, 0..30usize).prop_map(|(name, at)| {
            let mut tag = format!("<{name}>");
            tag.insert(at.min(tag.len()), '\n');
            tag
        }),
        2 => prop::sample::select(vec!["12", "2024-01-02", " ", "\n", "&", "&amp;", "<", ">", "\"", "/", "<!--", "-->", "\u{0}", "é", "<![CDATA[", "]]>", "<!D [", "<?", "?>"])
            .prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

proptest! {
    #[test]
    fn any_pieces_give_a_filing_or_a_reject_inside_the_text(pieces in prop::collection::vec(piece(), 0..60)) {
        let text = pieces.concat();
        for document in [text.clone(), with_issuer(&text), format!("<ownershipDocument>{text}")] {
            let mut filing = Filing::new(FilingId::Digest(0), SourceFormat::Xml);
            if let Err(reject) = read(&document, &mut filing) {
                prop_assert!(reject.offset <= document.len() as u64);
            } else {
                prop_assert!(filing.issuer_cik.is_some() || filing.owners.iter().any(|o| o.rpt_owner_cik.is_some()));
            }
        }
    }

    #[test]
    fn any_text_in_a_field_comes_back_trimmed(text in "[\\PC\n\t]{0,60}") {
        let escaped = text.replace('&', "&amp;").replace('<', "&lt;");
        let document = with_issuer(&format!("<remarks>{escaped}</remarks>"));
        let filing = filing(&document);
        prop_assert_eq!(filing.remarks.as_deref().unwrap_or_default(), text.trim());
        prop_assert_eq!(told(&filing), vec![]);
    }

    /// The shortcut for plain fields gives what the long way gives; a comment sends a field the long way.
    #[test]
    fn the_shortcut_of_plain_fields_gives_the_same(value in "[ a-z0-9.&;<>/\n-]{0,12}", wrapped: bool, marked: bool) {
        let field = |before: &str| {
            let mark = if marked { "<footnoteId id=\"F1\"/>" } else { "" };
            let value = if wrapped { format!("<value>{value}</value>") } else { value.clone() };
            with_issuer(&format!("<nonDerivativeTransaction><securityTitle>{before}{value}{mark}</securityTitle></nonDerivativeTransaction>"))
        };
        let (short, long) = (field(""), field("<!---->"));
        let (short, long) = (filing(&short).into_owned(), filing(&long).into_owned());
        prop_assert_eq!(short, long);
    }
}
