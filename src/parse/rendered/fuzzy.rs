//! Likeness of damaged print.

/// Texts longer than this are not compared.
const LONGEST: usize = 64;

/// The edit distance of two short texts, or `None` where it is above `limit` or a text is too long.
///
/// All beginnings of `b` are compared at once, a bit for each: the method of Myers (1999) in the form of Hyyrö.
pub(super) fn distance(a: &str, b: &str, limit: usize) -> Option<usize> {
    if a.len() > LONGEST || b.len() > LONGEST || a.len().abs_diff(b.len()) > limit {
        return None;
    }
    if b.is_empty() {
        return Some(a.len());
    }
    // For each byte its places in `b`, a bit for each.
    let mut places = [0u64; 256];
    for (n, y) in b.bytes().enumerate() {
        places[usize::from(y)] |= 1 << n;
    }
    let last = 1 << (b.len() - 1);
    // A column of the table of distances between the beginnings of `a` and of `b`, each beginning of `b` against the one
    // that is a byte shorter: which are farther from that of `a`, and which are nearer.
    let (mut farther, mut nearer, mut whole) = (u64::MAX, 0u64, b.len());
    for x in a.bytes() {
        let same = places[usize::from(x)];
        let diagonal = ((same & farther).wrapping_add(farther) ^ farther) | same | nearer;
        let grows = nearer | !(diagonal | farther);
        let shrinks = farther & diagonal;
        whole = whole + usize::from(grows & last != 0) - usize::from(shrinks & last != 0);
        let (grows, shrinks) = (grows << 1 | 1, shrinks << 1);
        farther = shrinks | !(diagonal | grows);
        nearer = grows & diagonal;
    }
    Some(whole).filter(|d| *d <= limit)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same, one beginning after the other.
    fn plain(a: &[u8], b: &[u8]) -> usize {
        let mut row: Vec<usize> = (0..=b.len()).collect();
        for (i, x) in a.iter().enumerate() {
            let mut diagonal = std::mem::replace(&mut row[0], i + 1);
            for (j, y) in b.iter().enumerate() {
                let change = diagonal + usize::from(x != y);
                diagonal = row[j + 1];
                row[j + 1] = change.min(row[j] + 1).min(diagonal + 1);
            }
        }
        row[b.len()]
    }

    proptest! {
        #[test]
        fn distances_are_those_of_one_beginning_after_the_other(a in "[a-cé]{0,32}", b in "[a-cé]{0,32}", limit in 0usize..40) {
            let far = a.len().abs_diff(b.len());
            let want = plain(a.as_bytes(), b.as_bytes());
            prop_assert_eq!(distance(&a, &b, limit), Some(want).filter(|d| *d <= limit && far <= limit));
        }
    }

    #[test]
    fn distances() {
        assert_eq!(distance("kitten", "sitting", 5), Some(3));
        assert_eq!(distance("", "abc", 3), Some(3));
        assert_eq!(distance("abc", "abc", 0), Some(0));
        assert_eq!(distance("abc", "xyz", 2), None);
        assert_eq!(distance(&"a".repeat(65), "a", 100), None);
    }
}
