//! What a command tells the shell.

use std::process::ExitCode;

/// The three answers a shell gets, as from grep.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Exit {
    /// 0: something was found, or done.
    Found,
    /// 1: nothing was found.
    Nothing,
    /// 2: something went wrong, even if some of the answer was printed.
    Failed,
}

impl Exit {
    /// Returns the number the shell sees.
    pub fn code(self) -> u8 {
        match self {
            Self::Found => 0,
            Self::Nothing => 1,
            Self::Failed => 2,
        }
    }

    /// Returns [`Exit::Found`] or [`Exit::Nothing`].
    pub(crate) fn found(any: bool) -> Self {
        if any { Self::Found } else { Self::Nothing }
    }
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> Self {
        exit.code().into()
    }
}
