use proptest::prelude::*;

use super::*;

/// A tree as one line, to compare by eye.
fn shown(node: Node) -> String {
    match node.kind() {
        NodeKind::Scalar if node.is_absent() => "∅".into(),
        NodeKind::Scalar => format!("{:?}", node.text().unwrap()),
        NodeKind::List => format!(
            "[{}]",
            node.items().map(shown).collect::<Vec<_>>().join(", ")
        ),
        NodeKind::Map => {
            let pairs = node.pairs().map(|(k, v)| shown(k) + ": " + &shown(v));
            format!("{{{}}}", pairs.collect::<Vec<_>>().join(", "))
        }
    }
}

fn problems(text: &str) -> Vec<(String, String)> {
    let problems = read(text).expect_err("the text should lie outside the dialect");
    let marked = |p: &Problem| text[p.range.0 as usize..p.range.1 as usize].to_owned();
    problems
        .iter()
        .map(|p| (marked(p), p.message.clone()))
        .collect()
}

#[test]
fn every_scalar_is_the_characters_as_written() {
    let text =
        "id: 1.10\nyes: no\nempty:\nlist: [~, 0x1F, 'it''s', \"a\\tb\"]\nnested:\n  - x\n  -\n";
    let tree = read(text).unwrap();
    assert_eq!(
        shown(tree.root(text)),
        r#"{"id": "1.10", "yes": "no", "empty": ∅, "list": ["~", "0x1F", "it's", "a\tb"], "nested": ["x", ∅]}"#
    );
}

#[test]
fn spans_mean_the_same_whatever_the_style() {
    let text =
        "a: 'q'\nb: |\n  one\n\n  two\n\nc: [x, y]\nd:\n  - k: v\n    l: w\nf: >-\n  g\n  h\n";
    let tree = read(text).unwrap();
    let root = tree.root(text);
    let marked = |node: Node| {
        let (start, end) = node.range();
        text[start as usize..end as usize].to_owned()
    };
    let values: Vec<String> = root.pairs().map(|(_, value)| marked(value)).collect();
    assert_eq!(
        values,
        ["'q'", "one\n\n  two", "[x, y]", "k: v\n    l: w", "g\n  h"]
    );
    assert_eq!(marked(root), text.trim_end());
}

#[test]
fn block_texts_keep_their_paragraphs() {
    let text = "a: |\n  one\n\n  - two\nb: >\n  one\n  line\n";
    let tree = read(text).unwrap();
    assert_eq!(
        shown(tree.root(text)),
        r#"{"a": "one\n\n- two\n", "b": "one line\n"}"#
    );
}

#[test]
fn what_lies_outside_the_dialect_is_named_at_its_place() {
    for (text, marked, words) in [
        ("a: &x y\n", "&x", "an anchor"),
        ("a: *x\n", "*x", "an alias"),
        ("a: *** stars\n", "***", "an alias"),
        ("a: !!str x\n", "!!str", "a tag"),
        ("<<: x\n", "<<", "a merge key"),
        ("a: b\n---\nc: d\n", "---", "a second document"),
        ("a: b\n\tc: d\n", "\t", "a tab"),
        ("[x, y]: z\n", "[", "where a field's name belongs"),
        (
            "title: Root cause 1: Abuse\n",
            ":",
            "a colon and a space inside a text",
        ),
        ("title: \"Unclosed\nb: c\n", "\"", "never closes"),
        ("a: @b\n", "@", "may not begin with"),
        (
            "a: [b, c\nd: e\n",
            ":",
            "in square brackets above is not closed",
        ),
        ("a:\n  – b: c\n    d: e\n", ":", "begins with a long dash"),
        ("a:\n  -b: c\n    d: e\n", ":", "no space after its dash"),
        ("a:b\nc: d\n", ":", "no space after its colon"),
        ("a: [b] c\n", "c", "words after a closing bracket"),
        (
            "a: \"b\nc: d\ne: \"f\"\n",
            "\"",
            "closes only 2 lines below",
        ),
        ("a:\n  - b: c\n  -d: e\n", "-", "no space after the dash"),
        ("a:\n  - x\n - y\n", "-", "does not stand in the column"),
    ] {
        let found = problems(text);
        assert_eq!(found.len(), 1, "{text:?}: {found:?}");
        assert_eq!(found[0].0, marked, "{text:?}");
        assert!(found[0].1.contains(words), "{text:?}: {found:?}");
    }
}

