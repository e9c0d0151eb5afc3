//! Writes secondary documents: powers of attorney, exhibits, graphics.

use super::envelope::{begin_document, end_document};
use super::model::{Attachment, Filing};
use super::rng::{Rng, Stream};

const POWER: &str = "\
Know all by these presents that the undersigned hereby appoints each of the
persons named below, signing singly, as the undersigned's true and lawful
attorney-in-fact to:

   (1) sign for the undersigned, as an officer, director or owner of more than
       ten percent of the company's stock, the forms that Section 16(a) asks
       for, and file them together with amendments;
   (2) do whatever else seems necessary or useful to have such forms filed in
       time with the Commission and with any exchange; and
   (3) take any other action that is of benefit to the undersigned in this
       matter, it being understood that the documents signed shall have the
       shape and the terms that the attorney-in-fact approves.

This power of attorney remains in force until the undersigned no longer has to
file such forms, unless it is withdrawn earlier in a signed writing.

";

/// Appends a secondary document.
pub(super) fn write(attachment: Attachment, filing: &Filing<'_>, sequence: usize, out: &mut Vec<u8>) {
    let name = &filing.owners[0].person.signature;
    match attachment {
        Attachment::PowerText => {
            begin_document(out, "EX-24", sequence, "poa.txt", Some("POWER OF ATTORNEY"));
            power(name, out);
        }
        Attachment::PowerHtml => {
            begin_document(out, "EX-24", sequence, "attachment1.htm", Some("EX-24 DOCUMENT"));
            out.extend_from_slice(b"<HTML>\n<HEAD>\n</HEAD>\n<BODY>\n<PRE>\n");
            power(name, out);
            out.extend_from_slice(b"</PRE>\n</BODY>\n</HTML>\n");
        }
        Attachment::Exhibit99 => {
            begin_document(out, "EX-99.1", sequence, "exhibit99.txt", None);
            exhibit(filing, out);
        }
        Attachment::Graphic => {
            begin_document(out, "GRAPHIC", sequence, "signature.jpg", Some("GRAPHIC"));
            let mut rng = Rng::new(filing.company.cik, Stream::Noise, filing.owners[0].person.cik);
            graphic("signature.jpg", 60 + rng.below(400) as usize, &mut rng, out);
        }
    }
    end_document(out);
}

fn power(name: &str, out: &mut Vec<u8>) {
    out.extend_from_slice(b"                     POWER OF ATTORNEY\n\n");
    out.extend_from_slice(POWER.as_bytes());
    out.extend_from_slice(format!("/s/ {name}\n-----------------------------\n{name}\n").as_bytes());
}

/// The joint filers once more, in words: a person may read it, a machine need not.
fn exhibit(filing: &Filing<'_>, out: &mut Vec<u8>) {
    out.extend_from_slice(b"Joint Filer Information\n\n");
    for owner in &filing.owners {
        let address = &owner.address;
        let lines = format!(
            "Name:      {}\nAddress:   {}\n           {}, {} {}\n<PAGE>\n",
            owner.person.name, address.street1, address.city, address.state, address.zip
        );
        out.extend_from_slice(lines.as_bytes());
    }
    out.extend_from_slice(b"--------------------\n- end of exhibit -\n");
}

/// A picture in uuencoding, of this many lines.
pub(super) fn graphic(name: &str, lines: usize, rng: &mut Rng, out: &mut Vec<u8>) {
    out.extend_from_slice(format!("begin 644 {name}\n").as_bytes());
    for _ in 0..lines {
        uuencoded_line(rng, out);
    }
    out.extend_from_slice(b"`\nend\n");
}

/// A line of 45 bytes of noise: `M` and 60 letters from ` ` (written as a grave accent) to `_`.
pub(super) fn uuencoded_line(rng: &mut Rng, out: &mut Vec<u8>) {
    out.push(b'M');
    for _ in 0..6 {
        let bits = rng.next();
        out.extend((0..10).map(|n| match (bits >> (6 * n)) as u8 & 63 {
            0 => b'`',
            letter => b' ' + letter,
        }));
    }
    out.push(b'\n');
}
