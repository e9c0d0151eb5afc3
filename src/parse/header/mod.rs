//! Reads a submission header in either dialect, or in the mixed one before 2003.
