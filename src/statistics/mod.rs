//! leaf: intervals, distances and scores, each with its source.
