//! what a person looks at.
