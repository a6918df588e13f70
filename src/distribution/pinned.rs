//! Pinned values: how a uniform becomes a value is part of what a seed means. A change here breaks every saved result, and
//! belongs in the changelog as such.

use super::{Distribution, Family, Sampler};

struct Pin {
    family: Family,
    arguments: &'static [f64],
    truncate: Option<[f64; 2]>,
    /// The bits at `UNIFORMS`.
    quantile: [u64; 5],
    sample: [u64; 5],
}

/// The integers k of the uniforms (k + 0.5) x 2^-52.
const UNIFORMS: [u64; 5] = [
    1 << 12,
    1 << 40,
    0x4_0000_0000_0000,
    0xa_bcde_f012_3456,
    0xf_ffff_ffff_0000,
];

#[test]
fn values_are_pinned() {
    for pin in PINS {
        let distribution = Distribution::new(pin.family, pin.arguments, pin.truncate).expect("valid arguments");
        let sampler = Sampler::new(distribution);
        let u = UNIFORMS.map(|k| (k as f64 + 0.5) * f64::EPSILON);
        let name = format!("{} {:?} {:?}", pin.family.name(), pin.arguments, pin.truncate);
        assert_eq!(
            u.map(|u| distribution.quantile(u).to_bits()),
            pin.quantile,
            "quantiles of {name}"
        );
        assert_eq!(u.map(|u| sampler.sample(u).to_bits()), pin.sample, "samples of {name}");
        let mut filled = [0.0; 5];
        sampler.fill(&u, &mut filled);
        assert_eq!(filled.map(f64::to_bits), pin.sample, "filled samples of {name}");
    }
}

