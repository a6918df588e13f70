//! Plays two or more plans on the same runs and tells what differs between them.
//!
//! A site's draw in a run is the same in every plan that has the site. So the runs are pairs, and the noise that both have
//! drops out of their difference.

mod beliefs;
mod comparison;
mod edits;
mod layout;
mod paired;
mod pairs;
mod shapley;
mod summarise;

pub use beliefs::{Believed, Said};
pub use comparison::{
    Attribution, Belief, BothMeans, Change, Compared, Comparison, Difference, Edit, Lost, MeasureComparison,
    OutcomeComparison, OutcomeSide, PointComparison, SeriesComparison, Share, Side, Times, Transitions,
};
pub use edits::{Edits, TooManyEdits, edits};
pub use layout::Layout;
pub use pairs::{Joint, Pairs};
pub use shapley::{MOST_EDITS, Shapley, subsets};
pub use summarise::{attribution, compared, side};
