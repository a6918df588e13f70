//! leaf: what is wrong with an input, as data, and its one renderer.
