//! The end of the document, early or due, and what is known only then.

use super::element::Element;
use super::reader::Reader;
use crate::model::{Code, Diagnostic, FormType, SourceFormat};
use crate::reject::{Reason, Reject};

/// The schema of the layout of 2003.
const SCHEMA_OF_2003: &str = "X0101";

impl Reader<'_, '_> {
    /// The document ends here although its root is open; `left_over` is the beginning of a tag that never ends.
    ///
    /// # Errors
    ///
    /// A reject unless nothing but the end of the root is missing.
    pub(super) fn cut(&mut self, at: usize, left_over: &str) -> Result<(), Reject> {
        let is_root_alone =
            matches!(self.frames.as_slice(), [root] if root.element == Element::OwnershipDocument);
        let is_end_of_root = left_over != "<" && "</ownershipDocument>".starts_with(left_over.trim_end());
        if !is_root_alone || !is_end_of_root {
            let message = "the document ends inside an element; fetch the filing again";
            return Err(Reject::new(Reason::TruncatedDocument, message).at(at as u64));
        }
        let message = "the document ends before its root element does; every element in it is whole";
        self.push(Diagnostic::new(Code::DocumentCut, message));
        self.frames.clear();
        Ok(())
    }

    pub(super) fn finish(mut self) -> Result<(), Reject> {
        let filing = &mut *self.filing;
        let is_2003 = self.has_rows_of_2003 || filing.schema_version.as_deref() == Some(SCHEMA_OF_2003);
        filing.source_format = if is_2003 { SourceFormat::Xml2003 } else { SourceFormat::Xml };
        filing.is_joint_group_filing = Some(filing.owners.len() > 1);
        if let Some(text) = filing.document_type.clone() {
            let form = FormType::parse(&text);
            filing.is_amendment = form.map(FormType::is_amendment);
            if form.is_none() {
                self.tell_field(Code::CodeUnknown, Element::DocumentType, Some(text));
            }
        }
        if self.filing.issuer_cik.is_none() && self.filing.owners.iter().all(|o| o.rpt_owner_cik.is_none()) {
            let message = "the document names neither its issuer nor an owner by CIK";
            return Err(Reject::new(Reason::NoIssuerNoOwner, message));
        }
        self.check_footnotes();
        self.tell_unknown();
        self.tell_omitted();
        Ok(())
    }

    /// One diagnostic for each name that the data model does not know.
    fn tell_unknown(&mut self) {
        for (name, count) in std::mem::take(&mut self.unknown) {
            let times = if count == 1 { "once".to_owned() } else { format!("{count} times") };
            let message =
                format!("the data model does not know this element; it stands {times} and was passed over");
            let field = Some(name.into());
            self.push(Diagnostic { field, ..Diagnostic::new(Code::UnknownElement, message) });
        }
    }

    fn tell_omitted(&mut self) {
        if self.omitted > 0 {
            let message = format!("the filing gave {} more diagnostics; they were left out", self.omitted);
            self.filing.diagnostics.push(Diagnostic::new(Code::DiagnosticsOmitted, message));
        }
    }
}