const PINS: &[Pin] = &[
    Pin {
        family: Family::Uniform,
        arguments: &[-1.0, 3.0],
        truncate: None,
        quantile: [
            0xbfef_ffff_ffff_7ffc,
            0xbfef_f7ff_ffff_fffc,
            0x3cc0_0000_0000_0000,
            0x3ffa_f37b_c048_d15a,
            0x4007_ffff_fffe_0001,
        ],
        sample: [
            0xbfef_ffff_ffff_7ffc,
            0xbfef_f7ff_ffff_fffc,
            0x3cc0_0000_0000_0000,
            0x3ffa_f37b_c048_d15a,
            0x4007_ffff_fffe_0001,
        ],
    },
    Pin {
        family: Family::Normal,
        arguments: &[1.0, 2.0],
        truncate: None,
        quantile: [
            0xc02a_30d3_e1da_a2a9,
            0xc017_e596_d627_58c1,
            0xbfd6_55ae_1d4a_2918,
            0x3ffe_2ceb_0ccf_b616,
            0x402c_9aa9_501d_8d2f,
        ],
        sample: [
            0xc02a_30d3_e1da_a2a9,
            0xc017_e596_d627_58c1,
            0xbfd6_55ae_1d4a_2918,
            0x3ffe_2ceb_0ccf_b616,
            0x402c_9aa9_501d_8d2f,
        ],
    },
    Pin {
        family: Family::Lognormal,
        arguments: &[2.0, 3.0],
        truncate: None,
        quantile: [
            0x3f4c_6fd0_f0cd_d687,
            0x3fa6_357f_3ce4_8524,
            0x3fee_8133_3094_fba1,
            0x400a_07b7_e8eb_e100,
            0x40a7_4a42_6d2b_57fc,
        ],
        sample: [
            0x3f4c_6fd0_f0cd_d687,
            0x3fa6_357f_3ce4_8524,
            0x3fee_8133_3094_fba1,
            0x400a_07b7_e8eb_e100,
            0x40a7_4a42_6d2b_57fc,
        ],
    },
    Pin {
        family: Family::Ci90,
        arguments: &[1.0, 20.0],
        truncate: None,
        quantile: [
            0x3f7d_e586_f93e_34ff,
            0x3fc7_e9a2_940d_3d5b,
            0x4003_5b94_0e32_af25,
            0x401a_c702_e110_7a5c,
            0x409d_d5a9_596d_f7d3,
        ],
        sample: [
            0x3f7d_e586_f93e_34ff,
            0x3fc7_e9a2_940d_3d5b,
            0x4003_5b94_0e32_af25,
            0x401a_c702_e110_7a5c,
            0x409d_d5a9_596d_f7d3,
        ],
    },
    Pin {
        family: Family::Triangular,
        arguments: &[0.0, 1.0, 3.0],
        truncate: None,
        quantile: [
            0x3ebb_b6e9_c166_3dab,
            0x3f9b_b67a_e858_5398,
            0x3feb_b67a_e858_4cac,
            0x3ff9_8620_b3a1_b3ce,
            0x4007_fffb_19dd_b487,
        ],
        sample: [
            0x3ebb_b6e9_c166_3dab,
            0x3f9b_b67a_e858_5398,
            0x3feb_b67a_e858_4cac,
            0x3ff9_8620_b3a1_b3ce,
            0x4007_fffb_19dd_b487,
        ],
    },
    Pin {
        family: Family::Pert,
        arguments: &[0.5, 1.0, 2.0],
        truncate: None,
        quantile: [
            0x3fe0_0007_d9dd_934e,
            0x3fe0_7ea7_2746_bb10,
            0x3feb_d5ad_32a7_fa3b,
            0x3ff3_4289_93ab_6534,
            0x3fff_fbf8_f706_4f06,
        ],
        sample: [
            0x3fe0_0007_d9dd_934e,
            0x3fe0_7ea7_2746_bb10,
            0x3feb_d5ad_32a7_fa3b,
            0x3ff3_4289_93ab_721b,
            0x3fff_fbf8_f706_4f06,
        ],
    },
    Pin {
        family: Family::Beta,
        arguments: &[2.0, 3.0],
        truncate: None,
        quantile: [
            0x3e9a_2126_63fb_9833,
            0x3f7a_3d6b_d42f_542d,
            0x3fcf_1b58_fef8_1459,
            0x3fdf_4ee0_30a3_fac3,
            0x3fef_febd_72d9_521e,
        ],
        sample: [
            0x3e9a_2126_63fb_9604,
            0x3f7a_3d6b_d42f_542b,
            0x3fcf_1b58_fef8_1456,
            0x3fdf_4ee0_30a4_1bc9,
            0x3fef_febd_72d9_521e,
        ],
    },
    Pin {
        family: Family::Beta,
        arguments: &[0.25, 0.5],
        truncate: None,
        quantile: [
            0x3607_a548_2715_7a3f,
            0x3d07_a253_b92a_497c,
            0x3f87_8679_3c8c_ec84,
            0x3fde_5187_2b85_1df8,
            0x3ff0_0000_0000_0000,
        ],
        sample: [
            0x3607_a548_2715_7a44,
            0x3d07_a253_b92a_497e,
            0x3f87_8679_3c8c_ec87,
            0x3fde_5187_2b84_fd22,
            0x3ff0_0000_0000_0000,
        ],
    },
    Pin {
        family: Family::Gamma,
        arguments: &[2.0, 3.0],
        truncate: None,
        quantile: [
            0x3ed0_f8bb_2e36_e3ea,
            0x3fb1_18ca_bc28_5543,
            0x4007_1218_c2ae_03e3,
            0x401b_b3d8_1e6f_dff2,
            0x4055_3fbd_b5fb_3f75,
        ],
        sample: [
            0x3ed0_f8bb_2e36_e27a,
            0x3fb1_18ca_bc28_5547,
            0x4007_1218_c2ae_03e7,
            0x401b_b3d8_1e6f_df33,
            0x4055_3fbd_b5fb_3f77,
        ],
    },
    Pin {
        family: Family::Weibull,
        arguments: &[1.5, 2.0],
        truncate: None,
        quantile: [
            0x3e54_290e_7c63_5469,
            0x3f80_0055_5871_ef35,
            0x3feb_e3f3_10a9_fb66,
            0x4001_2c7c_362a_92b1,
            0x4031_1416_0093_d6c7,
        ],
        sample: [
            0x3e54_290e_7c63_5469,
            0x3f80_0055_5871_ef35,
            0x3feb_e3f3_10a9_fb66,
            0x4001_2c7c_362a_92b1,
            0x4031_1416_0093_d6c7,
        ],
    },
    Pin {
        family: Family::Exponential,
        arguments: &[4.0],
        truncate: None,
        quantile: [
            0x3d90_0080_0000_0801,
            0x3f50_0080_0555_9d59,
            0x3ff2_6962_1134_db95,
            0x4011_cae5_555e_2157,
            0x4058_f40b_ded9_a12d,
        ],
        sample: [
            0x3d90_0080_0000_0801,
            0x3f50_0080_0555_9d59,
            0x3ff2_6962_1134_db95,
            0x4011_cae5_555e_2157,
            0x4058_f40b_ded9_a12d,
        ],
    },
    Pin {
        family: Family::Poisson,
        arguments: &[3.5],
        truncate: None,
        quantile: [
            0x0000_0000_0000_0000,
            0x0000_0000_0000_0000,
            0x4000_0000_0000_0000,
            0x4010_0000_0000_0000,
            0x4036_0000_0000_0000,
        ],
        sample: [
            0x0000_0000_0000_0000,
            0x0000_0000_0000_0000,
            0x4000_0000_0000_0000,
            0x4010_0000_0000_0000,
            0x4036_0000_0000_0000,
        ],
    },
    Pin {
        family: Family::Poisson,
        arguments: &[400.0],
        truncate: None,
        quantile: [
            0x4070_b000_0000_0000,
            0x4074_c000_0000_0000,
            0x4078_2000_0000_0000,
            0x4079_9000_0000_0000,
            0x4080_e000_0000_0000,
        ],
        sample: [
            0x4070_b000_0000_0000,
            0x4074_c000_0000_0000,
            0x4078_2000_0000_0000,
            0x4079_9000_0000_0000,
            0x4080_e000_0000_0000,
        ],
    },
    Pin {
        family: Family::Normal,
        arguments: &[0.0, 1.0],
        truncate: Some([-0.5, 2.0]),
        quantile: [
            0xbfdf_ffff_ffff_866c,
            0xbfdf_f867_3dcb_593f,
            0xbfaf_2f89_6c5f_6b92,
            0x3fe6_5390_3041_783f,
            0x3fff_ffff_fff3_9d4d,
        ],
        sample: [
            0xbfdf_ffff_ffff_866c,
            0xbfdf_f867_3dcb_593f,
            0xbfaf_2f89_6c5f_6b9f,
            0x3fe6_5390_3041_ab07,
            0x3fff_ffff_fff3_9d4d,
        ],
    },
    Pin {
        family: Family::Gamma,
        arguments: &[2.0, 1.0],
        truncate: Some([20.0, 30.0]),
        quantile: [
            0x4034_0000_0000_010d,
            0x4034_0010_cd09_1464,
            0x4034_4d4b_a064_556f,
            0x4035_2a7a_8ce0_b962,
            0x403d_ffff_fc3c_6a06,
        ],
        sample: [
            0x4034_0000_0000_010d,
            0x4034_0010_cd09_1464,
            0x4034_4d4b_a064_556f,
            0x4035_2a7a_8ce0_b953,
            0x403d_ffff_fc3c_6a06,
        ],
    },
];
