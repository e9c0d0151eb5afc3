//! Cutting entries into pieces: how fast other forms are passed over, and what a small submission costs.

#![allow(missing_docs)]

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use section16::parse::envelope::{Parts, pieces};
use section16::parse::header::Header;
use std::hint::black_box;

/// A Form 10-K of several megabytes: a page in HTML and an encoded file.
fn annual_report() -> Vec<u8> {
    let mut text = String::from(
        "<SUBMISSION>\n<ACCESSION-NUMBER>0001234567-25-000012\n<TYPE>10-K\n<FILER>\n</FILER>\n\
         <DOCUMENT>\n<TYPE>10-K\n<TEXT>\n<HTML>\n",
    );
    for row in 0..40_000 {
        text.push_str(&format!(
            "<TR><TD>Revenue of segment {row}</TD><TD ALIGN=\"RIGHT\">{}</TD></TR>\n",
            row * 37
        ));
    }
    text.push_str("</HTML>\n</TEXT>\n</DOCUMENT>\n<DOCUMENT>\n<TYPE>EX-99\n<TEXT>\n<PDF>\nbegin 644 a.pdf\n");
    let mut noise = 12_345_u32;
    for _ in 0..60_000 {
        text.push('M');
        for _ in 0..60 {
            noise = noise.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            text.push(char::from(b' ' + (noise >> 26) as u8));
        }
        text.push('\n');
    }
    text.push_str("end\n</PDF>\n</TEXT>\n</DOCUMENT>\n</SUBMISSION>\n");
    text.into_bytes()
}

/// A Form 4 as the Archives wrap it.
fn form_4() -> Vec<u8> {
    let mut text = String::from(
        "<SEC-DOCUMENT>0001234567-25-000012.txt : 20250110\n<SEC-HEADER>0001234567-25-000012.hdr.sgml : 20250110\n\
         <ACCEPTANCE-DATETIME>20250110160730\nACCESSION NUMBER:\t\t0001234567-25-000012\n\
         CONFORMED SUBMISSION TYPE:\t4\nPUBLIC DOCUMENT COUNT:\t\t1\nCONFORMED PERIOD OF REPORT:\t20250108\n\
         FILED AS OF DATE:\t\t20250110\nDATE AS OF CHANGE:\t\t20250110\n\nREPORTING-OWNER:\t\n\n\tOWNER DATA:\t\n\
         \t\tCOMPANY CONFORMED NAME:\t\t\tDOE JANE\n\t\tCENTRAL INDEX KEY:\t\t\t0001999999\n\n\tFILING VALUES:\n\
         \t\tFORM TYPE:\t\t4\n\t\tSEC ACT:\t\t1934 Act\n\t\tSEC FILE NUMBER:\t001-09999\n\t\tFILM NUMBER:\t\t25522924\n\n\
         ISSUER:\t\t\n\n\tCOMPANY DATA:\t\n\t\tCOMPANY CONFORMED NAME:\t\t\tEXAMPLE CORP\n\
         \t\tCENTRAL INDEX KEY:\t\t\t0000001750\n\t\tSTANDARD INDUSTRIAL CLASSIFICATION:\tAIRCRAFT & PARTS [3720]\n\
         </SEC-HEADER>\n<DOCUMENT>\n<TYPE>4\n<SEQUENCE>1\n<FILENAME>form4.xml\n<TEXT>\n<XML>\n<?xml version=\"1.0\"?>\n\
         <ownershipDocument>\n",
    );
    for _ in 0..60 {
        text.push_str("    <nonDerivativeTransaction>\n        <securityTitle>\n            <value>Common Stock</value>\n");
    }
    text.push_str("</ownershipDocument>\n</XML>\n</TEXT>\n</DOCUMENT>\n</SEC-DOCUMENT>\n");
    text.into_bytes()
}

fn bench(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("envelope");
    let report = annual_report();
    group.throughput(Throughput::Bytes(report.len() as u64));
    group.bench_function("pass over a 10-K", |b| b.iter(|| pieces(black_box(&report)).count()));

    let form = form_4();
    group.throughput(Throughput::Bytes(form.len() as u64));
    group.bench_function("split a form 4", |b| b.iter(|| pieces(black_box(&form)).count()));
    group.bench_function("parts of a form 4", |b| {
        b.iter(|| Parts::split(black_box(&form)).documents().count())
    });
    let header = Parts::split(&form).header;
    let header = String::from_utf8_lossy(header).into_owned();
    group.throughput(Throughput::Bytes(header.len() as u64));
    group.bench_function("header of a form 4", |b| {
        b.iter(|| Header::read(black_box(&header)).owners.len());
    });
    group.finish();
}

criterion_group!(benches, bench);
criterion_main!(benches);
