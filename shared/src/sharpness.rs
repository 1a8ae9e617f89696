//! Which of a few frames is the sharpest: hands shake, lenses hunt for focus, and one frame of several is usually good.
//!
//! The measure is the mean square of the brightness' steps between neighbours. Blur, by motion or by focus, makes steps
//! small. It says nothing by itself and compares only frames of the same scene and size.

/// Bytes of a pixel: red, green, blue, opacity.
const PIXEL: usize = 4;

/// Brightness of a pixel, 0 to 255: eyes see mostly green.
fn luma(pixel: &[u8]) -> i32 {
    match *pixel {
        [red, green, blue, ..] => (i32::from(red) * 77 + i32::from(green) * 151 + i32::from(blue) * 28) >> 8,
        _ => 0,
    }
}

/// How sharp a picture is, given as RGBA rows of `width` pixels, top to bottom; larger is sharper, 0 says nothing.
pub fn sharpness(rgba: &[u8], width: usize) -> u64 {
    let row = width * PIXEL;
    if width < 2 || rgba.len() < 2 * row {
        return 0;
    }
    let (mut sum, mut count) = (0_u64, 0_u64);
    for (upper, lower) in rgba.chunks_exact(row).zip(rgba.chunks_exact(row).skip(1)) {
        let mut left = luma(upper);
        for (above, below) in upper.chunks_exact(PIXEL).skip(1).zip(lower.chunks_exact(PIXEL).skip(1)) {
            let here = luma(above);
            let (across, down) = (here - left, here - luma(below));
            sum += u64::from((across * across + down * down).unsigned_abs());
            count += 1;
            left = here;
        }
    }
    // In 64ths of a squared step, so that soft scenes still differ.
    sum * 64 / count
}

/// The place of the highest score; of equals the first, which is nearest to the click.
pub fn sharpest(scores: &[u64]) -> Option<usize> {
    let best = scores.iter().max()?;
    scores.iter().position(|score| score == best)
}

#[cfg(test)]
mod tests {
    use super::*;

    const SIDE: usize = 32;

    /// Stripes of `period` pixels, each pixel averaged with its `reach` neighbours on both sides.
    fn stripes(period: usize, reach: usize) -> Vec<u8> {
        let line = |x: usize| if (x / period).is_multiple_of(2) { 220_usize } else { 30 };
        let blurred = |x: usize| {
            let near = x.saturating_sub(reach)..=(x + reach).min(SIDE - 1);
            let count = near.clone().count();
            (near.map(line).sum::<usize>() / count) as u8
        };
        let pixel = |at: usize| {
            let grey = blurred(at % SIDE);
            [grey, grey, grey, 255]
        };
        (0..SIDE * SIDE).flat_map(pixel).collect()
    }

    #[test]
    fn the_more_blurred_the_lower() {
        let scores: Vec<_> = [0, 1, 2, 3].map(|reach| sharpness(&stripes(4, reach), SIDE)).into();
        assert!(scores.is_sorted_by(|sharper, softer| sharper > softer), "{scores:?}");
    }

    #[test]
    fn a_flat_picture_has_no_sharpness() {
        assert_eq!(sharpness(&[128; SIDE * SIDE * PIXEL], SIDE), 0);
    }

    #[test]
    fn upright_and_lying_edges_count_alike() {
        let upright = stripes(4, 0);
        let mut lying = Vec::new();
        for y in 0..SIDE {
            for x in 0..SIDE {
                let from = (x * SIDE + y) * PIXEL;
                lying.extend_from_slice(&upright[from..from + PIXEL]);
            }
        }
        let (upright, lying) = (sharpness(&upright, SIDE) as f64, sharpness(&lying, SIDE) as f64);
        assert!((upright / lying - 1.0).abs() < 0.1, "{upright} {lying}");
    }

    #[test]
    fn what_is_no_picture_scores_nothing() {
        assert_eq!(sharpness(&[], 0), 0);
        assert_eq!(sharpness(&[1, 2, 3], 1), 0);
        assert_eq!(sharpness(&[9; 16], 100), 0);
        assert_eq!(sharpness(&[9; 17], 2), 0);
    }

    #[test]
    fn the_first_of_equals_wins() {
        assert_eq!(sharpest(&[]), None);
        assert_eq!(sharpest(&[1, 7, 7, 3]), Some(1));
    }
}
