//! The order in which rules and outcomes are tried: that of the file, but for those that say what they stand before.

use crate::diagnostic::{Code, Diagnostic, Faults};
use crate::scenario::{Key, Text};

/// The entries of a table that says where some of them stand, in the order in which they are tried.
pub(super) fn in_order<'a, T>(
    entries: &'a [(Key, T)],
    before: impl Fn(&'a T) -> Option<&'a Text>,
    what: &str,
    faults: &mut Faults,
) -> Vec<&'a (Key, T)> {
    let mut order: Vec<&(Key, T)> = entries.iter().filter(|(_, entry)| before(entry).is_none()).collect();
    let mut placed: Vec<&(Key, T)> = entries.iter().filter(|(_, entry)| before(entry).is_some()).collect();
    placed.retain(|entry| {
        let Some(target) = before(&entry.1) else { return false };
        let known = || entries.iter().map(|(key, _)| key.text.as_str());
        let found = known().any(|id| id == target.text);
        if !found {
            let message = format!("there is no {what} `{}` to stand before", target.text);
            faults.push(Diagnostic::new(Code::UnknownId, target.span, message).suggest(&target.text, known()));
            order.push(entry);
        }
        found
    });
    // One placed before another that is itself placed waits for it; what remains goes round in a circle.
    while !placed.is_empty() {
        let waiting = placed.len();
        placed.retain(|entry| {
            let target = before(&entry.1).map_or("", |text| text.text.as_str());
            match order.iter().position(|(key, _)| key.text == target) {
                Some(at) => {
                    order.insert(at, entry);
                    false
                }
                None => true,
            }
        });
        if placed.len() == waiting {
            for (key, entry) in &placed {
                let Some(text) = before(entry) else { continue };
                let message = if text.text == key.text {
                    format!("`{}` cannot stand before itself", key.text)
                } else {
                    format!(
                        "`{}` cannot stand before `{}`, which waits for it in turn",
                        key.text, text.text
                    )
                };
                faults.push(Diagnostic::new(Code::Cycle, text.span, message).help("leave out one `before`"));
            }
            break;
        }
    }
    order
}
