//! writes results for other programs, one file a format.
