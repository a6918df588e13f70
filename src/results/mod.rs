//! folds over the rows that an engine yields.
