//! Topic tables in files: checked, shown, converted.

use std::path::{Path, PathBuf};

use super::How;
use crate::cli::failure::Failure;
use crate::cli::output::{Results, count, read_bytes, remark};
use crate::domain::lecture::TopicTable;
use crate::formats::{self, About, Problem, Read, TopicFormat, recognise};

/// Says what is wrong with each table, on standard output: that is what was asked for.
pub(super) fn lint(files: &[PathBuf], how: &How) -> Result<(), Failure> {
    let mut results = Results::new();
    let mut is_wrong = false;
    for file in files {
        match parse(file, how)? {
            Ok(read) => {
                let name = file.display();
                for note in &read.notes {
                    results.line(&format!(
                        "{name}:{}:{}: note: {}",
                        note.line, note.column, note.message
                    ))?;
                }
                let (topics, format) = (count(read.table.len(), "topic"), read.format);
                results.line(&format!("{name}: {topics}, read as {format}"))?;
            }
            Err(problems) => {
                is_wrong = true;
                results.line(&placed(file, &problems))?;
            }
        }
    }
    results.done()?;
    if is_wrong {
        Err(Failure::Told(1))
    } else {
        Ok(())
    }
}

/// Shows a table, one topic a line.
pub(super) fn show(file: &Path, how: &How) -> Result<(), Failure> {
    let table = read(file, how)?.table;
    let mut results = Results::new();
    for index in 0..table.len() {
        let Some(covered) = table.covered(index, how.duration) else {
            continue;
        };
        let end = covered
            .end
            .map(|end| format!("– {end}"))
            .unwrap_or_default();
        results.line(&format!(
            "{:>8} {end:<10}  {}",
            covered.start.to_string(),
            covered.topic.title
        ))?;
        if let Some(note) = &covered.topic.note {
            results.line(&format!("{:21}{note}", ""))?;
        }
    }
    results.done()
}

/// Writes a table in another format.
pub(super) fn convert(file: &Path, to: TopicFormat, how: &How) -> Result<(), Failure> {
    let read = read(file, how)?;
    let about = About {
        duration: how.duration.or(read.duration),
        ..About::default()
    };
    write(&read.table, to, about)
}

/// Writes a table as a result, and says on standard error what somebody should know of it.
pub(super) fn write(table: &TopicTable, to: TopicFormat, about: About<'_>) -> Result<(), Failure> {
    let text = formats::write_topics(table, to, about);
    let mut results = Results::new();
    results.text(&text)?;
    results.done()?;
    let sentences = formats::to_know(table, to, about, &text);
    sentences.iter().for_each(|sentence| remark(sentence));
    Ok(())
}

/// Reads a table, or says on standard error what is wrong with it.
pub(super) fn read(file: &Path, how: &How) -> Result<Read, Failure> {
    parse(file, how)?.map_err(|problems| Failure::input(placed(file, &problems)))
}

fn parse(file: &Path, how: &How) -> Result<Result<Read, Vec<Problem>>, Failure> {
    let bytes = read_bytes(file)?;
    let name = file.file_name().and_then(|name| name.to_str());
    let by_content = || {
        std::str::from_utf8(&bytes)
            .ok()
            .map(|text| recognise(text, name))
    };
    Ok(formats::read_topics(
        &bytes,
        how.format.or_else(by_content),
        how.duration,
    ))
}

fn placed(file: &Path, problems: &[Problem]) -> String {
    let lines: Vec<String> = problems
        .iter()
        .map(|problem| format!("{}:{problem}", file.display()))
        .collect();
    lines.join("\n")
}
