//! A sum of 64-bit floats that is exact, so that no grouping of its terms can show in it.
