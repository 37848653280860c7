//! `beadle explain --answers`: which messages of a talk Beadle takes for answers, to what, and why.

use std::collections::HashMap;
use std::io::Read as _;

use super::failure::Failure;
use super::output::Results;
use crate::formats::discussion::{Role, Said, read_discussion};
use crate::reading::{self, Answering, Called, Line, SUGGEST, Saying, Talk};

/// How far apart messages are taken to be of which that is not known, in milliseconds.
const APART_MS: i64 = 60_000;

/// Explains the talk on standard input, as one channel.
pub(super) fn explain(results: &mut Results) -> Result<(), Failure> {
    let mut text = String::new();
    std::io::stdin()
        .lock()
        .read_to_string(&mut text)
        .map_err(|error| Failure::input(format!("standard input: {error}")))?;
    let discussion = read_discussion(&text, None).map_err(|problems| {
        let lines = problems.iter().map(|it| format!("standard input:{it}"));
        Failure::input(lines.collect::<Vec<_>>().join("\n"))
    })?;
    let said = discussion.said;
    let sayings: Vec<Saying> = said.iter().map(|it| Saying::of(&it.text)).collect();
    let lines = lines(&said, &sayings);
    let asks: Vec<bool> = said.iter().map(asks).collect();
    for at in 0..said.len() {
        results.line(&format!("{}: {}", said[at].author, said[at].text))?;
        let talk = Talk::around(&lines, at);
        let by_staff = said[at].role == Role::Staff;
        let earlier = (0..at).filter(|&nth| asks[nth] && lines[nth].author != lines[at].author);
        let judged = earlier.filter_map(|nth| {
            let index = talk.index_of(nth)?;
            Some((nth, talk.answering(index, by_staff), talk.may_answer(index)))
        });
        let best = judged.max_by(|(_, a, _), (_, b, _)| a.confidence.total_cmp(&b.confidence));
        if let Some((nth, answering, may_answer)) = best {
            results.text(&in_words(&said[nth], &answering, may_answer))?;
        }
    }
    Ok(())
}

fn asks(said: &Said) -> bool {
    said.gather || reading::read(&said.text, None).worth_gathering()
}

fn lines<'a>(said: &'a [Said], sayings: &'a [Saying]) -> Vec<Line<'a>> {
    let mut people: HashMap<&str, u64> = HashMap::new();
    let by_id: HashMap<&str, &str> = said.iter().map(|it| (&*it.id, &*it.author)).collect();
    let mut number_of = |name: &'a str| {
        let next = people.len() as u64;
        *people.entry(name).or_insert(next)
    };
    said.iter()
        .zip(sayings.iter().zip(0..))
        .map(|(it, (said, nth))| {
            let replied = it.reply_to.as_deref().and_then(|id| by_id.get(id));
            Line {
                author: number_of(&it.author),
                called: Called::by(&it.author),
                to: replied.map(|name| number_of(name)),
                said,
                at_ms: it.at.map_or(nth * APART_MS, |at| at.as_millisecond()),
            }
        })
        .collect()
}

/// The verdict, then one rule a line.
fn in_words(question: &Said, answering: &Answering, may_answer: bool) -> String {
    let verdict = match answering.confidence >= SUGGEST {
        true if may_answer => "may answer",
        true => "speaks to, but asks back:",
        false => "does not answer",
    };
    let percent = (answering.confidence * 100.0).round();
    let mut words = format!(
        "  {verdict} “{}” of {} ({percent} %, from {} % on it is suggested)\n",
        question.text,
        question.author,
        (SUGGEST * 100.0).round()
    );
    for fired in &answering.rules {
        words += &format!("    {:+.1}  {}\n", fired.weight, fired.name);
    }
    words
}
