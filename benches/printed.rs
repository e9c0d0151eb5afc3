//! Documents a second of the reader of printed forms, for each way in which converters print them.
//!
//! The documents are invented: Forms 4 of two to nine rows with four footnotes.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use section16::model::{Filing, FilingId, SourceFormat};
use section16::parse::rendered;
use std::hint::black_box;

/// How many documents are read in one go, each with another number of rows.
const DOCUMENTS: usize = 8;

/// A document as lines of cells; a line without cells ends a paragraph.
type Lines = Vec<Vec<String>>;

/// A way to print them.
type Print = fn(&Lines) -> String;

fn printed(c: &mut Criterion) {
    let mut group = c.benchmark_group("printed");
    let prints: [(&str, Print); 5] = [
        ("tabs", tabs),
        ("aligned", aligned),
        ("html", html),
        ("one cell a line", one_a_line),
        ("scan", scan),
    ];
    for (name, print) in prints {
        let documents: Vec<String> = (0..DOCUMENTS).map(|n| print(&form(2 + n))).collect();
        for (n, document) in documents.iter().enumerate() {
            assert_eq!(rows(document), 2 + n, "{name}");
        }
        let bytes = documents.iter().map(|document| document.len() as u64).sum();
        group.throughput(Throughput::ElementsAndBytes { elements: DOCUMENTS as u64, bytes });
        group.bench_function(name, |b| {
            b.iter(|| documents.iter().map(|document| rows(black_box(document))).sum::<usize>());
        });
    }
    group.finish();
}

/// Recognises and reads a document; how many rows it has.
fn rows(document: &str) -> usize {
    let Some(dress) = rendered::recognise(document) else { return 0 };
    let mut filing = Filing::new(FilingId::Digest(0), SourceFormat::Text);
    let read = rendered::read_as(dress, document, &mut filing);
    assert!(read.is_ok());
    black_box(&filing).rows.len()
}

fn line(cells: &[&str]) -> Vec<String> {
    cells.iter().map(|&c| c.to_owned()).collect()
}

fn form(rows: usize) -> Lines {
    let mut out = head();
    out.extend(table_one());
    out.extend((0..rows).map(row));
    out.push(line(&["Reminder: Report on a separate line for each class of securities beneficially owned."]));
    out.push(Vec::new());
    out.extend(explanation());
    out
}

fn head() -> Lines {
    vec![
        line(&["FORM 4"]),
        line(&["STATEMENT OF CHANGES IN BENEFICIAL OWNERSHIP"]),
        line(&["Check this box if no longer subject to Section 16."]),
        Vec::new(),
        line(&[
            "1. Name and Address of Reporting Person *",
            "2. Issuer Name and Ticker or Trading Symbol",
            "5. Relationship of Reporting Person(s) to Issuer (Check all applicable)",
        ]),
        line(&["Doe Jane", "Acme Widgets Inc [ACMW]", "_X_ Director _____ 10% Owner"]),
        line(&[
            "(Last) (First) (Middle)",
            "3. Date of Earliest Transaction (Month/Day/Year)",
            "_____ Officer (give title below) _____ Other (specify below)",
        ]),
        line(&["1 WIDGET WAY", "03/05/2021"]),
        line(&["(Street)", "4. If Amendment, Date Original Filed (Month/Day/Year)"]),
        line(&["SPRINGFIELD, IL 62701", "", "6. Individual or Joint/Group Filing (Check Applicable Line)"]),
        line(&["(City) (State) (Zip)", "", "_X_ Form filed by One Reporting Person"]),
        Vec::new(),
    ]
}

fn table_one() -> Lines {
    vec![
        line(&["Table I - Non-Derivative Securities Acquired, Disposed of, or Beneficially Owned"]),
        line(&[
            "1.Title of Security (Instr. 3)",
            "2. Transaction Date (Month/Day/Year)",
            "2A. Deemed Execution Date, if any (Month/Day/Year)",
            "3. Transaction Code (Instr. 8)",
            "4. Securities Acquired (A) or Disposed of (D) (Instr. 3, 4 and 5)",
            "",
            "",
            "",
            "5. Amount of Securities Beneficially Owned Following Reported Transaction(s) (Instr. 3 and 4)",
            "6. Ownership Form: Direct (D) or Indirect (I) (Instr. 4)",
            "7. Nature of Indirect Beneficial Ownership (Instr. 4)",
        ]),
        line(&["", "", "", "Code", "V", "Amount", "(A) or (D)", "Price", "", "", ""]),
        Vec::new(),
    ]
}

