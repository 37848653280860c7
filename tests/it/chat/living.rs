//! The living digest: it edits itself as its questions are closed, and its controls close them.

use jiff::SignedDuration;
use sandbox::{MessageView, Person};

use crate::support::class::Class;

const BETA: &str = "why is there a beta in front of the KL term at 52:30?";
const REWARD: &str = "55:00 how long does training the reward model take?";
const SELECT: &str = "Choose a question to close it, put it off or open it again";

/// A class with two questions, and its digest.
async fn with_a_digest() -> (Class, MessageView) {
    let class = Class::of_cs224n().await;
    ask_both(&class).await;
    let digest = class.digest().await;
    (class, digest)
}

async fn ask_both(class: &Class) {
    for (person, text) in [(&class.maya, BETA), (&class.ken, REWARD)] {
        let asked = person.says(&class.lecture, text).await;
        asked.reaction_from(&class.bot, "📌").await;
    }
}

/// The digest once it has been brought up to date and is as wanted.
async fn once(class: &Class, digest: &MessageView, wanted: impl Fn(&str) -> bool) -> String {
    class.settled().await;
    class.later(SignedDuration::from_secs(63));
    let digest = class.staff_room.message(digest.id);
    digest
        .until(|now| wanted(&now.to_string()))
        .await
        .to_string()
}

/// The line of a digest that has these words.
fn line(digest: &str, words: &str) -> String {
    let line = digest.lines().find(|line| line.contains(words));
    line.unwrap_or_else(|| panic!("{words:?} is not in {digest}"))
        .to_owned()
}

/// How often a message was edited.
fn edits(class: &Class) -> usize {
    let requests = class.discord.requests();
    let edits = requests.iter().filter(|it| {
        it.request.method == "PATCH" && it.request.route.ends_with("/messages/{message_id}")
    });
    edits.count()
}

/// The private message with a question that somebody chose below the digest.
async fn chosen(who: &Person, digest: &MessageView, words: &str) -> MessageView {
    let label = labels(digest)
        .into_iter()
        .find(|label| label.contains(words));
    let label = label.unwrap_or_else(|| panic!("{words:?} cannot be chosen"));
    let panel = who.selects(digest, SELECT, &[&label]).await.reply().await;
    assert!(panel.is_ephemeral());
    panel
}

