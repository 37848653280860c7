use toml::de::DeTable;

use super::*;

const SAMPLE: &str = include_str!("../../config/beadle.toml");

fn settings(text: &str, variables: &[(&str, &str)]) -> Result<Settings, String> {
    let env = variables.iter().copied().collect();
    Settings::parse(text, "beadle.toml", &env).map_err(|error| error.to_string())
}

#[test]
fn the_sample_states_every_key_with_its_true_default_and_a_comment() {
    assert_eq!(settings(SAMPLE, &[]), Ok(Settings::default()));
    let (env, mistakes) = (Environment::default(), Mistakes::new("beadle.toml", SAMPLE));
    let root = mistakes.parse();
    let sources = Sources::new(&root, &mistakes, &env);
    Settings::read(&sources);
    let stated = DeTable::parse(SAMPLE).unwrap();
    for (section, key) in sources.asked() {
        assert!(
            stated.get_ref()[section].get_ref().get(key).is_some(),
            "[{section}] {key} is not stated"
        );
        let line = SAMPLE
            .lines()
            .find(|line| line.starts_with(&format!("{key} ")))
            .unwrap();
        assert!(line.contains(" # "), "[{section}] {key} has no comment");
    }
}

#[test]
fn a_variable_overrules_the_file() {
    let file = "[database]\nurl = \"sqlite://a.db\"\n[catch_up]\nmax_days = 3";
    let variables = [
        ("BEADLE_DATABASE_URL", "postgres://u:p@h/b"),
        ("BEADLE_CATCH_UP_MAX_DAYS", "7"),
        ("BEADLE_COURSES_DIR", "\"quoted dir\""),
        ("BEADLE_DISCORD_API_URL", "http://127.0.0.1:9/"),
        ("BEADLE_CONFIG", "x.toml"),
        ("OTHER", "1"),
    ];
    let settings = settings(file, &variables).unwrap();
    assert_eq!(settings.database.url.as_str(), "postgres://u:p@h/b");
    assert_eq!(settings.catch_up.max_days, 7);
    assert_eq!(settings.courses.dir, Path::new("quoted dir"));
    assert_eq!(settings.discord.rest_root(), Some("http://127.0.0.1:9"));
    assert!(!format!("{settings:?}").contains("u:p"));
}

#[test]
fn everything_that_is_wrong_is_told_at_once_with_its_place() {
    let file = "stray = 1\n[discord]\ntoken = \"x\"\nquue = 5\nproxy = \"nirn\"\n[catch_up]\nmax_days = \"many\"\n\
                [databse]\nurl = \"\"\n[log]\nlevel = \"loud\"\nformat = \"xml\"\n";
    let variables = [
        ("BEADLE_CATCHUP_MAX_DAYS", "7"),
        ("BEADLE_DIGEST_LATE_HOURS", "40"),
        ("BEADLE_TOKEN", "x"),
    ];
    insta::assert_snapshot!(settings(file, &variables).unwrap_err(), @r#"
    beadle.toml:1:1: `stray` stands in no section; write it under one of [database], [discord], [courses], [catch_up], [digest], [log]
    beadle.toml:3:1: the bot token does not belong here; set DISCORD_TOKEN, or DISCORD_TOKEN_FILE to a file that holds it, and reset a token that others may have read
    beadle.toml:4:1: [discord] has no key `quue`; did you mean `queue`?
    beadle.toml:5:9: `proxy` must be an address such as `http://127.0.0.1:8080`, or empty for Discord itself
    beadle.toml:7:12: `max_days` must be a whole number from 0 to 365
    beadle.toml:8:2: there is no section [databse]; did you mean `database`?
    beadle.toml:11:9: `level` must be one of off, error, warn, info, debug, trace, or directives such as `info,beadle=debug`
    beadle.toml:12:10: `format` must be `text` or `json`
    BEADLE_DIGEST_LATE_HOURS: must be a whole number from 0 to 23
    BEADLE_CATCHUP_MAX_DAYS: overrules no setting; did you mean `BEADLE_CATCH_UP_MAX_DAYS`?
    BEADLE_TOKEN: the bot token does not belong here; set DISCORD_TOKEN, or DISCORD_TOKEN_FILE to a file that holds it, and reset a token that others may have read
    "#);
}

#[test]
fn a_slip_of_syntax_is_told_with_its_line() {
    insta::assert_snapshot!(settings("[log]\nlevel = info\n", &[]).unwrap_err(), @"beadle.toml:2:9: this is not TOML: invalid float, expected `inf`; texts stand in quotation marks, days as 2026-02-09");
}

#[test]
fn a_proxy_and_another_root_exclude_each_other() {
    let file = "[discord]\napi_url = \"http://a\"\nproxy = \"http://b\"\n";
    insta::assert_snapshot!(settings(file, &[]).unwrap_err(), @"beadle.toml:3:9: `proxy` cannot be set together with `api_url`; leave one of them empty");
}

#[test]
fn a_file_that_is_named_must_exist_and_the_usual_one_need_not() {
    let gone = Path::new("/nonexistent/beadle.toml");
    let error = Settings::load(Some(gone), &Environment::default())
        .unwrap_err()
        .to_string();
    assert!(
        error.starts_with("cannot read the settings from /nonexistent/beadle.toml: "),
        "{error}"
    );
    let env = [("BEADLE_CONFIG", "/nonexistent/beadle.toml")]
        .into_iter()
        .collect();
    assert!(matches!(
        Settings::load(None, &env),
        Err(SettingsError::Unreadable { .. })
    ));
}
