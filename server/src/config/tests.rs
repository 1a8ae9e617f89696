use std::collections::HashMap;
use std::io::Write;

use super::*;

type Pairs<'a> = &'a [(&'a str, &'a str)];
/// Flags, environment, file, and words the refusal must contain.
type Refusal<'a> = (&'a [&'a str], Pairs<'a>, Option<&'a str>, &'a [&'a str]);

/// Reads options as `farhand` would with these flags, variables and file.
fn load(flags: &[&str], env: Pairs, file: Option<&str>) -> Result<(Command, Config), OptionsError> {
    let mut args: Vec<OsString> = std::iter::once("farhand")
        .chain(flags.iter().copied())
        .map(OsString::from)
        .collect();
    let written = file.map(|text| {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(text.as_bytes()).unwrap();
        args.push("--config".into());
        args.push(file.path().into());
        file
    });
    let env: HashMap<&str, &str> = env.iter().copied().collect();
    let loaded = Config::load(&args, |name| env.get(name).map(OsString::from));
    drop(written);
    loaded
}

fn config(flags: &[&str], env: Pairs, file: Option<&str>) -> Config {
    load(flags, env, file).unwrap_or_else(|error| panic!("{error}")).1
}

fn refusal(flags: &[&str], env: Pairs, file: Option<&str>) -> String {
    load(flags, env, file)
        .expect_err("the options should be refused")
        .to_string()
}

#[test]
fn without_any_option_farhand_serves_this_machine_only() {
    let (command, config) = load(&[], &[], None).unwrap();
    assert_eq!(command, Command::Serve);
    assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
    assert_eq!(config.public_url.origin(), "http://localhost:8080");
    assert_eq!(config.data_dir, PathBuf::from("data"));
    assert_eq!(config.files, FilesConfig::in_folder("data/files"));
    assert_eq!((config.sms, config.mail), (SmsConfig::Outbox, MailConfig::Outbox));
    assert_eq!(config.limits, SessionLimits::default());
    let TurnConfig::Embedded(turn) = config.turn else {
        panic!("TURN is embedded by default")
    };
    assert_eq!(turn.listen.to_string(), "127.0.0.1:3478");
    assert_eq!(turn.peers, PeerPolicy::default());
}

#[test]
fn a_flag_wins_over_the_environment_and_the_environment_over_the_file() {
    let file = Some("company = \"file\"\nmax-sessions = 7\npin_ttl = \"3m\"");
    let env = [("FARHAND_COMPANY", "env"), ("FARHAND_PIN_TTL", "4m")];
    let all = config(&["--company", "flag"], &env, file);
    assert_eq!(all.company, "flag");
    assert_eq!(all.limits.pin_ttl, Duration::from_secs(240));
    assert_eq!(all.limits.open_sessions, 7);
    assert_eq!(config(&[], &env, file).company, "env");
    assert_eq!(config(&[], &[], file).company, "file");
    // An empty variable counts as not set.
    assert_eq!(config(&[], &[("FARHAND_COMPANY", "")], None).company, "Farhand");
}

#[test]
fn switches_and_lists_work_in_every_source() {
    for (flags, env, file) in [
        (
            &["--turn-allow-loopback", "--trusted-proxies", "10.0.0.0/8,192.0.2.1"][..],
            vec![],
            None,
        ),
        (
            &[],
            vec![
                ("FARHAND_TURN_ALLOW_LOOPBACK", "1"),
                ("FARHAND_TRUSTED_PROXIES", "10.0.0.0/8,192.0.2.1"),
            ],
            None,
        ),
        (
            &[],
            vec![],
            Some("trusted-proxies = [\"10.0.0.0/8\", \"192.0.2.1\"]\n[turn]\nallow-loopback = true"),
        ),
    ] {
        let config = config(flags, &env, file);
        let TurnConfig::Embedded(turn) = config.turn else {
            panic!("embedded")
        };
        assert!(turn.peers.allow_loopback, "{flags:?} {env:?}");
        let proxies: Vec<String> = config.trusted_proxies.iter().map(ToString::to_string).collect();
        assert_eq!(proxies, ["10.0.0.0/8", "192.0.2.1/32"], "{flags:?} {env:?}");
    }
    // A stronger source can switch off again.
    assert!(!config(&["--lan=no"], &[("FARHAND_LAN", "yes")], None).lan);
    let agents = config(&["--agent-cameras", "no"], &[], Some("problem-reports = \"no\"")).agents;
    assert!(!agents.cameras && !agents.problem_reports);
}

#[test]
fn options_may_stand_before_or_after_the_command() {
    for flags in [
        ["check", "--listen", "127.0.0.1:9"],
        ["--listen", "127.0.0.1:9", "check"],
    ] {
        let (command, config) = load(&flags, &[("FARHAND_LISTEN", "127.0.0.1:8")], None).unwrap();
        assert_eq!((command, config.listen.port()), (Command::Check, 9));
    }
}

#[test]
fn a_wrong_value_is_refused_with_its_option_its_place_and_what_was_expected() {
    let cases: [Refusal; 15] = [
        (
            &["--listen", "here"],
            &[],
            None,
            &["--listen", "here", "127.0.0.1:8080"],
        ),
        (
            &[],
            &[("FARHAND_LISTEN", "here")],
            None,
            &["--listen", "FARHAND_LISTEN", "\"here\"", "127.0.0.1:8080"],
        ),
        (
            &[],
            &[],
            Some("listen = \"here\""),
            &["--listen", "in /", "\"here\"", "127.0.0.1:8080"],
        ),
        (
            &[],
            &[],
            Some("[log]\nformat = \"xml\""),
            &["--log-format", "text or json"],
        ),
        (&[], &[("FARHAND_LAN", "maybe")], None, &["--lan", "yes or no"]),
        (
            &[],
            &[],
            Some("lissten = \"x\""),
            &["--config", "no option \"lissten\""],
        ),
        (&[], &[], Some("company = "), &["--config", "line 1 is not TOML"]),
        (
            &[],
            &[("FARHAND_CONFIG", "/nowhere.toml")],
            None,
            &["--config", "/nowhere.toml"],
        ),
        (&["--pin-ttl", "10"], &[], None, &["--pin-ttl", "10m"]),
        (
            &["--public-url", "https://a.example/x"],
            &[],
            None,
            &["--public-url", "without a path"],
        ),
        (
            &["--turn-public-ip", "0.0.0.0"],
            &[],
            None,
            &["--turn-public-ip", "browsers reach"],
        ),
        (&["--file-bytes", "25"], &[], None, &["--file-bytes", "25MiB"]),
        (&["--max-sessions", "0"], &[], None, &["--max-sessions", "at least 1"]),
        (
            &["--turn-urls", "http://x"],
            &[],
            None,
            &["--turn-urls", "turn:turn.example.com"],
        ),
        (
            &["--email-domains", "example.com,nonsense"],
            &[],
            None,
            &["--email-domains", "separated by commas"],
        ),
    ];
    for (flags, env, file, words) in cases {
        let said = refusal(flags, env, file);
        for word in words {
            assert!(
                said.contains(word),
                "{flags:?} {env:?} {file:?}: \"{word}\" is missing in: {said}"
            );
        }
    }
}

#[test]
fn options_that_need_each_other_are_refused_alone() {
    let cases: [(&[&str], &str); 16] = [
        (&["--site-origins", "https://www.example.com"], "--site-origins"),
        (&["--site-terms-file", "terms.txt"], "--site-terms-file"),
        (&["--site-secret", "0123456789abcdef0123456789abcdef"], "--site-origins"),
        (&["--site-secret", "short"], "--site-secret"),
        (&["--tls-cert", "c.pem"], "--tls-key"),
        (&["--tls-key", "k.pem"], "--tls-cert"),
        (&["--sms-provider", "twilio"], "--twilio-account"),
        (
            &["--sms-provider", "twilio", "--twilio-account", "AC1"],
            "--twilio-token",
        ),
        (&["--sms-provider", "webhook"], "--sms-webhook-url"),
        (&["--smtp-url", "smtps://mail.example.com"], "--mail-from"),
        (&["--turn", "external"], "--turn-urls"),
        (
            &["--turn", "external", "--turn-urls", "turn:t.example:3478"],
            "--turn-secret",
        ),
        (&["--turn-secret", "0123456789abcdef"], "--turn-secret"),
        (&["--turn", "off", "--ice-policy", "relay"], "--ice-policy"),
        (&["--file-bytes", "1025MiB"], "--file-bytes"),
        (
            &["--metrics-token", "t", "--metrics-token-file", "f"],
            "--metrics-token-file",
        ),
    ];
    for (flags, option) in cases {
        let said = refusal(flags, &[], None);
        assert!(said.starts_with(option), "{flags:?}: {said}");
    }
}

#[test]
fn secrets_may_stand_in_files_and_never_show_in_refusals_or_debug_output() {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(b"smtps://user:hunter2@mail.example.com\n").unwrap();
    let path = file.path().to_str().unwrap();
    let loaded = config(&["--smtp-url-file", path, "--mail-from", "help@example.com"], &[], None);
    let MailConfig::Smtp { url, .. } = &loaded.mail else {
        panic!("mail goes by SMTP")
    };
    assert_eq!(url.expose(), "smtps://user:hunter2@mail.example.com");
    assert!(!format!("{loaded:?}").contains("hunter2"));

    let said = [
        refusal(&[], &[("FARHAND_SMTP_URL", "hunter2")], None),
        refusal(
            &["--turn", "external", "--turn-urls", "turn:t.example"],
            &[("FARHAND_TURN_SECRET", "hunter2")],
            None,
        ),
        refusal(&[], &[], Some("smtp-url = \"hunter2\"\nbroken")),
    ];
    assert!(said.iter().all(|said| !said.contains("hunter2")), "{said:?}");
}

#[test]
fn when_video_gives_way_to_photos_is_the_operators_choice() {
    let expected = |floor_kbit, seconds| PhotoConfig {
        floor_kbit,
        after: Duration::from_secs(seconds),
    };
    assert_eq!(config(&[], &[], None).photo, expected(150, 10));
    let chosen = config(&["--photo-floor-kbit", "300"], &[], Some("photo-after = \"1m\""));
    assert_eq!(chosen.photo, expected(300, 60));
    assert!(refusal(&["--photo-after", "10"], &[], None).contains("--photo-after"));
}

#[test]
fn visitors_of_a_website_can_be_asked_when_it_can_sign_who_they_are() {
    assert_eq!(config(&[], &[], None).site, None);
    let mut terms = tempfile::NamedTempFile::new().unwrap();
    terms.write_all(b"  Our terms.\n\n\n\nStop at any time. \n").unwrap();
    let file = "site-secret = \"0123456789abcdef0123456789abcdef\"\n\
                site-origins = [\"https://www.example.com\", \"https://shop.example.com:8443\"]\n\
                frame-origins = [\"https://*.example.org/\"]";
    let usual = config(&[], &[], Some(file));
    let site = usual.site.unwrap();
    assert_eq!(
        site.origins,
        ["https://www.example.com", "https://shop.example.com:8443"]
    );
    assert!(site.terms.ends_with("You can stop at any time."), "{}", site.terms);
    assert_eq!(usual.frame_origins, ["https://*.example.org"]);
    let own = config(&["--site-terms-file", terms.path().to_str().unwrap()], &[], Some(file));
    assert_eq!(own.site.unwrap().terms, "Our terms.\n\nStop at any time.");
    for (option, value) in [
        ("--frame-origins", "https://crm.example.com/frame"),
        ("--site-origins", "www.example.com"),
    ] {
        let said = refusal(&[option, value], &[], None);
        assert!(said.contains(option) && said.contains("without a path"), "{said}");
    }
}

#[test]
fn files_may_lie_in_a_folder_of_their_own() {
    let all = config(
        &["--files-dir", "/srv/pictures", "--session-bytes", "2GiB"],
        &[],
        Some("file-bytes = \"10MiB\""),
    );
    let expected = FilesConfig {
        dir: PathBuf::from("/srv/pictures"),
        file_bytes: 10 << 20,
        session_bytes: 2 << 30,
    };
    assert_eq!(all.files, expected);
    assert_eq!(
        config(&["--data-dir", "d"], &[], None).files.dir,
        PathBuf::from("d/files")
    );
}

#[test]
fn lan_listens_everywhere_over_tls_and_lets_turn_reach_the_network() {
    let config = config(&["--lan", "--listen", "127.0.0.1:9443"], &[], None);
    assert_eq!(config.listen.to_string(), "0.0.0.0:9443");
    assert!(config.public_url.is_https() && config.serves_tls());
    let TurnConfig::Embedded(turn) = config.turn else {
        panic!("embedded")
    };
    assert!(turn.listen.ip().is_unspecified() && !turn.public_ip.is_unspecified());
    assert!(turn.peers.allow_private && !turn.peers.allow_loopback);
}

#[test]
fn turn_relays_over_ipv4_also_where_pages_are_served_over_ipv6() {
    let TurnConfig::Embedded(turn) = config(&["--listen", "[::1]:8080"], &[], None).turn else {
        panic!("embedded")
    };
    assert_eq!(
        (turn.listen.to_string().as_str(), turn.public_ip.to_string().as_str()),
        ("127.0.0.1:3478", "127.0.0.1")
    );
    assert!(refusal(&["--turn-public-ip", "2001:db8::1"], &[], None).contains("IPv4"));
}

#[test]
fn a_port_chosen_by_the_system_ends_up_in_links() {
    let mut config = config(&["--listen", "127.0.0.1:0"], &[], None);
    config.settle_port(4711);
    assert_eq!(config.public_url.origin(), "http://localhost:4711");
    config.public_url_given = true;
    config.settle_port(4712);
    assert_eq!(config.public_url.origin(), "http://localhost:4711");
}

#[test]
fn help_explains_every_option_and_names_its_variable_but_no_values_of_this_machine() {
    let env = [("FARHAND_TURN_SECRET", "hunter2-hunter2-hunter2")];
    let help = refusal(&["--help"], &env, None);
    assert!(help.contains("see what somebody else's camera sees"), "{help}");
    assert!(!help.contains("hunter2"));
    let options = <options::Cli as clap::CommandFactory>::command();
    for arg in options.get_arguments() {
        let option = arg.get_long().expect("every option has a long name");
        let explained = arg.get_help().map(ToString::to_string).unwrap_or_default();
        assert!(explained.len() > 20, "--{option} is not explained");
        assert!(help.contains(&format!("--{option}")), "--{option} is missing in --help");
        assert!(
            help.contains(&sources::variable(option)),
            "the variable of --{option} is missing in --help"
        );
    }
}

#[test]
fn a_country_is_named_by_its_two_letters() {
    let given = |text: &str| config(&["--phone-country", text], &[], None).phone_country;
    assert_eq!(
        (given("GB"), given("de")),
        (Some(country::Id::GB), Some(country::Id::DE))
    );
    assert!(refusal(&["--phone-country", "Britain"], &[], None).contains("two letters"));
}
