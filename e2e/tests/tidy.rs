//! The invariants of ARCHITECTURE.md that a search of the tree can hold. Each test lists every offender with its line.

use std::{
    fs,
    path::{Path, PathBuf},
};

/// Files longer than this want to become a folder.
const MAX_LINES: usize = 480;
/// Tables of cases are long without being hard to read.
const MAX_TEST_LINES: usize = 600;

/// What is made, not written.
const MADE: [&str; 6] = ["target", "dist", "node_modules", "data", ".git", "corpus"];

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .parent()
        .expect("e2e lies in the workspace")
        .to_owned()
}

/// Every text file below `folder` (relative to the root) with one of the `endings`, as (path, text).
fn files(folder: &str, endings: &[&str]) -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut waiting = vec![root().join(folder)];
    while let Some(path) = waiting.pop() {
        let name = path
            .file_name()
            .map(|name| name.to_string_lossy().into_owned())
            .unwrap_or_default();
        if MADE.contains(&name.as_str()) {
            continue;
        }
        if path.is_dir() {
            let entries = fs::read_dir(&path).into_iter().flatten().flatten();
            waiting.extend(entries.map(|entry| entry.path()));
        } else if endings.is_empty() || endings.iter().any(|ending| name.ends_with(ending)) {
            // Pictures and sounds are not text and have no lines to judge.
            if let Ok(text) = fs::read_to_string(&path) {
                let path = path
                    .strip_prefix(root())
                    .unwrap_or(&path)
                    .to_string_lossy()
                    .replace('\\', "/");
                found.push((path, text));
            }
        }
    }
    found.sort();
    found
}

/// Lines that are code: comments are free to name what code may not use.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines()
        .enumerate()
        .map(|(index, line)| (index + 1, line.split("//").next().unwrap_or_default()))
        .filter(|(_, line)| !line.trim().is_empty())
}

/// All code lines of the Rust files below `folder` for which `wrong` holds.
fn rust_lines(folder: &str, allowed: impl Fn(&str) -> bool, wrong: impl Fn(&str) -> bool) -> Vec<String> {
    let mut offenders = Vec::new();
    for (path, text) in files(folder, &[".rs"]) {
        if !allowed(&path) {
            let lines = code(&text).filter(|(_, line)| wrong(line));
            offenders.extend(lines.map(|(number, line)| format!("{path}:{number}: {}", line.trim())));
        }
    }
    offenders
}

#[track_caller]
fn none(offenders: Vec<String>, rule: &str) {
    assert!(offenders.is_empty(), "{rule}\n  {}", offenders.join("\n  "));
}

fn is_this_file(path: &str) -> bool {
    path == "e2e/tests/tidy.rs"
}

/// Whether `line` has one of `words` standing by itself.
fn names(line: &str, words: &[&str]) -> bool {
    line.split(|c: char| !c.is_alphanumeric() && c != '_')
        .any(|word| words.contains(&word))
}

/// The first `#` colour (3, 4, 6 or 8 hex digits) or colour function in `line`.
fn raw_colour(line: &str) -> bool {
    let functions = ["rgb(", "rgba(", "hsl(", "hsla(", "oklch(", "oklab(", "lab(", "lch("];
    if functions.iter().any(|function| line.contains(function)) {
        return true;
    }
    line.match_indices('#').any(|(at, _)| {
        let digits = line[at + 1..].chars().take_while(char::is_ascii_hexdigit).count();
        let after = line[at + 1 + digits..].chars().next();
        matches!(digits, 3 | 4 | 6 | 8) && !after.is_some_and(|c| c.is_alphanumeric() || c == '-' || c == '_')
    })
}

#[test]
fn web_apis_stay_in_platform_and_paint() {
    let at_home = ["app/src/platform", "app/src/paint"];
    let offenders = rust_lines(
        "app/src",
        |path| at_home.iter().any(|home| path.starts_with(home)),
        |line| names(line, &["web_sys", "js_sys", "wasm_bindgen", "wasm_bindgen_futures"]),
    );
    none(
        offenders,
        "I4: web_sys, js_sys and wasm_bindgen belong in app/src/platform and app/src/paint",
    );
}

#[test]
fn shared_depends_on_nothing_that_does_io() {
    let manifest = fs::read_to_string(root().join("shared/Cargo.toml")).expect("shared has a manifest");
    let may = ["serde", "serde_json", "thiserror", "uuid"];
    let offenders = manifest
        .lines()
        .skip_while(|line| line.trim() != "[dependencies]")
        .skip(1)
        .take_while(|line| !line.starts_with('['))
        .filter_map(|line| line.split(['=', '.']).next())
        .map(str::trim)
        .filter(|name| !name.is_empty() && !name.starts_with('#') && !may.contains(name))
        .map(str::to_owned)
        .collect();
    none(offenders, "I1: shared does no I/O, reads no clock, rolls no dice");
}

#[test]
fn listeners_are_owned_not_forgotten() {
    let leaks = [".forget()", "Closure::forget", "mem::forget"];
    let offenders = rust_lines(
        "app/src",
        |_| false,
        |line| leaks.iter().any(|leak| line.contains(leak)),
    );
    none(
        offenders,
        "a listener's cleanup belongs to its owner; Closure::forget leaks it",
    );
}

#[test]
fn queues_are_bounded() {
    let endless = ["unbounded_channel", "unbounded", "UnboundedSender", "UnboundedReceiver"];
    let offenders = rust_lines("", is_this_file, |line| names(line, &endless));
    none(offenders, "I8: every queue is bounded and its overflow has a name");
}

