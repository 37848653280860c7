//! The bot's token: from the environment, a file that the environment names, or systemd's credentials.

use std::path::{Path, PathBuf};

use secrecy::SecretString;

use super::Environment;

/// Why there is no token. Never holds any of it.
#[derive(Debug, thiserror::Error)]
pub enum TokenError {
    /// Nobody gave one.
    #[error(
        "there is no bot token; set DISCORD_TOKEN, or set DISCORD_TOKEN_FILE to a file that holds it \
         (Discord's developer portal shows it once, under Bot, Reset Token)"
    )]
    Missing,
    /// The file that should hold it cannot be read.
    #[error("cannot read the bot token from {path}: {source}; check the path and who may read it")]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// Why.
        source: std::io::Error,
    },
    /// What was given is no token.
    #[error(
        "{0} does not hold a bot token; a token is one word of letters, digits, dots, `-` and `_`"
    )]
    Malformed(String),
}

/// The token without the spaces around it and without a leading `Bot `: from `DISCORD_TOKEN`, else from the file that
/// `DISCORD_TOKEN_FILE` names, else from `discord_token` in `$CREDENTIALS_DIRECTORY` (systemd's `LoadCredential=`).
pub fn discord_token(env: &Environment) -> Result<SecretString, TokenError> {
    let given = |name: &str| env.get(name).filter(|value| !value.trim().is_empty());
    if let Some(token) = given("DISCORD_TOKEN") {
        return checked(token, "DISCORD_TOKEN");
    }
    if let Some(path) = given("DISCORD_TOKEN_FILE") {
        return from_file(Path::new(path));
    }
    match given("CREDENTIALS_DIRECTORY").map(|folder| Path::new(folder).join("discord_token")) {
        Some(path) if path.exists() => from_file(&path),
        _ => Err(TokenError::Missing),
    }
}

fn from_file(path: &Path) -> Result<SecretString, TokenError> {
    let unreadable = |source| TokenError::Unreadable {
        path: path.to_owned(),
        source,
    };
    let text = std::fs::read_to_string(path).map_err(unreadable)?;
    checked(&text, &path.display().to_string())
}

fn checked(text: &str, whence: &str) -> Result<SecretString, TokenError> {
    let token = text.trim();
    let token = token.strip_prefix("Bot ").map_or(token, str::trim_start);
    let in_a_token = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    if token.is_empty() || !token.chars().all(in_a_token) {
        return Err(TokenError::Malformed(whence.to_owned()));
    }
    Ok(SecretString::from(token))
}

#[cfg(test)]
mod tests {
    use secrecy::ExposeSecret;

    use super::*;

    fn token(variables: &[(&str, &str)]) -> Result<String, String> {
        let env: Environment = variables.iter().copied().collect();
        discord_token(&env)
            .map(|token| token.expose_secret().to_owned())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn it_comes_from_the_environment_without_what_stands_around_it() {
        assert_eq!(
            token(&[("DISCORD_TOKEN", " Bot ab.cd-ef_1\n")]),
            Ok("ab.cd-ef_1".into())
        );
    }

    #[test]
    fn it_comes_from_a_file_or_from_systemd() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("discord_token");
        std::fs::write(&file, "ab.cd\n").unwrap();
        let (file, folder) = (file.to_str().unwrap(), folder.path().to_str().unwrap());
        assert_eq!(token(&[("DISCORD_TOKEN_FILE", file)]), Ok("ab.cd".into()));
        assert_eq!(
            token(&[("CREDENTIALS_DIRECTORY", folder), ("DISCORD_TOKEN", "")]),
            Ok("ab.cd".into())
        );
    }

    #[test]
    fn what_is_wrong_is_said_without_saying_the_token() {
        insta::assert_snapshot!(token(&[]).unwrap_err(), @"there is no bot token; set DISCORD_TOKEN, or set DISCORD_TOKEN_FILE to a file that holds it (Discord's developer portal shows it once, under Bot, Reset Token)");
        insta::assert_snapshot!(token(&[("DISCORD_TOKEN", "not a token")]).unwrap_err(), @"DISCORD_TOKEN does not hold a bot token; a token is one word of letters, digits, dots, `-` and `_`");
        let gone = token(&[("DISCORD_TOKEN_FILE", "/nonexistent/token")]).unwrap_err();
        assert!(
            gone.starts_with("cannot read the bot token from /nonexistent/token: "),
            "{gone}"
        );
    }
}
