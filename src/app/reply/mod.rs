//! Every sentence that Beadle says, so that what it sounds like can be read in one place.
//!
//! Functions are named after the occasion. They take plain values and return text, cards or both;
//! none of them reads the database or decides anything.

mod courses;
pub mod digest;
mod lectures;
mod lookup;
mod questions;
mod setup;
mod topics;
mod turning;

pub(crate) use courses::*;
pub use lectures::*;
pub use lookup::{lookup, lookup_mistake};
pub use questions::*;
pub(crate) use setup::*;
pub use topics::*;
pub use turning::*;

/// The reaction that stands for an answer which stands just above already.
pub const STANDS_ABOVE: &str = "👆";

/// One too many lookups of one person.
pub fn too_many_lookups(allowed: u32, seconds: u32) -> String {
    format!(
        "That was more than {allowed} lookups in {seconds} seconds. I will answer you again in a moment."
    )
}

/// Beadle was mentioned and nothing more, or asked for help.
pub fn help(prefix: &str) -> String {
    format!(
        "Ask me what a recording teaches and when:\n\
         `{prefix}t 52:14` what is taught at that second · `{prefix}t 47:09-52:14` from there to there\n\
         `{prefix}t reward model` where that is taught · `{prefix}t` the whole table\n\
         `{prefix}t 10 52:14` in another lecture\n\
         `{prefix}q` and a question, or `{prefix}q` as a reply to one: it goes to the instructors\n\
         On a question, `✅` by its asker or by staff says that it is answered; `❌` by its asker takes it back."
    )
}

/// A control or command that this version does not know.
pub const NOT_KNOWN_ANY_MORE: &str = "I do not know this command any more, or not yet. Discord shows \
     the ones I know when you type `/`.";

/// Something for staff was used by somebody else.
pub const FOR_STAFF: &str = "That is for the course's staff.";

/// Something for administrators was used by somebody else.
pub const FOR_ADMINISTRATORS: &str = "That is for those who may manage this server.";

/// A deed could not be done, for a reason that is in the log.
pub const NOT_DONE: &str = "Something went wrong on my side, and nothing was changed. Please try again; if it \
     stays like this, tell whoever hosts me.";

/// What was to be done is done, but Discord refused the words that tell of it.
pub const UNTOLD: &str = "Discord did not take my answer. What you asked for is done all the same; whoever hosts me \
     finds the reason in my log.";

/// A deed is done, and nothing else shows it.
pub const DONE: &str = "Done.";

/// A form would have come too late.
pub const TOO_SLOW: &str = "That took too long. Please try once more.";

/// A menu was used on a message that nobody wrote.
pub const NOBODY_WROTE_THAT: &str =
    "Nobody wrote that message; there is nothing in it to gather or to answer.";

/// An attached file is larger than any table.
pub fn file_too_large(megabytes: u32) -> String {
    format!("That file is larger than {megabytes} MB, and no topic table is. Nothing was changed.")
}

/// An attached file could not be fetched.
pub const FILE_NOT_THERE: &str = "Discord did not hand me the file. Please attach it once more.";

/// A command was used outside of every course's channels, on a server that has several.
pub fn which_course(channels: &[u64]) -> String {
    let list: Vec<String> = channels
        .iter()
        .take(10)
        .map(|id| format!("<#{id}>"))
        .collect();
    format!(
        "This server has several courses. Ask in a channel of the one you mean: {}.",
        list.join(", ")
    )
}

/// `!q` with nothing to gather.
pub fn nothing_to_gather(prefix: &str) -> String {
    format!(
        "There is no question in that. Write it behind the command, as in `{prefix}q why is beta there?`, \
         or use `{prefix}q` as a reply to the message that asks."
    )
}

/// `!q` where no course gathers questions.
pub const NOT_WATCHED: &str =
    "I gather no questions here. Ask in one of the course's own channels, and I will.";

/// `!q` on a message whose words Discord did not tell.
pub const CANNOT_READ_THAT: &str = "I cannot read the message you replied to; it may be gone. Write the \
     question behind the command instead.";

/// `!q` on what a bot wrote.
pub const BOTS_ASK_NOTHING: &str = "That was written by a bot; I gather only what people ask.";

/// `!q` on a question that was gathered before.
pub const GATHERED_ALREADY: &str = "That question is with the instructors already.";

/// `!q` on a question that its asker has crossed out.
pub const TAKEN_BACK: &str =
    "Its asker has taken that question back with ❌; taking the ❌ away brings it back.";

/// The same was asked and answered before.
pub fn answered_already(question: &str, answer: Option<&str>) -> String {
    match answer {
        Some(answer) => {
            format!("This was asked before and has an answer: {answer} (the question: {question})")
        }
        None => format!("This was asked before and is marked as answered: {question}"),
    }
}
