//! One filing as one JSON object, keys in the camelCase of EDGAR's elements.
