//! Which numbers of a table can make a balance, wherever they stand.

/// What the other numbers of a table may say for a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Fit {
    /// It is the sum of two others, or it and another make a third.
    pub sum: bool,
    /// Another is the same.
    pub again: bool,
}

/// What the others say for each number.
pub(super) fn fits(numbers: &[Option<i64>]) -> Vec<Fit> {
    let mut known: Vec<i64> = numbers.iter().copied().flatten().collect();
    known.sort_unstable();
    let mut values: Vec<(i64, Fit)> = Vec::with_capacity(known.len());
    for number in known {
        match values.last_mut().filter(|last| last.0 == number) {
            Some(last) => last.1.again = true,
            None => values.push((number, Fit::default())),
        }
    }
    for sum in 0..values.len() {
        find_parts(&mut values, sum);
    }
    let fit = |number: i64| {
        let at = values.binary_search_by_key(&number, |value| value.0);
        at.ok().and_then(|at| values.get(at)).map_or(Fit::default(), |value| value.1)
    };
    numbers.iter().map(|number| number.map_or(Fit::default(), fit)).collect()
}

/// Marks the value `sum` and every two whose sum it is. No number stands in two places.
fn find_parts(values: &mut [(i64, Fit)], sum: usize) {
    let Some((total, Fit { again: total_again, .. })) = values.get(sum).copied() else { return };
    let (mut low, mut high) = (0, values.len());
    while low < high {
        let (Some(&(less, fit)), Some(&(more, _))) = (values.get(low), values.get(high - 1)) else { return };
        match less.saturating_add(more).cmp(&total) {
            std::cmp::Ordering::Less => low += 1,
            std::cmp::Ordering::Greater => high -= 1,
            std::cmp::Ordering::Equal => {
                let apart = (less != more || fit.again) && (less != total && more != total || total_again);
                for at in [low, high - 1, sum] {
                    if let Some(value) = values.get_mut(at) {
                        value.1.sum |= apart;
                    }
                }
                (low, high) = (low + 1, high - 1);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The same, every three numbers tried.
    fn tried(numbers: &[Option<i64>]) -> Vec<Fit> {
        let all = 0..numbers.len();
        let mut out = vec![Fit::default(); numbers.len()];
        for (a, b) in all.clone().flat_map(|a| all.clone().map(move |b| (a, b))).filter(|(a, b)| a != b) {
            let (Some(x), Some(y)) = (numbers[a], numbers[b]) else { continue };
            out[a].again |= x == y;
            for c in all.clone().filter(|c| *c != a && *c != b && numbers[*c] == Some(x + y)) {
                [a, b, c].into_iter().for_each(|n| out[n].sum = true);
            }
        }
        out
    }

    proptest! {
        #[test]
        fn no_sum_is_missed(numbers in proptest::collection::vec(proptest::option::of(0i64..25), 0..9)) {
            let (got, want) = (fits(&numbers), tried(&numbers));
            for (got, want) in got.iter().zip(&want) {
                prop_assert_eq!(got.again, want.again);
                // Three zeros where there are two are the only sum that is told too much.
                prop_assert!(got.sum == want.sum || got.sum && numbers.contains(&Some(0)));
            }
        }
    }
}
