use super::{Cost, Stage};
use serde_json::{Value, json};
use std::num::{NonZeroU32, NonZeroUsize};
use std::time::Duration;

/// What was measured.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BenchReport {
    /// What the inputs hold.
    pub input: BenchInput,
    /// How often each stage was run.
    pub rounds: NonZeroU32,
    /// The stages, in the order of [`Stage::ALL`].
    pub stages: Vec<StageReport>,
    /// The whole with one thread, and with as many as were asked for if they are more.
    pub whole: Vec<WholeReport>,
    /// Files of the data set.
    pub files_written: u64,
}

/// What the inputs hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BenchInput {
    /// Files.
    pub files: u64,
    /// Their bytes on disk.
    pub bytes_read: u64,
    /// Their bytes after decompression.
    pub bytes_decompressed: u64,
    /// Submissions, bare documents, and what is neither.
    pub entries: u64,
    /// Filings, copies counted.
    pub filings: u64,
    /// Rows of the six tables of filings, copies counted.
    pub rows: u64,
}

/// What a stage takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StageReport {
    /// The stage.
    pub stage: Stage,
    /// What it counted, in the unit of the stage.
    pub count: u64,
    /// The least that it took, with all stages before it, on one thread.
    pub cost: Cost,
}

/// What all takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WholeReport {
    /// Threads that read and write.
    pub threads: NonZeroUsize,
    /// The least that it took.
    pub cost: Cost,
}

impl StageReport {
    pub(super) fn keep(&mut self, (count, cost): (u64, Cost)) {
        *self = Self { count, cost: self.cost.min(cost), ..*self };
    }
}

impl BenchReport {
    pub(super) fn new(input: BenchInput, rounds: NonZeroU32, threads: NonZeroUsize) -> Self {
        let one = (threads > NonZeroUsize::MIN).then_some(NonZeroUsize::MIN);
        Self {
            input,
            rounds,
            stages: Stage::ALL.map(|stage| StageReport { stage, count: 0, cost: Cost::MAX }).into(),
            whole: one
                .into_iter()
                .chain([threads])
                .map(|threads| WholeReport { threads, cost: Cost::MAX })
                .collect(),
            files_written: 0,
        }
    }

    /// What a stage took by itself: the difference to the stage before it. Where stages differ by less than chance does,
    /// that is nothing. Of [`wall`](Cost::wall), mind that from [`Stage::Build`] on a second thread walks ahead.
    pub fn own(&self, stage: Stage) -> Cost {
        let mut nothing = Cost { wall: Duration::ZERO, cpu: None };
        for report in &self.stages {
            nothing.cpu = report.cost.cpu.map(|_| nothing.cpu.unwrap_or_default());
            if report.stage == stage {
                return report.cost.beyond(nothing);
            }
            nothing = report.cost;
        }
        nothing
    }

    /// What decompression takes with all before it, below which nothing that reads the inputs can go.
    pub fn floor(&self) -> Cost {
        let floor = self.stages.iter().find(|report| report.stage == Stage::Inflate);
        floor.map_or(Cost::MAX, |report| report.cost)
    }

    /// How many times the floor something took; `None` where the floor is too low to be measured.
    pub fn times_floor(&self, cost: Cost) -> Option<f64> {
        ratio(cost.time(), self.floor().time())
    }

    /// The stage that takes most by itself.
    pub fn slowest(&self) -> Stage {
        let time = |stage: &Stage| self.own(*stage).time();
        Stage::ALL.into_iter().max_by_key(time).unwrap_or(Stage::Write)
    }

    /// The share of the whole on one thread that a stage takes by itself.
    pub fn share(&self, stage: Stage) -> Option<f64> {
        ratio(self.own(stage).time(), self.stages.last()?.cost.time())
    }

    /// How many times faster the whole is with these threads than with one, by the time that passes.
    pub fn speedup(&self, whole: &WholeReport) -> Option<f64> {
        ratio(self.whole.first()?.cost.wall, whole.cost.wall)
    }

    /// The report as one JSON object; times in seconds, `null` where there is no figure.
    pub fn to_json(&self) -> Value {
        let BenchInput { files, bytes_read, bytes_decompressed, entries, filings, rows } = self.input;
        let bytes_written = self.stages.last().map_or(0, |report| report.count);
        json!({
            "rounds": self.rounds,
            "input": {
                "files": files,
                "bytes_read": bytes_read,
                "bytes_decompressed": bytes_decompressed,
                "entries": entries,
                "filings": filings,
                "rows": rows,
            },
            "output": {"files": self.files_written, "bytes": bytes_written},
            "stages": self.stages.iter().map(|report| self.stage_json(report)).collect::<Vec<_>>(),
            "slowest": self.slowest().as_str(),
            "floor": Stage::Inflate.as_str(),
            "whole": self.whole.iter().map(|whole| self.whole_json(whole)).collect::<Vec<_>>(),
        })
    }

