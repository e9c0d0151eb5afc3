//! What was measured, as a person reads it.

use crate::grid::{Grid, Heading};
use crate::paint::Paint;
use crate::units::{byte_rate, bytes, count, counted, per_second, rate};
use section16::pipeline::{BenchReport, Cost, Stage, StageReport};
use std::time::Duration;

/// The figures of all stages and of the whole.
pub fn bench_text(report: &BenchReport, paint: Paint) -> String {
    [input(report), stages(report, paint), whole(report, paint)].join("\n")
}

fn input(report: &BenchReport) -> String {
    let input = report.input;
    let mut grid = Grid::new(&[Heading::left(""), Heading::left("")]);
    let (files, size) = (counted(input.files, "file"), bytes(input.bytes_read));
    grid.row(["read", &format!("{files}, {size} ({} decompressed)", bytes(input.bytes_decompressed))]);
    let (filings, rows) = (counted(input.filings, "filing"), counted(input.rows, "row"));
    grid.row(["held", &format!("{} entries, {filings} (copies counted), {rows}", count(input.entries))]);
    let size = bytes(report.stages.last().map_or(0, |stage| stage.count));
    grid.row(["wrote", &format!("{}, {size}", counted(report.files_written, "file"))]);
    grid.render(usize::MAX, 0, Paint::new(false))
}

fn stages(report: &BenchReport, paint: Paint) -> String {
    let mut grid = Grid::new(&[
        Heading::left("Stage"),
        Heading::right("handles"),
        Heading::right("own CPU"),
        Heading::right("share"),
        Heading::right("decompressed"),
        Heading::right("filings/s"),
        Heading::right("CPU so far"),
        Heading::right("wall so far"),
        Heading::right("x floor"),
    ]);
    for stage in &report.stages {
        let own = report.own(stage.stage);
        grid.row([
            stage.stage.to_string(),
            handled(stage),
            cpu(own),
            report.share(stage.stage).map_or(String::new(), |share| format!("{:.0} %", share * 100.0)),
            of_rate(report.input.bytes_decompressed, own, byte_rate),
            of_rate(report.input.filings, own, rate),
            cpu(stage.cost),
            seconds(stage.cost.wall),
            floors(report, stage.cost),
        ]);
    }
    let (slowest, floor) = (report.slowest(), Stage::Inflate);
    let share =
        report.share(slowest).map_or(String::new(), |share| format!(", {:.0} % of all", share * 100.0));
    format!(
        "{}slowest: {slowest}{share}; floor: {floor}. One thread, {}.\n",
        grid.render(usize::MAX, 0, paint),
        match report.rounds.get() {
            1 => "one round".to_owned(),
            rounds => format!("the least of {rounds} rounds"),
        }
    )
}

fn whole(report: &BenchReport, paint: Paint) -> String {
    let mut grid = Grid::new(&[
        Heading::left("Whole"),
        Heading::right("wall"),
        Heading::right("decompressed"),
        Heading::right("filings/s"),
        Heading::right("x faster"),
        Heading::right("CPU"),
        Heading::right("x floor"),
    ]);
    for whole in &report.whole {
        let wall = whole.cost.wall;
        grid.row([
            counted(whole.threads.get() as u64, "thread"),
            seconds(wall),
            byte_rate(per_second(report.input.bytes_decompressed, wall)),
            rate(per_second(report.input.filings, wall)),
            report.speedup(whole).map_or(String::new(), |times| format!("{times:.2}")),
            cpu(whole.cost),
            floors(report, whole.cost),
        ]);
    }
    grid.render(usize::MAX, 0, paint)
}

fn handled(stage: &StageReport) -> String {
    match stage.stage.unit() {
        "bytes" => bytes(stage.count),
        unit => format!("{} {unit}", count(stage.count)),
    }
}

fn cpu(cost: Cost) -> String {
    cost.cpu.map_or("not measured".to_owned(), seconds)
}

