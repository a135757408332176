//! The bytes of a text, looked at many together: what most rules look for stands hardly anywhere.

/// How many are looked at together: what a processor compares in one step.
const TOGETHER: usize = 32;

/// Gives each place of a byte that is asked for to `take`, in order.
pub fn each_place(bytes: &[u8], is_asked: impl Fn(u8) -> bool, mut take: impl FnMut(usize)) {
    let (stretches, rest) = bytes.as_chunks::<TOGETHER>();
    for (stretch, start) in stretches.iter().zip((0..).step_by(TOGETHER)) {
        if stretch
            .iter()
            .fold(false, |any, &byte| any | is_asked(byte))
        {
            let asked = (0..TOGETHER).filter(|&at| is_asked(stretch[at]));
            asked.for_each(|at| take(start + at));
        }
    }
    let start = bytes.len() - rest.len();
    let asked = (0..rest.len()).filter(|&at| is_asked(rest[at]));
    asked.for_each(|at| take(start + at));
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn what_is_found_many_together_is_what_is_found_one_by_one(text in "[a-c0-9é\n]{0,600}") {
            let bytes = text.as_bytes();
            let mut places = Vec::new();
            each_place(bytes, |byte| !byte.is_ascii(), |at| places.push(at));
            let one_by_one: Vec<usize> = (0..bytes.len()).filter(|&at| !bytes[at].is_ascii()).collect();
            prop_assert_eq!(places, one_by_one);
        }
    }
}
