//! The steps of a deal's own life, told by their addresses, so that what `expand` prints has them too.

/// Whether an event is a step of its deal: that a deal opened, or was signed, is needed for whatever it came to. Objections
/// are made by others, and are none.
pub fn is_deal_step(address: &str) -> bool {
    let segments: Vec<&str> = address.split('.').collect();
    matches!(
        segments.as_slice(),
        [_, "opens" | "reconsiders" | "decides" | "signs" | "collapses"] | [_, "delivers", _]
    )
}

#[cfg(test)]
mod tests {
    use super::is_deal_step;

    #[test]
    fn steps_are_told_from_what_others_do() {
        for step in ["polonez_sale.opens", "polonez_sale.delivers.first"] {
            assert!(is_deal_step(step), "{step}");
        }
        for other in ["opens", "clash", "polonez_sale.objections.armenia", "a.delivers"] {
            assert!(!is_deal_step(other), "{other}");
        }
    }
}
