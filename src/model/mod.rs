//! What a filing is: plain values without I/O, Arrow or XML.

mod accession;
mod cik;
mod date;
mod decimal;
mod diagnostic;
mod filing;
mod form;
mod identity;
mod origin;
mod row;
mod table;
mod timestamp;

pub use accession::Accession;
pub use cik::Cik;
pub use date::Date;
pub use decimal::Decimal;
pub use diagnostic::{Code, Diagnostic};
pub use filing::{Filing, Footnote, Owner, Relationship, Signature, SourceFormat};
pub use form::FormType;
pub use identity::FilingId;
pub use origin::{Origin, OriginBuf};
pub use row::{FootnoteRef, Row, RowKind};
pub use table::Table;
pub use timestamp::Timestamp;
