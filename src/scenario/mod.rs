//! the file as written.
