use super::{LimitArgs, ThreadArgs, values};
use crate::failure::Failure;
use clap::{Args, ValueHint};
use section16::model::{Cik, Date, FormType};
use section16::parse::Filter;
use section16::pipeline::ReadOptions;
use section16::source::{Discover, PathList};
use section16::{Error, ErrorKind};
use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};

/// What to read, and how.
#[derive(Args, Debug)]
pub struct ReadArgs {
    /// Files, folders and archives to read; or s3://BUCKET/KEY-OR-PREFIX, gs://..., az://...
    #[arg(value_name = "INPUT", required_unless_present = "files_from", value_hint = ValueHint::AnyPath)]
    pub inputs: Vec<PathBuf>,

    /// Read more inputs from a list, one path a line; `-` is standard input
    #[arg(long, value_name = "FILE", value_parser = values::local(), value_hint = ValueHint::FilePath)]
    pub files_from: Option<PathBuf>,

    /// Only these forms, exactly: 4 does not include 4/A
    #[arg(
        long, value_name = "FORM,...", value_delimiter = ',', value_parser = values::form, help_heading = "Filter"
    )]
    pub forms: Vec<FormType>,

    /// Only filings about these issuers, by CIK with or without leading zeros
    #[arg(
        long, value_name = "CIK,...", value_delimiter = ',', value_parser = values::cik, help_heading = "Filter"
    )]
    pub issuer: Vec<Cik>,

    /// Only filings filed on this day or later
    #[arg(long, value_name = "DATE", value_parser = values::date, help_heading = "Filter")]
    pub filed_from: Option<Date>,

    /// Only filings filed on this day or earlier
    #[arg(long, value_name = "DATE", value_parser = values::date, help_heading = "Filter")]
    pub filed_to: Option<Date>,

    #[command(flatten)]
    pub threads: ThreadArgs,

    /// Give up when more entries than this were rejected
    #[arg(
        long,
        value_name = "N",
        help_heading = "Rejects",
        env = "SECTION16_MAX_REJECTS",
        hide_env_values = true
    )]
    pub max_rejects: Option<u64>,

    #[command(flatten)]
    pub limits: LimitArgs,
}

impl ReadArgs {
    /// What the library is asked for.
    ///
    /// # Errors
    ///
    /// Where options contradict each other.
    pub fn options(&self) -> Result<ReadOptions, Failure> {
        if let (Some(from), Some(to)) = (self.filed_from, self.filed_to)
            && from > to
        {
            let message = format!("--filed-from {from} is after --filed-to {to}: no filing could be both");
            return Err(Failure::Usage(message));
        }
        let filter = Filter {
            forms: self.forms.iter().copied().collect(),
            issuers: self.issuer.iter().copied().collect(),
            filed_from: self.filed_from,
            filed_to: self.filed_to,
        };
        Ok(ReadOptions {
            filter,
            threads: self.threads.threads,
            max_rejects: self.max_rejects,
            limits: self.limits.of_files(),
            entry_limits: self.limits.of_entries(),
            ..ReadOptions::default()
        })
    }

    /// The files to read: those of the inputs that were named, then those of the list.
    ///
    /// # Errors
    ///
    /// Where an input that was named does not exist, or the list cannot be read.
    pub fn discover(&self) -> Result<Discover, Failure> {
        let discover = Discover::new(self.inputs.iter().cloned())?;
        let Some(name) = &self.files_from else {
            return Ok(discover);
        };
        let failed = |source| Error::from(ErrorKind::Input { path: name.clone(), source });
        Ok(discover.with_list(name, open_list(name).map_err(failed)?))
    }
}

fn open_list(name: &Path) -> io::Result<PathList> {
    if name == Path::new("-") {
        return PathList::new(BufReader::new(io::stdin()));
    }
    PathList::new(BufReader::new(File::open(name)?))
}
