//! What came of everything that was said, held against what has to.

use std::collections::{HashMap, HashSet};

use sandbox::MessageView;
use serde_json::Value;

use super::class::{Asked, Class, Fate};
use super::courses::Course;

impl Class {
    /// Everything that is not as it has to be, a sentence each.
    pub async fn faults(&self) -> Vec<String> {
        let mut faults = self.faults_of_questions(&self.machine.questions().await);
        faults.extend(self.faults_of_replies());
        for (number, course) in self.courses.iter().enumerate() {
            faults.extend(self.faults_of_digest(number, course));
        }
        faults
    }

    fn faults_of_questions(&self, told: &[Value]) -> Vec<String> {
        let mut by_message: HashMap<&str, Vec<&Value>> = HashMap::new();
        for line in told {
            let message = line["message"].as_str().expect("an id");
            by_message.entry(message).or_default().push(line);
        }
        let mut faults = Vec::new();
        for asked in &self.asked {
            let id = asked.message.id().to_string();
            let found = by_message.remove(id.as_str()).unwrap_or_default();
            faults.extend(
                self.fault_of(asked, &found)
                    .map(|fault| asked.named(&fault)),
            );
        }
        let nobody_asked = by_message.into_values().flatten();
        faults.extend(nobody_asked.map(|line| format!("nobody asked this: {line}")));
        faults
    }

    fn fault_of(&self, asked: &Asked, found: &[&Value]) -> Option<String> {
        let line = match found {
            [] if asked.fate == Fate::Gone => return None,
            [line] => *line,
            _ => return Some(format!("is there {} times", found.len())),
        };
        let state = line["state"].as_str().unwrap_or_default();
        if !asked.fate.states().contains(&state) {
            return Some(format!("is {state}, not {}", asked.fate.states()[0]));
        }
        if asked.fate != Fate::Gone && line["text"] != asked.text.as_str() {
            return Some(format!("says something else than its asker does: {line}"));
        }
        if let Fate::SameAs(first) = asked.fate {
            let first = self.asked[first].message.id().to_string();
            if line["merged_into"].as_str() != Some(&first) {
                return Some(format!("was folded into {}", line["merged_into"]));
            }
        }
        let signed = asked.message.view().is_some_and(|view| {
            let signs = view.reactors("📌");
            signs.contains(&self.bot.id())
        });
        (asked.fate == Fate::Open && !signed).then(|| "bears no sign".to_owned())
    }

    fn faults_of_replies(&self) -> Vec<String> {
        let mut replies: HashMap<u64, usize> = HashMap::new();
        for (number, _) in self.courses.iter().enumerate() {
            for said in self.lecture(number).messages_from(&self.bot) {
                *replies.entry(said.reference.unwrap_or(0)).or_default() += 1;
            }
        }
        let mut faults = Vec::new();
        for lookup in &self.lookups {
            let number = replies.remove(&lookup.id()).unwrap_or(0);
            if number != 1 {
                faults.push(format!(
                    "`{}` ({}) got {number} replies",
                    lookup.text(),
                    lookup.id()
                ));
            }
        }
        for twin in &self.asked {
            // Its answer may be heard live before its own message is read from history: then its asker
            // is told, once, where the answer stands.
            let Fate::SameAs(first) = twin.fate else {
                continue;
            };
            let was_answered = matches!(self.asked[first].fate, Fate::Answered | Fate::Reopened);
            if was_answered && replies.get(&twin.message.id()) == Some(&1) {
                replies.remove(&twin.message.id());
            }
        }
        let unasked = replies.into_keys();
        faults.extend(unasked.map(|to| format!("Beadle replied to {to}, which asked for nothing")));
        faults
    }

    fn faults_of_digest(&self, number: usize, course: &Course) -> Vec<String> {
        let posted = course.staff_room.messages_from(&self.bot);
        let Some(since) = course.digest_since else {
            return match posted.len() {
                0 => Vec::new(),
                _ => vec![format!("{} has a digest before its hour", course.slug)],
            };
        };
        let text: String = posted.iter().map(MessageView::to_string).collect();
        let mut faults: Vec<String> = fault_of_parts(&posted)
            .map(|fault| format!("the digest of {}: {fault}", course.slug))
            .into_iter()
            .collect();
        let mut seen = HashSet::new();
        let own = self.asked.iter().filter(|asked| asked.course == number);
        for asked in own.filter(|asked| seen.insert(&asked.mark)) {
            let times = text.matches(&asked.mark).count();
            let has_to_stand = asked.touched_after.is_none() && asked.asked_after < since;
            let is_closed = matches!(asked.fate, Fate::Answered | Fate::TakenBack | Fate::Gone);
            let was_done = is_closed && asked.touched_after.is_some_and(|start| start < since);
            if times > 1 || (has_to_stand && times == 0) || (was_done && times > 0) {
                faults.push(asked.named(&format!("stands in the digest {times} times")));
            }
        }
        faults
    }
}

/// Whether the digest is there once: its title once, and each of its parts.
fn fault_of_parts(posted: &[MessageView]) -> Option<String> {
    let footer = |message: &MessageView| {
        let footer = message.embeds.first().map(|embed| &embed["footer"]["text"]);
        footer
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let number = posted.len();
    let expected: Vec<String> = match number {
        0 => return Some("is not there".to_owned()),
        1 => vec![String::new()],
        _ => (1..=number)
            .map(|part| format!("part {part} of {number}"))
            .collect(),
    };
    let footers: Vec<String> = posted.iter().map(footer).collect();
    (footers != expected).then(|| format!("its parts are {footers:?}"))
}

impl Fate {
    /// The states that fit; nearly always one.
    fn states(self) -> &'static [&'static str] {
        match self {
            // Whether talk around it reads as an answer is a guess, and one that knows less after a restart;
            // it closes nothing.
            Self::Open => &["open", "suggested"],
            Self::SameAs(_) => &["merged"],
            Self::Suggested => &["suggested"],
            Self::Answered => &["answered"],
            Self::Reopened => &["open", "suggested"],
            Self::TakenBack | Self::Gone => &["withdrawn"],
        }
    }
}

impl Asked {
    fn named(&self, fault: &str) -> String {
        let (mark, course, start) = (&self.mark, self.course, self.asked_after);
        let touched = match self.touched_after {
            Some(start) => format!(", touched after start {start}"),
            None => String::new(),
        };
        let id = self.message.id();
        format!("{mark} ({id}, asked in course {course} after start {start}{touched}) {fault}")
    }
}