/// A time in the same unit as those above and below it.
fn seconds(time: Duration) -> String {
    format!("{:.3} s", time.as_secs_f64())
}

/// How many a second of what counts, nothing where that is too little to be measured.
fn of_rate(n: u64, cost: Cost, text: fn(f64) -> String) -> String {
    if cost.time().is_zero() { String::new() } else { text(per_second(n, cost.time())) }
}

fn floors(report: &BenchReport, cost: Cost) -> String {
    report.times_floor(cost).map_or(String::new(), |times| format!("{times:.2}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use section16::pipeline::{BenchInput, WholeReport};
    use std::num::{NonZeroU32, NonZeroUsize};

    fn cost(wall: u64, cpu: Option<u64>) -> Cost {
        Cost { wall: Duration::from_millis(wall), cpu: cpu.map(Duration::from_millis) }
    }

    fn report(cpu: impl Fn(u64) -> Option<u64>) -> BenchReport {
        let counts = [1_234, 5_000_000, 40_000_000, 1_300, 1_200, 9_000, 9_000, 2_500_000];
        let times = [10, 30, 100, 100, 220, 260, 300, 500];
        let stage = |((stage, count), time): ((Stage, u64), u64)| StageReport {
            stage,
            count,
            cost: cost(time + 10, cpu(time)),
        };
        let whole = |threads, cost| WholeReport { threads: NonZeroUsize::new(threads).unwrap(), cost };
        BenchReport {
            input: BenchInput {
                files: 1_234,
                bytes_read: 5_000_000,
                bytes_decompressed: 40_000_000,
                entries: 1_300,
                filings: 1_200,
                rows: 9_000,
            },
            rounds: NonZeroU32::new(3).unwrap(),
            stages: Stage::ALL.into_iter().zip(counts).zip(times).map(stage).collect(),
            whole: vec![whole(1, cost(510, cpu(500))), whole(2, cost(260, cpu(520)))],
            files_written: 77,
        }
    }

    #[test]
    fn golden() {
        let golden = "\
read   1,234 files, 5.00 MB (40.0 MB decompressed)
held   1,300 entries, 1,200 filings (copies counted), 9,000 rows
wrote  77 files, 2.50 MB

Stage           handles  own CPU  share  decompressed  filings/s  CPU so far  wall so far  x floor
walk        1,234 files  0.010 s    2 %     4.00 GB/s    120,000     0.010 s      0.020 s     0.10
read            5.00 MB  0.020 s    4 %     2.00 GB/s     60,000     0.030 s      0.040 s     0.30
inflate         40.0 MB  0.070 s   14 %      571 MB/s     17,143     0.100 s      0.110 s     1.00
envelope  1,300 entries  0.000 s    0 %                              0.100 s      0.110 s     1.00
parse     1,200 filings  0.120 s   24 %      333 MB/s     10,000     0.220 s      0.230 s     2.20
build        9,000 rows  0.040 s    8 %     1.00 GB/s     30,000     0.260 s      0.270 s     2.60
route        9,000 rows  0.040 s    8 %     1.00 GB/s     30,000     0.300 s      0.310 s     3.00
write           2.50 MB  0.200 s   40 %      200 MB/s      6,000     0.500 s      0.510 s     5.00
slowest: write, 40 % of all; floor: inflate. One thread, the least of 3 rounds.

Whole         wall  decompressed  filings/s  x faster      CPU  x floor
1 thread   0.510 s     78.4 MB/s      2,353      1.00  0.500 s     5.00
2 threads  0.260 s      154 MB/s      4,615      1.96  0.520 s     5.20
";
        assert_eq!(bench_text(&report(Some), Paint::new(false)), golden);
    }

    #[test]
    fn what_is_not_measured_is_not_invented() {
        let text = bench_text(&report(|_| None), Paint::new(false));
        assert_eq!(text.matches("not measured").count(), 8 + 8 + 2, "{text}");
        assert!(text.contains("slowest: write, 39 % of all; floor: inflate."), "{text}");
    }
}
