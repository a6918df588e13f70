//! `handwritten RUNS SEED LAWS`: plays the race of twelve clocks and prints how often each outcome came.
//!
//! LAWS says how the PERT distributions are drawn: `exact`, by the rejection sampler of `rand_distr`, as most would; or
//! `table`, by interpolation in a table of the inverse, as somebody would who has seen where the time goes.
//!
//! Gillespie's direct method for the clocks that go by a rate, a scheduled time for the two that go by a delay, xoshiro256++
//! for the draws. The rates of a run are kept, and only those that an event concerns are worked out again.

use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, Exp1};
use rand_xoshiro::Xoshiro256PlusPlus;

const HORIZON: f64 = 4.0;
const OUTCOMES: [&str; 7] = ["talks", "agreed", "signed", "delivered", "blocked", "collapsed", "redirected"];

#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Talks,
    Agreed,
    Signed,
    Delivered,
    Blocked,
    Collapsed,
    Redirected,
}

use Stage::*;

/// What is drawn from: a beta distribution between two ends.
struct Pert {
    low: f64,
    width: f64,
    beta: rand_distr::Beta<f64>,
    /// The inverse at multiples of 1 / CELLS; empty where draws are exact.
    table: Vec<f64>,
}

const CELLS: usize = 4096;

/// The inverse of the distribution function of a beta, at multiples of 1 / CELLS, by summing its density.
fn inverse_of_beta(a: f64, b: f64) -> Vec<f64> {
    const STEPS: usize = 1 << 16;
    let density = |x: f64| x.powf(a - 1.0) * (1.0 - x).powf(b - 1.0);
    let middle = |step: usize| (step as f64 + 0.5) / STEPS as f64;
    let total: f64 = (0..STEPS).map(|step| density(middle(step))).sum();
    let mut table = vec![0.0];
    let mut sum = 0.0;
    for step in 0..STEPS {
        sum += density(middle(step));
        while table.len() < CELLS && sum >= total * table.len() as f64 / CELLS as f64 {
            table.push((step + 1) as f64 / STEPS as f64);
        }
    }
    table.resize(CELLS + 1, 1.0);
    table
}

impl Pert {
    fn new(low: f64, mode: f64, high: f64, exact: bool) -> Self {
        let width = high - low;
        let (a, b) = (1.0 + 4.0 * (mode - low) / width, 1.0 + 4.0 * (high - mode) / width);
        Pert {
            low,
            width,
            beta: rand_distr::Beta::new(a, b).expect("shapes of at least 1"),
            table: if exact { Vec::new() } else { inverse_of_beta(a, b) },
        }
    }

    fn sample(&self, rng: &mut Xoshiro256PlusPlus) -> f64 {
        if self.table.is_empty() {
            return self.low + self.width * self.beta.sample(rng);
        }
        let place = rng.random::<f64>() * CELLS as f64;
        let cell = place as usize;
        let (left, right) = (self.table[cell], self.table[cell + 1]);
        self.low + self.width * (left + (right - left) * (place - cell as f64))
    }
}

struct Laws {
    need: Pert,
    pressure: Pert,
    leverage: Pert,
    tolerance: Pert,
    haste: Pert,
    price: Pert,
    decides: Pert,
    delivers: Pert,
}

/// The clocks that go by a rate.
const AGREES: usize = 0;
const OBJECTS: usize = 1;
const COLLAPSES: usize = 2;
const SIGNS: usize = 3;
const REDIRECTS: usize = 4;
const OIL_SHOCK: usize = 5;
const CLASH: usize = 6;
const CALMS: usize = 7;
const BUK_BATCH: usize = 8;
const NONLETHAL: usize = 9;

struct Run {
    genuine: bool,
    need: f64,
    pressure: f64,
    tolerance: f64,
    haste: f64,
    stage: Stage,
    objected: bool,
    decided: bool,
    nonlethal: bool,
    oil: f64,
    azerbaijan: f64,
    kazakhstan: f64,
    buk: f64,
    tension: f64,
    rates: [f64; 10],
}

impl Run {
    fn pending(&self) -> bool {
        matches!(self.stage, Talks | Agreed | Signed)
    }

    fn over(&self) -> bool {
        matches!(self.stage, Blocked | Collapsed)
    }

    fn stage_changed(&mut self) {
        self.set_agrees();
        self.set_objects();
        self.set_collapses();
        self.rates[SIGNS] = if self.stage == Agreed { 2.0 * self.haste } else { 0.0 };
        self.rates[REDIRECTS] = if self.over() && self.kazakhstan == 0.0 { 0.8 } else { 0.0 };
        let open = (self.over() || self.stage == Redirected) && !self.nonlethal;
        self.rates[NONLETHAL] = if open { 0.6 } else { 0.0 };
    }

    fn set_agrees(&mut self) {
        let runs = self.stage == Talks && self.genuine;
        self.rates[AGREES] = if runs { 1.5 * (1.0 + self.need) / (1.0 + self.oil) } else { 0.0 };
    }

    fn set_objects(&mut self) {
        let threat = if self.stage == Talks { 3.0 } else { 6.0 };
        let runs = !self.objected && self.pending() && threat > 4.0 * self.tolerance;
        self.rates[OBJECTS] = if runs { 2.0 * self.pressure * threat / 5.0 } else { 0.0 };
    }

    fn set_collapses(&mut self) {
        self.rates[COLLAPSES] = if self.pending() { 0.25 * (1.0 + 0.5 * self.oil) } else { 0.0 };
    }

