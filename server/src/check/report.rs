//! What `farhand check` prints.

use std::fmt;

/// How one probe ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It works; what was found.
    Ok(String),
    /// It does not; what is wrong, and what to do.
    Failed { problem: String, next: String },
    /// There is nothing to test; why.
    Skipped(String),
}

impl Outcome {
    /// Wrong, with a way out.
    pub fn failed(problem: impl Into<String>, next: impl Into<String>) -> Self {
        Self::Failed {
            problem: problem.into(),
            next: next.into(),
        }
    }
}

/// One line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    pub what: &'static str,
    pub outcome: Outcome,
}

/// The table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    pub rows: Vec<Row>,
}

impl Report {
    pub(super) fn add(&mut self, what: &'static str, outcome: Outcome) {
        self.rows.push(Row { what, outcome });
    }

    /// Whether something must be done.
    pub fn has_failures(&self) -> bool {
        self.rows
            .iter()
            .any(|row| matches!(row.outcome, Outcome::Failed { .. }))
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for row in &self.rows {
            let (word, text, next) = match &row.outcome {
                Outcome::Ok(found) => ("ok", found, None),
                Outcome::Skipped(why) => ("skipped", why, None),
                Outcome::Failed { problem, next } => ("failed", problem, Some(next)),
            };
            writeln!(f, "{word:<8} {:<15} {text}", row.what)?;
            if let Some(next) = next {
                writeln!(f, "{:24} → {next}", "")?;
            }
        }
        let failures = self
            .rows
            .iter()
            .filter(|row| matches!(row.outcome, Outcome::Failed { .. }))
            .count();
        match failures {
            0 => write!(f, "\nEverything that can be tested works."),
            1 => write!(f, "\nOne thing needs your attention."),
            many => write!(f, "\n{many} things need your attention."),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_says_what_to_do_below_each_failure() {
        let mut report = Report::default();
        report.add("address", Outcome::Ok("127.0.0.1:8080 is free".to_owned()));
        report.add("e-mail", Outcome::Skipped("no --smtp-url".to_owned()));
        assert!(!report.has_failures());
        report.add("TURN", Outcome::failed("no answer", "open the port"));
        assert!(report.has_failures());
        let expected = "ok       address         127.0.0.1:8080 is free\n\
                        skipped  e-mail          no --smtp-url\n\
                        failed   TURN            no answer\n\
                        \x20                        → open the port\n\
                        \n\
                        One thing needs your attention.";
        assert_eq!(report.to_string(), expected);
    }
}
