use super::{ThreadArgs, WriteArgs, values};
use clap::{Args, ValueHint};
use section16::pipeline::{BenchOptions, ConvertOptions, ReadOptions};
use section16::sink::{self, Layout};
use section16::synth::{self, Container};
use std::num::NonZeroU32;
use std::path::PathBuf;

/// What was typed after `section16 bench`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  section16 bench
  section16 bench edgar/ --partition issuer-bucket=64
  section16 bench 2025/QTR1/*.nc.tar.gz --repeat 1 --json > bench.json
  section16 bench --filings 50000 --container tar.gz --work /dev/shm

Stages: walk (find files), read, inflate (decompress and open archives), envelope (cut into submissions), parse, build (columns), route \
(rows to the writer; spilled above --memory), write (sort, merge, Parquet, give files their names). Each is run with all before it, on \
one thread, in turn with the others; the least of the rounds counts. What a stage takes by itself is the difference to the one before. \
`inflate` is the floor. Then the whole is run with all threads.

The JSON object: rounds; input {files, bytes_read, bytes_decompressed, entries, filings, rows}; output {files, bytes}; stages \
[{stage, count, unit, own, share, total, times_floor}]; slowest; floor; whole [{threads, total, times_floor, speedup}]. own and total \
are {cpu_seconds, wall_seconds, bytes_per_cpu_second, bytes_per_second, filings_per_cpu_second, filings_per_second}, of decompressed \
bytes, and of filings with their copies. null: not measured, or too little to be. CPU time is measured on Linux.")]
pub struct BenchArgs {
    /// Files, folders and archives to read [default: invented filings, made first and removed at the end]
    #[arg(value_name = "INPUT", value_hint = ValueHint::AnyPath)]
    pub inputs: Vec<PathBuf>,

    /// Rounds in which each stage is run, after a first run that does not count
    #[arg(long, value_name = "N", default_value_t = BenchOptions::default().rounds)]
    pub repeat: NonZeroU32,

    /// Print one JSON object
    #[arg(long)]
    pub json: bool,

    /// Filings to invent
    #[arg(
        long,
        value_name = "N",
        default_value_t = 10_000,
        conflicts_with = "inputs",
        help_heading = "Invented filings"
    )]
    pub filings: u64,

    /// Companies that they are about
    #[arg(
        long,
        value_name = "M",
        default_value_t = 500,
        conflicts_with = "inputs",
        help_heading = "Invented filings"
    )]
    pub issuers: u32,

    /// How they are wrapped on disk
    #[arg(long, value_name = "CONTAINER", default_value_t = Container::Gz, value_parser = values::container(), conflicts_with = "inputs", help_heading = "Invented filings")]
    pub container: Container,

    /// How tables are split into folders: issuer, issuer-bucket=N, year (of filing), none
    #[arg(
        long, value_name = "SCHEME", default_value_t, value_parser = values::of_library::<Layout>,
        help_heading = "Output", env = "SECTION16_PARTITION", hide_env_values = true)]
    pub partition: Layout,

    #[command(flatten)]
    pub write: WriteArgs,

    /// The folder for what is made, on the disk to be measured; needs room for two data sets a round [default: the system's for
    /// temporary files]
    #[arg(
        long, value_name = "DIR", value_parser = values::local(), value_hint = ValueHint::DirPath, help_heading = "Output"
    )]
    pub work: Option<PathBuf>,

    #[command(flatten)]
    pub threads: ThreadArgs,
}

impl BenchArgs {
    /// What the library is asked for.
    pub fn options(&self) -> BenchOptions {
        let sink = sink::Options { layout: self.partition, ..self.write.options() };
        let read = ReadOptions { threads: self.threads.threads, ..ReadOptions::default() };
        let convert = ConvertOptions { read, sink, ..ConvertOptions::default() };
        BenchOptions { convert, rounds: self.repeat, folder: self.work.clone() }
    }

    /// The archive to invent, below this folder; `None` where inputs were named.
    pub fn invented(&self, output: PathBuf) -> Option<synth::Options> {
        let (filings, issuers, container) = (self.filings, self.issuers, self.container);
        let options = || synth::Options { filings, issuers, container, output, ..synth::Options::default() };
        self.inputs.is_empty().then(options)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::{Cli, Command};
    use clap::Parser;
    use section16::sink::Compression;
    use std::num::NonZeroUsize;

    fn parse(args: &str) -> BenchArgs {
        let words = ["section16", "bench"].into_iter().chain(args.split_whitespace());
        match Cli::try_parse_from(words).unwrap().command {
            Command::Bench(args) => *args,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn defaults_are_those_of_the_library() {
        let options = parse("in").options();
        let mut expected = BenchOptions::default();
        expected.convert.read.threads = options.convert.read.threads;
        assert_eq!(options, expected);
    }

    #[test]
    fn what_was_typed_becomes_options() {
        let args = parse(
            "a b --repeat 7 --partition year --compression lz4 --work w --memory 1MiB --threads 3 --json",
        );
        let options = args.options();
        let sink = &options.convert.sink;
        assert_eq!(
            (options.rounds.get(), sink.layout, sink.compression),
            (7, Layout::Year, Compression::Lz4)
        );
        assert_eq!((sink.memory, options.convert.read.threads), (1 << 20, NonZeroUsize::new(3)));
        assert_eq!((options.folder, args.json), (Some("w".into()), true));
        assert_eq!((args.inputs.len(), args.invented("x".into())), (2, None));
    }

    #[test]
    fn without_inputs_filings_are_invented() {
        let args = parse("--filings 7 --issuers 2 --container zip");
        let options = args.invented("x".into()).unwrap();
        assert_eq!((options.filings, options.issuers, options.container), (7, 2, Container::Zip));
        assert_eq!(options.output, PathBuf::from("x"));
        let words = "section16 bench in --filings 7".split_whitespace();
        assert!(Cli::try_parse_from(words).is_err());
        assert!(Cli::try_parse_from("section16 bench --repeat 0".split_whitespace()).is_err());
    }
}
