//! Colours, and whether words in one can be read on another: the contrast of WCAG 2.2, in integers.

use std::fmt;
use std::str::FromStr;

/// The least contrast of words with what is behind them, in hundredths: 4.5 to 1 (WCAG 2.2, 1.4.3).
pub const LEAST_CONTRAST_HUNDREDTHS: u64 = 450;

/// A colour of a screen: red, green and blue.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Colour(pub [u8; 3]);

/// The paper.
pub const WHITE: Colour = Colour([255; 3]);
/// Words.
pub const INK: Colour = Colour([0x1b, 0x24, 0x30]);
/// Words beside figures.
pub const SOFT_INK: Colour = Colour([0x4a, 0x58, 0x66]);

impl Colour {
    /// The contrast with another in hundredths, cut and not rounded, from 100 (the same) to 2100 (black on white).
    ///
    /// ```
    /// use redress_shared::policy::{Colour, WHITE};
    /// // The grey next to the lightest that may be read on white falls short by two hundredths.
    /// let contrast = |text: &str| text.parse::<Colour>().map(|colour| colour.contrast_hundredths(WHITE));
    /// assert_eq!((contrast("#767676"), contrast("#777777")), (Ok(454), Ok(447)));
    /// ```
    #[must_use]
    pub fn contrast_hundredths(self, other: Self) -> u64 {
        let (one, two) = (self.luminance(), other.luminance());
        let (lighter, darker) = (one.max(two), one.min(two));
        // The light that the screen itself throws back, a twentieth of white.
        let flare = 500_000_000;
        (lighter + flare) * 100 / (darker + flare)
    }

    /// Relative luminance, in units of which white has ten thousand million.
    fn luminance(self) -> u64 {
        let [red, green, blue] = self.0.map(|channel| u64::from(LINEAR[usize::from(channel)]));
        2_126 * red + 7_152 * green + 722 * blue
    }
}

/// The text is no colour.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("\"{0}\" is not a colour as #134b5f: six hexadecimal digits after a #")]
pub struct NotAColour(pub String);

impl FromStr for Colour {
    type Err = NotAColour;

    fn from_str(text: &str) -> Result<Self, NotAColour> {
        let refuse = || NotAColour(text.to_owned());
        let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6).ok_or_else(refuse)?;
        if !digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
            return Err(refuse());
        }
        let number = u32::from_str_radix(digits, 16).map_err(|_| refuse())?;
        let [_, red, green, blue] = number.to_be_bytes();
        Ok(Self([red, green, blue]))
    }
}

impl fmt::Display for Colour {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [red, green, blue] = self.0;
        write!(formatter, "#{red:02x}{green:02x}{blue:02x}")
    }
}

/// How much light a channel's value gives, in millionths: the curve of sRGB, which no integer works out.
#[rustfmt::skip]
const LINEAR: [u32; 256] = [
    0, 304, 607, 911, 1_214, 1_518, 1_821, 2_125, 2_428, 2_732,
    3_035, 3_347, 3_677, 4_025, 4_391, 4_777, 5_182, 5_605, 6_049, 6_512,
    6_995, 7_499, 8_023, 8_568, 9_134, 9_721, 10_330, 10_960, 11_612, 12_286,
    12_983, 13_702, 14_444, 15_209, 15_996, 16_807, 17_642, 18_500, 19_382, 20_289,
    21_219, 22_174, 23_153, 24_158, 25_187, 26_241, 27_321, 28_426, 29_557, 30_713,
    31_896, 33_105, 34_340, 35_601, 36_889, 38_204, 39_546, 40_915, 42_311, 43_735,
    45_186, 46_665, 48_172, 49_707, 51_269, 52_861, 54_480, 56_128, 57_805, 59_511,
    61_246, 63_010, 64_803, 66_626, 68_478, 70_360, 72_272, 74_214, 76_185, 78_187,
    80_220, 82_283, 84_376, 86_500, 88_656, 90_842, 93_059, 95_307, 97_587, 99_899,
    102_242, 104_616, 107_023, 109_462, 111_932, 114_435, 116_971, 119_538, 122_139, 124_772,
    127_438, 130_136, 132_868, 135_633, 138_432, 141_263, 144_128, 147_027, 149_960, 152_926,
    155_926, 158_961, 162_029, 165_132, 168_269, 171_441, 174_647, 177_888, 181_164, 184_475,
    187_821, 191_202, 194_618, 198_069, 201_556, 205_079, 208_637, 212_231, 215_861, 219_526,
    223_228, 226_966, 230_740, 234_551, 238_398, 242_281, 246_201, 250_158, 254_152, 258_183,
    262_251, 266_356, 270_498, 274_677, 278_894, 283_149, 287_441, 291_771, 296_138, 300_544,
    304_987, 309_469, 313_989, 318_547, 323_143, 327_778, 332_452, 337_164, 341_914, 346_704,
    351_533, 356_400, 361_307, 366_253, 371_238, 376_262, 381_326, 386_429, 391_572, 396_755,
    401_978, 407_240, 412_543, 417_885, 423_268, 428_690, 434_154, 439_657, 445_201, 450_786,
    456_411, 462_077, 467_784, 473_531, 479_320, 485_150, 491_021, 496_933, 502_886, 508_881,
    514_918, 520_996, 527_115, 533_276, 539_479, 545_724, 552_011, 558_340, 564_712, 571_125,
    577_580, 584_078, 590_619, 597_202, 603_827, 610_496, 617_207, 623_960, 630_757, 637_597,
    644_480, 651_406, 658_375, 665_387, 672_443, 679_542, 686_685, 693_872, 701_102, 708_376,
    715_694, 723_055, 730_461, 737_910, 745_404, 752_942, 760_525, 768_151, 775_822, 783_538,
    791_298, 799_103, 806_952, 814_847, 822_786, 830_770, 838_799, 846_873, 854_993, 863_157,
    871_367, 879_622, 887_923, 896_269, 904_661, 913_099, 921_582, 930_111, 938_686, 947_307,
    955_973, 964_686, 973_445, 982_251, 991_102, 1_000_000,
];

#[cfg(test)]
mod tests {
    use super::*;

    fn contrast(one: &str, other: &str) -> u64 {
        one.parse::<Colour>().unwrap().contrast_hundredths(other.parse().unwrap())
    }

    #[test]
    fn contrast_is_as_it_is_published() {
        for (one, other, hundredths) in [
            ("#000000", "#ffffff", 2_100),
            ("#ffffff", "#ffffff", 100),
            ("#ff0000", "#ffffff", 399),
            ("#0000ff", "#ffffff", 859),
            ("#767676", "#ffffff", 454),
        ] {
            assert_eq!(
                (contrast(one, other), contrast(other, one)),
                (hundredths, hundredths),
                "{one} {other}"
            );
        }
        assert!(LINEAR.is_sorted());
    }

    #[test]
    fn a_colour_is_six_digits_after_a_hash() {
        assert_eq!("#134B5f".parse::<Colour>().unwrap().to_string(), "#134b5f");
        for text in ["134b5f", "#134b5", "#134b5f0", "#13-b5f", "#+34b5f", "red", "", "#é4b5f"] {
            assert_eq!(text.parse::<Colour>(), Err(NotAColour(text.to_owned())));
        }
    }
}
