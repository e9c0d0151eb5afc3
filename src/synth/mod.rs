//! Makes faithful archives of invented filings, with their own truth.