#[test]
fn files_are_short() {
    let offenders = files("", &[".rs"])
        .into_iter()
        .map(|(path, text)| (path, text.lines().count()))
        .filter(|(path, lines)| {
            *lines
                > if path.contains("tests") {
                    MAX_TEST_LINES
                } else {
                    MAX_LINES
                }
        })
        .map(|(path, lines)| format!("{path}: {lines} lines"))
        .collect();
    none(
        offenders,
        "a long file is a sign that a room is missing a wall: make it a folder",
    );
}

#[test]
fn raw_colours_stand_in_the_tokens_only() {
    let mut offenders = Vec::new();
    for (path, text) in files("style", &[".css"]) {
        if path != "style/tokens.css" {
            let lines = text.lines().enumerate().filter(|(_, line)| raw_colour(line));
            offenders.extend(lines.map(|(index, line)| format!("{path}:{}: {}", index + 1, line.trim())));
        }
    }
    for (path, text) in files("app", &[".html"]) {
        let lines = text
            .lines()
            .enumerate()
            .filter(|(_, line)| line.contains("style=") && raw_colour(line));
        offenders.extend(lines.map(|(index, line)| format!("{path}:{}: {}", index + 1, line.trim())));
    }
    none(offenders, "style/tokens.css holds every raw value");
}

#[test]
fn tests_wait_for_things_and_none_is_switched_off() {
    let ignored = rust_lines("", is_this_file, |line| line.contains("#[ignore"));
    none(ignored, "a test that is switched off is deleted or mended");
    // The one place that may poll: it has a deadline and a condition.
    let polls = |path: &str| path == "e2e/src/see.rs" || is_this_file(path) || !path.contains("tests/");
    none(
        rust_lines("", polls, |line| {
            line.contains("time::sleep(") || line.contains("thread::sleep(")
        }),
        "tests wait for the thing itself, never for time to pass",
    );
}

#[test]
fn every_source_file_is_part_of_a_program() {
    let sources = files(".", &[".rs"]);
    // A module is named in a file of the folder above, or in the file that is called like that folder.
    let is_named = |module: &str, above: &str| {
        let own = format!("{above}.rs");
        let may = |path: &str| path == own || path.rsplit_once('/').is_some_and(|(folder, _)| folder == above);
        let names = |text: &str| code(text).any(|(_, line)| line.contains(&format!("mod {module};")));
        sources.iter().any(|(path, text)| may(path) && names(text))
    };
    let has_path = |end: &str| sources.iter().any(|(_, text)| text.contains(end));
    let is_lost = |path: &str| {
        let Some((folder, name)) = path.rsplit_once('/') else {
            return false;
        };
        let cargo_finds = ["src/bin", "tests", "benches", "fuzz_targets"];
        let is_program = cargo_finds.iter().any(|root| folder.ends_with(root)) && !folder.ends_with("src/tests");
        match (name, folder.rsplit_once('/')) {
            ("lib.rs" | "main.rs" | "build.rs", _) => false,
            ("mod.rs", Some((above, own))) => !is_named(own, above) && !has_path(&format!("{own}/mod.rs\"]")),
            _ => !is_program && !is_named(name.trim_end_matches(".rs"), folder),
        }
    };
    let lost = sources.iter().map(|(path, _)| path).filter(|path| is_lost(path));
    none(
        lost.cloned().collect(),
        "no program has these files; delete them, or name them in the module above",
    );
}

#[test]
fn people_are_found_by_role_and_name() {
    let offenders = rust_lines(
        "e2e",
        |path| path == "e2e/src/find.rs" || is_this_file(path),
        |line| line.contains("By::"),
    );
    none(
        offenders,
        "scenarios find things as people do; only e2e/src/find.rs talks to the page's structure",
    );
}

#[test]
fn nothing_is_left_for_later() {
    let offenders = files("", &[".rs", ".css", ".html", ".mjs", ".md", ".toml", ".yml"])
        .into_iter()
        .filter(|(path, _)| !is_this_file(path))
        .flat_map(|(path, text)| {
            let marks = ["TODO", "FIXME", "XXX"];
            let lines = text.lines().enumerate().filter(|(_, line)| names(line, &marks));
            lines
                .map(|(index, line)| format!("{path}:{}: {}", index + 1, line.trim()))
                .collect::<Vec<_>>()
        })
        .collect();
    none(offenders, "what is missing is an issue, not a comment");
}

#[test]
fn no_file_names_a_place_on_one_machine() {
    // Spelled in parts so that this file does not break its own rule.
    let places = [
        ["/ro", "ot/"].concat(),
        ["/wo", "rk/"].concat(),
        ["/ho", "me/"].concat(),
        ["/Use", "rs/"].concat(),
    ];
    let offenders = files("", &[])
        .into_iter()
        .filter(|(path, _)| !path.ends_with(".lock") && !path.ends_with("package-lock.json"))
        .flat_map(|(path, text)| {
            let lines = text.lines().enumerate();
            let lines = lines.filter(|(_, line)| places.iter().any(|place| names_a_place(line, place)));
            lines
                .map(|(index, line)| format!("{path}:{}: {}", index + 1, line.trim()))
                .collect::<Vec<_>>()
        })
        .collect();
    none(offenders, "a path of one machine means nothing on another");
}

/// `place` at the start of a path: "/x/" counts, "some/x/" and "https://host/x/" do not.
fn names_a_place(line: &str, place: &str) -> bool {
    line.match_indices(place).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '-' | '}' | '/' | '*'))
    })
}

#[test]
fn the_colour_rule_knows_colours_from_fragments() {
    assert!(raw_colour("color: #fff;"));
    assert!(raw_colour("background: #12345678"));
    assert!(raw_colour("color: rgb(0 0 0)"));
    assert!(!raw_colour("href=\"#main-part\""));
    assert!(!raw_colour("url(#dead-end)"));
}
