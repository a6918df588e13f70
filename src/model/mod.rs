//! the checked domain, and its lowering to the core.
