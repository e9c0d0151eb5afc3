//! Bytes a second of the XML scanner and of the reader of ownership documents, with quick-xml's event loop beside them.
//!
//! The documents are invented: Forms 4 of one to eight rows in both tables, indented and footnoted as EDGAR's are.

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use section16::model::{Filing, FilingId, SourceFormat};
use section16::parse::ownership;
use section16::parse::xml::Scanner;
use std::hint::black_box;

/// Enough to leave the caches of the processor's first levels.
const DOCUMENTS: usize = 400;

fn scanner(c: &mut Criterion) {
    let documents = documents();
    let mut group = c.benchmark_group("xml");
    group.throughput(Throughput::Bytes(documents.iter().map(|d| d.len() as u64).sum()));
    group.bench_function("scanner", |b| {
        b.iter(|| documents.iter().map(|document| Scanner::new(black_box(document)).count()).sum::<usize>());
    });
    group.bench_function("quick-xml", |b| {
        b.iter(|| documents.iter().map(|document| quick_xml_events(black_box(document))).sum::<usize>());
    });
    group.finish();
}

fn reader(c: &mut Criterion) {
    let documents = documents();
    let mut group = c.benchmark_group("ownership");
    group.throughput(Throughput::Bytes(documents.iter().map(|d| d.len() as u64).sum()));
    group.bench_function("read", |b| {
        b.iter(|| {
            for document in &documents {
                let mut filing = Filing::new(FilingId::Digest(0), SourceFormat::Xml);
                let read = ownership::read(black_box(document), &mut filing);
                assert!(read.is_ok() && filing.diagnostics.is_empty());
                black_box(&filing);
            }
        });
    });
    group.finish();
}

fn quick_xml_events(document: &str) -> usize {
    let mut reader = quick_xml::Reader::from_str(document);
    let mut count = 0;
    while !matches!(reader.read_event(), Ok(quick_xml::events::Event::Eof) | Err(_)) {
        count += 1;
    }
    count
}

fn documents() -> Vec<String> {
    (0..DOCUMENTS).map(document).collect()
}

fn document(number: usize) -> String {
    let (plain, derivative) = (1 + number % 5, number % 3);
    let mut xml = format!(
        r#"<?xml version="1.0"?>
<ownershipDocument>

    <schemaVersion>X0508</schemaVersion>

    <documentType>4</documentType>

    <periodOfReport>2024-03-{day:02}</periodOfReport>

    <notSubjectToSection16>0</notSubjectToSection16>

    <issuer>
        <issuerCik>{issuer:010}</issuerCik>
        <issuerName>INVENTED HOLDINGS {number} INC</issuerName>
        <issuerTradingSymbol>INV{number}</issuerTradingSymbol>
    </issuer>

    <reportingOwner>
        <reportingOwnerId>
            <rptOwnerCik>{owner:010}</rptOwnerCik>
            <rptOwnerName>Doe Jane {number}</rptOwnerName>
        </reportingOwnerId>
        <reportingOwnerAddress>
            <rptOwnerStreet1>C/O INVENTED HOLDINGS</rptOwnerStreet1>
            <rptOwnerStreet2>{number} MAIN STREET</rptOwnerStreet2>
            <rptOwnerCity>SPRINGFIELD</rptOwnerCity>
            <rptOwnerState>IL</rptOwnerState>
            <rptOwnerZipCode>62701</rptOwnerZipCode>
            <rptOwnerStateDescription></rptOwnerStateDescription>
        </reportingOwnerAddress>
        <reportingOwnerRelationship>
            <isDirector>0</isDirector>
            <isOfficer>1</isOfficer>
            <isTenPercentOwner>0</isTenPercentOwner>
            <isOther>0</isOther>
            <officerTitle>EVP &amp; Chief Financial Officer</officerTitle>
            <otherText></otherText>
        </reportingOwnerRelationship>
    </reportingOwner>

    <aff10b5One>0</aff10b5One>

    <nonDerivativeTable>
"#,
        day = 1 + number % 28,
        issuer = 1_000_000 + number,
        owner = 1_500_000 + number,
    );
    for row in 0..plain {
        non_derivative(&mut xml, number * 10 + row);
    }
    xml.push_str("    </nonDerivativeTable>\n\n    <derivativeTable>\n");
    for row in 0..derivative {
        derivative_row(&mut xml, number * 10 + row);
    }
    xml.push_str(
        r#"    </derivativeTable>

    <footnotes>
        <footnote id="F1">The price reported is a weighted average price. These shares were sold in multiple transactions at prices ranging from $20.00 to $20.99, inclusive. The reporting person undertakes to provide full information regarding the number of shares sold at each separate price.</footnote>
        <footnote id="F2">The option vests in four equal annual installments beginning on the first anniversary of the date of grant.</footnote>
    </footnotes>

    <remarks></remarks>

    <ownerSignature>
        <signatureName>/s/ John Roe, as attorney-in-fact</signatureName>
        <signatureDate>2024-04-01</signatureDate>
    </ownerSignature>
</ownershipDocument>
"#,
    );
    xml
}

