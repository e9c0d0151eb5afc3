//! Floor 3: model to columns. One builder set a table.
