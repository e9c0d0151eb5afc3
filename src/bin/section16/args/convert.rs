use super::{ReadArgs, WriteArgs, values};
use crate::failure::Failure;
use clap::{Args, ValueEnum, ValueHint};
use section16::pipeline::ConvertOptions;
use section16::sink::{self, Layout, Mode};
use section16::source::Discover;
use std::path::PathBuf;

/// What was typed after `section16 convert`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  section16 convert edgar/ -o insiders
  section16 convert 2024/*.nc.tar.gz -o insiders --partition issuer-bucket=64
  section16 convert archive.zip -o apple --issuer 320193 --forms 4,4/A --filed-from 2020-01-01
  find /dump -name '*.txt.gz' | section16 convert --files-from - -o insiders
  section16 convert edgar/ -o insiders --resume              # goes on after a crash
  section16 convert 20260105.nc.tar.gz -o insiders --append  # one more day
  section16 convert s3://bucket/edgar -o s3://bucket/insiders # with the feature `cloud`
  section16 convert edgar/ -o insiders --progress json --report json 2> progress.log > report.json

Compression (gzip, bzip2, xz, zstd, .Z) and archives (tar, zip), also nested, are told by content, never by name.
Exit codes: 0 done; 1 failed; 2 usage; 3 done, but some entries were rejected (with --strict: 1).")]
pub struct ConvertArgs {
    #[command(flatten)]
    pub read: ReadArgs,

    /// The folder to write, which gets one folder a table; or s3://BUCKET/PREFIX, gs://..., az://...
    #[arg(short, long, value_name = "DIR", value_parser = values::output(), value_hint = ValueHint::DirPath)]
    pub output: PathBuf,

    /// Replace the data set of an earlier run (removes only what section16 made)
    #[arg(long, conflicts_with = "append")]
    pub overwrite: bool,

    /// Add the filings that the data set in DIR does not hold yet
    #[arg(long)]
    pub append: bool,

    /// Go on with a run that was killed or stopped: the same command once more, and this
    #[arg(long)]
    pub resume: bool,

    /// How tables are split into folders: issuer, issuer-bucket=N, year (of filing), none
    #[arg(
        long, value_name = "SCHEME", default_value_t, value_parser = values::of_library::<Layout>,
        help_heading = "Output", env = "SECTION16_PARTITION", hide_env_values = true)]
    pub partition: Layout,

    #[command(flatten)]
    pub write: WriteArgs,

    /// Keep the bytes of rejected entries beside the tables, in `_section16/rejects`
    #[arg(long, help_heading = "Output")]
    pub keep_rejects: bool,

    /// Rows after which what was read is secured on disk for --resume
    #[arg(
        long, value_name = "SIZE", default_value = "512MiB", value_parser = values::size, help_heading = "Resources", env = "SECTION16_CHECKPOINT", hide_env_values = true)]
    pub checkpoint: usize,

    /// Where a data set that goes to an object store is made before it is sent; it needs room for all of it [default: the
    /// system's folder for temporary files]
    #[arg(
        long, value_name = "DIR", value_parser = values::local(), value_hint = ValueHint::DirPath,
        help_heading = "Resources", env = "SECTION16_WORK", hide_env_values = true
    )]
    pub work: Option<PathBuf>,

    /// Exit with 1 instead of 3 where entries were rejected
    #[arg(long, help_heading = "Rejects")]
    pub strict: bool,

    /// How progress is shown on standard error
    #[arg(
        long,
        value_name = "MODE",
        value_enum,
        default_value_t,
        help_heading = "Display",
        env = "SECTION16_PROGRESS",
        hide_env_values = true
    )]
    pub progress: ProgressMode,

    /// How the final report is printed on standard output
    #[arg(
        long,
        value_name = "FORMAT",
        value_enum,
        default_value_t,
        help_heading = "Display",
        env = "SECTION16_REPORT",
        hide_env_values = true
    )]
    pub report: ReportFormat,
}

/// How progress is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ProgressMode {
    /// A bar on a terminal, else plain lines
    #[default]
    Auto,
    /// A bar where the terminal can show one
    Bar,
    /// A line every few seconds
    Plain,
    /// A JSON object a line
    Json,
    /// Nothing
    None,
}

/// How the report is printed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum ReportFormat {
    /// For a person
    #[default]
    Text,
    /// One JSON object
    Json,
}

impl ConvertArgs {
    /// What the library is asked for.
    ///
    /// # Errors
    ///
    /// Where options contradict each other.
    pub fn options(&self) -> Result<ConvertOptions, Failure> {
        let sink = sink::Options {
            layout: self.partition,
            mode: match (self.overwrite, self.append) {
                (true, _) => Mode::Overwrite,
                (_, true) => Mode::Append,
                _ => Mode::New,
            },
            resume: self.resume,
            seal_bytes: self.checkpoint,
            work: self.work.clone(),
            ..self.write.options()
        };
        Ok(ConvertOptions { read: self.read.options()?, sink, keep_rejects: self.keep_rejects })
    }

    /// The files to read. Their sizes are looked up only where progress is shown.
    ///
    /// # Errors
    ///
    /// Those of [`ReadArgs::discover`].
    pub fn discover(&self) -> Result<Discover, Failure> {
        let found = self.read.discover()?;
        Ok(if self.progress == ProgressMode::None { found } else { found.with_sizes() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::{Cli, Command};
    use clap::Parser;
    use section16::model::{Cik, Date, FormType};
    use section16::pipeline::ReadOptions;
    use section16::sink::Compression;
    use std::num::NonZeroUsize;

    fn parse(args: &str) -> ConvertArgs {
        let words = ["section16", "convert"].into_iter().chain(args.split_whitespace());
        match Cli::try_parse_from(words).unwrap().command {
            Command::Convert(args) => *args,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_was_typed_becomes_options() {
        let args = parse(
            "in1 in2 -o out --partition issuer-bucket=64 --compression zstd:3 --memory 1GiB --threads 3 --forms 4,4/A \
             --issuer 320193,0000001750 --filed-from 2020-01-02 --filed-to 2020-01-02 --max-rejects 7 --keep-rejects \
             --overwrite --max-entry 1MiB --max-printed 4KiB --max-value 2KiB --max-records 3 --max-depth 4 --max-ratio 5 --max-window 6MiB",
        );
        let options = args.options().unwrap();
        let filter = &options.read.filter;
        assert_eq!(filter.forms, [FormType::Four, FormType::FourAmended].into());
        assert_eq!(filter.issuers, ["320193", "1750"].iter().filter_map(|cik| Cik::parse(cik)).collect());
        assert_eq!(
            (filter.filed_from, filter.filed_to),
            (Date::from_ymd(2020, 1, 2), Date::from_ymd(2020, 1, 2))
        );
        assert_eq!((options.read.threads, options.read.max_rejects), (NonZeroUsize::new(3), Some(7)));
        assert_eq!(options.sink.layout, Layout::IssuerBucket(64));
        assert_eq!(options.sink.compression, Compression::Zstd(3));
        assert_eq!(options.sink.memory, 1 << 30);
        assert!(options.sink.mode == Mode::Overwrite && options.keep_rejects);
        let (file, entry) = (&options.read.limits, options.read.entry_limits);
        assert_eq!((file.max_depth, file.max_expansion, file.max_window), (4, 5, 6 << 20));
        assert_eq!((entry.max_entry, entry.max_printed), (1 << 20, 4 << 10));
        assert_eq!((entry.max_value, entry.max_records), (2 << 10, 3));
        assert_eq!(args.read.inputs, ["in1", "in2"].map(PathBuf::from));
    }

    #[test]
    fn what_is_there_is_replaced_extended_or_gone_on_with() {
        let options = parse("in -o out --append --resume --checkpoint 3MiB").options().unwrap().sink;
        assert_eq!((options.mode, options.resume, options.seal_bytes), (Mode::Append, true, 3 << 20));
        let words = "section16 convert in -o out --append --overwrite".split_whitespace();
        assert!(Cli::try_parse_from(words).is_err());
    }

    #[test]
    fn defaults_are_those_of_the_library() {
        let options = parse("in -o out").options().unwrap();
        assert_eq!(
            ConvertOptions { read: ReadOptions { threads: None, ..options.read }, ..options },
            ConvertOptions::default()
        );
    }

    #[test]
    fn days_that_exclude_each_other_are_refused() {
        let failure = parse("in -o out --filed-from 2020-01-02 --filed-to 2020-01-01").options().unwrap_err();
        assert!(
            matches!(&failure, Failure::Usage(message) if message.contains("--filed-from 2020-01-02 is after"))
        );
    }

    #[test]
    fn a_list_that_is_not_there_is_named() {
        let failure = parse("--files-from /nowhere/list -o out").discover().err().unwrap();
        assert!(failure.to_string().starts_with("cannot read input /nowhere/list: "), "{failure}");
    }
}
