use super::*;
use crate::results::fixture;

#[test]
fn look() {
    let options = Options {
        width: 100,
        runs_per_second: Some(1_234_567.0),
        dates: Some(("2017-10-09".into(), "2020-10-09".into())),
    };
    for (runs, flawed, width) in [(100_000, false, 100), (20_000, true, 80), (100, false, 60)] {
        println!(
            "{}",
            table(
                &fixture::summary(runs, flawed),
                &fixture::observed(),
                &Options {
                    width,
                    ..options.clone()
                }
            )
        );
    }
    let mut out = Vec::new();
    crate::export::json(&fixture::summary(20_000, true), &mut out).unwrap();
    println!("{}", String::from_utf8(out).unwrap());
    let mut out = Vec::new();
    crate::export::csv(&fixture::summary(20_000, true), &mut out).unwrap();
    println!("{}", String::from_utf8(out).unwrap());
}
