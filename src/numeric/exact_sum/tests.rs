use super::*;

/// Bits without a pattern (SplitMix64).
struct Bits(u64);

impl Bits {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// A finite float of any exponent and sign.
    fn float(&mut self) -> f64 {
        loop {
            let float = f64::from_bits(self.next());
            if float.is_finite() {
                return float;
            }
        }
    }
}

fn sum(terms: &[f64]) -> ExactSum {
    let mut sum = ExactSum::new();
    terms.iter().for_each(|term| sum.add(*term));
    sum
}

/// Whole numbers of 2^-60 are summed exactly by an i128 and rounded by its conversion. Fails if a bit is lost anywhere
/// between an addition and the rounding.
#[test]
fn agrees_with_exact_arithmetic() {
    let mut bits = Bits(1);
    let step = 1.0 / (1_u64 << 60) as f64;
    for length in 1..400 {
        let (mut terms, mut exact) = (Vec::new(), 0_i128);
        for _ in 0..length {
            let significand = i128::from(bits.next() >> 11);
            let scaled = significand << (bits.next() % 60);
            let scaled = if bits.next().is_multiple_of(2) { scaled } else { -scaled };
            terms.push(scaled as f64 * step);
            exact += scaled;
        }
        let expected = exact as f64 * step;
        assert_eq!(sum(&terms).value().to_bits(), expected.to_bits(), "{length} terms");
        let (high, low) = sum(&terms).value_and_rest();
        let rest = exact - (high / step) as i128;
        assert_eq!((high, low), (expected, rest as f64 * step), "{length} terms");
    }
}

/// Fails if the order or the grouping of the terms can show.
#[test]
fn neither_order_nor_grouping_shows() {
    let mut bits = Bits(2);
    let mut terms: Vec<f64> = (0..3000).map(|_| bits.float()).collect();
    let whole = sum(&terms);
    for _ in 0..50 {
        for i in (1..terms.len()).rev() {
            terms.swap(i, (bits.next() % (i as u64 + 1)) as usize);
        }
        let mut merged = ExactSum::new();
        let mut rest = terms.as_slice();
        while !rest.is_empty() {
            let (part, others) = rest.split_at(1 + bits.next() as usize % rest.len());
            merged.merge(&sum(part));
            rest = others;
        }
        assert_eq!(merged.value().to_bits(), whole.value().to_bits());
        assert_eq!(merged, whole);
        assert_eq!(
            serde_json::to_string(&merged).unwrap(),
            serde_json::to_string(&whole).unwrap()
        );
    }
}

/// Fails if anything of a term that was taken back stays.
#[test]
fn cancels_completely() {
    let mut bits = Bits(3);
    let mut terms: Vec<f64> = (0..2000).map(|_| bits.float()).collect();
    terms.extend(terms.clone().iter().map(|term| -term));
    assert_eq!(sum(&terms), ExactSum::new());
    assert_eq!(sum(&terms).value().to_bits(), 0);
    terms.push(5e-324);
    assert_eq!(sum(&terms).value(), 5e-324);
    assert_eq!(sum(&[1e300, 1.0, -1e300, 1e-300, -1.0]).value(), 1e-300);
}

/// Fails if carries are passed on too late: a chunk would overflow after about 1024 additions without.
#[test]
fn carries_through_millions_of_additions() {
    let mut sum = ExactSum::new();
    for _ in 0..3_000_000 {
        sum.add(0.1);
    }
    // 0.1 is the float 0x1.999999999999ap-4: a whole number of 2^-56.
    let step = 1.0 / (1_u64 << 56) as f64;
    let exact = (0.1 / step) as i128 * 3_000_000;
    assert_eq!(sum.value(), exact as f64 * step);
    for _ in 0..3_000_000 {
        sum.add(-0.1);
    }
    assert_eq!(sum, ExactSum::new());
    // The float below 4 changes a chunk by more than any other: nearly 2^52.
    let most = 4.0_f64.next_down();
    (0..1 << 20).for_each(|_| sum.add(most));
    assert_eq!(sum.value(), most * (1 << 20) as f64);
    (0..1 << 20).for_each(|_| sum.add(-most));
    assert_eq!(sum, ExactSum::new());
    for term in [f64::MAX, -f64::MAX] {
        (0..1_500_000).for_each(|_| sum.add(term));
        assert_eq!(sum.value().is_infinite(), term > 0.0);
    }
    assert_eq!(sum, ExactSum::new());
}

#[test]
fn rounds_ties_to_even() {
    let half = f64::EPSILON / 2.0;
    assert_eq!(sum(&[1.0, half]).value(), 1.0);
    assert_eq!(sum(&[1.0, half, 5e-324]).value(), 1.0 + f64::EPSILON);
    assert_eq!(sum(&[1.0 + f64::EPSILON, half]).value(), 1.0 + 2.0 * f64::EPSILON);
    assert_eq!(sum(&[-1.0, -half]).value(), -1.0);
    assert_eq!(sum(&[-1.0, -half, -5e-324]).value(), -1.0 - f64::EPSILON);
}

