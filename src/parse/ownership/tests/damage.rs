use super::{filing, marks, only_row, print, told, with_issuer, with_row};
use crate::model::Code;

/// What a document gives is the same with a line end put into any of its tags, and it is told.
#[test]
fn a_line_end_anywhere_in_a_tag_changes_nothing() {
    let document = with_row(
        r#"<securityTitle><value>Common</value><footnoteId id="F1"/></securityTitle><remarks/>
        <transactionAmounts><transactionShares><value>12</value></transactionShares></transactionAmounts>"#,
    ) + "\n";
    let document = document.replace(
        "</nonDerivativeTable>",
        "</nonDerivativeTable><footnotes><footnote id=\"F1\">x</footnote></footnotes>",
    );
    let whole = filing(&document);
    let mut in_tag = false;
    for (at, c) in document.char_indices() {
        let before = in_tag;
        in_tag = if c == '<' { true } else { in_tag && c != '>' };
        if !before {
            continue;
        }
        for line_end in ["\n", "\r\n"] {
            let mut cut = document.clone();
            cut.insert_str(at, line_end);
            let read = filing(&cut);
            assert_eq!(read.rows, whole.rows, "{cut}");
            assert_eq!(read.footnotes, whole.footnotes, "{cut}");
            assert_eq!(read.issuer_cik, whole.issuer_cik, "{cut}");
            let others = told(&read).into_iter().filter(|(code, ..)| *code != Code::TagRejoined);
            assert_eq!(others.collect::<Vec<_>>(), told(&whole), "{cut}");
            assert!(read.diagnostics.len() <= whole.diagnostics.len() + 1, "{cut}");
        }
    }
}

#[test]
fn rejoined_tags_are_told_with_what_stood_there() {
    let document = "<ownershipDocument><issuer>\n<issuerCi\nk>1</issuer\nCik></iss\r\nuer><nonDerivativeTa ble/></ownershipDocument>";
    let filing = filing(document);
    assert_eq!(print(filing.issuer_cik), "0000000001");
    let expected = [
        (Code::TagRejoined, "issuerCik", "<issuerCi\nk>"),
        (Code::TagRejoined, "issuerCik", "</issuer\nCik>"),
        (Code::TagRejoined, "issuer", "</iss\r\nuer>"),
        (Code::TagRejoined, "nonDerivativeTable", "<nonDerivativeTa ble/>"),
    ];
    assert_eq!(told(&filing), expected);
}

#[test]
fn a_damaged_tag_is_read_by_its_name() {
    let document = with_issuer(
        "<nonDerivativeTable ativeTable><nonDerivativeHolding id=5><securityTitle<value>Common</value></securityTitle x>
        </nonDerivativeHolding></nonDerivativeTable>",
    );
    let filing = filing(&document);
    assert_eq!(only_row(&filing).security_title.as_deref(), Some("Common"));
    let expected = [
        (Code::DamagedTag, "nonDerivativeTable", "<nonDerivativeTable ativeTable>"),
        (Code::DamagedTag, "nonDerivativeHolding", "<nonDerivativeHolding id=5>"),
        (Code::DamagedTag, "securityTitle", "<securityTitle"),
        (Code::DamagedTag, "securityTitle", "</securityTitle x>"),
    ];
    assert_eq!(told(&filing), expected);
}

#[test]
fn attributes_are_no_damage() {
    let document = "<ownershipDocument xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" a='>'>\
        <issuer ><issuerCik\n>7</issuerCik\t></issuer></ownershipDocument>";
    let filing = filing(document);
    assert_eq!(print(filing.issuer_cik), "0000000007");
    assert_eq!(told(&filing), []);
}

#[test]
fn elements_without_end_tags_end_with_their_parent() {
    let document = with_issuer(
        "<nonDerivativeTable><nonDerivativeTransaction><securityTitle><value>Common<transactionCoding>
        <transactionCode>P</nonDerivativeTransaction><nonDerivativeTransaction><securityTitle>Other</securityTitle>
        </nonDerivativeTable>",
    );
    let filing = filing(&document);
    let rows: Vec<_> =
        filing.rows.iter().map(|r| (r.security_title.as_deref(), r.transaction_code.as_deref())).collect();
    assert_eq!(rows, [(Some("Common"), Some("P")), (Some("Other"), None)]);
    let codes: Vec<_> = told(&filing).into_iter().map(|(code, ..)| code).collect();
    assert_eq!(codes.iter().filter(|code| **code == Code::UnclosedElement).count(), 5);
    assert!(codes.iter().all(|code| matches!(code, Code::UnclosedElement | Code::MisplacedElement)));
}

#[test]
fn end_tags_that_close_nothing_are_passed_over() {
    let document = with_row("<securityTitle>A</value></securityTitle></remarks></foo></>");
    let filing = filing(&document);
    assert_eq!(only_row(&filing).security_title.as_deref(), Some("A"));
    let expected = [
        (Code::UnexpectedEndTag, "value", "</value>"),
        (Code::UnexpectedEndTag, "remarks", "</remarks>"),
        (Code::UnexpectedEndTag, "foo", "</foo>"),
        (Code::UnexpectedEndTag, "", "</>"),
    ];
    assert_eq!(told(&filing), expected);
}

