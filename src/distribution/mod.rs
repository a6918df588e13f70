//! leaf: probability distributions, one a file, each with its inverse.
