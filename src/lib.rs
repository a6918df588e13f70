//! Equipoise plays a declared scenario of rival powers out many times over and counts how it ends.
//!
//! The modules are the stages of the pipeline, in order, and then the leaves that any stage may use. A stage imports
//! only stages before it, and leaves.
//!
//! `scenario` (the file as written) → `model` (checked, lowered to a small core) → `plan` (flattened for speed) →
//! `engine` (plays runs) → `results` (counts them) → `analysis` (asks more of them) → `export` and `report` (show them).

pub mod analysis;
pub mod diagnostic;
pub mod distribution;
pub mod engine;
pub mod export;
pub mod expr;
pub mod model;
pub mod numeric;
pub mod plan;
pub mod report;
pub mod results;
pub mod scenario;
pub mod statistics;

#[cfg(feature = "cli")]
pub mod cli;
