//! A scanner for the XML of ownership documents, built on memchr.
