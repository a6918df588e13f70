//! The style sheet of the page.

/// It has no rules that fetch anything.
pub(super) const CSS: &str = include_str!("style.css");

/// How many outcomes have a colour of their own; further ones are grey.
pub(super) const COLOURS: usize = 10;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::numeric::pow;

    /// The value of a custom property in a block of the style sheet.
    fn colour(block: &str, name: &str) -> [f64; 3] {
        let start = block
            .find(&format!("--{name}:"))
            .unwrap_or_else(|| panic!("no colour {name}"));
        let hash = start + block[start..].find('#').expect("a colour in hexadecimal");
        [1, 3, 5].map(|place| {
            let digits = &block[hash + place..hash + place + 2];
            f64::from(u8::from_str_radix(digits, 16).expect("two hexadecimal digits")) / 255.0
        })
    }

    /// The contrast ratio of two colours, 1 to 21 (Web Content Accessibility Guidelines 2.2, relative luminance).
    fn contrast(a: [f64; 3], b: [f64; 3]) -> f64 {
        let linear = |c: f64| {
            if c <= 0.04045 {
                c / 12.92
            } else {
                pow((c + 0.055) / 1.055, 2.4)
            }
        };
        let luminance = |[r, g, b]: [f64; 3]| 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
        let (one, other) = (luminance(a) + 0.05, luminance(b) + 0.05);
        if one > other { one / other } else { other / one }
    }

    #[test]
    fn black_on_white_has_the_greatest_contrast() {
        assert!((contrast([0.0; 3], [1.0; 3]) - 21.0).abs() < 1e-9);
    }

    /// Fails if text has less contrast than 4.5 to 1, or a shape less than 3 to 1 (level AA), in the light or the dark.
    #[test]
    fn contrast_is_enough_in_the_light_and_in_the_dark() {
        let (light, dark) = CSS.split_once("prefers-color-scheme").expect("a dark scheme");
        for (scheme, block) in [("light", light), ("dark", dark)] {
            for ground in ["ground", "sheet"] {
                let against = |name: &str| contrast(colour(block, name), colour(block, ground));
                for text in ["ink", "soft", "link"] {
                    assert!(against(text) >= 4.5, "{scheme} {text} on {ground}: {}", against(text));
                }
                let shapes = (0..COLOURS).map(|index| format!("o{index}"));
                for shape in shapes.chain(["ou", "mid", "line"].map(str::to_owned)) {
                    assert!(
                        against(&shape) >= 3.0,
                        "{scheme} {shape} on {ground}: {}",
                        against(&shape)
                    );
                }
            }
        }
    }
}
