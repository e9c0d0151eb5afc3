//! Recognises and reads forms that are printed as HTML or plain text.
