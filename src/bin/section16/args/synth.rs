use super::values;
use clap::{Args, ValueHint};
use section16::synth::{Container, Options};
use std::ops::RangeInclusive;
use std::path::PathBuf;

/// What was typed after `section16 synth`.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  section16 synth --filings 10000 --issuers 500 --output edgar
  section16 synth --filings 1000 --container nc.tar.gz --other-share 0.97 --output feed
  section16 synth --filings 5000 --seed 7 --container zip --output zips --truth truth.jsonl

Companies, people and numbers are invented. The same options give the same bytes on every machine. \
Shares lie from 0 to 1. The truth is one JSON object a line, as a right conversion must read it.")]
pub struct SynthArgs {
    /// Distinct filings that can be read; duplicates, rejects and other forms come on top
    #[arg(long, value_name = "N", default_value_t = defaults().filings)]
    pub filings: u64,

    /// Companies that the filings are about
    #[arg(long, value_name = "M", default_value_t = defaults().issuers)]
    pub issuers: u32,

    /// Another seed gives other filings
    #[arg(long, value_name = "S", default_value_t = defaults().seed)]
    pub seed: u64,

    /// How the filings are wrapped on disk
    #[arg(long, value_name = "CONTAINER", default_value_t = defaults().container, value_parser = values::container())]
    pub container: Container,

    /// The folder to fill; files of the same names are replaced
    #[arg(short, long, value_name = "DIR", value_parser = values::local(), value_hint = ValueHint::DirPath)]
    pub output: PathBuf,

    /// Where to write what a right conversion gives
    #[arg(long, value_name = "FILE", value_parser = values::local(), value_hint = ValueHint::FilePath)]
    pub truth: Option<PathBuf>,

    /// Years of filing [default: 2003-2026]
    #[arg(long, value_name = "FROM-TO", value_parser = years)]
    pub years: Option<RangeInclusive<u16>>,

    /// Filings in an archive [default: 750 a day in nc.tar.gz, else 10000]
    #[arg(long, value_name = "N")]
    pub filings_per_archive: Option<u64>,

    /// Share of the bytes that other forms take; a day of EDGAR's Feed has 0.97
    #[arg(long, value_name = "SHARE", default_value_t = defaults().other_share, help_heading = "Shares")]
    pub other_share: f64,

    /// Filings that stand a second time
    #[arg(long, value_name = "SHARE", default_value_t = defaults().duplicate_share, help_heading = "Shares")]
    pub duplicate_share: f64,

    /// Bare documents that name no accession number
    #[arg(long, value_name = "SHARE", default_value_t = defaults().loose_share, help_heading = "Shares")]
    pub loose_share: f64,

    /// Filings from before XML, printed as text or HTML (not in nc.tar.gz)
    #[arg(long, value_name = "SHARE", default_value_t = defaults().printed_share, help_heading = "Shares")]
    pub printed_share: f64,

    /// Filings with something to repair or to doubt
    #[arg(long, value_name = "SHARE", default_value_t = defaults().oddity_share, help_heading = "Shares")]
    pub oddity_share: f64,

    /// Entries that must be rejected, for every filing
    #[arg(long, value_name = "SHARE", default_value_t = defaults().reject_share, help_heading = "Shares")]
    pub reject_share: f64,

    /// Corrections, for every filing (nc.tar.gz only)
    #[arg(long, value_name = "SHARE", default_value_t = defaults().correction_share, help_heading = "Shares")]
    pub correction_share: f64,
}

fn defaults() -> Options {
    Options::default()
}

/// `2003-2026`, or one year.
fn years(text: &str) -> Result<RangeInclusive<u16>, String> {
    let (from, to) = text.split_once('-').unwrap_or((text, text));
    match (from.trim().parse(), to.trim().parse()) {
        (Ok(from), Ok(to)) if from <= to => Ok(from..=to),
        _ => Err(format!("{text:?} is no range of years: write it as 2003-2026")),
    }
}

impl SynthArgs {
    /// What the library is asked for.
    pub fn options(&self) -> Options {
        Options {
            filings: self.filings,
            issuers: self.issuers,
            seed: self.seed,
            container: self.container,
            output: self.output.clone(),
            truth: self.truth.clone(),
            years: self.years.clone().unwrap_or(defaults().years),
            filings_per_archive: self.filings_per_archive,
            other_share: self.other_share,
            duplicate_share: self.duplicate_share,
            loose_share: self.loose_share,
            printed_share: self.printed_share,
            oddity_share: self.oddity_share,
            reject_share: self.reject_share,
            correction_share: self.correction_share,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::args::{Cli, Command};
    use clap::Parser;

    fn parse(args: &str) -> SynthArgs {
        let words = ["section16", "synth"].into_iter().chain(args.split_whitespace());
        match Cli::try_parse_from(words).unwrap().command {
            Command::Synth(args) => args,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn defaults_are_those_of_the_library() {
        assert_eq!(parse("-o made").options(), Options { output: "made".into(), ..Options::default() });
    }

    #[test]
    fn what_was_typed_becomes_options() {
        let options =
            parse("-o x --container nc.tar.gz --years 2010-2012 --seed 7 --other-share 0.97").options();
        assert_eq!((options.container, options.years, options.seed), (Container::NcTarGz, 2010..=2012, 7));
        assert_eq!(options.other_share, 0.97);
    }

    #[test]
    fn ranges_of_years() {
        assert_eq!(years("2010"), Ok(2010..=2010));
        for text in ["", "2012-2010", "2010-", "ten"] {
            assert!(years(text).is_err(), "{text}");
        }
    }
}
