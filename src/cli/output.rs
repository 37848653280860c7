//! Standard output, for results and nothing else, and input from a file or standard input.

use std::io::{self, BufWriter, Read, StdoutLock, Write};
use std::path::Path;

use serde::Serialize;

use super::failure::Failure;

/// Where results go. Ended by [`Results::done`].
pub struct Results(BufWriter<StdoutLock<'static>>);

impl Results {
    /// Standard output.
    pub fn new() -> Self {
        Self(BufWriter::new(io::stdout().lock()))
    }

    /// Writes a text as it is.
    pub fn text(&mut self, text: &str) -> Result<(), Failure> {
        Ok(self.0.write_all(text.as_bytes())?)
    }

    /// Writes a line.
    pub fn line(&mut self, line: &str) -> Result<(), Failure> {
        Ok(writeln!(self.0, "{line}")?)
    }

    /// Writes an object as one line of JSON.
    pub fn json(&mut self, object: &impl Serialize) -> Result<(), Failure> {
        let line = serde_json::to_string(object)
            .map_err(|error| Failure::input(format!("a result is no JSON: {error}")))?;
        self.line(&line)
    }

    /// Sends off what is still held back.
    pub fn done(mut self) -> Result<(), Failure> {
        Ok(self.0.flush()?)
    }
}

/// A file's bytes; of `-`, what comes on standard input.
pub fn read_bytes(path: &Path) -> Result<Vec<u8>, Failure> {
    let read = if path == Path::new("-") {
        let mut bytes = Vec::new();
        io::stdin().lock().read_to_end(&mut bytes).map(|_| bytes)
    } else {
        std::fs::read(path)
    };
    read.map_err(|error| {
        Failure::input(format!(
            "cannot read {}: {error}; check the path",
            path.display()
        ))
    })
}

/// So many of something: `1 topic`, `2 topics`.
pub fn count(number: usize, what: &str) -> String {
    format!("{number} {what}{}", if number == 1 { "" } else { "s" })
}

/// Says something besides the results, on standard error.
pub fn remark(sentence: &str) {
    eprintln!("beadle: {sentence}");
}

/// A file's text; of `-`, what comes on standard input. What is not UTF-8 is shown with `�`.
pub fn read_text(path: &Path) -> Result<String, Failure> {
    // A large text is not copied without need.
    let text = String::from_utf8(read_bytes(path)?);
    Ok(text.unwrap_or_else(|error| String::from_utf8_lossy(error.as_bytes()).into_owned()))
}
