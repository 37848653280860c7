//! `/course`: from a fresh invite to a working course, by whoever may manage the server.

use jiff::SignedDuration;
use sandbox::{MessageView, Person};

use crate::support::class::Class;

const WATCH: &str = "Where students ask: channels and forums";
const STAFF: &str = "Who is staff: the roles of teachers and assistants";
const DIGEST: &str = "Where the daily digest is posted, for staff";
const ZONE: &str = "Whose clock the digest follows";
const BETA: &str = "why is there a beta in front of the KL term at 52:30?";

/// The owner sets the course up: six steps, with `/course setup` among them.
pub(super) async fn set_up(class: &Class) -> (Person, MessageView) {
    let owner = class.server.owner();
    let panel = owner.uses(&class.staff_room, "/course setup").await;
    let panel = panel.reply().await;
    assert!(panel.is_ephemeral());
    let channels = [class.lecture.name(), class.forum.name()];
    let channels = channels.each_ref().map(String::as_str);
    let panel = owner.selects(&panel, WATCH, &channels).await.update().await;
    let panel = owner.selects(&panel, STAFF, &["TA"]).await.update().await;
    let room = class.staff_room.name();
    let panel = owner.selects(&panel, DIGEST, &[&room]).await;
    let panel = panel.update().await;
    let panel = owner.selects(&panel, ZONE, &["America/Los_Angeles"]).await;
    let panel = panel.update().await;
    let done = owner.clicks(&panel, "Create the course").await;
    (owner, done.update().await)
}

#[tokio::test(flavor = "multi_thread")]
async fn six_steps_lead_from_an_invite_to_a_course_that_works() {
    let class = Class::without_a_course().await;
    let lost = class.maya.says(&class.lecture, BETA).await;
    let (_, done) = set_up(&class).await;
    let told = done.to_string();
    assert!(told.contains("CS224N is set up"), "{told}");
    assert!(told.contains("✅ I am allowed everything"), "{told}");
    assert!(told.contains("/lecture add"), "{told}");
    class.later(SignedDuration::from_secs(2));
    let asked = class.ken.says(&class.lecture, BETA).await;
    asked.reaction_from(&class.bot, "📌").await;
    assert!(
        lost.reactions().is_empty(),
        "what was said before is nobody's"
    );
    let digest = class.digest().await.to_string();
    assert!(digest.contains("1 open"), "{digest}");
}

