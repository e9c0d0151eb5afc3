//! Numbers as they are printed and as they must be read.

use super::calendar::{push_number, push_padded};

/// A number with the decimals with which it is printed: `10.50` is 1050 with two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) units: u64,
    pub(super) decimals: u32,
}

impl Number {
    pub(super) const ZERO: Self = Self { units: 0, decimals: 0 };

    pub(super) const fn whole(units: u64) -> Self {
        Self { units, decimals: 0 }
    }

    /// The same number printed with this many decimals more.
    pub(super) fn padded(self, more: u32) -> Self {
        Self { units: self.units * 10u64.pow(more), decimals: self.decimals + more }
    }

    /// As it stands in a filing: `10.50`.
    pub(super) fn push(self, out: &mut Vec<u8>) {
        let one = 10u64.pow(self.decimals);
        push_number(out, self.units / one);
        if self.decimals > 0 {
            out.push(b'.');
            push_padded(out, self.units % one, self.decimals as usize);
        }
    }

    /// The exact decimal without zeros at its end: `10.5`.
    pub(super) fn push_truth(self, out: &mut Vec<u8>) {
        let mut shortest = self;
        while shortest.decimals > 0 && shortest.units.is_multiple_of(10) {
            shortest = Self { units: shortest.units / 10, decimals: shortest.decimals - 1 };
        }
        shortest.push(out);
    }

    /// With commas, for sentences: `3,090`.
    pub(super) fn with_commas(self) -> String {
        let mut digits = Vec::new();
        self.push(&mut digits);
        let whole = digits.iter().position(|&b| b == b'.').unwrap_or(digits.len());
        let mut text = String::new();
        for (i, &digit) in digits.iter().enumerate() {
            if i > 0 && i < whole && (whole - i).is_multiple_of(3) {
                text.push(',');
            }
            text.push(char::from(digit));
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn both(number: Number) -> (String, String) {
        let (mut printed, mut truth) = (Vec::new(), Vec::new());
        number.push(&mut printed);
        number.push_truth(&mut truth);
        (String::from_utf8(printed).unwrap(), String::from_utf8(truth).unwrap())
    }

    #[test]
    fn prints_and_tells_the_truth() {
        assert_eq!(both(Number { units: 1050, decimals: 2 }), ("10.50".into(), "10.5".into()));
        assert_eq!(both(Number::ZERO.padded(2)), ("0.00".into(), "0".into()));
        assert_eq!(both(Number { units: 7, decimals: 4 }), ("0.0007".into(), "0.0007".into()));
        assert_eq!(both(Number::whole(1200).padded(1)), ("1200.0".into(), "1200".into()));
        assert_eq!(Number { units: 123_456_789, decimals: 2 }.with_commas(), "1,234,567.89");
        assert_eq!(Number::whole(999).with_commas(), "999");
    }
}
