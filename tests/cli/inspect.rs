use crate::program::{command, input, stderr, stdout};
use serde_json::Value;
use std::process::Output;

fn inspect(args: &[&str]) -> Output {
    let folder = input();
    command(&[&["inspect"], args].concat()).current_dir(&folder).output().unwrap()
}

#[test]
fn a_filing_is_shown_with_what_was_repaired() {
    let output = inspect(&["in/a"]);
    assert_eq!((output.status.code(), stderr(&output)), (Some(0), String::new()));
    let text = stdout(&output);
    for part in [
        "0009900001-24-000001  Form 4\n",
        "  source    in/a/0009900001-24-000001.txt, ",
        "  document  form4.xml, xml X0508\n",
        "  filed     2024-02-28, accepted 2024-02-28T21:00:00Z\n",
        "  issuer    Example Widgets Inc, symbol EXMP, CIK 0009900011\n",
        "  0  Muster Erika  0009900002  director\n",
        "  0  trans.  Common Stock  2024-02-27  4     S     1,250 F1  D     12.5  D\n",
        "  F1  Sold to nobody in particular.\n",
        "  /s/ Erika Muster  2024-02-28\n",
        "  number-repaired  transactions[0].transaction_shares  «1,250»",
    ] {
        assert!(text.contains(part), "{part:?} in {text}");
    }
}

#[test]
fn everything_else_in_a_file_is_named() {
    let output = inspect(&["in"]);
    assert_eq!(output.status.code(), Some(3));
    let text = stdout(&output);
    assert_eq!(text.matches("\nReporting owners\n").count(), 3, "{text}");
    assert!(text.contains("\nin/c.txt: Form 8-K, passed over\n"), "{text}");
    assert!(text.contains("in/d.txt (Form 3 0009900001-24-000004): rejected, no-document"), "{text}");
}

#[test]
fn json_is_one_object_a_filing_and_the_rest_goes_to_standard_error() {
    let output = inspect(&["in", "--json"]);
    assert_eq!(output.status.code(), Some(3));
    let filings: Vec<Value> =
        stdout(&output).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let numbers: Vec<&Value> = filings.iter().map(|filing| &filing["accessionNumber"]).collect();
    assert_eq!(numbers, ["0009900001-24-000001", "0009900001-24-000002", "0009900001-24-000001"]);
    assert_eq!(filings[0]["nonDerivativeTable"][0]["transactionShares"], "1250");
    assert_eq!(filings[0]["footnotes"]["F1"], "Sold to nobody in particular.");
    let notes = stderr(&output);
    assert!(notes.contains("section16: in/c.txt: Form 8-K, passed over\n"), "{notes}");
    assert!(notes.contains("section16: in/d.txt (Form 3 0009900001-24-000004): rejected"), "{notes}");
}