/// Sales that run down what is owned.
fn row(n: usize) -> Vec<String> {
    let (sold, left) = (1_200 + n, 99_000 - n * 1_200 - n * (n + 1) / 2 - 200);
    let grouped = |n: usize| format!("{},{:03}", n / 1_000, n % 1_000);
    vec![
        "Common Stock".to_owned(),
        format!("03/{:02}/2021", 5 + n),
        String::new(),
        "S".to_owned(),
        String::new(),
        grouped(sold),
        "D".to_owned(),
        format!("$10.{:02}({})", 25 + n, 1 + n % 4),
        grouped(left),
        "D".to_owned(),
    ]
}

fn explanation() -> Lines {
    let mut out = vec![line(&["Explanation of Responses:"])];
    for n in 1..=4 {
        let text = "The price is a weighted average of several sales; the reporting person will provide, upon request of \
                    the issuer or the staff, the number of shares sold at each price within the range.";
        out.push(vec![format!("({n}) {text}")]);
    }
    out.extend([
        Vec::new(),
        line(&["Signatures"]),
        line(&["/s/ Jane Doe", "03/09/2021"]),
        line(&["** Signature of Reporting Person", "Date"]),
        line(&["Note: File three copies of this Form, one of which must be manually signed."]),
    ]);
    out
}

fn tabs(lines: &Lines) -> String {
    lines.iter().map(|cells| cells.join("\t") + "\n").collect()
}

fn aligned(lines: &Lines) -> String {
    let widths = [44, 52, 52, 32, 68, 12, 12, 14, 96, 58, 54];
    let print = |cells: &Vec<String>| {
        let cells = cells.iter().zip(widths).map(|(cell, width)| format!("{cell:<width$}"));
        cells.collect::<String>().trim_end().to_owned() + "\n"
    };
    lines.iter().map(print).collect()
}

fn html(lines: &Lines) -> String {
    let row = |cells: &Vec<String>| {
        let cells: String =
            cells.iter().map(|cell| format!("<td class=\"data\"><span>{cell}</span></td>\n")).collect();
        format!("<tr>\n{cells}</tr>\n")
    };
    let rows: String = lines.iter().map(row).collect();
    format!(
        "<html><head><title>SEC FORM 4</title></head><body><table border=\"1\">\n{rows}</table></body></html>"
    )
}

fn one_a_line(lines: &Lines) -> String {
    let cells = lines.iter().flat_map(|cells| cells.iter().filter(|cell| !cell.is_empty()));
    cells.map(|cell| format!("{cell}\n\n")).collect()
}

/// What the form prints beside the lines above. A picture is trusted only where nearly all of it was recognised.
const TABLE_TWO: &str = "Table II - Derivative Securities Acquired, Disposed of, or Beneficially Owned
1. Title of Derivative Security\t2. Conversion or Exercise Price of Derivative Security\t3. Transaction Date (Month/Day/Year)
";
const NOTES: &str = "Washington, D.C. 20549
Filed pursuant to Section 16(a) of the Securities Exchange Act of 1934 or Section 30(h) of the Investment Company Act of 1940
* If the form is filed by more than one reporting person, see Instruction 4(b)(v).
** Intentional misstatements or omissions of facts constitute Federal Criminal Violations See 18 U.S.C. 1001 and 15 U.S.C. 78ff(a).
If space is insufficient, see Instruction 6 for procedure.
Persons who respond to the collection of information contained in this form are not required to respond unless the form displays a \
currently valid OMB control number.
";

/// As a reader of pictures has it: no cell is empty, and a ruling line here and there is a bracket.
fn scan(lines: &Lines) -> String {
    let print = |(n, cells): (usize, &Vec<String>)| {
        let cells: Vec<&str> = cells.iter().map(String::as_str).filter(|cell| !cell.is_empty()).collect();
        let ruling = if n % 4 == 3 && !cells.is_empty() { "[" } else { "" };
        format!("{ruling}{}\n", cells.join("\t"))
    };
    let text: String = lines.iter().enumerate().map(print).collect();
    text.replace("Explanation of", &format!("{TABLE_TWO}Explanation of")) + NOTES
}

criterion_group!(benches, printed);
criterion_main!(benches);