    fn set_clash(&mut self) {
        let gap: f64 = 4.0 - 0.8 * self.azerbaijan;
        self.rates[CLASH] = 0.3 * self.tension * (1.0 + gap.abs() / 4.0);
    }

    fn set_calms(&mut self) {
        self.rates[CALMS] = if self.tension > 1.0 { 0.5 } else { 0.0 };
    }
}

fn play(laws: &Laws, rng: &mut Xoshiro256PlusPlus) -> Run {
    let mut run = Run {
        genuine: rng.random::<f64>() < 0.85,
        need: laws.need.sample(rng),
        pressure: laws.pressure.sample(rng),
        tolerance: laws.tolerance.sample(rng),
        haste: laws.haste.sample(rng),
        stage: Talks,
        objected: false,
        decided: false,
        nonlethal: false,
        oil: 0.0,
        azerbaijan: 0.0,
        kazakhstan: 0.0,
        buk: 2.0,
        tension: 1.0,
        rates: [0.0; 10],
    };
    let leverage = laws.leverage.sample(rng);
    let price = laws.price.sample(rng);
    run.stage_changed();
    run.set_clash();
    run.rates[OIL_SHOCK] = 0.15;
    run.rates[BUK_BATCH] = 0.4;
    let (mut decides, mut delivers) = (f64::INFINITY, f64::INFINITY);
    let mut now = 0.0;
    loop {
        let total: f64 = run.rates.iter().sum();
        let wait: f64 = Exp1.sample(rng);
        let next = now + wait / total;
        if decides.min(delivers) < next {
            // What is left of the wait has no memory: it is drawn anew.
            now = decides.min(delivers);
            if now > HORIZON {
                break;
            }
            if decides <= delivers {
                decides = f64::INFINITY;
                let refuses = 1.0 / (1.0 + (-(3.0 * leverage - 2.0 * run.need - price)).exp());
                if rng.random::<f64>() < refuses {
                    run.stage = Blocked;
                    delivers = f64::INFINITY;
                    run.stage_changed();
                } else {
                    run.decided = true;
                }
            } else {
                (delivers, decides) = (f64::INFINITY, f64::INFINITY);
                run.stage = Delivered;
                run.azerbaijan = 10.0;
                run.stage_changed();
                run.set_clash();
            }
            continue;
        }
        now = next;
        if now > HORIZON {
            break;
        }
        let mut left = rng.random::<f64>() * total;
        let mut event = 0;
        while event < 9 && left >= run.rates[event] {
            left -= run.rates[event];
            event += 1;
        }
        match event {
            AGREES => {
                run.stage = Agreed;
                run.stage_changed();
            }
            OBJECTS => {
                run.objected = true;
                run.rates[OBJECTS] = 0.0;
                decides = now + laws.decides.sample(rng);
            }
            COLLAPSES => {
                run.stage = Collapsed;
                (decides, delivers) = (f64::INFINITY, f64::INFINITY);
                run.stage_changed();
            }
            SIGNS => {
                run.stage = Signed;
                delivers = now + laws.delivers.sample(rng);
                run.stage_changed();
            }
            REDIRECTS => {
                run.kazakhstan = 6.0;
                run.stage = Redirected;
                run.stage_changed();
            }
            OIL_SHOCK => {
                run.oil += 1.0;
                run.set_agrees();
                run.set_collapses();
            }
            CLASH => {
                run.tension = (run.tension * 1.2).min(3.0);
                run.set_clash();
                run.set_calms();
            }
            CALMS => {
                run.tension = (run.tension / 1.2).max(1.0);
                run.set_clash();
                run.set_calms();
            }
            BUK_BATCH => {
                run.buk += 1.0;
                run.rates[BUK_BATCH] = if run.buk < 6.0 { 0.4 } else { 0.0 };
            }
            _ => {
                run.nonlethal = true;
                run.rates[NONLETHAL] = 0.0;
            }
        }
    }
    run
}

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let number = |place: usize| arguments[place].parse::<u64>().expect("a whole number");
    let (runs, exact) = (number(1), arguments[3] == "exact");
    let mut rng = Xoshiro256PlusPlus::seed_from_u64(number(2));
    let year = |months: f64| months / 12.0;
    let laws = Laws {
        need: Pert::new(0.0, 0.5, 1.0, exact),
        pressure: Pert::new(0.0, 0.4, 1.0, exact),
        leverage: Pert::new(0.0, 0.6, 1.0, exact),
        tolerance: Pert::new(0.2, 0.7, 1.5, exact),
        haste: Pert::new(0.2, 0.5, 1.0, exact),
        price: Pert::new(0.0, 0.3, 1.0, exact),
        decides: Pert::new(year(1.0), year(3.0), year(6.0), exact),
        delivers: Pert::new(year(8.0), year(14.0), year(24.0), exact),
    };
    let mut counts = [0_u64; 7];
    let (mut gap, mut tension) = (0.0, 0.0);
    for _ in 0..runs {
        let run = play(&laws, &mut rng);
        counts[run.stage as usize] += 1;
        gap += 4.0 - 0.8 * run.azerbaijan;
        tension += run.tension;
    }
    std::hint::black_box((gap, tension));
    print!("{{\"runs\": {runs}, \"outcomes\": {{");
    for (index, (name, count)) in OUTCOMES.iter().zip(counts).enumerate() {
        print!("{}\"{name}\": {count}", if index == 0 { "" } else { ", " });
    }
    println!("}}}}");
}