#[test]
fn what_begins_no_markup_is_text() {
    let document = with_issuer(
        "<remarks>R&D &nbsp; <5% of a <b and c> & <x y> </remarks>
        <footnotes><footnote id=\"F1\">Mail <jane@example.com> \u{1}or <i>write</i> now</footnote></footnotes>",
    );
    let filing = filing(&document);
    assert_eq!(filing.remarks.as_deref(), Some("R&D &nbsp; <5% of a <b and c> & <x y>"));
    assert_eq!(filing.footnotes[0].footnote.as_deref(), Some("Mail <jane@example.com> or write now"));
    let codes: Vec<_> = told(&filing).into_iter().map(|(code, field, _)| (code, field)).collect();
    let expected = [
        (Code::StrayAmpersand, "remarks"),
        (Code::UnknownEntity, "remarks"),
        (Code::StrayLessThan, "remarks"),
        (Code::StrayLessThan, "remarks"),
        (Code::StrayAmpersand, "remarks"),
        (Code::StrayLessThan, "remarks"),
        (Code::StrayLessThan, "footnote"),
        (Code::ControlCharacter, "footnote"),
        (Code::UnknownElement, "i"),
    ];
    assert_eq!(codes, expected);
}

#[test]
fn text_where_only_elements_may_stand_is_told() {
    let document = with_row("junk<securityTitle>A</securityTitle>");
    let filing = filing(&document);
    assert_eq!(told(&filing), [(Code::StrayText, "nonDerivativeTransaction", "junk")]);
}

#[test]
fn comments_and_sections_inside_a_text_vanish() {
    let document = with_issuer(
        "<remarks><!-- a < b --> One<!-- x -->two <?pi?>three<![CDATA[ <four> & five]]></remarks><!DOCTYPE a [<!ENTITY b 'c'>]>",
    );
    let filing = filing(&document);
    assert_eq!(filing.remarks.as_deref(), Some("Onetwo three <four> & five"));
    assert_eq!(told(&filing), []);
}

#[test]
fn values_are_trimmed_and_their_line_ends_made_one_kind() {
    let document = with_issuer(
        "<issuer><issuerName>\u{a0}\t A  B \r\nC\rD&#160;\u{2003}</issuerName></issuer><remarks>&#13; </remarks>",
    );
    let filing = filing(&document);
    assert_eq!(filing.issuer_name.as_deref(), Some("A  B \nC\nD"));
    assert_eq!(filing.remarks, None);
    assert_eq!(told(&filing), []);
}

#[test]
fn values_cut_by_a_line_end_are_joined() {
    let document = with_row(
        "<transactionDate><value>2024-\n01-02</value></transactionDate><transactionCoding>
        <equitySwapInvolved>tr\nue</equitySwapInvolved></transactionCoding><transactionAmounts>
        <transactionShares><value>12\r\n34</value></transactionShares>
        <transactionPricePerShare><value>1 2</value></transactionPricePerShare></transactionAmounts>",
    );
    let filing = filing(&document);
    let row = only_row(&filing);
    assert_eq!(print(row.transaction_date), "2024-01-02");
    assert_eq!(row.equity_swap_involved, Some(true));
    assert_eq!(print(row.transaction_shares), "1234");
    assert_eq!(row.transaction_price_per_share, None);
    let expected = [
        (Code::ValueRejoined, "transaction_date", "2024-\n01-02"),
        (Code::ValueRejoined, "equity_swap_involved", "tr\nue"),
        (Code::ValueRejoined, "transaction_shares", "12\n34"),
        (Code::NumberUnreadable, "transaction_price_per_share", "1 2"),
    ];
    assert_eq!(told(&filing), expected);
}

#[test]
fn doubtful_values_are_told_with_their_text() {
    let document = with_issuer(
        "<documentType>144</documentType><periodOfReport>0015-01-02</periodOfReport>
        <aff10b5One>maybe</aff10b5One><issuer><issuerTradingSymbol>NYSE: EXAMPLE</issuerTradingSymbol></issuer>
        <reportingOwner><rptOwnerCik>12345678901</rptOwnerCik></reportingOwner>
        <nonDerivativeTable><nonDerivativeTransaction><transactionCoding><transactionCode>K</transactionCode>
        </transactionCoding></nonDerivativeTransaction></nonDerivativeTable>",
    );
    let filing = filing(&document);
    assert_eq!(print(filing.period_of_report), "0015-01-02");
    assert_eq!((filing.aff10b5_one, filing.is_amendment), (None, None));
    assert_eq!(filing.document_type.as_deref(), Some("144"));
    assert_eq!(filing.owners[0].rpt_owner_cik, None);
    assert_eq!(only_row(&filing).transaction_code.as_deref(), Some("K"));
    let expected = [
        (Code::DateImplausible, "period_of_report", "0015-01-02"),
        (Code::FlagUnreadable, "aff10b5_one", "maybe"),
        (Code::TextTooLong, "issuer_trading_symbol", "NYSE: EXAMPLE"),
        (Code::MisplacedElement, "rpt_owner_cik", "12345678901"),
        (Code::CikUnreadable, "rpt_owner_cik", "12345678901"),
        (Code::CodeUnknown, "transaction_code", "K"),
        (Code::CodeUnknown, "document_type", "144"),
    ];
    assert_eq!(told(&filing), expected);
}

#[test]
fn marks_with_damaged_ids() {
    let document = with_row(
        "<securityTitle><footnoteId id=\"F\n1\"/><footnoteId id=F2/><footnoteId id=' F3 '/><footnoteId i\nd=\"F4\"/></securityTitle>",
    );
    let filing = filing(&document);
    let ids: Vec<_> = marks(only_row(&filing)).into_iter().map(|(_, id)| id).collect();
    assert_eq!(ids, ["F1", "F2", "F3", "F4"]);
    let codes: Vec<_> =
        told(&filing).into_iter().map(|(code, ..)| code).filter(|c| *c != Code::FootnoteMissing).collect();
    assert_eq!(codes, [Code::TagRejoined, Code::DamagedTag, Code::TagRejoined]);
}
