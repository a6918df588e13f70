//! What the documentation shows is run: the examples of the diagnostics, and every command and scenario of the book.

mod book;
mod explanations;
mod fences;
mod keys;
