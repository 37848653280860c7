//! What is said of questions: when they are asked, gathered, listed, answered and dismissed by
//! commands, menus and buttons.

use crate::app::courses::ServedLecture;
use crate::app::effect::{Card, Outgoing};
use crate::app::interaction::{Button, Choice, Controls, Pick};
use crate::app::listing::Which;
use crate::domain::ids::MessageId;
use crate::domain::lecture::Lecture;
use crate::domain::offset::Offset;
use crate::domain::question::QuestionState;
use crate::domain::quote;

/// How much of a question a sentence quotes.
const QUOTED_CHARS: usize = 200;
/// How much of a question a list shows.
const LISTED_CHARS: usize = 160;
/// A plain message holds 2,000 characters; the rest is for who says it and for Discord's way of
/// counting.
const PLAIN_CHARS: usize = 1_700;
/// A card's body holds 4,096.
const CARD_CHARS: usize = 3_700;

/// Something to gather, or to ask, in which nothing is asked.
pub const NO_QUESTION_IN_THAT: &str = "There is no question in that. It takes words.";

/// An answer without words.
pub const NO_ANSWER_IN_THAT: &str = "There is no answer in that. It takes words.";

/// `/ask` where Beadle may not write.
pub const MAY_NOT_POST: &str = "I may not write in this channel, so I cannot ask there for you. Whoever manages the server \
     can mend that under Edit Channel › Permissions: allow me View Channel and Send Messages (in \
     threads: Send Messages in Threads).";

/// `/ask` is done.
pub const ASKED_FOR_YOU: &str = "I ask it here for everybody to answer, and the instructors get to see it. ❌ on it takes it back.";

/// An offset past the end of the recording.
pub fn past_the_end(at: Offset, length: Offset) -> String {
    format!("{at} is past the end of the recording, which lasts {length}.")
}

/// `/answer` without a question that Beadle knows.
pub const NO_SUCH_QUESTION: &str = "I do not know that question. Choose one of those that I offer while you type, or give the \
     link to its message.";

/// A question was withdrawn meanwhile.
pub const QUESTION_IS_GONE: &str = "That question is gone; it was taken back or deleted.";

/// The title of an answer's form.
pub const ANSWER_FORM: &str = "Answer a question";

/// What an answer's form asks for.
pub const YOUR_ANSWER: &str = "Your answer";

/// A question as the hint of a form.
pub fn asking_hint(asking: &str) -> String {
    quote::plain(asking, 100)
}

/// What Beadle posts for somebody who asks.
pub fn asks(name: &str, text: &str, lecture: Option<&Lecture>, at: Option<Offset>) -> Outgoing {
    let about = match (lecture, at) {
        (Some(lecture), Some(at)) => format!(
            " about lecture {} at {}",
            quote::label(&lecture.slug, 40),
            linked(lecture.link_at(at), at)
        ),
        (Some(lecture), None) => format!(" about lecture {}", quote::label(&lecture.slug, 40)),
        (None, Some(at)) => format!(" about {at}"),
        (None, None) => String::new(),
    };
    said(&format!("**{}** asks{about}:", quote::name(name)), text)
}

/// What Beadle posts for somebody who answers.
pub fn answers(name: &str, text: &str) -> Outgoing {
    said(&format!("**{}** answers:", quote::name(name)), text)
}

/// A person's words below a line that names them.
fn said(who: &str, text: &str) -> Outgoing {
    let plain = quote::block(text, CARD_CHARS);
    if plain.encode_utf16().count() <= PLAIN_CHARS {
        return Outgoing::text(format!("{who}\n{plain}"));
    }
    Outgoing::card(Card {
        body: format!("{who}\n{plain}"),
        ..Card::default()
    })
}

fn linked(link: Option<String>, at: Offset) -> String {
    match link {
        Some(link) => format!("[{at}](<{link}>)"),
        None => at.to_string(),
    }
}

/// `/answer` is done. `counts`: the word of who answers counts.
pub fn answered_for_you(asking: &str, jump: &str, counts: bool) -> String {
    let asking = quote::quote(asking, QUOTED_CHARS);
    match counts {
        true => format!("I post that as your reply to {asking} ({jump}), which is answered by it."),
        false => format!(
            "I post that as your reply to {asking} ({jump}). It counts as answered once its asker or staff \
             agree, with ✅."
        ),
    }
}

/// "Mark as answer" is done. `counts`: the word of who marked it counts.
pub fn marked(asking: &str, jump: &str, counts: bool) -> String {
    let asking = quote::quote(asking, QUOTED_CHARS);
    match counts {
        true => format!("Marked: it answers {asking} ({jump})."),
        false => format!(
            "Suggested as the answer to {asking} ({jump}). It counts as answered once its asker or staff \
             agree, with ✅."
        ),
    }
}