#[test]
fn reaches_both_ends_of_the_range() {
    let least = f64::from_bits(1);
    assert_eq!(sum(&vec![least; 5000]).value().to_bits(), 5000);
    let subnormal = f64::from_bits((1 << 52) - 1);
    assert_eq!(sum(&[subnormal, least]).value(), f64::MIN_POSITIVE);
    assert_eq!(sum(&[subnormal, subnormal, least]).value().to_bits(), (2 << 52) - 1);
    assert_eq!(sum(&[f64::MAX, f64::MAX, -f64::MAX]).value(), f64::MAX);
    assert_eq!(sum(&[f64::MAX, f64::MAX]).value(), f64::INFINITY);
    // Half a step above the largest float is a tie, which goes up; just below it goes down.
    let half = f64::from_bits(0x7c90_0000_0000_0000);
    assert_eq!(sum(&[-f64::MAX, -half]).value(), f64::NEG_INFINITY);
    assert_eq!(sum(&[f64::MAX, half, -1.0]).value(), f64::MAX);
    assert_eq!(sum(&[0.0, -0.0]).value().to_bits(), 0);
}

#[test]
fn what_is_not_finite_is_remembered() {
    let infinity = f64::INFINITY;
    assert_eq!(sum(&[1.0, infinity, -1e308]).value(), infinity);
    assert_eq!(sum(&[-infinity, 1.0]).value_and_rest(), (-infinity, 0.0));
    assert!(sum(&[infinity, -infinity]).value().is_nan());
    assert!(sum(&[f64::NAN, infinity]).value().is_nan());
    let mut merged = sum(&[1.0]);
    merged.merge(&sum(&[infinity]));
    assert_eq!(merged.value(), infinity);
}

/// Fails if a saved sum is not the sum, or if what no sum is saved as is taken for one.
#[test]
fn is_saved_exactly() {
    let mut bits = Bits(4);
    for length in 0..100 {
        let terms: Vec<f64> = (0..length).map(|_| bits.float()).collect();
        let json = serde_json::to_string(&sum(&terms)).unwrap();
        assert_eq!(serde_json::from_str::<ExactSum>(&json).unwrap(), sum(&terms));
    }
    for damaged in [
        r#"{"negative":false,"lowest":67,"digits":[1],"not_finite":0}"#,
        r#"{"negative":false,"lowest":0,"digits":[4294967296],"not_finite":0}"#,
        r#"{"negative":false,"lowest":0,"digits":[],"not_finite":8}"#,
    ] {
        assert!(serde_json::from_str::<ExactSum>(damaged).is_err(), "{damaged}");
    }
}

/// Fails if adding together is not adding each: at any spread of sizes, signs, zeros, and what is not finite.
#[test]
fn adding_together_is_adding_each() {
    let mut bits = Bits(5);
    for spread in [0, 3, 62, 63, 64, 65, 130, 2045] {
        for lowest in [0, 1, 31, 1000, 2046 - spread] {
            let float = |bits: &mut Bits| match bits.next() % 8 {
                0 => 0.0,
                1 => -0.0,
                _ => {
                    let exponent = (lowest + bits.next() % (spread + 1)) % 2047;
                    f64::from_bits(bits.next() & !(0x7ff << 52) | exponent << 52)
                }
            };
            let mut terms: Vec<f64> = (0..1500).map(|_| float(&mut bits)).collect();
            for _ in 0..2 {
                let mut together = ExactSum::new();
                together.add_all(&terms);
                assert_eq!(together, sum(&terms), "{spread} from {lowest}");
                terms[700] = f64::NEG_INFINITY;
            }
        }
    }
    let mut together = ExactSum::new();
    (0..2000).for_each(|_| together.add_all(&[-f64::MAX; 512]));
    (0..2000).for_each(|_| together.add_all(&[f64::MAX; 512]));
    together.add_all(&[]);
    assert_eq!(together, ExactSum::new());
}

/// Fails if slices of terms could add up to more than 53 bits: all bits of all terms are set, and all signs are the same.
#[test]
fn full_terms_added_together_fit() {
    let full = |exponent: u64| f64::from_bits(exponent << 52 | ((1 << 52) - 1));
    for smaller in 0..100 {
        let mut terms = [full(1023); 512];
        terms[1..].fill(full(1023 - smaller));
        let mut together = ExactSum::new();
        together.add_all(&terms);
        assert_eq!(together, sum(&terms), "2^{smaller} times smaller");
    }
}
