//! The committed examples are what their options make.

#![allow(clippy::unwrap_used, clippy::panic)]

use section16::synth::{Container, Options, generate};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// What `scripts/make-examples.sh` asks for: container, filings, seed, filings an archive.
const EXAMPLES: [(Container, u64, u64, Option<u64>); 5] = [
    (Container::Plain, 12, 29, None),
    (Container::Gz, 16, 34, None),
    (Container::Zip, 30, 3, None),
    (Container::TarGz, 40, 4, None),
    (Container::NcTarGz, 36, 5, Some(9)),
];

fn files_of(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let files =
        walkdir::WalkDir::new(folder).into_iter().map(Result::unwrap).filter(|e| e.file_type().is_file());
    let name = |path: &Path| path.strip_prefix(folder).unwrap().to_string_lossy().replace('\\', "/");
    files.map(|e| (name(e.path()), fs::read(e.path()).unwrap())).collect()
}

#[test]
fn examples_are_what_their_options_make() {
    let committed = files_of(&Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/edgar"));
    let folder = tempfile::tempdir().unwrap();
    for (container, filings, seed, filings_per_archive) in EXAMPLES {
        let options = Options {
            filings,
            issuers: 6,
            seed,
            container,
            output: folder.path().join(container.as_str()),
            filings_per_archive,
            other_share: 0.08,
            duplicate_share: 0.2,
            loose_share: 0.05,
            printed_share: 0.1,
            oddity_share: 0.2,
            reject_share: 0.1,
            correction_share: 0.1,
            ..Options::default()
        };
        generate(&options).unwrap();
    }
    let made = files_of(folder.path());
    assert_eq!(made.keys().collect::<Vec<_>>(), committed.keys().collect::<Vec<_>>());
    for (name, bytes) in &made {
        assert!(bytes == &committed[name], "{name} differs: run scripts/make-examples.sh");
    }
    let size: usize = committed.values().map(Vec::len).sum();
    assert!(size < 400_000, "{size}");
}