#[test]
fn all_anchors_aliases_and_tags_of_a_file_are_named_in_one_run() {
    assert_eq!(problems("a: &x y\nb: *x\nc: !t z\n").len(), 3);
}

#[test]
fn an_empty_file_and_one_of_comments_are_named() {
    for text in ["", "\n\n", "# only a note\n", "\u{feff}"] {
        assert_eq!(problems(text)[0].1, "the file is empty", "{text:?}");
    }
}

#[test]
fn nesting_goes_to_64_and_no_deeper() {
    let nested = |depth: usize| format!("{}x{}", "[".repeat(depth), "]".repeat(depth));
    assert!(read(&nested(64)).is_ok());
    assert!(problems(&nested(65))[0].1.contains("64 deep"));
    assert!(problems(&nested(100_000))[0].1.contains("64 deep"));
}

#[test]
fn a_text_goes_to_1_mb_and_no_longer() {
    assert!(read(&format!("a: {}", "x".repeat(MAX_TEXT))).is_ok());
    let problem = &read(&format!("a: {}", "x".repeat(MAX_TEXT + 1))).unwrap_err()[0];
    assert!(problem.too_large);
}

#[test]
fn a_thousand_lines_of_notes_before_a_list_are_fine() {
    let text = format!("a:\n{}  - x\n", "  # note\n".repeat(1000));
    assert!(read(&text).is_ok());
}

#[test]
fn other_encodings_and_nul_are_named() {
    let message = |bytes: &[u8]| decode(bytes.to_vec()).unwrap_err().1.message;
    assert!(message(b"\xff\xfea\0").contains("UTF-16"));
    assert!(message(b"p\0l\0a\0n\0").contains("UTF-16"));
    assert!(message(b"caf\xe9").contains("byte E9"));
    assert!(message(b"plan: a\0b").contains("NUL"));
    assert_eq!(
        decode("\u{feff}a: é\r\n".into()).unwrap(),
        "\u{feff}a: é\r\n"
    );
}

#[test]
fn a_byte_order_mark_and_crlf_are_fine() {
    let text = "\u{feff}a: b\r\nc: |\r\n  d\r\n  e\r\n";
    let tree = read(text).unwrap();
    assert_eq!(shown(tree.root(text)), r#"{"a": "b", "c": "d\ne\n"}"#);
}

/// A tree's values in the order of its file: what each is, where it stands, and its text. A text that the
/// file holds as it is may be a copy all the same.
fn values<'t>(tree: &'t Tree, text: &'t str) -> Vec<impl PartialEq + std::fmt::Debug> {
    let nodes = (0..tree.slots.len()).map(|at| tree.root(text).other(NodeId(at as u32)));
    let slots = nodes.zip(&tree.slots);
    slots
        .map(|(node, slot)| (node.kind(), node.range(), node.text().ok_or(slot.first)))
        .collect()
}

/// Holds the quick reader against the full one; true where the quick one had something to say.
fn readers_agree(text: &str) -> bool {
    let Some(quick) = quick::read(text) else {
        return false;
    };
    let full = full::read(text);
    let full = full.unwrap_or_else(|problems| panic!("{text:?} is not right: {problems:?}"));
    assert_eq!(values(&quick, text), values(&full, text), "{text:?}");
    let sorted = |mut comments: Vec<(u32, u32)>| {
        comments.sort_unstable();
        comments
    };
    assert_eq!(sorted(quick.comments), sorted(full.comments), "{text:?}");
    true
}

#[test]
fn the_quick_reader_takes_plain_files_and_agrees_with_the_full_one() {
    for text in [
        "updates: R\nplan: p # note\nentries:\n  - action: 1.1\n    rag: red\n  - {action: [1.2, 1.3], rag: \"a: b\"}\n",
        "a:\n- b\n- c: d\n  e: 'f'\ng: [] # h\n\n# end\ni: {}",
        "a:\n    b:\n        - c\n    d: e\nf: g",
        "a: “quoted” – text, with (signs) and #hash\n",
        "a:  # why\n  # above\n  b: 1\n # below\n  c: 2\n",
        "a: |\n  one\n\n  two\n   further\nb: |-\n  one line\nc: >-\n  folded\n  text\n\n  and more\n\n# end\n",
    ] {
        assert!(readers_agree(text), "{text:?}");
    }
}

