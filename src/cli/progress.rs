//! How far a long command has come, for somebody who waits at a terminal.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Globals;
use crate::world::World;

/// What takes less time than this says nothing.
const PATIENCE: Duration = Duration::from_millis(500);

/// A line on standard error that counts boards while they are read, and is gone afterwards; nothing
/// where nobody sees it (no terminal, `--quiet`).
pub struct Progress(Option<ProgressLine>);

struct ProgressLine {
    bar: ProgressBar,
    began: Instant,
    shown: AtomicBool,
}

impl Progress {
    pub fn new(globals: &Globals, world: &World) -> Progress {
        let seen = world.attended && !globals.quiet;
        Progress(seen.then(|| ProgressLine {
            bar: ProgressBar::hidden(),
            began: Instant::now(),
            shown: AtomicBool::new(false),
        }))
    }

    /// One more board was read.
    pub fn step(&self) {
        let Some(line) = &self.0 else {
            return;
        };
        line.bar.inc(1);
        if line.began.elapsed() > PATIENCE && !line.shown.swap(true, Ordering::Relaxed) {
            let style = ProgressStyle::with_template("reading boards: {pos}");
            if let Ok(style) = style {
                line.bar.set_style(style);
            }
            line.bar
                .set_draw_target(ProgressDrawTarget::stderr_with_hz(5));
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(line) = &self.0 {
            line.bar.finish_and_clear();
        }
    }
}
