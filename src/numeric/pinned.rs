//! Pinned bits: what the functions give is the same on every machine, and part of what a seed means.

use super::*;

#[test]
fn bits_are_pinned() {
    let pins: &[(&str, f64, u64)] = &[
        ("exp", exp(1.0), 0x4005_bf0a_8b14_576a),
        ("exp", exp(-0.3), 0x3fe7_b4c8_69c3_7c05),
        ("exp", exp(0.1), 0x3ff1_aec7_b35a_00d4),
        ("exp", exp(700.5), 0x7f18_625c_7d4f_56c2),
        ("exp", exp(-744.0), 0x0000_0000_0000_0002),
        ("ln", ln(2.0), 0x3fe6_2e42_fefa_39ef),
        ("ln", ln(0.7), 0xbfd6_d3c3_24e1_3f50),
        ("ln", ln(10.0), 0x4002_6bb1_bbb5_5516),
        ("ln", ln(5e-324), 0xc087_4385_446d_71c3),
        ("ln", ln(1e300), 0x4085_9634_47f8_7fb5),
        ("logistic", logistic(0.25), 0x3fe1_fd59_92bc_4b83),
        ("logistic", logistic(-3.0), 0x3fa8_4834_3c90_5446),
        ("logistic", logistic(10.0), 0x3fef_ffa0_cb34_6f89),
        ("logistic", logistic(-700.0), 0x00d1_4f2b_0fb9_307f),
        ("ln_1p", ln_1p(1e-9), 0x3e11_2e0b_e801_f1d9),
        ("ln_1p", ln_1p(0.5), 0x3fd9_f323_ecbf_984c),
        ("ln_1p", ln_1p(-0.75), 0xbff6_2e42_fefa_39ef),
        ("exp_m1", exp_m1(1e-9), 0x3e11_2e0b_e84b_bb51),
        ("exp_m1", exp_m1(0.2), 0x3fcc_56ec_f2c5_6468),
        ("exp_m1", exp_m1(-3.0), 0xbfee_6824_f333_14f5),
        ("ln_gamma", ln_gamma(0.1), 0x4002_058e_35f3_deed),
        ("ln_gamma", ln_gamma(1.5), 0xbfbe_eb95_b094_c191),
        ("ln_gamma", ln_gamma(5.25), 0x400c_7db2_a73e_fc17),
        ("ln_gamma", ln_gamma(100.5), 0x4076_96f7_f948_1307),
        ("normal_sf", normal_sf(0.5), 0x3fd3_bf14_3b9a_a712),
        ("normal_sf", normal_sf(-1.5), 0x3fed_dcb7_24ed_3702),
        ("normal_sf", normal_sf(8.0), 0x3cc6_69d2_c90d_55cf),
        ("normal_sf", normal_sf(30.0), 0x16f7_795a_d05e_a397),
        ("pow", pow(2.5, 0.3), 0x3ff5_0fe6_c94a_6e58),
        ("pow", pow(0.1, -7.0), 0x4163_12cf_ffff_fffe),
        ("pow", pow(1.0000001, 3000000.0), 0x3ff5_9905_872c_eda0),
        ("pow", pow(3e-310, 0.5), 0x1fcd_b9b6_d158_69b2),
        ("pow", pow(-1.1, 3.0), 0xbff5_4bc6_a7ef_9db4),
        ("incomplete_gamma", incomplete_gamma(0.3, 0.1).0, 0x3fe1_781e_396e_d05a),
        ("incomplete_gamma", incomplete_gamma(5.0, 7.0).0, 0x3fea_76da_4db5_3fe2),
        ("incomplete_gamma", incomplete_gamma(2.0, 1.0).0, 0x3fd0_e953_93a6_218e),
        (
            "incomplete_gamma",
            incomplete_gamma(500.0, 480.0).0,
            0x3fc7_d816_7357_e8d5,
        ),
        (
            "incomplete_beta",
            BetaFunction::new(0.3, 0.6).incomplete(0.1, 0.9).1,
            0x3fe3_0d9d_e3af_adaa,
        ),
        (
            "incomplete_beta",
            BetaFunction::new(5.0, 7.0).incomplete(0.25, 0.75).1,
            0x3fec_54fa_ffff_fffc,
        ),
        (
            "incomplete_beta",
            BetaFunction::new(20.0, 1.5).incomplete(0.875, 0.125).1,
            0x3feb_619e_e00e_05f7,
        ),
        (
            "incomplete_beta",
            BetaFunction::new(300.0, 200.0).incomplete(0.5, 0.5).1,
            0x3fef_fff8_919b_c7e3,
        ),
    ];
    for (name, value, bits) in pins {
        assert_eq!(
            value.to_bits(),
            *bits,
            "{name} gives {value:e}, {:#018x}",
            value.to_bits()
        );
    }
}
