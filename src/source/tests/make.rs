//! Makes archives.

use std::collections::HashMap;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// A compression by name.
pub type Pack = (&'static str, fn(&[u8]) -> Vec<u8>);

/// An archive by name.
pub type Archive = (&'static str, fn(&[(&str, &[u8])]) -> Vec<u8>);

/// All archives.
pub const ARCHIVES: [Archive; 2] = [("tar", tar), ("zip", zip)];

/// All compressions.
pub const PACKS: [Pack; 5] =
    [("gzip", gzip), ("bzip2", bzip2), ("xz", xz), ("zstd", zstd), ("compress", lzw)];

pub fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn bzip2(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn xz(bytes: &[u8]) -> Vec<u8> {
    let options = lzma_rust2::XzOptions::with_preset(0);
    let mut encoder = lzma_rust2::XzWriter::new(Vec::new(), options).unwrap();
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn zstd(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = zstd::Encoder::new(Vec::new(), 3).unwrap();
    encoder.include_checksum(true).unwrap();
    encoder.write_all(bytes).unwrap();
    encoder.finish().unwrap()
}

pub fn lzw(bytes: &[u8]) -> Vec<u8> {
    lzw_with(bytes, 16, usize::MAX)
}

/// What `compress -b MAX_WIDTH` makes, with a code that clears the table after each `clear_after` codes.
pub fn lzw_with(bytes: &[u8], max_width: usize, clear_after: usize) -> Vec<u8> {
    let mut codes = Codes { out: vec![0x1f, 0x9d, 0x80 | max_width as u8], group: Vec::new(), width: 9 };
    let mut table: HashMap<(u16, u8), u16> = HashMap::new();
    let mut known = 257_usize;
    let mut written = 0;
    let mut current: Option<u16> = None;
    for &byte in bytes {
        let Some(code) = current else {
            current = Some(byte.into());
            continue;
        };
        if let Some(&longer) = table.get(&(code, byte)) {
            current = Some(longer);
            continue;
        }
        codes.put(code, known, max_width);
        written += 1;
        if written == clear_after {
            codes.put(256, known + 1, max_width);
            codes.set_width(9);
            table.clear();
            (known, written) = (257, 0);
        } else if known < 1 << max_width {
            table.insert((code, byte), known as u16);
            known += 1;
        }
        current = Some(byte.into());
    }
    if let Some(code) = current {
        codes.put(code, known, max_width);
    }
    codes.finish()
}

struct Codes {
    out: Vec<u8>,
    group: Vec<u16>,
    width: usize,
}

impl Codes {
    /// Writes a code, where the encoder knows `known` codes; the reader knows one less.
    fn put(&mut self, code: u16, known: usize, max_width: usize) {
        if known > 1 << self.width && self.width < max_width {
            self.set_width(self.width + 1);
        }
        self.group.push(code);
        if self.group.len() == 8 {
            self.flush(self.width);
        }
    }

    fn set_width(&mut self, width: usize) {
        if !self.group.is_empty() {
            self.flush(self.width);
        }
        self.width = width;
    }

    fn flush(&mut self, length: usize) {
        let mut bits = 0_u128;
        let mut bit = 0;
        for code in self.group.drain(..) {
            bits |= u128::from(code) << bit;
            bit += self.width;
        }
        self.out.extend_from_slice(&bits.to_le_bytes()[..length]);
    }

    fn finish(mut self) -> Vec<u8> {
        let length = (self.group.len() * self.width).div_ceil(8);
        self.flush(length);
        self.out
    }
}

pub fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, bytes) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(bytes.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, *bytes).unwrap();
    }
    builder.into_inner().unwrap()
}

pub fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    zip_with(members, CompressionMethod::Deflated)
}

pub fn zip_with(members: &[(&str, &[u8])], method: CompressionMethod) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in members {
        writer.start_file(*name, SimpleFileOptions::default().compression_method(method)).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A zip as programs write it that cannot go back: lengths and checksums stand behind the members.
pub fn zip_streamed(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new_stream(Vec::new());
    for (name, bytes) in members {
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        writer.start_file(*name, options).unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
