//! Cuts the bytes of an entry into submissions, and a submission into header and documents.
