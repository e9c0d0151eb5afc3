use super::claims::SpilledClaims;
use super::memory::SHARDS;
use super::runs::Run;
use crate::model::Table;
use serde_json::{Value, json};

/// What one seal adds to those before it: rows and claims that lie in the spill file, on the disk.
#[derive(Debug, Default)]
pub(super) struct Seal {
    /// Bytes of the spill file that count.
    pub(super) spilled: u64,
    pub(super) runs: Vec<(Table, usize, Run)>,
    pub(super) claims: Vec<SpilledClaims>,
    /// Rejects that were dropped so far because the data set held them.
    pub(super) held: u64,
    /// What the caller wants to know again.
    pub(super) note: Value,
}

impl Seal {
    pub(super) fn to_json(&self) -> Value {
        let runs =
            self.runs.iter().map(|(table, shard, run)| json!([table.as_str(), shard, run.to_numbers()]));
        let claims = self.claims.iter().map(|c| json!([c.group, c.at, c.bytes]));
        json!({
            "spilled": self.spilled,
            "runs": runs.collect::<Vec<_>>(),
            "claims": claims.collect::<Vec<_>>(),
            "held": self.held,
            "note": self.note,
        })
    }

    /// Reads what [`Seal::to_json`] gave.
    pub(super) fn from_json(value: &Value) -> Option<Self> {
        let runs = value["runs"].as_array()?.iter().map(|run| {
            let table = Table::parse(run[0].as_str()?)?;
            let shard = usize::try_from(run[1].as_u64()?).ok().filter(|shard| *shard < SHARDS)?;
            let numbers = run[2].as_array()?.iter().map(Value::as_u64).collect::<Option<Vec<_>>>()?;
            Some((table, shard, Run::from_numbers(&numbers)?))
        });
        let claims = value["claims"].as_array()?.iter().map(|claims| {
            let number = |at: usize| usize::try_from(claims[at].as_u64()?).ok();
            Some(SpilledClaims { group: number(0)?, at: claims[1].as_u64()?, bytes: number(2)? })
        });
        Some(Self {
            spilled: value["spilled"].as_u64()?,
            runs: runs.collect::<Option<_>>()?,
            claims: claims.collect::<Option<_>>()?,
            held: value["held"].as_u64()?,
            note: value["note"].clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn is_read_as_it_was_written() {
        let seal = Seal {
            spilled: 1 << 40,
            runs: vec![(Table::Holdings, 15, Run::from_numbers(&[1, 2, 3, 4, 5, 6, 7, 8]).unwrap())],
            claims: vec![SpilledClaims { group: 255, at: 9, bytes: 10 }],
            held: 11,
            note: json!({"inputs": 3}),
        };
        let json = seal.to_json();
        let again = Seal::from_json(&json).unwrap();
        assert_eq!(again.to_json(), json);
        assert_eq!((again.spilled, again.runs.len(), again.claims.len(), again.held), (1 << 40, 1, 1, 11));
        assert!(Seal::from_json(&json!({"spilled": 3})).is_none());
        assert!(Run::from_numbers(&[1, 2, 3]).is_none());
    }
}
