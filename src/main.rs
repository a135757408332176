use std::io::{BufWriter, IsTerminal};
use std::process::ExitCode;

fn main() -> ExitCode {
    // Older consoles show colours only when asked to.
    #[cfg(windows)]
    anstyle_query::windows::enable_ansi_colors();
    keep_memory();
    let stdout = std::io::stdout();
    let terminal = stdout.is_terminal().then(|| {
        let size = terminal_size::terminal_size_of(&stdout);
        size.map_or(80, |(width, _)| usize::from(width.0))
    });
    let code = plan::run(
        std::env::args_os(),
        &mut plan::World {
            asks: std::io::stdin().is_terminal() && std::io::stderr().is_terminal(),
            stdin: &mut std::io::stdin().lock(),
            stdout: &mut BufWriter::new(stdout),
            stderr: &mut std::io::stderr(),
            directory: std::env::current_dir().unwrap_or_default(),
            environment: &|name| std::env::var(name).ok(),
            today: &|| chrono::Local::now().date_naive(),
            terminal,
            attended: std::io::stderr().is_terminal(),
        },
    );
    ExitCode::from(code)
}

/// Has what one board took kept for the next one. The GNU library gives freed memory back to the system, and
/// asks for it anew for every board, until it has seen a large piece freed.
fn keep_memory() {
    drop(std::hint::black_box(Vec::<u8>::with_capacity(16 << 20)));
}
