//! Recognises and reads forms that are printed as HTML or plain text.

mod recognise;

pub use recognise::{Printed, recognise};
