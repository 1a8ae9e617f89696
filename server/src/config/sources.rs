//! Collects options from flags, environment and file, in this order of strength, and names the culprit of a wrong value.
//!
//! Environment and file become defaults of the command line, so that one parser checks all three.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

use clap::error::{ContextKind, ContextValue, ErrorKind};
use clap::{Arg, CommandFactory, FromArgMatches};

use super::options::Cli;

/// Why the options could not be read.
#[derive(Debug, thiserror::Error)]
pub enum OptionsError {
    /// Help, version, or a command line that makes no sense: clap's own words.
    #[error("{0}")]
    CommandLine(#[from] clap::Error),
    /// A value is not what its option expects.
    #[error("{option} ({origin}): {problem}")]
    Value {
        /// Name of the option, with dashes.
        option: String,
        /// Where the value stands.
        origin: String,
        /// What was expected. Never contains a secret.
        problem: String,
    },
    /// The configuration file cannot be used.
    #[error("--config: {file}: {problem}")]
    File { file: PathBuf, problem: String },
}

impl OptionsError {
    /// A refusal that concerns `option` (its long name, without dashes) wherever it was set.
    pub(super) fn about(option: &str, problem: impl Into<String>) -> Self {
        Self::Value {
            option: format!("--{option}"),
            origin: names(option),
            problem: problem.into(),
        }
    }
}

/// The environment variable of an option: `data-dir` is `FARHAND_DATA_DIR`.
pub fn variable(option: &str) -> String {
    format!("FARHAND_{}", option.to_uppercase().replace('-', "_"))
}

fn names(option: &str) -> String {
    format!("also {} or \"{option}\" in the configuration file", variable(option))
}

/// Reads the options. `args` starts with the program's name; `env` looks up a variable.
pub fn read(args: &[OsString], env: impl Fn(&str) -> Option<OsString>) -> Result<Cli, OptionsError> {
    let variables = from_environment(&env)?;
    // The first pass checks the flags alone and learns where the file is.
    let flags = parse(args, &BTreeMap::new())?;
    let file = flags
        .options
        .config
        .or_else(|| variables.get("config").map(PathBuf::from));
    let lines = match &file {
        Some(file) => from_file(file)?,
        None => BTreeMap::new(),
    };
    let mut layered = lines.clone();
    layered.extend(variables.clone());
    parse(args, &layered).map_err(|error| match error {
        OptionsError::CommandLine(error) => blame(error, &variables, &lines, file.as_deref()),
        other => other,
    })
}

/// The command line with `defaults` below it.
fn parse(args: &[OsString], defaults: &BTreeMap<String, String>) -> Result<Cli, OptionsError> {
    let mut matches = command(defaults).try_get_matches_from(args)?;
    Ok(Cli::from_arg_matches_mut(&mut matches)?)
}

fn command(defaults: &BTreeMap<String, String>) -> clap::Command {
    Cli::command().mut_args(|arg| {
        let Some(option) = arg.get_long().map(str::to_owned) else {
            return arg;
        };
        let help = arg.get_help().map(ToString::to_string).unwrap_or_default();
        let arg = arg.global(true).help(format!("{help} [env: {}]", variable(&option)));
        match defaults.get(&option) {
            // `--help` answers in the first pass, so these never show, secrets included.
            Some(value) => arg.default_value(value.clone()),
            None => arg,
        }
    })
}

fn options() -> Vec<Arg> {
    Cli::command()
        .get_arguments()
        .filter(|arg| arg.get_long().is_some())
        .cloned()
        .collect()
}

/// Variables that are set; an empty one counts as not set, as compose files like to write it.
fn from_environment(env: impl Fn(&str) -> Option<OsString>) -> Result<BTreeMap<String, String>, OptionsError> {
    let mut found = BTreeMap::new();
    for option in options().iter().filter_map(Arg::get_long) {
        match env(&variable(option)).map(OsString::into_string) {
            Some(Ok(value)) if !value.is_empty() => {
                found.insert(option.to_owned(), value);
            }
            Some(Err(_)) => return Err(OptionsError::about(option, "expected text in UTF-8")),
            _ => {}
        }
    }
    Ok(found)
}

/// Lines of the file, with tables as prefixes: `[turn] secret = "x"` is `turn-secret = "x"`.
fn from_file(file: &Path) -> Result<BTreeMap<String, String>, OptionsError> {
    let problem = |problem: String| OptionsError::File {
        file: file.to_owned(),
        problem,
    };
    let text = std::fs::read_to_string(file).map_err(|error| problem(error.to_string()))?;
    // The parser's own message would quote the line, which may hold a secret.
    let table: toml::Table = toml::from_str(&text).map_err(|error| {
        let line = error.span().map_or(1, |span| text[..span.start].lines().count().max(1));
        problem(format!("line {line} is not TOML: {}", error.message()))
    })?;
    let mut lines = BTreeMap::new();
    flatten("", &table, &mut lines).map_err(problem)?;
    let known = options();
    for option in lines.keys() {
        if option == "config" || !known.iter().any(|arg| arg.get_long() == Some(option)) {
            return Err(problem(format!(
                "there is no option \"{option}\"; farhand --help lists them"
            )));
        }
    }
    Ok(lines)
}

fn flatten(prefix: &str, table: &toml::Table, lines: &mut BTreeMap<String, String>) -> Result<(), String> {
    for (key, value) in table {
        let name = format!("{prefix}{}", key.replace('_', "-"));
        match value {
            toml::Value::Table(inner) => flatten(&format!("{name}-"), inner, lines)?,
            toml::Value::Array(items) => {
                let items: Option<Vec<String>> = items.iter().map(plain).collect();
                let joined = items
                    .ok_or_else(|| format!("\"{name}\": expected a list of texts"))?
                    .join(",");
                lines.insert(name, joined);
            }
            other => {
                let text = plain(other).ok_or_else(|| format!("\"{name}\": expected a text or a number"))?;
                lines.insert(name, text);
            }
        }
    }
    Ok(())
}

fn plain(value: &toml::Value) -> Option<String> {
    match value {
        toml::Value::String(text) => Some(text.clone()),
        toml::Value::Integer(number) => Some(number.to_string()),
        toml::Value::Boolean(yes) => Some(yes.to_string()),
        _ => None,
    }
}

/// Turns clap's complaint about a value that came from environment or file into one that says so.
fn blame(
    error: clap::Error,
    variables: &BTreeMap<String, String>,
    lines: &BTreeMap<String, String>,
    file: Option<&Path>,
) -> OptionsError {
    let Some(ContextValue::String(shown)) = error.get(ContextKind::InvalidArg) else {
        return OptionsError::CommandLine(error);
    };
    let option = shown
        .trim_start_matches("--")
        .split([' ', '=', '['])
        .next()
        .unwrap_or_default()
        .to_owned();
    let (origin, value) = if let Some(value) = variables.get(&option) {
        (variable(&option), value)
    } else if let (Some(value), Some(file)) = (lines.get(&option), file) {
        (format!("in {}", file.display()), value)
    } else {
        return OptionsError::CommandLine(error);
    };
    let expected = match error.get(ContextKind::ValidValue) {
        Some(ContextValue::Strings(values)) => format!("expected {}", values.join(" or ")),
        _ => error
            .source()
            .map_or_else(|| "expected another value".to_owned(), ToString::to_string),
    };
    let problem = match error.kind() {
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => format!("\"{value}\": {expected}"),
        _ => expected,
    };
    OptionsError::Value {
        option: format!("--{option}"),
        origin,
        problem,
    }
}
