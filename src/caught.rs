//! Runs a library on a file that may be broken, and turns a panic of the library into an error.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

/// The code panicked.
#[derive(Debug)]
pub struct Panicked;

thread_local! {
    /// Whether a panic of this thread is expected, and nothing to be printed.
    static IS_EXPECTED: Cell<bool> = const { Cell::new(false) };
}

/// Runs `read`; a panic of it is an error, and nothing is printed of it.
pub fn caught<T>(read: impl FnOnce() -> T) -> Result<T, Panicked> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let usual = panic::take_hook();
        panic::set_hook(Box::new(move |panic| {
            if !IS_EXPECTED.get() {
                usual(panic);
            }
        }));
    });
    let before = IS_EXPECTED.replace(true);
    let read = panic::catch_unwind(AssertUnwindSafe(read));
    IS_EXPECTED.set(before);
    read.map_err(|_| Panicked)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_an_error_and_the_rest_is_as_it_was() {
        assert_eq!(caught(|| 7).unwrap(), 7);
        assert!(caught(|| -> u8 { panic!("a library's own") }).is_err());
        assert!(!IS_EXPECTED.get());
        // One within another.
        assert!(caught(|| caught(|| -> u8 { panic!("inside") }).is_err()).unwrap());
    }
}