#[tokio::test(flavor = "multi_thread")]
async fn it_works_after_a_restart_and_so_does_a_set_up_that_was_begun_before() {
    let mut class = Class::without_a_course().await;
    let (owner, _) = set_up(&class).await;
    let which = owner.uses(&class.staff_room, "/course setup").await;
    let which = which.reply().await;
    let panel = owner.selects(&which, "Which course", &["Change CS224N"]);
    let panel = panel.await.update().await;
    class.kill().await;
    class.start().await;
    let form = owner.clicks(&panel, "Name, hour, prefix…").await;
    let form = form.modal().await;
    let panel = form
        .submits(&[
            ("Name", "CS224N: NLP"),
            ("What stands before typed commands", "?"),
            ("Time zone, or a city in it", "los angeles"),
            (
                "When the digest comes: hour and days",
                "17:00 mon, thu, fri",
            ),
        ])
        .await
        .update()
        .await;
    let told = panel.to_string();
    assert!(told.contains("17:00 mon, thu, fri"), "{told}");
    owner.clicks(&panel, "Save").await.update().await;
    let answer = class.zoe.says(&class.lecture, "?t 10 52:14").await;
    let answer = answer.reply().await.to_string();
    assert!(answer.contains("lecture"), "{answer}");
    class.at("2023-02-10T01:00:01Z");
    let is_beadles = |m: &MessageView| m.author_id == class.bot.id();
    let digest = class.staff_room.wait_for(is_beadles).await;
    assert!(digest.to_string().contains("CS224N: NLP"), "{digest}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_not_right_is_said_and_the_rest_is_taken() {
    let class = Class::without_a_course().await;
    let owner = class.server.owner();
    let panel = owner.uses(&class.lecture, "/course setup").await;
    let panel = panel.reply().await;
    let form = owner.clicks(&panel, "Name, hour, prefix…").await;
    let form = form.modal().await;
    let panel = form
        .submits(&[
            ("Name", "Circuits"),
            ("What stands before typed commands", "but"),
            ("Time zone, or a city in it", "Atlantis"),
        ])
        .await
        .update()
        .await
        .to_string();
    for words in [
        "`but\\` cannot be a prefix",
        "`Atlantis\\` is not a time zone",
        "**Circuits**",
        "Prefix: !",
    ] {
        assert!(panel.contains(words), "{words} is not in {panel}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn missing_permissions_are_named_and_looked_at_again() {
    const ADD_REACTIONS: u64 = 1 << 6;
    let class = Class::without_a_course().await;
    class.lecture.deny(&class.server.everyone(), ADD_REACTIONS);
    let (owner, done) = set_up(&class).await;
    let told = done.to_string();
    let lecture = class.lecture.id();
    assert!(
        told.contains(&format!("⚠️ <#{lecture}>")) && told.contains("allow me Add Reactions"),
        "{told}"
    );
    class.lecture.allow(&class.server.everyone(), ADD_REACTIONS);
    let again = owner.clicks(&done, "Check again").await.update().await;
    assert!(again.to_string().contains("✅ I am allowed"), "{again}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_that_is_taken_out_is_read_no_more_until_it_is_put_in_again() {
    let class = Class::without_a_course().await;
    let (owner, _) = set_up(&class).await;
    let watch = async |channels: &[&str]| {
        let which = owner.uses(&class.staff_room, "/course setup").await;
        let which = which.reply().await;
        let panel = owner.selects(&which, "Which course", &["Change CS224N"]);
        let panel = panel.await.update().await;
        let panel = owner.selects(&panel, WATCH, channels).await.update().await;
        owner.clicks(&panel, "Save").await.update().await;
        class.later(SignedDuration::from_secs(2));
    };
    watch(&["questions"]).await;
    let unheard = class.maya.says(&class.lecture, BETA).await;
    watch(&["questions", "lecture-10"]).await;
    let heard = class.ken.says(&class.lecture, BETA).await;
    heard.reaction_from(&class.bot, "📌").await;
    assert!(unheard.reactions().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_course_is_set_to_and_how_it_is_are_shown_privately() {
    let class = Class::without_a_course().await;
    let (owner, _) = set_up(&class).await;
    let shown = owner.uses(&class.staff_room, "/course show").await;
    let shown = shown.reply().await;
    assert!(shown.is_ephemeral());
    let shown = shown.to_string();
    for words in ["Prefix: !", "18:00 every day", "Set up in Discord"] {
        assert!(shown.contains(words), "{words} is not in {shown}");
    }
    let status = owner.uses(&class.staff_room, "/course status").await;
    let status = status.reply().await.to_string();
    for words in [
        "✅ I am allowed",
        "No digest was made yet",
        "The next digest",
    ] {
        assert!(status.contains(words), "{words} is not in {status}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_course_of_a_file_says_where_it_is_changed() {
    let class = Class::of_cs224n().await;
    let owner = class.server.owner();
    let which = owner.uses(&class.lecture, "/course setup").await;
    let which = which.reply().await.to_string();
    assert!(which.contains("CS224N is kept in the file `"), "{which}");
    let added = owner.uses(&class.lecture, "/lecture add title:RLHF again");
    let added = added.await.reply().await.to_string();
    assert!(
        added.contains("course.toml") && added.contains("`[[lecture]]`"),
        "{added}"
    );
    let shown = owner.uses(&class.lecture, "/course show").await;
    let shown = shown.reply().await.to_string();
    assert!(shown.contains("Kept in the file"), "{shown}");
}

#[tokio::test(flavor = "multi_thread")]
async fn two_courses_live_on_one_server() {
    let class = Class::without_a_course().await;
    let (owner, _) = set_up(&class).await;
    let which = owner.uses(&class.staff_room, "/course setup").await;
    let which = which.reply().await;
    let panel = owner.selects(&which, "Which course", &["Make another course"]);
    let panel = panel.await.update().await;
    let panel = owner
        .selects(&panel, WATCH, &["lecture-10"])
        .await
        .update()
        .await;
    let refused = owner
        .clicks(&panel, "Create the course")
        .await
        .update()
        .await;
    assert!(
        refused
            .to_string()
            .contains("belongs to the course CS224N already"),
        "{refused}"
    );
    let panel = owner
        .selects(&refused, WATCH, &["instructors"])
        .await
        .update()
        .await;
    let done = owner
        .clicks(&panel, "Create the course")
        .await
        .update()
        .await;
    assert!(done.to_string().contains("is set up"), "{done}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_hour_that_has_passed_when_it_is_set_counts_from_tomorrow() {
    let class = Class::without_a_course().await;
    let (owner, _) = set_up(&class).await;
    // 16:00 in Los Angeles; the course was set up at 14:00.
    class.later(SignedDuration::from_hours(2));
    let which = owner.uses(&class.staff_room, "/course setup").await;
    let which = which.reply().await;
    let panel = owner.selects(&which, "Which course", &["Change CS224N"]);
    let panel = panel.await.update().await;
    let form = owner.clicks(&panel, "Name, hour, prefix…").await;
    let form = form.modal().await;
    let hour = "When the digest comes: hour and days";
    let panel = form.submits(&[(hour, "15:00 every day")]).await;
    let panel = panel.update().await;
    owner.clicks(&panel, "Save").await.update().await;
    class.settled().await;
    class.at("2023-02-10T22:57:00Z");
    class.settled().await;
    assert!(class.staff_room.messages_from(&class.bot).is_empty());
    class.at("2023-02-10T23:00:01Z");
    let is_beadles = |m: &MessageView| m.author_id == class.bot.id();
    let digest = class.staff_room.wait_for(is_beadles).await.to_string();
    assert!(digest.contains("Fri 10 Feb"), "{digest}");
}

#[tokio::test(flavor = "multi_thread")]
async fn status_says_what_does_not_work_and_since_when() {
    const READ_MESSAGE_HISTORY: u64 = 1 << 16;
    let mut class = Class::not_running("").await;
    class.start().await;
    class.stop().await;
    let everyone = class.server.everyone();
    class.lecture.deny(&everyone, READ_MESSAGE_HISTORY);
    class.maya.says(&class.lecture, BETA).await;
    class.start().await;
    let owner = class.server.owner();
    let status = owner.uses(&class.staff_room, "/course status").await;
    let status = status.reply().await;
    assert!(status.is_ephemeral());
    let status = status.to_string();
    let lecture = class.lecture.id();
    for words in [
        format!("⚠️ <#{lecture}>: in its settings"),
        "allow me Read Message History".to_owned(),
        format!("⚠️ <#{lecture}>: what was said there is not read since <t:"),
    ] {
        assert!(status.contains(&words), "{words} is not in {status}");
    }
}
