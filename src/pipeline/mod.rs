//! Floor 5: wires source, parse, batch and sink; threads, events and the report.
