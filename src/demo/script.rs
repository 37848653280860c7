//! What the class says, minute by minute, and what Beadle is expected to make of it.

/// A line of the script.
pub(super) struct Line {
    /// When, as minutes after 14:00 in Los Angeles.
    pub minute: i64,
    /// Who.
    pub who: &'static str,
    /// What they do.
    pub act: Act,
    /// What Beadle does then.
    pub then: Then,
}

/// What a person does. The first text of an act is the name by which later lines refer to it; empty
/// where none does.
pub(super) enum Act {
    /// Says something.
    Says(&'static str, &'static str),
    /// Replies to an earlier message.
    Replies(&'static str, &'static str),
    /// Puts a reaction on an earlier message.
    Reacts(&'static str, &'static str),
    /// Edits an earlier message of their own.
    Edits(&'static str, &'static str),
    /// Deletes an earlier message of their own.
    Deletes(&'static str),
    /// Beadle's process dies here, at once.
    BeadleDies,
    /// Beadle's process is started again.
    BeadleStarts,
}

/// What Beadle does.
pub(super) enum Then {
    /// Nothing that anybody sees.
    Nothing,
    /// It leaves the sign of a gathered question.
    Gathers,
    /// It replies, and the reply holds this.
    Answers(&'static str),
    /// It points at the answer just above.
    PointsAbove,
    /// Its earlier answer comes to hold this.
    Corrects(&'static str),
    /// It is away, and will gather this when it is back.
    GathersLater,
}

use Act::{BeadleDies, BeadleStarts, Deletes, Edits, Reacts, Replies, Says};
use Then::{Answers, Corrects, Gathers, GathersLater, Nothing, PointsAbove};

const fn line(minute: i64, who: &'static str, act: Act, then: Then) -> Line {
    Line {
        minute,
        who,
        act,
        then,
    }
}

/// The afternoon after lecture 10 went up.
#[rustfmt::skip] // a line of the chat is a line here
pub(super) const SCRIPT: &[Line] = &[
    line(1, "lena", Says("", "just finished it, what a lecture. best hour of my week"), Nothing),
    line(2, "omar", Says("", "thanks for putting the recording up so fast!"), Nothing),
    line(4, "maya", Says("", "!t 52:14"), Answers("The penalty against drift (KL)")),
    line(4, "ken", Says("", "!t 52:14"), PointsAbove),
    line(6, "ravi", Says("", "38:20 for RLHF"), Nothing),
    line(8, "maya", Says("beta", "why is there a beta in front of the KL term at 52:30?"), Gathers),
    line(9, "zoe", Says("", "22:40"), Nothing),
    line(11, "tom", Says("", "The question at 34:20 made me laugh, he handled it so well"), Nothing),
    line(13, "zoe", Says("labelers", "at 47:40, how many people compared the answers? and did they see the prompts that students wrote or made-up ones?"), Gathers),
    line(15, "ken", Says("", "!t 52:75"), Answers("52:14")),
    line(16, "omar", Says("decoder", "does backprop through the reward at 48:10 mean updating the whole language model or just the policy on top"), Gathers),
    line(18, "ravi", Says("", "CHEAP FOLLOWERS >>> bit.example/grow <<< first 100 free"), Nothing),
    line(20, "lena", Says("", "!t reward model"), Answers("Reward models from comparisons")),
    line(22, "ken", Replies("beta", "it sets how much drifting away from the pretrained model costs, because otherwise the policy just games the reward"), Nothing),
    line(23, "zoe", Says("", "oh nice, that cleared it up for me as well"), Nothing),
    line(26, "tom", Says("norm", "49:50 why do the scores have to be normalised at all?"), Gathers),
    line(28, "tara", Replies("norm", "Only differences between scores are trained, so their common level is arbitrary until you fix it."), Nothing),
    line(31, "lena", Says("", "Part one is about prompting, part two about instruction finetuning, part three about learning from preferences. My notes are in the shared folder."), Nothing),
    line(33, "omar", Says("", "!t 47:09-52:14"), Answers("Normalising the reward model's scores")),
    line(35, "ravi", Says("mute", "is it just me or is the sound gone at 12:05?"), Gathers),
    line(36, "ravi", Reacts("mute", "❌"), Nothing),
    line(37, "ravi", Says("", "never mind, it was my headphones"), Nothing),
    line(40, "maya", Says("", "!t 2:00:00"), Answers("past the end of the recording")),
    line(44, "ken", Says("ai", "How does the model at 1:11:40 judge answers without any human in the loop?"), Gathers),
    line(46, "lena", Says("", "lol same, I paused there for a full minute"), Nothing),
    line(50, "tom", Says("typo", "!t 1:11:72"), Answers("1:11:72")),
    line(51, "tom", Edits("typo", "!t 1:11:12"), Corrects("Feedback from AI")),
    line(55, "zoe", Says("again", "why is there a beta in front of the KL term, at 52:31"), Gathers),
    line(58, "omar", Says("few", "can someone explain the difference between few-shot prompting and finetuning on those examples"), Gathers),
    line(60, "lena", Says("", "the difference is that few-shot prompting leaves the weights alone, because the examples only sit in the context, and finetuning changes them"), Nothing),
    line(63, "omar", Says("", "thank you lena!!"), Nothing),
    line(66, "ravi", Says("", "!t 9"), Answers("Lecture 9")),
    line(70, "maya", Says("", "!t 9:99:99"), Answers("9:99:99")),
    line(74, "ken", Says("", "great slides. great pace. great jokes."), Nothing),
    line(78, "zoe", Says("size", "Was the instruction tuned model at 30:10 smaller than the one it beat?"), Gathers),
    line(80, "tom", Says("", "1:02:00 is where my brain gave up"), Nothing),
    line(84, "ravi", Says("wrong", "what is the homework deadline again?"), Gathers),
    line(85, "ravi", Deletes("wrong"), Nothing),
    line(88, "lena", Says("", "!q the sign in the loss on the slide at 48:30 looks flipped to me"), Gathers),
    line(92, "omar", Says("", "his voice is so calming"), Nothing),
    line(95, "maya", Says("", "!t instruction finetunning"), Answers("Instruction finetuning")),
    line(99, "ken", Says("", "who needs sleep anyway, right?"), Nothing),
    line(102, "tara", Says("", "Which of you would like a recap of RLHF in section on Friday?"), Nothing),
    line(103, "lena", Says("", "yes please"), Nothing),
    line(110, "tara", Reacts("decoder", "✅"), Nothing),
    line(118, "tom", Says("", "!t"), Answers("25:29")),
    line(125, "zoe", Says("", "that moment at 50:10 when the scores drop, beautiful"), Nothing),
    line(131, "omar", Says("eval", "how do they evaluate the tuned model if there is no single right answer? 44:35"), Gathers),
    line(138, "ravi", Says("", "😂😂😂"), Nothing),
    line(145, "", BeadleDies, Nothing),
    line(146, "maya", Says("clip", "at 56:10 what stops the policy from finding sentences that fool the reward model?"), GathersLater),
    line(149, "ken", Says("", "best course on this platform, period"), Nothing),
    line(152, "zoe", Says("prompt", "Does the order of the examples in the prompt matter? he skipped that at 15:00"), GathersLater),
    line(155, "", BeadleStarts, Nothing),
    line(160, "lena", Says("", "!t 56:10"), Answers("questions here")),
    line(170, "tom", Says("", "watching it a second time, so much denser than I remembered"), Nothing),
    line(181, "omar", Says("", "at 28:00 there is a nice plot of tasks against accuracy"), Nothing),
    line(190, "ravi", Says("open", "Is any of this open source, or do we have to trust the plots at 32:15?"), Gathers),
    line(200, "tara", Replies("size", "Yes, by a wide margin; the table is on the slide before."), Nothing),
    line(210, "maya", Says("", "see you all on friday"), Nothing),
    line(215, "ken", Says("", "!t 99"), Answers("no lecture")),
];

/// What the digest must hold, by the words of the questions; and what it must not.
pub(super) const OPEN: &[&str] = &[
    "why is there a beta",
    "without any human in the loop",
    "few-shot prompting",
    "looks flipped",
    "no single right answer",
    "fool the reward model",
    "order of the examples",
    "open source",
];

/// What was answered, taken back or deleted.
pub(super) const CLOSED: &[&str] = &[
    super::scenes::ANSWERED,
    "have to be normalised",
    "sound gone",
    "homework deadline",
    "updating the whole",
    "it beat?",
];
