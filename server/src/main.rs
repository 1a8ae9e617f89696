//! The `farhand` command.

use std::ffi::OsString;
use std::process::ExitCode;

use farhand_server::config::{Command, Config, OptionsError};
use farhand_server::{check, serve, telemetry};

/// A wrong option, as clap and most commands say it.
const USAGE: u8 = 2;

#[tokio::main]
async fn main() -> ExitCode {
    serve::install_crypto();
    let args: Vec<OsString> = std::env::args_os().collect();
    let (command, config) = match Config::load(&args, |name| std::env::var_os(name)) {
        Ok(loaded) => loaded,
        Err(OptionsError::CommandLine(error)) => error.exit(),
        Err(refusal) => return fail(&refusal, USAGE),
    };
    match command {
        Command::Serve => {
            if let Err(error) = telemetry::init(&config.log) {
                return fail(&error, USAGE);
            }
            match serve::run(config).await {
                Ok(()) => ExitCode::SUCCESS,
                Err(error) => fail(&error, 1),
            }
        }
        Command::Check => {
            let report = check::run(&config).await;
            println!("{report}");
            ExitCode::from(u8::from(report.has_failures()))
        }
    }
}

fn fail(error: &dyn std::error::Error, code: u8) -> ExitCode {
    eprintln!("farhand: {error}");
    ExitCode::from(code)
}