    fn stage_json(&self, report: &StageReport) -> Value {
        let StageReport { stage, count, cost } = *report;
        json!({
            "stage": stage.as_str(),
            "count": count,
            "unit": stage.unit(),
            "own": self.cost_json(self.own(stage)),
            "share": self.share(stage),
            "total": self.cost_json(cost),
            "times_floor": self.times_floor(cost),
        })
    }

    fn whole_json(&self, whole: &WholeReport) -> Value {
        json!({
            "threads": whole.threads,
            "total": self.cost_json(whole.cost),
            "times_floor": self.times_floor(whole.cost),
            "speedup": self.speedup(whole),
        })
    }

    fn cost_json(&self, cost: Cost) -> Value {
        let rate = |n: u64, time: Option<Duration>| time.and_then(|time| per_second(n, time));
        let (bytes, filings) = (self.input.bytes_decompressed, self.input.filings);
        json!({
            "cpu_seconds": cost.cpu.map(|time| time.as_secs_f64()),
            "wall_seconds": cost.wall.as_secs_f64(),
            "bytes_per_cpu_second": rate(bytes, cost.cpu),
            "bytes_per_second": rate(bytes, Some(cost.wall)),
            "filings_per_cpu_second": rate(filings, cost.cpu),
            "filings_per_second": rate(filings, Some(cost.wall)),
        })
    }
}

fn per_second(n: u64, time: Duration) -> Option<f64> {
    (!time.is_zero()).then(|| n as f64 / time.as_secs_f64())
}

fn ratio(time: Duration, of: Duration) -> Option<f64> {
    (!of.is_zero()).then(|| time.as_secs_f64() / of.as_secs_f64())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Stages that take 1, 3, 4 (the floor), 4, 10, 9, 11 and 20 s together; a whole of two threads in 12 s.
    fn report(is_measured: bool) -> BenchReport {
        let cost = |wall, cpu| Cost {
            wall: Duration::from_secs(wall),
            cpu: is_measured.then(|| Duration::from_secs(cpu)),
        };
        let input = BenchInput { files: 2, bytes_decompressed: 4_000, filings: 40, ..BenchInput::default() };
        let two = NonZeroUsize::MIN.saturating_add(1);
        let mut report = BenchReport::new(input, NonZeroU32::MIN, two);
        for (stage, seconds) in report.stages.iter_mut().zip([1, 3, 4, 4, 10, 9, 11, 20]) {
            stage.keep((7, cost(seconds + 1, seconds)));
        }
        report.whole[0].cost = report.stages[7].cost;
        report.whole[1].cost = cost(12, 22);
        report
    }

    #[test]
    fn a_stage_takes_what_it_adds() {
        let report = report(true);
        let own = Stage::ALL.map(|stage| report.own(stage).time().as_secs());
        assert_eq!(own, [1, 2, 1, 0, 6, 0, 2, 9]);
        assert_eq!((report.slowest(), report.share(Stage::Parse)), (Stage::Write, Some(0.3)));
        assert_eq!(report.times_floor(report.whole[1].cost), Some(5.5));
        assert_eq!(report.speedup(&report.whole[1]), Some(21.0 / 12.0));
    }

    #[test]
    fn without_the_time_of_processors_that_which_passes_counts() {
        let report = report(false);
        let own = Stage::ALL.map(|stage| report.own(stage).time().as_secs());
        assert_eq!(own, [2, 2, 1, 0, 6, 0, 2, 9]);
        let json = report.to_json();
        assert_eq!(json["stages"][0]["own"]["cpu_seconds"], Value::Null);
        assert_eq!(json["stages"][0]["own"]["filings_per_second"], 20.0);
    }

    #[test]
    fn json_has_a_figure_or_null() {
        let json = report(true).to_json();
        assert_eq!(json["stages"].as_array().map(Vec::len), Some(8));
        let parse = &json["stages"][4];
        assert_eq!(
            (&parse["stage"], &parse["count"], &parse["unit"]),
            (&json!("parse"), &json!(7), &json!("filings"))
        );
        assert_eq!(
            (&parse["own"]["cpu_seconds"], &parse["total"]["cpu_seconds"]),
            (&json!(6.0), &json!(10.0))
        );
        assert_eq!(parse["total"]["filings_per_cpu_second"], 4.0);
        assert_eq!(parse["times_floor"], 2.5);
        assert_eq!(json["stages"][3]["own"]["bytes_per_cpu_second"], Value::Null);
        assert_eq!((&json["slowest"], &json["floor"]), (&json!("write"), &json!("inflate")));
        assert_eq!(
            (&json["whole"][1]["threads"], &json["whole"][1]["times_floor"]),
            (&json!(2), &json!(5.5))
        );
        assert_eq!(json["output"], json!({"files": 0, "bytes": 7}));
    }
}
