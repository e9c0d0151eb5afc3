//! The records of pax extension headers: `LENGTH KEY=VALUE\n`, where LENGTH counts all of the record.

/// The records up to the first that is malformed.
pub(super) fn records(mut data: &[u8]) -> impl Iterator<Item = (&[u8], &[u8])> {
    std::iter::from_fn(move || {
        let space = data.iter().position(|&b| b == b' ')?;
        let length: usize = std::str::from_utf8(&data[..space]).ok()?.parse().ok()?;
        let record = data.get(space + 1..length)?.strip_suffix(b"\n")?;
        data = &data[length..];
        let equals = record.iter().position(|&b| b == b'=')?;
        Some((&record[..equals], &record[equals + 1..]))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_value_may_hold_anything() {
        let text = b"17 path=a\nb =c.t\n11 size=12\n99 broken";
        let found: Vec<_> = records(text).collect();
        assert_eq!(found, [(&b"path"[..], &b"a\nb =c.t"[..]), (b"size", b"12")]);
    }

    proptest! {
        #[test]
        fn any_bytes_end(data: Vec<u8>) {
            prop_assert!(records(&data).count() <= data.len());
        }
    }
}
