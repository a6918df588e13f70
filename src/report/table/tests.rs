use super::*;
use crate::results::fixture;

fn shown(runs: u64, flawed: bool, width: usize) -> String {
    let dates = Some(("2017-10-09".to_owned(), "2020-10-09".to_owned()));
    let options = Options {
        width,
        runs_per_second: Some(1_234_567.0),
        dates,
        styled: false,
    };
    table(&fixture::summary(runs, flawed), &fixture::observed(), &options)
}

/// Read it aloud before changing it.
#[test]
fn says_what_the_runs_say() {
    let expected = "\
Polonez for Azerbaijan
2017-10-09 to 2020-10-09 · seed 2016 · 100,000 runs · 1.2 million runs a second

Outcome                        share  noise     runs
The sale is completed         41.1 %  ± 0.3   41,095  ████████████████▌
The rockets go to Kazakhstan  12.0 %  ± 0.2   12,026  ████▊
An ally stops the sale        33.0 %  ± 0.3   32,967  █████████████▏
fell_through                  13.9 %  ± 0.2   13,877  █████▌
unresolved                    0.03 %  ± 0.01      35  ▏

± is simulation noise (95 %): it shrinks with more runs and does not say if the scenario is right.

Measure                         unit    mean      sd    5 %   50 %   95 %     runs  left out
Azerbaijan's share of strength         0.767  0.0596  0.701  0.750  0.881  100,000
clashes                                 1.50    1.48      0      1      4  100,000
First delivery                  years  0.867   0.354  0.312  0.867   1.42   41,095    58,905

Left out are runs in which there was nothing to measure, as where it never happened.

Over time                       2017-10-09  mean           2020-10-09  5 % to 95 % then
Azerbaijan's share of strength         0.7  ▁▂▂▃▃▄▅▅▆▆▇▇█       0.767  0.701 to 0.881

What fired              in runs  times a run
The sale is proposed    100.0 %            1
The contract is signed   60.2 %        0.602
clash                    74.9 %         1.50
Never fired: embargo
";
    assert_eq!(shown(100_000, false, 100), expected);
}

/// Fails if invalid runs go unsaid, or the bounds that they leave.
#[test]
fn says_which_runs_do_not_count() {
    let expected = "\
Polonez for Azerbaijan
2017-10-09 to 2020-10-09 · seed 2016 · 20,000 runs · 1.2 million runs a second

Outcome                        share  noise    runs      worst case
The sale is completed         41.2 %  ± 0.7   8,223  41.1 to 41.4 %  ████▌
The rockets go to Kazakhstan  12.0 %  ± 0.5   2,384  11.9 to 12.2 %  █▍
An ally stops the sale        33.1 %  ± 0.7   6,601  33.0 to 33.3 %  ███▋
fell_through                  13.7 %  ± 0.5   2,735  13.7 to 13.9 %  █▌
unresolved                    0.03 %  ± 0.03      6  0.03 to 0.29 %  ▏

± is simulation noise (95 %): it shrinks with more runs and does not say if the
scenario is right.

36 runs failed, as a number in the scenario left its range. Trace run 651, the
first, to see why.
15 runs fired more events than the limit, and ended there. Trace run 1493, the
first, to see why.
Shares are of the 19,949 other runs. The worst case is of all runs, if none or
all of these had ended so.

Measure              unit    mean      sd    5 %   50 %   95 %    runs  left out
Azerbaijan's share…         0.766  0.0595  0.701  0.750  0.881  19,949
clashes                      1.49    1.48      0      1      4  19,949
First delivery       years  0.861   0.356  0.312  0.859   1.42   8,223    11,726

Left out are runs in which there was nothing to measure, as where it never
happened.

Over time                       2017-10-09  mean    2020-10-09  5 % to 95 % then
Azerbaijan's share of strength         0.7  ▁▂▃▅▆█       0.766  0.701 to 0.881

What fired              in runs  times a run
The sale is proposed    100.0 %            1
The contract is signed   60.3 %        0.603
clash                    74.8 %         1.49
Never fired: embargo
";
    assert_eq!(shown(20_000, true, 80), expected);
}

/// Fails if a line is longer than it must be.
#[test]
fn keeps_to_the_width() {
    for width in 80..160 {
        for line in shown(20_000, true, width).lines() {
            assert!(line.chars().count() <= width, "{width}: {line}");
            assert_eq!(line, line.trim_end());
        }
    }
    assert_eq!(
        shown(100, false, 0).lines().next(),
        Some("Polonez for Azerbaijan"),
        "any width is taken"
    );
}

#[test]
fn says_less_where_there_is_less_to_say() {
    let bare = Observed::default();
    let identity = crate::results::Identity {
        title: "Nothing".to_owned(),
        sha256: String::new(),
        seed: 1,
        first_run: 500,
        runs: 0,
        partial: true,
    };
    let summary = Summary::new(&identity, &bare, &crate::results::Results::new(&bare));
    let text = table(
        &summary,
        &bare,
        &Options {
            width: 80,
            ..Options::default()
        },
    );
    assert_eq!(text, "Nothing\nseed 1 · 0 runs · from run 500 on · stopped early\n");
    let none = shown(0, false, 80);
    assert!(
        none.contains("The sale is completed             –  –         0\n"),
        "{none}"
    );
}
