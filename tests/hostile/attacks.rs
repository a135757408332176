//! The table of attacks: what is done to a good board, and what is right to say of it.

use super::outputs::MARKUP;
use super::{BOARD, PLAN, UPDATES, Victim, replaced};

/// What is right to say.
pub enum Answer {
    /// A file cannot be read: every answer says that it is incomplete, and `validate` says why in these words.
    Incomplete(&'static str),
    /// It is a finding of this rule, and the rest is judged.
    Finding(&'static str),
    /// There is no error in it.
    Fine,
}

use Answer::{Finding, Fine, Incomplete};

pub struct Attack {
    pub name: &'static str,
    pub make: fn(&Victim),
    pub answer: Answer,
}

const fn row(name: &'static str, make: fn(&Victim), answer: Answer) -> Attack {
    Attack { name, make, answer }
}

/// The plan with a text in place of what is to be done.
fn acts(victim: &Victim, text: &str) {
    let quoted = serde_json::to_string(text).unwrap();
    victim.write(
        "wp.yaml",
        PLAN.replace("action: Return interviews", &format!("action: {quoted}")),
    );
}

/// The plan with another timescale.
fn timed(victim: &Victim, timescale: &str) {
    victim.write(
        "wp.yaml",
        PLAN.replace(
            "timescale: February 2018",
            &format!("timescale: \"{timescale}\""),
        ),
    );
}

/// The report with another day.
fn dated(victim: &Victim, date: &str) {
    victim.write("updates/u.yaml", UPDATES.replace("2018-01-16", date));
}

/// Words in every place where a person writes some.
fn everywhere(victim: &Victim, text: &str) {
    let quoted = serde_json::to_string(text).unwrap();
    victim.write(
        "board.yaml",
        BOARD
            .replace("board: Testshire", &format!("board: {quoted}"))
            .replace("VEMT Subgroup", &quoted),
    );
    let plan = PLAN
        .replace("plan: Work Plan", &format!("plan: {quoted}"))
        .replace("title: Neglect", &format!("title: {quoted}"));
    let plan = plan.replace(
        "action: Return interviews",
        &format!("title: {quoted}, action: {quoted}, impact: {quoted}"),
    );
    victim.write(
        "wp.yaml",
        plan.replacen("[Report]", &format!("[{quoted}]"), 1),
    );
    let updates = UPDATES.replace("updates: VEMT return", &format!("updates: {quoted}"));
    victim.write(
        "updates/u.yaml",
        updates.replace(
            "done: Half are held.",
            &format!("done: {quoted}, impact: {quoted}, next: {quoted}"),
        ),
    );
}

/// A good file with a line behind it.
fn with_line(victim: &Victim, line: &str) {
    victim.write("wp.yaml", format!("{PLAN}{line}\n"));
}

/// Something that is no file in place of one.
#[cfg(unix)]
fn odd(victim: &Victim, path: &str, make: impl FnOnce(&std::path::Path)) {
    make(&replaced(victim, path));
}

#[cfg(unix)]
fn pipe(path: &std::path::Path) {
    let made = std::process::Command::new("mkfifo").arg(path).status();
    assert!(made.is_ok_and(|status| status.success()));
}

pub const ATTACKS: &[Attack] = &[
    row("nothing at all", |_| {}, Fine),
    // YAML that no plan needs.
    row(
        "an alias",
        |v| with_line(v, "a: &x 1\nb: *x"),
        Incomplete("alias"),
    ),
    row(
        "a billion laughs",
        |v| {
            let mut text = String::from("a0: &a0 [x, x]\n");
            for n in 1..40 {
                text += &format!("a{n}: &a{n} [*a{0}, *a{0}]\n", n - 1);
            }
            v.write("wp.yaml", PLAN.to_owned() + &text);
        },
        Incomplete("anchor"),
    ),
    row(
        "a merge key",
        |v| with_line(v, "<<: {period: 2020-21}"),
        Incomplete("<<"),
    ),
    row(
        "a tag",
        |v| with_line(v, "note: !!python/object/apply:os.system [id]"),
        Incomplete("tag"),
    ),
    row(
        "two documents",
        |v| with_line(v, "---\nplan: Another"),
        Incomplete("second document"),
    ),
    row(
        "a hundred thousand brackets",
        |v| with_line(v, &format!("sections: {}", "[".repeat(100_000))),
        Incomplete("64 deep"),
    ),
    row(
        "a hundred thousand braces",
        |v| with_line(v, &"{a: ".repeat(100_000)),
        Incomplete(""),
    ),
    row(
        "a quote that never ends",
        |v| with_line(v, "note: \"never"),
        Incomplete(""),
    ),
    row(
        "a tab for indentation",
        |v| v.write("wp.yaml", PLAN.replace("    title", "\ttitle")),
        Incomplete("tab"),
    ),
    row(
        "a key that is a map",
        |v| with_line(v, "? {a: b}\n: c"),
        Incomplete(""),
    ),
    row(
        "marks of a conflict",
        |v| {
            v.write(
                "updates/u.yaml",
                format!("<<<<<<< HEAD\n{UPDATES}=======\n{UPDATES}>>>>>>> other\n"),
            )
        },
        Incomplete("two edits of the same lines"),
    ),
    row("no text", |v| v.write("wp.yaml", ""), Incomplete("")),
    row(
        "a mark and no text",
        |v| v.write("wp.yaml", "\u{feff}"),
        Incomplete(""),
    ),
    row(
        "remarks alone",
        |v| v.write("wp.yaml", "# nothing\n"),
        Incomplete(""),
    ),
    row(
        "a list",
        |v| v.write("wp.yaml", "- plan: x\n"),
        Incomplete(""),
    ),
    row(
        "another kind of file",
        |v| v.write("wp.yaml", "kind: Deployment\n"),
        Incomplete(""),
    ),
    row(
        "a key given twice",
        |v| with_line(v, "period: 2020-21"),
        Finding("duplicate-key"),
    ),
    // Bytes.
    row(
        "UTF-16",
        |v| {
            v.write(
                "wp.yaml",
                PLAN.encode_utf16()
                    .flat_map(u16::to_le_bytes)
                    .collect::<Vec<u8>>(),
            )
        },
        Incomplete("UTF-8"),
    ),
    row(
        "Latin-1",
        |v| v.write("wp.yaml", [PLAN.as_bytes(), b"note: caf\xe9\n"].concat()),
        Incomplete("UTF-8"),
    ),
    row(
        "a nought byte",
        |v| with_line(v, "note: a\0b"),
        Incomplete(""),
    ),
    row(
        "an office file",
        |v| v.write("wp.yaml", b"PK\x03\x04\x14\x00\x06\x00\x08\x00"),
        Incomplete(""),
    ),
    row(
        "too many bytes",
        |v| v.write("wp.yaml", vec![b'#'; 17 << 20]),
        Incomplete("16 MB"),
    ),
    row(
        "a text that is too long",
        |v| acts(v, &"x".repeat(2 << 20)),
        Incomplete("1 MB"),
    ),
    row(
        "a name of a megabyte",
        |v| with_line(v, &format!("{}: 1", "k".repeat(1 << 20))),
        Incomplete("neither `name: value`"),
    ),
    row(
        "an id of a hundred thousand signs",
        |v| {
            v.write(
                "wp.yaml",
                PLAN.replace("id: 1.1", &format!("id: {}", "9".repeat(100_000))),
            )
        },
        Finding("unknown-action"),
    ),
    // Look-alikes.
    row(
        "a Cyrillic letter in a group",
        |v| {
            v.write(
                "updates/u.yaml",
                UPDATES.replace("by: vemt", "by: v\u{435}mt"),
            )
        },
        Finding("unknown-group"),
    ),
    row(
        "full-width figures in an id",
        |v| v.write("updates/u.yaml", UPDATES.replace("1.1", "１.１")),
        Finding("unknown-action"),
    ),
    row(
        "a space of no width",
        |v| acts(v, "Return\u{200b} interviews"),
        Finding("hidden-characters"),
    ),
    row(
        "words that run backwards",
        |v| everywhere(v, "safe \u{202e}gnp.exe"),
        Finding("hidden-characters"),
    ),
    row(
        "signs that a terminal obeys",
        |v| everywhere(v, "a \u{1b}]8;;https://example.org\u{7}b\u{1b}[2J"),
        Finding("hidden-characters"),
    ),
    row(
        "a bare sign that a terminal obeys",
        |v| everywhere(v, "a \u{9b}31m"),
        Incomplete("a hidden character"),
    ),
    // Days that are none.
    row(
        "30 February",
        |v| dated(v, "2018-02-30"),
        Finding("unreadable-date"),
    ),
    row(
        "the year nought",
        |v| dated(v, "0000-01-01"),
        Finding("unreadable-date"),
    ),
    row(
        "the year 10000",
        |v| dated(v, "10000-01-01"),
        Finding("unreadable-date"),
    ),
    row(
        "a day of nines",
        |v| dated(v, &"9".repeat(400)),
        Finding("unreadable-date"),
    ),
    row(
        "the last day of all",
        |v| dated(v, "9999-12-31"),
        Finding("unreadable-date"),
    ),
    row(
        "the last day that a plan can mean",
        |v| dated(v, "2199-12-31"),
        Finding("future-update"),
    ),
    row(
        "a length without end",
        |v| timed(v, "99999999999999999999 years"),
        Finding("unreadable-timescale"),
    ),
    row(
        "every nought days",
        |v| timed(v, "every 0 days"),
        Finding("unreadable-timescale"),
    ),
    row(
        "a quarter that is none",
        |v| timed(v, "Q9 2018/19"),
        Finding("unreadable-timescale"),
    ),
    row(
        "a phrase of a hundred thousand words",
        |v| timed(v, &"by June ".repeat(100_000)),
        Finding("unreadable-timescale"),
    ),
    row(
        "meetings at every moment",
        |v| {
            v.write(
                "board.yaml",
                BOARD.replace(
                    "[2018-01-10, 2018-05-08]",
                    "{every: 0 days, from: 2018-01-01}",
                ),
            )
        },
        Finding("unreadable-timescale"),
    ),
    // Words that another program would obey.
    row("markup", |v| everywhere(v, MARKUP), Fine),
    row(
        "markup in an attribute",
        |v| everywhere(v, "x' onerror=alert(1) y"),
        Fine,
    ),
    row(
        "a link that runs",
        |v| everywhere(v, "[here](javascript:alert(1))"),
        Fine,
    ),
    row("a formula", |v| everywhere(v, "=HYPERLINK(1)"), Fine),
    row(
        "a formula behind a space",
        |v| everywhere(v, "  +cmd|' /C calc'!A0"),
        Fine,
    ),
    row(
        "a command of a workflow",
        |v| everywhere(v, "x\n::set-output name=a::b\n::error file=c::d"),
        Fine,
    ),
    row(
        "a line of a calendar",
        |v| everywhere(v, "x\r\nEND:VEVENT\r\nATTACH:file:///etc/passwd"),
        Fine,
    ),
    row(
        "a template",
        |v| everywhere(v, "{{ 7 * 7 }} {% include '/etc/passwd' %} ${7*7}"),
        Fine,
    ),
    row(
        "the end of a section",
        |v| everywhere(v, "]]> &lt; &#x0; <!-- --> %n%s%p"),
        Fine,
    ),
    // Paths.
    row(
        "data outside",
        |v| with_line(v, "indicators: [{id: X, data: ../../../etc/passwd}]"),
        Finding("unsafe-path"),
    ),
    row(
        "data at the root",
        |v| with_line(v, "indicators: [{id: X, data: /etc/passwd}]"),
        Finding("unsafe-path"),
    ),
    row(
        "data of Windows",
        |v| with_line(v, "indicators: [{id: X, data: 'C:\\Windows\\win.ini'}]"),
        Finding("unsafe-path"),
    ),
    row(
        "evidence outside",
        |v| {
            v.write(
                "wp.yaml",
                PLAN.replacen("[Report]", "[{title: R, link: ../../../../etc/passwd}]", 1),
            )
        },
        Finding("unsafe-path"),
    ),
    // Circles.
    row(
        "an action that carries itself on",
        |v| {
            v.write(
                "wp.yaml",
                PLAN.replace("timescale: February", "from: wp#1.1, timescale: February"),
            )
        },
        Finding("circular"),
    ),
    row(
        "two that carry each other on",
        |v| {
            v.write(
                "wp.yaml",
                PLAN.replace("timescale: February", "from: wp#1.2, timescale: February")
                    .replace("timescale: Ongoing", "from: wp#1.1, timescale: Ongoing"),
            )
        },
        Finding("circular"),
    ),
    // What is no file.
    #[cfg(unix)]
    row(
        "a link in place of a file",
        |v| {
            odd(v, "wp.yaml", |path| {
                std::os::unix::fs::symlink("/etc/passwd", path).unwrap()
            })
        },
        Incomplete("a symbolic link"),
    ),
    #[cfg(unix)]
    row(
        "a folder that leads into itself",
        |v| {
            odd(v, "loop", |path| {
                std::os::unix::fs::symlink(".", path).unwrap()
            })
        },
        Incomplete("a symbolic link"),
    ),
    #[cfg(unix)]
    row(
        "a pipe in place of a file",
        |v| odd(v, "updates/u.yaml", pipe),
        Incomplete("not a regular file"),
    ),
    #[cfg(unix)]
    row(
        "a socket in place of a file",
        |v| {
            odd(v, "updates/u.yaml", |path| {
                drop(std::os::unix::net::UnixListener::bind(path).unwrap())
            })
        },
        Incomplete("not a regular file"),
    ),
    row(
        "a folder in place of a file",
        |v| std::fs::create_dir(replaced(v, "wp.yaml")).unwrap(),
        Incomplete("a folder"),
    ),
];
