//! What came of a replay, for people and for machines.

use serde_json::json;

use super::cast::Cast;
use crate::app::App;
use crate::app::digest;
use crate::app::effect::{Effect, Entry};
use crate::app::reply::STANDS_ABOVE;
use crate::cli::failure::Failure;
use crate::cli::output::Results;
use crate::cli::question_line::{Names, QuestionLine, question_lines};
use crate::domain::digest::{Late, plain_text};
use crate::domain::ids::MessageId;
use crate::store::questions::QuestionRow;

/// What Beadle said while it listened: each answer with the message that it is for, in order.
#[derive(Debug, Default)]
pub(super) struct Heard {
    replies: Vec<Reply>,
}

#[derive(Debug)]
struct Reply {
    to: MessageId,
    is_lookup: bool,
    text: String,
}

impl Heard {
    /// Keeps what was decided to be said.
    pub fn hear(&mut self, entries: Vec<Entry>) {
        for entry in entries {
            match entry.effect {
                Effect::Say {
                    reply_to, message, ..
                } => {
                    self.say(reply_to, entry.key.starts_with("lookup:"), &message.plain());
                }
                Effect::React { message, emoji } if emoji == STANDS_ABOVE => {
                    self.say(Some(message), true, &emoji);
                }
                _ => (),
            }
        }
    }

    /// What replies to nothing continues the reply before it.
    fn say(&mut self, to: Option<MessageId>, is_lookup: bool, text: &str) {
        match (to, self.replies.last_mut()) {
            (Some(to), _) => self.replies.push(Reply {
                to,
                is_lookup,
                text: text.to_owned(),
            }),
            (None, Some(last)) => last.text = format!("{}\n\n{text}", last.text),
            (None, None) => (),
        }
    }
}

/// Everything that came of a replay.
pub(super) struct Told {
    cast: Cast,
    replies: Vec<Reply>,
    questions: Vec<(QuestionRow, QuestionLine)>,
    digest: Option<String>,
}

impl Told {
    /// Reads what the database holds at the end, and composes the digest of that moment.
    pub async fn of(app: &App, cast: Cast, heard: Heard) -> Result<Self, Failure> {
        let mut tx = app.store().read().await?;
        let mut questions = Vec::new();
        let mut text = None;
        for served in app.courses().iter() {
            questions.extend(question_lines(&mut tx, served, None, &cast).await?);
            let (date, now) = (served.today(cast.end()), cast.end());
            let input = digest::compose(&mut tx, served, date, now, Late::default(), None).await?;
            text = Some(plain_text(&input));
        }
        Ok(Self {
            cast,
            replies: heard.replies,
            questions,
            digest: text,
        })
    }

    /// One object a line.
    pub fn as_json(&self, results: &mut Results) -> Result<(), Failure> {
        for (_, line) in &self.questions {
            results.json(line)?;
        }
        for reply in &self.replies {
            let kind = if reply.is_lookup { "lookup" } else { "reply" };
            let message = self.cast.message_name(reply.to);
            results.json(&json!({ "type": kind, "message": message, "reply": reply.text }))?;
        }
        match &self.digest {
            Some(text) => results.json(&json!({ "type": "digest", "text": text })),
            None => Ok(()),
        }
    }

    /// For people: what was answered, what was gathered, the digest.
    pub fn in_words(&self, results: &mut Results) -> Result<(), Failure> {
        for reply in &self.replies {
            results.line(&format!(
                "Reply to message {}:",
                self.cast.message_name(reply.to)
            ))?;
            results.line(&indented(&reply.text))?;
        }
        for (row, line) in &self.questions {
            results.text(&question_in_words(row, line))?;
        }
        match &self.digest {
            Some(text) => results.text(&format!("\n{text}")),
            None => Ok(()),
        }
    }
}

impl Names for Cast {
    fn message(&self, id: MessageId) -> String {
        self.message_name(id)
    }
}

fn question_in_words(row: &QuestionRow, line: &QuestionLine) -> String {
    let asker = if row.asker_name.is_empty() {
        "somebody"
    } else {
        &row.asker_name
    };
    let mut words = format!("Question {} ({}) by {asker}", line.message, line.state);
    if let Some(first) = &line.merged_into {
        words += &format!(", folded into {first}");
    }
    words += ":\n";
    words += &(indented(&row.asking) + "\n");
    for answer in &line.answers {
        let percent = (answer.confidence * 100.0).round();
        words += &format!(
            "    {} answer: message {} ({percent} %)\n",
            answer.state, answer.message
        );
    }
    words
}

fn indented(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(|line| format!("    {line}")).collect();
    lines.join("\n")
}
