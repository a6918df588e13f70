//! The portable functions against `functions.csv`, which `functions.py` wrote.

use equipoise::numeric;

/// How far a function may be off.
enum Allowed {
    /// In units of the last place of the exact value.
    Ulps(f64),
    /// As a part of the exact value.
    Relative(f64),
    /// As a part of the exact value or, if that is below 1, of 1.
    Mixed(f64),
}

fn evaluate(name: &str, arguments: &[f64]) -> (f64, Allowed) {
    use Allowed::{Mixed, Relative, Ulps};
    match (name, arguments) {
        ("exp", &[x]) => (numeric::exp(x), Ulps(0.95)),
        ("ln", &[x]) => (numeric::ln(x), Ulps(0.95)),
        ("pow", &[x, y]) => (numeric::pow(x, y), Ulps(0.6)),
        ("ln_1p", &[x]) => (numeric::ln_1p(x), Ulps(2.0)),
        ("exp_m1", &[x]) => (numeric::exp_m1(x), Ulps(3.5)),
        ("logistic", &[x]) => (numeric::logistic(x), Ulps(2.5)),
        ("normal_sf", &[z]) => (numeric::normal_sf(z), Relative(2e-15)),
        ("ln_gamma", &[x]) => (numeric::ln_gamma(x), Mixed(2e-15)),
        ("gamma_p", &[a, x]) => (numeric::incomplete_gamma(a, x).0, Relative(2e-13)),
        ("gamma_q", &[a, x]) => (numeric::incomplete_gamma(a, x).1, Relative(2e-13)),
        ("beta_p", &[a, b, x]) => (
            numeric::BetaFunction::new(a, b).incomplete(x, 1.0 - x).0,
            Relative(2e-13),
        ),
        ("beta_q", &[a, b, x]) => (
            numeric::BetaFunction::new(a, b).incomplete(x, 1.0 - x).1,
            Relative(2e-13),
        ),
        _ => panic!("no function {name} of {} arguments", arguments.len()),
    }
}

#[test]
fn functions_meet_the_reference() {
    let number = |text: &str| text.parse::<f64>().expect("a number");
    let mut broken = Vec::new();
    for line in include_str!("functions.csv")
        .lines()
        .filter(|line| !line.starts_with('#'))
    {
        let fields: Vec<&str> = line.split(',').collect();
        let [name, arguments, value, rest] = fields[..] else {
            panic!("four fields in {line}");
        };
        let arguments: Vec<f64> = arguments.split_whitespace().map(number).collect();
        let (exact, rest) = (number(value), number(rest));
        let (found, allowed) = evaluate(name, &arguments);
        let size = exact.abs();
        // The spacing of floats below a power of two is half of that above: the finer one counts.
        let ulp = size - size.next_down();
        let off = ((found - exact) - rest).abs();
        let (error, limit) = match allowed {
            Allowed::Ulps(limit) => (off / ulp, limit),
            Allowed::Relative(limit) => (off / size, limit),
            Allowed::Mixed(limit) => (off / size.max(1.0), limit),
        };
        if !(error <= limit) {
            broken.push(format!(
                "{name}{arguments:?} is {found:e}, not {exact:e}: off by {error:.2e}, allowed {limit:.2e}"
            ));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// The standard library is no reference for the last bit, but it covers every exponent.
#[test]
fn every_exponent_agrees_with_the_standard_library() {
    for exponent in 0..2047_u64 {
        for mantissa in [0, 1, 0x6_a09e_667f_3bcc, 0x6_a09e_667f_3bcd, 0xf_ffff_ffff_ffff] {
            let x = f64::from_bits(exponent << 52 | mantissa);
            if x > 0.0 {
                close(numeric::ln(x), x.ln(), x);
                close(numeric::pow(x, 0.75), x.powf(0.75), x);
                close(numeric::pow(x, -1.25), x.powf(-1.25), x);
            }
        }
    }
    for step in -7600..7200 {
        let x = f64::from(step) * 0.1;
        close(numeric::exp(x), x.exp(), x);
    }
}

fn close(found: f64, expected: f64, x: f64) {
    let same = found == expected || (found - expected).abs() <= 4.0 * (expected.abs().next_up() - expected.abs());
    assert!(same, "{found:e} is not {expected:e} at {x:e}");
}
