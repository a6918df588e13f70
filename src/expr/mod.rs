//! leaf: the expression language.