/// What can be chosen below a message.
fn labels(message: &MessageView) -> Vec<String> {
    let rows = message.components.iter();
    let selects = rows.flat_map(|row| row["components"].as_array().into_iter().flatten());
    let options = selects.flat_map(|select| select["options"].as_array().into_iter().flatten());
    let labels = options.filter_map(|option| option["label"].as_str());
    labels.map(str::to_owned).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_answered_is_struck_through_with_who_and_how() {
    let class = Class::of_cs224n().await;
    let asked = class.maya.says(&class.lecture, BETA).await;
    asked.reaction_from(&class.bot, "📌").await;
    let digest = class.digest().await;
    class
        .ta
        .replies(&asked, "it weighs the penalty against the reward")
        .await;
    let now = once(&class, &digest, |now| now.contains("~~")).await;
    let struck = line(&now, "why is there a beta");
    assert!(
        struck.contains("~~ · answered by tara · [message]"),
        "{struck}"
    );
    assert!(now.contains("all done since"), "{now}");
}

#[tokio::test(flavor = "multi_thread")]
async fn reactions_and_deletions_reach_it_too() {
    let class = Class::of_cs224n().await;
    let asked = class.maya.says(&class.lecture, BETA).await;
    asked.reaction_from(&class.bot, "📌").await;
    let other = class.ken.says(&class.lecture, REWARD).await;
    other.reaction_from(&class.bot, "📌").await;
    let digest = class.digest().await;
    class.maya.reacts(&asked, "❌").await;
    class.ken.deletes(&other).await;
    let now = once(&class, &digest, |now| now.matches("~~ · ").count() == 2).await;
    assert!(
        line(&now, "why is there a beta").contains("· taken back ·"),
        "{now}"
    );
    assert!(
        line(&now, "(its text is gone)").contains("· deleted ·"),
        "{now}"
    );
    assert!(!now.contains("reward model take"), "{now}");
    class.maya.unreacts(&asked, "❌").await;
    let now = once(&class, &digest, |now| now.matches("~~ · ").count() == 1).await;
    assert!(!line(&now, "why is there a beta").contains("~~"), "{now}");
}

#[tokio::test(flavor = "multi_thread")]
async fn staff_choose_a_question_and_say_what_becomes_of_it() {
    let (class, digest) = with_a_digest().await;
    let panel = chosen(&class.ta, &digest, "why is there a beta").await;
    insta::assert_snapshot!(without_ids(&panel), @r"
    | Lecture 10 · Prompting, instruction finetuning, and RLHF · The penalty against drift (KL) · 52:30
    | “why is there a beta in front of the KL term at 52:30?”
    | Asked by maya <t:…:R> · [message](https://discord.com/channels/…/…/…) · [recording](<https://www.youtube.com/watch?v=SXpJ9EmG3s4&t=3150s>)
    | **Open**
    [Answer …] [Answered] [Dismiss] [Reopen]
    [Put off …]
    ");
    let panel = class.ta.clicks(&panel, "Dismiss").await.update().await;
    assert!(panel.to_string().contains("Dismissed by tara"), "{panel}");
    let now = once(&class, &digest, |now| now.contains("~~")).await;
    assert!(
        line(&now, "why is there a beta").contains("dismissed by tara"),
        "{now}"
    );
    let panel = class.ta.clicks(&panel, "Reopen").await.update().await;
    assert!(panel.to_string().contains("**Open**"), "{panel}");
    once(&class, &digest, |now| !now.contains("~~")).await;
    let panel = class.ta.clicks(&panel, "Answered").await.update().await;
    assert!(panel.to_string().contains("Answered by tara"), "{panel}");
    once(&class, &digest, |now| now.contains("answered by tara")).await;
    let states = class.questions().await;
    assert_eq!(states[0].1, "answered");
    assert_eq!(states[1].1, "open");
}

/// A message without the numbers that differ from run to run.
fn without_ids(message: &MessageView) -> String {
    let digits = regex::Regex::new(r"\d{6,}").expect("a right pattern");
    digits.replace_all(&message.to_string(), "…").into_owned()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_controls_work_after_a_restart() {
    let (mut class, digest) = with_a_digest().await;
    let panel = chosen(&class.ta, &digest, "why is there a beta").await;
    class.kill().await;
    class.start().await;
    let panel = class.ta.clicks(&panel, "Answered").await.update().await;
    assert!(panel.to_string().contains("Answered by tara"), "{panel}");
    let other = chosen(&class.ta, &digest, "reward model").await;
    class.ta.clicks(&other, "Dismiss").await.update().await;
    once(&class, &digest, |now| now.matches("~~ · ").count() == 2).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_staff_is_told_so() {
    let (class, digest) = with_a_digest().await;
    let option = &labels(&digest)[0];
    let refused = class
        .maya
        .selects(&digest, SELECT, &[option])
        .await
        .reply()
        .await;
    assert!(refused.is_ephemeral());
    assert_eq!(refused.content, "That is for the course's staff.");
    let owner = class.server.owner();
    let panel = owner
        .selects(&digest, SELECT, &[option])
        .await
        .reply()
        .await;
    assert!(panel.to_string().contains("why is there a beta"), "{panel}");
}

#[tokio::test(flavor = "multi_thread")]
async fn ten_closings_in_a_minute_are_two_edits_at_most() {
    let class = Class::with("[lookup]\nper_user = 0").await;
    let mut asked = Vec::new();
    for n in 0..10 {
        let text = format!("why is the term number {n}{n} weighted by quantity{n} at 5{n}:00?");
        let question = class.maya.says(&class.lecture, &text).await;
        question.reaction_from(&class.bot, "📌").await;
        asked.push(question);
    }
    class.digest().await;
    for question in &asked {
        class.ta.reacts(question, "✅").await;
        class.zoe.says(&class.lecture, "!t 30:00").await;
        class.later(SignedDuration::from_secs(6));
    }
    class.settled().await;
    class.later(SignedDuration::from_secs(63));
    let parts = class.staff_room.messages_from(&class.bot);
    for part in &parts {
        let part = class.staff_room.message(part.id);
        let all_done = |now: &MessageView| {
            let now = now.to_string();
            now.matches("~~ · answered by tara").count() == now.matches("\n| - ").count()
        };
        part.until(all_done).await;
    }
    let edits = edits(&class);
    assert!(
        edits <= 2 * parts.len(),
        "{edits} edits of {} messages",
        parts.len()
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_change_just_before_the_end_is_told_after_the_restart() {
    let (mut class, digest) = with_a_digest().await;
    let panel = chosen(&class.ta, &digest, "why is there a beta").await;
    class.ta.clicks(&panel, "Dismiss").await.update().await;
    class.kill().await;
    assert_eq!(edits(&class), 0);
    class.start().await;
    once(&class, &digest, |now| now.contains("dismissed by tara")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_digest_that_was_deleted_stays_so() {
    let (class, digest) = with_a_digest().await;
    class.server.owner().deletes(&digest).await;
    class
        .ta
        .says(&class.staff_room, "I have deleted that")
        .await;
    let asked = class.lecture.messages_from(&class.maya).remove(0);
    class.ta.reacts(&asked, "✅").await;
    for _ in 0..3 {
        class.settled().await;
        class.later(SignedDuration::from_secs(63));
    }
    class.settled().await;
    assert_eq!(edits(&class), 0);
    assert_eq!(class.staff_room.messages_from(&class.bot).len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_that_was_deleted_unheard_is_tried_once() {
    let (mut class, digest) = with_a_digest().await;
    class.settled().await;
    class.kill().await;
    class.server.owner().deletes(&digest).await;
    class.start().await;
    let asked = class.lecture.messages_from(&class.maya).remove(0);
    for emoji in ["✅", "👍"] {
        class.ta.reacts(&asked, emoji).await;
        class.settled().await;
        class.later(SignedDuration::from_secs(63));
        class.settled().await;
    }
    class.ta.unreacts(&asked, "✅").await;
    for _ in 0..3 {
        class.settled().await;
        class.later(SignedDuration::from_secs(63));
    }
    assert_eq!(edits(&class), 1, "the first finds that it is gone");
    assert_eq!(class.staff_room.messages_from(&class.bot).len(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_put_off_is_left_out_until_its_day() {
    let (class, digest) = with_a_digest().await;
    let panel = chosen(&class.ta, &digest, "why is there a beta").await;
    let panel = class
        .ta
        .selects(&panel, "Put off …", &["for three days"])
        .await;
    let panel = panel.update().await;
    assert!(panel.to_string().contains("Put off until <t:"), "{panel}");
    let now = once(&class, &digest, |now| now.contains("put off until")).await;
    assert!(
        line(&now, "why is there a beta").contains("put off until <t:1676188800:d> by tara"),
        "{now}"
    );
    // Three days from Thursday is Sunday.
    for (moment, day, there) in [
        ("2023-02-11T02:00:01Z", "Fri 10 Feb", false),
        ("2023-02-12T02:00:01Z", "Sat 11 Feb", false),
        ("2023-02-13T02:00:01Z", "Sun 12 Feb", true),
    ] {
        class.at(moment);
        let digest = class
            .staff_room
            .wait_for(|m| m.to_string().contains(day))
            .await;
        let text = digest.to_string();
        assert_eq!(text.contains("why is there a beta"), there, "{text}");
        assert_eq!(text.contains("1 put off"), !there, "{text}");
        assert!(text.contains("how long does training"), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_one_before_is_brought_up_to_date_a_last_time() {
    let (class, digest) = with_a_digest().await;
    class.at("2023-02-11T01:59:59Z");
    let panel = chosen(&class.ta, &digest, "why is there a beta").await;
    class.ta.clicks(&panel, "Dismiss").await.update().await;
    class.at("2023-02-11T02:00:01Z");
    let old = class.staff_room.message(digest.id);
    old.until(|now| now.to_string().contains("dismissed by tara"))
        .await;
    let next = class
        .staff_room
        .wait_for(|m| m.to_string().contains("Fri 10 Feb"))
        .await;
    assert!(!next.to_string().contains("why is there a beta"), "{next}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_was_deleted_stands_in_no_digest_any_more() {
    let (class, first) = with_a_digest().await;
    class.at("2023-02-11T02:00:01Z");
    let second = class
        .staff_room
        .wait_for(|m| m.to_string().contains("Fri 10 Feb"))
        .await;
    let asked = class.lecture.messages_from(&class.maya).remove(0);
    class.maya.deletes(&asked).await;
    for digest in [&first, &second] {
        let now = once(&class, digest, |now| now.contains("(its text is gone)")).await;
        assert!(!now.contains("beta"), "{now}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn it_carries_a_picture_that_is_described() {
    let (class, digest) = with_a_digest().await;
    let [picture] = &digest.attachments[..] else {
        panic!("no picture: {digest}")
    };
    assert!(picture.bytes.starts_with(b"\x89PNG"));
    insta::assert_snapshot!(picture.description.as_deref().unwrap_or_default(), @"Timeline of the open questions. Lecture 10 · Prompting, instruction finetuning, and RLHF: 2 questions (2 in The penalty against drift (KL)).");
    let asked = class.lecture.messages_from(&class.maya).remove(0);
    class.ta.reacts(&asked, "✅").await;
    once(&class, &digest, |now| now.contains("~~")).await;
    let now = class
        .staff_room
        .message(digest.id)
        .view()
        .expect("it is there");
    assert_eq!(now.attachments.len(), 1, "an edit leaves it");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_is_for_whoever_asks_and_changes_nothing() {
    let class = Class::of_cs224n().await;
    ask_both(&class).await;
    let owner = class.server.owner();
    let preview = owner
        .uses(&class.staff_room, "/digest preview")
        .await
        .reply()
        .await;
    assert!(preview.is_ephemeral());
    let text = preview.to_string();
    for part in ["A preview, for you alone.", "2 open", "why is there a beta"] {
        assert!(text.contains(part), "{part} is not in {text}");
    }
    assert_eq!(class.staff_room.messages_from(&class.bot).len(), 0);
    assert!(class.digest().await.to_string().contains("2 open"));
}

#[tokio::test(flavor = "multi_thread")]
async fn it_can_be_had_at_once_and_then_does_not_come_at_its_hour() {
    let class = Class::of_cs224n().await;
    ask_both(&class).await;
    let owner = class.server.owner();
    let told = owner
        .uses(&class.lecture, "/digest now")
        .await
        .reply()
        .await;
    assert!(told.is_ephemeral());
    assert!(
        told.content.starts_with("Today's digest goes to <#"),
        "{told}"
    );
    let digest = class
        .staff_room
        .wait_for(|m| m.author_id == class.bot.id())
        .await;
    assert!(digest.to_string().contains("2 open"), "{digest}");
    let again = owner
        .uses(&class.lecture, "/digest now")
        .await
        .reply()
        .await;
    assert!(again.content.contains(&digest.id.to_string()), "{again}");
    class.at("2023-02-10T02:00:01Z");
    class.settled().await;
    assert_eq!(class.staff_room.messages_from(&class.bot).len(), 1);
    class.at("2023-02-11T02:00:01Z");
    class
        .staff_room
        .wait_for(|m| m.to_string().contains("Fri 10 Feb"))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn its_hour_is_told_and_is_changed_where_it_is_written() {
    let class = Class::of_cs224n().await;
    let owner = class.server.owner();
    let told = owner
        .uses(&class.staff_room, "/digest schedule")
        .await
        .reply()
        .await;
    insta::assert_snapshot!(without_ids(&told), @"The digest comes at 18:00 (America/Los_Angeles), every day, in <#…>. The next one: <t:…:F> (<t:…:R>).");
    for (line, answer) in [
        ("/digest schedule at:9:30", "change the section `[digest]`"),
        ("/digest schedule at:25:00", "`25:00` is not a time of day"),
        (
            "/digest schedule days:someday",
            "`someday` is not a day of the week",
        ),
    ] {
        let told = owner.uses(&class.staff_room, line).await.reply().await;
        assert!(
            told.is_ephemeral() && told.content.contains(answer),
            "{line}: {told}"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hour_of_a_course_in_discord_is_changed_there() {
    let class = Class::without_a_course().await;
    let (owner, _) = super::setup::set_up(&class).await;
    let line = "/digest schedule at:17:30 days:mon, thu channel:lecture-10";
    let told = owner.uses(&class.staff_room, line).await.reply().await;
    let told = without_ids(&told);
    insta::assert_snapshot!(told, @"From now on the digest comes at 17:30 (America/Los_Angeles), mon, thu, in <#…>. The next one: <t:…:F> (<t:…:R>).");
    class.at("2023-02-10T01:30:01Z");
    let digest = class
        .lecture
        .wait_for(|m| m.author_id == class.bot.id())
        .await;
    assert!(digest.to_string().contains("Thu 9 Feb"), "{digest}");
}

#[tokio::test(flavor = "multi_thread")]
async fn its_commands_are_for_staff() {
    const MANAGE_MESSAGES: u64 = 1 << 13;
    let class = Class::of_cs224n().await;
    // Discord offers them to this moderator, who is not staff of the course.
    let moderators = class.server.role("Moderator", MANAGE_MESSAGES);
    let moderator = class.server.member("mod", &[&moderators]);
    for line in ["/digest preview", "/digest now", "/digest schedule"] {
        let told = moderator.uses(&class.lecture, line).await.reply().await;
        assert!(told.is_ephemeral());
        assert_eq!(told.content, "That is for the course's staff.", "{line}");
    }
}
