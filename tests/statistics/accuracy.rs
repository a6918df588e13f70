//! The accuracy contract: |F(x) - u| <= 1e-9 min(u, 1 - u), or x right to an ulp, of both ways to invert.

use equipoise::distribution::Sampler;

use crate::cases::{self, Row};

const PROMISED: f64 = 1e-9;

/// The error at a row, as a part of what is promised.
fn error(row: &Row, x: f64) -> f64 {
    let off = ((x - row.x) - row.rest).abs();
    let ulp = row.x.abs().next_up() - row.x.abs();
    if off <= ulp {
        return 0.0;
    }
    off * row.density / (PROMISED * row.u.min(1.0 - row.u))
}

#[test]
fn every_inverse_keeps_the_contract() {
    let mut broken = Vec::new();
    for case in cases::all() {
        let sampler = Sampler::new(case.distribution);
        for row in &case.rows {
            let found = [
                ("quantile", case.distribution.quantile(row.u)),
                ("sampler", sampler.sample(row.u)),
            ];
            for (method, x) in found {
                let error = error(row, x);
                if !(error <= 1.0) {
                    broken.push(format!(
                        "{}: the {method} at {:e} is {x:e}, not {:e}: {error:.2e} of what is allowed",
                        case.name, row.u, row.x
                    ));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn cdf_and_sf_meet_the_reference() {
    let mut broken = Vec::new();
    for case in cases::all() {
        for row in &case.rows {
            let (cdf, sf) = (case.distribution.cdf(row.x), case.distribution.sf(row.x));
            // What the rounding of x itself moves.
            let moved = 2.0 * row.density * (row.x.abs().next_up() - row.x.abs());
            for (kind, found, exact) in [("cdf", cdf, row.u), ("sf", sf, 1.0 - row.u)] {
                if !((found - exact).abs() <= 1e-10 * exact + moved) {
                    broken.push(format!(
                        "{}: the {kind} at {:e} is {found:e}, not {exact:e}",
                        case.name, row.x
                    ));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}
