//! Inputs that no writer would write.
