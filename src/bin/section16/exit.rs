//! How the program ends.

use std::process::ExitCode;

/// The exit codes. They are part of the interface: scripts branch on them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Exit {
    /// 0: all was done.
    Done,
    /// 1: it could not be done.
    Failed,
    /// 2: the command line makes no sense.
    Usage,
    /// 3: all was done, but some entries were rejected.
    DoneWithRejects,
}

impl Exit {
    /// The number that the shell sees.
    pub fn code(self) -> u8 {
        match self {
            Self::Done => 0,
            Self::Failed => 1,
            Self::Usage => 2,
            Self::DoneWithRejects => 3,
        }
    }

    /// How a command ends that did its work and rejected so many entries.
    pub fn after_rejects(rejected: u64) -> Self {
        if rejected == 0 { Self::Done } else { Self::DoneWithRejects }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.code().into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_those_of_the_manual() {
        let codes = [Exit::Done, Exit::Failed, Exit::Usage, Exit::DoneWithRejects].map(Exit::code);
        assert_eq!(codes, [0, 1, 2, 3]);
    }

    #[test]
    fn one_reject_is_enough_for_3() {
        assert_eq!(Exit::after_rejects(0), Exit::Done);
        assert_eq!(Exit::after_rejects(1), Exit::DoneWithRejects);
    }
}
