//! Likeness of damaged print.

/// Texts longer than this are not compared.
const LONGEST: usize = 64;

/// The edit distance of two short texts, or `None` where it is above `limit` or a text is too long.
pub(super) fn distance(a: &str, b: &str, limit: usize) -> Option<usize> {
    if a.len() > LONGEST || b.len() > LONGEST || a.len().abs_diff(b.len()) > limit {
        return None;
    }
    // The distances from the beginning of `a` to each beginning of `b` but the empty one.
    let mut row: [u8; LONGEST] = std::array::from_fn(|n| n as u8 + 1);
    let mut whole = a.len();
    for (i, x) in (1u8..).zip(a.bytes()) {
        let (mut diagonal, mut left) = (i - 1, i);
        for (slot, y) in row.iter_mut().zip(b.bytes()) {
            let change = diagonal + u8::from(x != y);
            diagonal = *slot;
            left = change.min(left + 1).min(diagonal + 1);
            *slot = left;
        }
        whole = usize::from(left);
    }
    Some(if a.is_empty() { b.len() } else { whole }).filter(|d| *d <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        assert_eq!(distance("kitten", "sitting", 5), Some(3));
        assert_eq!(distance("", "abc", 3), Some(3));
        assert_eq!(distance("abc", "abc", 0), Some(0));
        assert_eq!(distance("abc", "xyz", 2), None);
        assert_eq!(distance(&"a".repeat(65), "a", 100), None);
    }
}