#[test]
fn the_quick_reader_leaves_what_it_is_not_sure_of() {
    for text in [
        "a: b\n  c\n",
        "a: |+\n  b\n",
        "a: >\n  b\n   c\n",
        "a: |\n\n  b\n",
        "a: |2\n  b\n",
        "a: \"b\\n\"\n",
        "a: 'it''s\n  it'\n",
        "a:\nb: c\n",
        "a: b: c\n",
        "a: &b c\n",
        "a: b\n---\nc: d\n",
        "a: [b\n, c]\n",
        "a: -1\n",
        "a:\tb\n",
        "- a\n",
        " a: b\n",
        "a: [b: c]\n",
        "a: [b,]\n",
        "a: {b: }\n",
        "a: \"\"\n",
        "? a\n",
        "a: b\n- c\n",
        "a: - b\n",
        "",
    ] {
        assert!(quick::read(text).is_none(), "{text:?}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn the_two_readers_agree_on_lines_put_together_at_random(
        text in r#"((  ){0,3}(- ){0,2}([ab1_]: |[ab]:|[ab]\.b: )?([ab1é“]{1,2}( [ab:#,]{1,2})?|"a[ :#]b"|'a b'|'a?''(b'')?'?'?|\[[ab], ?[ab 1]\]|\{a: [ab], b: ?\[a\]\}|\[\]|)?( # [ab]|#|  )?\n){0,8}"#
    ) {
        readers_agree(&text);
    }

    #[test]
    fn the_two_readers_agree_on_texts_in_block_form(
        text in r#"(m:\n  )?(a: |a:\n {0,3}- |- )[|>][-]?( ?\n)(( ){1,4}(x|- y: z|# n|é )( x)?\n|( ){0,4}\n){0,6}(( ){0,3}b: c\n)?(# end\n)?(\n){0,2}(  z)?"#
    ) {
        readers_agree(&text);
    }

    #[test]
    fn the_two_readers_agree_on_a_plain_file_with_a_few_characters_changed(
        changes in proptest::collection::vec((0usize..200, r#"[ab:\-\[\]{}"'#&*!|>%@,?~\n\t é ]|: |- |\n  "#), 1..4)
    ) {
        let mut text = "updates: R # n\nplan: p\nentries:\n  - action: 1.1\n    rag: red\n    \
                        evidence: [A b, \"c: d\"]\n  - {action: 1.2, done: 'It is'}\nlist:\n- x\n- y: z\n"
            .to_owned();
        for (at, change) in changes {
            let at = at.min(text.len());
            let at = (0..=at).rev().find(|&at| text.is_char_boundary(at)).unwrap_or(0);
            match at % 2 {
                0 => text.insert_str(at, &change),
                _ => text.replace_range(at..text[at..].chars().next().map_or(at, |c| at + c.len_utf8()), &change),
            }
        }
        readers_agree(&text);
    }

    #[test]
    fn the_two_readers_agree_on_signs_put_together_at_random(
        text in r#"([ab:\-\[\]{}"'#&*!|>%@`,?~\n\t é]|: |- |\n  |\n- |a: ){0,30}"#
    ) {
        readers_agree(&text);
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic_and_every_place_lies_in_the_file(
        text in r#"([ab:\-\[\]{}"'#&*!|>%@`,?~\n\t é]|: |- |\n  |<<|---\n){0,40}"#
    ) {
        match read(&text) {
            Ok(tree) => {
                let mut nodes = vec![tree.root(&text)];
                while let Some(node) = nodes.pop() {
                    let (start, end) = node.range();
                    prop_assert!(text.get(start as usize..end as usize).is_some());
                    nodes.extend(node.items());
                    nodes.extend(node.pairs().flat_map(|(k, v)| [k, v]));
                }
            }
            Err(problems) => {
                for problem in problems {
                    prop_assert!(problem.range.0 as usize <= text.len());
                }
            }
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        if let Ok(text) = decode(bytes) {
            let _ = read(&text);
        }
    }
}

/// The full reader takes ten times as long: what people write in their plans is not to need it.
#[test]
fn the_quick_reader_takes_the_real_boards_and_the_example() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders = vec![root.join("plans"), root.join("examples")];
    let (mut read, mut left) = (0, Vec::new());
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| ending == "yaml") {
                let text = std::fs::read_to_string(&path).unwrap();
                read += 1;
                if quick::read(&text).is_none() {
                    left.push(path);
                }
            }
        }
    }
    assert!(read > 10, "{read}");
    assert!(left.is_empty(), "{left:#?}");
}