/// A sentence with a button that undoes what it tells of.
pub fn with_undo(sentence: &str, id: &str) -> Outgoing {
    let undo = Controls::Buttons(vec![Button::new("Undo", id)]);
    Outgoing::text(sentence).with(vec![undo])
}

/// A student answers a question from another channel.
pub fn answer_it_there(channel: u64) -> String {
    format!("That was asked in <#{channel}>. Answer it there.")
}

/// "Undo" is done.
pub const UNDONE: &str = "Undone: it is as it was before.";

/// "Undo" of what Beadle has posted for somebody.
pub const UNDONE_SAID: &str = "Taken back: I delete the message.";

/// "Undo" came too late.
pub const NOT_UNDONE: &str =
    "That cannot be undone any more: something else has happened to the question since.";

/// A menu's message is gone.
pub const MESSAGE_IS_GONE: &str = "That message is gone, or I may not read it.";

/// "Gather question" is done.
pub const GATHERED: &str = "Gathered: it goes to the instructors.";

/// "Gather question" by who had taken it back.
pub const GATHERED_AGAIN: &str = "You had taken it back; it goes to the instructors again.";

/// Staff have said that a question needs no answer.
pub const DISMISSED_ALREADY: &str = "Staff have said that this question needs no answer.";

/// "Not a question" on what is none.
pub const NEVER_GATHERED: &str =
    "I have not gathered that message, so there is nothing to take back.";

/// "Not a question" by somebody who has no say.
pub const NOT_YOURS_TO_DISMISS: &str =
    "Only the course's staff and whoever asked it can say that it is no question.";

/// "Not a question" on what was taken back.
pub const WITHDRAWN_ALREADY: &str = "That question was taken back before.";

/// A question is answered already.
pub const ANSWERED_ALREADY: &str = "That question is answered already.";

/// "Not a question" by its asker.
pub const YOU_TOOK_IT_BACK: &str = "Taken back: it does not go to the instructors.";

/// "Not a question" by staff.
pub const DISMISSED_NOW: &str = "Noted: it needs no answer, and leaves the digest.";

/// "Mark as answer" on the question itself, by somebody whose word counts.
pub const ANSWERED_NOW: &str = "Noted: the question is answered.";

/// "Mark as answer" on the question itself.
pub const THAT_IS_THE_QUESTION: &str =
    "That message is the question. Use this on the message that answers it.";

/// "Mark as answer" where no question waits.
const NOTHING_WAITS: &str =
    "No question waits for an answer here. If one should, use “Gather question” on it first.";

/// A question of a list, at most 100 characters.
pub fn question_in_a_list(offset_s: Option<i64>, asking: &str) -> String {
    let offset = offset_s.and_then(|seconds| u32::try_from(seconds).ok());
    let offset = offset.map_or(String::new(), |seconds| {
        format!("{} ", Offset::from_seconds(seconds))
    });
    quote::plain(&format!("{offset}{}", asking.replace('\n', " ")), 100)
}

/// A choice of the question that a message answers: rows with what they ask.
pub fn which_question(
    questions: &[(i64, String)],
    message: MessageId,
    page: usize,
    pages: usize,
) -> Outgoing {
    if questions.is_empty() {
        return Outgoing::text(NOTHING_WAITS);
    }
    let these = questions.iter();
    let these = these.map(|(id, asking)| (asking.clone(), id.to_string(), false));
    let mut controls = vec![Controls::Choice(Choice {
        id: format!("mark:message={message}"),
        prompt: "Choose the question".to_owned(),
        from: Pick::These(these.collect()),
        least: 1,
        most: 1,
    })];
    let to = |page: usize| format!("mark:message={message}:{page}");
    let newer = page.checked_sub(1).map(to);
    let older = (page + 1 < pages).then(|| to(page + 1));
    controls.extend(turns(newer, "◀ Newer", older, "Older ▶"));
    Outgoing::text("Which question does that message answer?").with(controls)
}

/// A row of buttons that turn pages; none where there is but one page.
fn turns(
    back: Option<String>,
    back_label: &str,
    on: Option<String>,
    on_label: &str,
) -> Option<Controls> {
    let back = back.map(|id| Button::new(back_label, id));
    let on = on.map(|id| Button::new(on_label, id));
    let buttons: Vec<Button> = back.into_iter().chain(on).collect();
    (!buttons.is_empty()).then_some(Controls::Buttons(buttons))
}