fn non_derivative(xml: &mut String, seed: usize) {
    *xml += &format!(
        r#"        <nonDerivativeTransaction>
            <securityTitle>
                <value>Common Stock, par value $.01</value>
            </securityTitle>
            <transactionDate>
                <value>2024-03-{day:02}</value>
            </transactionDate>
            <deemedExecutionDate></deemedExecutionDate>
            <transactionCoding>
                <transactionFormType>4</transactionFormType>
                <transactionCode>S</transactionCode>
                <equitySwapInvolved>0</equitySwapInvolved>
            </transactionCoding>
            <transactionTimeliness></transactionTimeliness>
            <transactionAmounts>
                <transactionShares>
                    <value>{shares}</value>
                </transactionShares>
                <transactionPricePerShare>
                    <value>20.{cents:04}</value>
                    <footnoteId id="F1"/>
                </transactionPricePerShare>
                <transactionAcquiredDisposedCode>
                    <value>D</value>
                </transactionAcquiredDisposedCode>
            </transactionAmounts>
            <postTransactionAmounts>
                <sharesOwnedFollowingTransaction>
                    <value>{left}</value>
                </sharesOwnedFollowingTransaction>
            </postTransactionAmounts>
            <ownershipNature>
                <directOrIndirectOwnership>
                    <value>I</value>
                </directOrIndirectOwnership>
                <natureOfOwnership>
                    <value>By family trust</value>
                </natureOfOwnership>
            </ownershipNature>
        </nonDerivativeTransaction>
"#,
        day = 1 + seed % 28,
        shares = 100 + seed % 9000,
        cents = seed % 10_000,
        left = 1_000_000 - seed,
    );
}

fn derivative_row(xml: &mut String, seed: usize) {
    *xml += &format!(
        r#"        <derivativeTransaction>
            <securityTitle>
                <value>Employee Stock Option (right to buy)</value>
            </securityTitle>
            <conversionOrExercisePrice>
                <value>12.{cents:02}</value>
            </conversionOrExercisePrice>
            <transactionDate>
                <value>2024-03-{day:02}</value>
            </transactionDate>
            <transactionCoding>
                <transactionFormType>4</transactionFormType>
                <transactionCode>M</transactionCode>
                <equitySwapInvolved>0</equitySwapInvolved>
            </transactionCoding>
            <transactionAmounts>
                <transactionShares>
                    <value>{shares}</value>
                </transactionShares>
                <transactionPricePerShare>
                    <value>0</value>
                </transactionPricePerShare>
                <transactionAcquiredDisposedCode>
                    <value>D</value>
                </transactionAcquiredDisposedCode>
            </transactionAmounts>
            <exerciseDate>
                <footnoteId id="F2"/>
            </exerciseDate>
            <expirationDate>
                <value>2031-02-{day:02}</value>
            </expirationDate>
            <underlyingSecurity>
                <underlyingSecurityTitle>
                    <value>Common Stock</value>
                </underlyingSecurityTitle>
                <underlyingSecurityShares>
                    <value>{shares}</value>
                </underlyingSecurityShares>
            </underlyingSecurity>
            <postTransactionAmounts>
                <sharesOwnedFollowingTransaction>
                    <value>0</value>
                </sharesOwnedFollowingTransaction>
            </postTransactionAmounts>
            <ownershipNature>
                <directOrIndirectOwnership>
                    <value>D</value>
                </directOrIndirectOwnership>
            </ownershipNature>
        </derivativeTransaction>
"#,
        cents = seed % 100,
        day = 1 + seed % 28,
        shares = 100 + seed % 9000,
    );
}

criterion_group!(benches, scanner, reader);
criterion_main!(benches);
