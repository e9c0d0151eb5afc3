use super::{filing, with_issuer};
use crate::model::Code;

const PASSWORD: &str = "pw#4secret";

/// Ways in which a filing has leaked a password, whole and damaged.
const LEAKS: [&str; 12] = [
    "<reportingOwnerId><rptOwnerCcc>pw#4secret</rptOwnerCcc></reportingOwnerId>",
    "<rptOwnerCcc>pw#4secret</rptOwnerCcc>",
    "<reportingOwnerId><rptOwnerC\ncc>pw#4secret</rptOwner\nCcc></reportingOwnerId>",
    "<reportingOwnerId><rptOwnerCcc><value>pw#4secret</value><value>pw#4secret</value></rptOwnerCcc></reportingOwnerId>",
    "<reportingOwnerId><rptOwnerCcc>pw#4secret<rptOwnerName>DOE</rptOwnerName></reportingOwnerId>",
    "<reportingOwnerId><rptOwnerCcc>pw#4secret<pw#4secret></rptOwnerCcc></reportingOwnerId>",
    "<reportingOwnerId><rptOwnerCcc>a<pw-4secret>b</rptOwnerCcc></reportingOwnerId>",
    "<reportingOwnerId><rptOwnerCcc pw#4secret</rptOwnerCcc></reportingOwnerId>",
    "<reportingOwnerId>pw#4secret</rptOwnerCcc></reportingOwnerId>",
    "<reportingOwnerId><rptOwnerCCC>pw#4secret</rptOwnerCCC></reportingOwnerId>",
    "<reportingOwnerId><rptOwnerCcc>pw#4secret&\u{1}</rptOwnerCcc></reportingOwnerId>",
    "<reportingOwnerId><rptOwnerCcc><![CDATA[pw#4secret]]><footnoteId id='pw#4secret'/></rptOwnerCcc></reportingOwnerId>",
];

#[test]
fn a_password_reaches_nothing() {
    for leak in LEAKS {
        let document = with_issuer(&format!("<reportingOwner>{leak}</reportingOwner>"));
        let filing = filing(&document);
        let everything = format!("{filing:?}");
        assert!(!everything.contains(PASSWORD) && !everything.contains("4secret"), "{leak}\n{everything}");
    }
}

#[test]
fn a_dropped_password_is_told() {
    for (at, leak) in LEAKS.iter().enumerate().filter(|(at, _)| !matches!(at, 7..=9)) {
        let document = with_issuer(&format!("<reportingOwner>{leak}</reportingOwner>"));
        let filing = filing(&document);
        let told = filing.diagnostics.iter().filter(|d| d.code == Code::CccDropped).count();
        assert_eq!(told, 1, "leak {at}");
    }
    let document = with_issuer("<reportingOwner><rptOwnerCcc></rptOwnerCcc><rptOwnerCcc/></reportingOwner>");
    assert_eq!(filing(&document).diagnostics, []);
}
