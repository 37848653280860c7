//! `/lecture`: staff keep the list of lectures of a course that is set up in Discord.

use sandbox::{MessageView, Person};

use crate::support::class::Class;

/// A course that watches the lecture's channel; its owner.
async fn course(class: &Class) -> Person {
    let owner = class.server.owner();
    let panel = owner.uses(&class.staff_room, "/course setup").await;
    let mut panel = panel.reply().await;
    for (select, chosen) in [
        ("Where students ask: channels and forums", "lecture-10"),
        ("Who is staff: the roles of teachers and assistants", "TA"),
        ("Where the daily digest is posted, for staff", "instructors"),
        ("Whose clock the digest follows", "America/Los_Angeles"),
    ] {
        panel = owner
            .selects(&panel, select, &[chosen])
            .await
            .update()
            .await;
    }
    owner
        .clicks(&panel, "Create the course")
        .await
        .update()
        .await;
    owner
}

async fn told(person: &Person, class: &Class, line: &str) -> MessageView {
    let told = person.uses(&class.staff_room, line).await.reply().await;
    assert!(told.is_ephemeral(), "{told}");
    told
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lecture_is_added_found_changed_and_taken_away() {
    let mut class = Class::without_a_course().await;
    let owner = course(&class).await;
    let added = told(
        &owner,
        &class,
        "/lecture add title:Prompting and RLHF slug:10 video:https://www.youtube.com/watch?v=SXpJ9EmG3s4 \
         duration:1:16:15 date:2023-02-09",
    )
    .await;
    assert!(
        added
            .to_string()
            .contains("Lecture 10, Prompting and RLHF, is there"),
        "{added}"
    );
    class.kill().await;
    class.start().await;
    let list = told(&owner, &class, "/lecture list").await.to_string();
    for words in [
        "**10**",
        "Prompting and RLHF",
        "2023-02-09",
        "1:16:15",
        "no topic table",
    ] {
        assert!(list.contains(words), "{words} is not in {list}");
    }
    let offered = owner
        .types(&class.staff_room, "/lecture edit lecture:promp", "lecture")
        .await;
    assert_eq!(offered[0].value, "10");
    let changed = told(&owner, &class, "/lecture edit lecture:10 title:RLHF date:-").await;
    assert!(
        changed.to_string().contains("Lecture 10, RLHF, is changed"),
        "{changed}"
    );
    let asked = class
        .maya
        .says(
            &class.lecture,
            "why is there a beta in front of the KL term at 52:30?",
        )
        .await;
    asked.reaction_from(&class.bot, "📌").await;
    let sure = told(&owner, &class, "/lecture remove lecture:10").await;
    assert!(
        sure.to_string()
            .contains("The question that was asked about it stays"),
        "{sure}"
    );
    let gone = owner.clicks(&sure, "Take it away").await.update().await;
    assert!(gone.to_string().contains("is taken away"), "{gone}");
    let list = told(&owner, &class, "/lecture list").await.to_string();
    assert!(list.contains("There is none yet"), "{list}");
    assert_eq!(class.state().await, "open");
}

#[tokio::test(flavor = "multi_thread")]
async fn without_options_a_form_asks_and_the_next_number_is_there_already() {
    let class = Class::without_a_course().await;
    let owner = course(&class).await;
    told(&owner, &class, "/lecture add title:First slug:7").await;
    let form = owner
        .uses(&class.staff_room, "/lecture add")
        .await
        .modal()
        .await;
    assert_eq!(form.fields[1].value, "8");
    let added = form
        .submits(&[("Title", "Second"), ("How long the recording is", "52m")])
        .await
        .reply()
        .await;
    assert!(added.to_string().contains("Lecture 8, Second"), "{added}");
    let form = owner
        .uses(&class.staff_room, "/lecture edit lecture:8")
        .await;
    let form = form.modal().await;
    assert_eq!(form.fields[4].value, "52:00");
    let same = form.submits(&[]).await.reply().await;
    assert!(
        same.to_string().contains("That is what it is already"),
        "{same}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn everything_that_is_wrong_is_said_at_once() {
    let class = Class::without_a_course().await;
    let owner = course(&class).await;
    told(&owner, &class, "/lecture add title:First slug:7").await;
    let wrong = told(
        &owner,
        &class,
        "/lecture add title:Second slug:7 video:javascript:alert duration:52:75 date:tomorrow",
    )
    .await
    .to_string();
    for words in [
        "Nothing was changed",
        "there is another lecture",
        "is not a web address",
        "52:75",
        "is not a day",
    ] {
        assert!(wrong.contains(words), "{words} is not in {wrong}");
    }
    let unknown = told(&owner, &class, "/lecture edit lecture:99 title:x").await;
    assert!(
        unknown.to_string().contains("There is no lecture"),
        "{unknown}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_channel_of_its_own_is_watched_and_says_which_lecture_is_meant() {
    let class = Class::without_a_course().await;
    let owner = course(&class).await;
    let own = class.server.text_channel("lecture-11");
    told(
        &owner,
        &class,
        "/lecture add title:Tenth slug:10 date:2023-02-09",
    )
    .await;
    told(
        &owner,
        &class,
        "/lecture add title:Eleventh slug:11 channel:lecture-11",
    )
    .await;
    let asked = class
        .maya
        .says(&own, "why does the sampler need a temperature at all?")
        .await;
    asked.reaction_from(&class.bot, "📌").await;
    let list = told(&owner, &class, "/lecture list").await.to_string();
    assert!(list.contains(&format!("<#{}>", own.id())), "{list}");
    let digest = class.digest().await.to_string();
    assert!(digest.contains("Lecture 11"), "{digest}");
    let taken = told(
        &owner,
        &class,
        "/lecture add title:Twelfth channel:lecture-11",
    )
    .await;
    assert!(
        taken.to_string().contains("belongs to lecture 11 already"),
        "{taken}"
    );
}