/// A page of `/questions`.
pub(crate) struct Page<'a> {
    /// Of which state they are.
    pub which: Which,
    /// Of which lecture; none: of any.
    pub lecture: Option<&'a ServedLecture>,
    /// Under the topic in which this lies; none: under any.
    pub topic: Option<Offset>,
    /// Whether they are those of the person who looks.
    pub mine: bool,
    /// Those on the page.
    pub questions: Vec<ListedQuestion>,
    /// The place of the first among all, from 1.
    pub first: i64,
    /// How many there are on all pages.
    pub many: i64,
    /// The id of the control that shows the page before.
    pub before: Option<String>,
    /// The id of the control that shows the page after.
    pub after: Option<String>,
}

/// A question on a page.
pub(crate) struct ListedQuestion {
    /// What it asks.
    pub asking: String,
    /// A link to it.
    pub jump: String,
    /// Where it stands.
    pub state: QuestionState,
    /// When it was asked, in UTC seconds.
    pub asked_at_s: i64,
    /// By how many.
    pub asked_by: i64,
    /// The slug of its lecture.
    pub lecture: Option<String>,
    /// Where in the recording.
    pub offset: Option<Offset>,
    /// A link to that second.
    pub recording: Option<String>,
    /// A link to its best answer.
    pub answer: Option<String>,
    /// Until when it is left out of the digest, in UTC seconds, for those who are to know.
    pub snoozed_until_s: Option<i64>,
}

/// A page of questions.
pub(crate) fn questions(page: &Page<'_>) -> Outgoing {
    let title = title(page);
    if page.questions.is_empty() {
        return Outgoing::text(format!("{title}: none."));
    }
    let shows_lecture = page.lecture.is_none();
    let rows: Vec<String> = page
        .questions
        .iter()
        .map(|question| row(question, shows_lecture))
        .collect();
    let last = page.first + page.questions.len() as i64 - 1;
    let footer = match (page.first, last) {
        (1, last) if last == page.many => match page.many {
            1 => "1 question".to_owned(),
            many => format!("{many} questions"),
        },
        (first, last) => format!("{first} to {last} of {}", page.many),
    };
    let card = Outgoing::card(Card {
        title,
        url: None,
        body: rows.join("\n"),
        footer,
    });
    let turns = turns(page.before.clone(), "◀ Back", page.after.clone(), "On ▶");
    card.with(turns.into_iter().collect())
}

fn title(page: &Page<'_>) -> String {
    let what = match page.which {
        Which::Waiting => "Open questions",
        Which::Suggested => "Questions that may be answered",
        Which::Answered => "Answered questions",
        Which::Dismissed => "Questions that need no answer",
        Which::Snoozed => "Questions put off",
        Which::All => "Questions",
    };
    let whose = if page.mine { " of yours" } else { "" };
    let lecture = page.lecture.map(|served| &served.lecture);
    let topic = lecture
        .zip(page.topic)
        .and_then(|(lecture, at)| Some(lecture.at(at).topic()?.topic.title.clone()));
    let about = match (lecture, topic) {
        (Some(lecture), Some(topic)) => format!(" · lecture {}, {topic}", lecture.slug),
        (Some(lecture), None) => format!(" · lecture {}", lecture.slug),
        (None, _) => String::new(),
    };
    quote::plain(&format!("{what}{whose}{about}"), 240)
}

fn row(question: &ListedQuestion, shows_lecture: bool) -> String {
    let lecture = question.lecture.as_ref().filter(|_| shows_lecture);
    let lecture = lecture.map_or(String::new(), |slug| {
        format!("{} · ", quote::label(slug, 40))
    });
    let offset = question.offset.map_or(String::new(), |at| {
        format!("{} ", linked(question.recording.clone(), at))
    });
    let state = match (question.state, &question.answer) {
        (QuestionState::Suggested, Some(answer)) => format!(" · [maybe answered](<{answer}>)"),
        (QuestionState::Answered, Some(answer)) => format!(" · [answered](<{answer}>)"),
        (QuestionState::Suggested, None) => " · maybe answered".to_owned(),
        (QuestionState::Answered, None) => " · answered".to_owned(),
        (QuestionState::Dismissed, _) => " · needs no answer".to_owned(),
        _ => " · open".to_owned(),
    };
    let snoozed = question.snoozed_until_s.map_or(String::new(), |until| {
        format!(", put off until <t:{until}:f>")
    });
    let asked_by = match question.asked_by {
        many @ 2.. => format!(" · asked by {many}"),
        _ => String::new(),
    };
    format!(
        "• {lecture}{offset}{} · [asked](<{}>) <t:{}:R>{asked_by}{state}{snoozed}",
        quote::quote(&question.asking, LISTED_CHARS),
        question.jump,
        question.asked_at_s,
    )
}
