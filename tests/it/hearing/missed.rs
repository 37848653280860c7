//! Edits, deletions and reactions that nobody heard of.

use sandbox::{Fault, Message};

use super::{asked, until_they_stand};
use crate::support::class::Class;

const MARGIN: &str = "why is the margin subtracted at 20:10?";
const LABELS: &str = "what are soft labels at 31:00?";
const EPOCHS: &str = "how many epochs does the second stage take?";
const MENDED: &str = "how many epochs does the third stage take?";

/// Three questions, and what becomes of them.
struct Fates {
    deleted: Message,
    answered: Message,
    edited: Message,
}

impl Fates {
    async fn of(class: &Class) -> Self {
        Self {
            deleted: asked(class, &class.maya, &class.lecture, MARGIN).await,
            answered: asked(class, &class.ken, &class.lecture, LABELS).await,
            edited: asked(class, &class.maya, &class.lecture, EPOCHS).await,
        }
    }

    async fn happen(&self, class: &Class) {
        class.later(jiff::SignedDuration::from_mins(2));
        class.maya.deletes(&self.deleted).await;
        class.ta.reacts(&self.answered, "✅").await;
        class.maya.edits(&self.edited, MENDED).await;
    }

    async fn are_known(class: &Class) {
        let wanted = [("", "withdrawn"), (LABELS, "answered"), (MENDED, "open")];
        until_they_stand(class, &wanted).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_happened_to_open_questions_while_it_was_down_is_noticed_at_the_next_start() {
    let mut class = Class::of_cs224n().await;
    let fates = Fates::of(&class).await;
    class.kill().await;
    fates.happen(&class).await;
    class.start().await;
    Fates::are_known(&class).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_digest_names_nothing_that_was_settled_without_its_hearing_of_it() {
    let class = Class::of_cs224n().await;
    let fates = Fates::of(&class).await;
    class.discord.fault(Fault::LoseEvents);
    fates.happen(&class).await;
    class.discord.mend();
    let digest = class.digest().await.to_string();
    assert!(digest.contains("third stage"), "{digest}");
    for settled in ["margin", "soft labels", "second stage"] {
        assert!(!digest.contains(settled), "{settled} stands in {digest}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_a_flood_pushed_out_of_the_queue_is_found_again() {
    // The queue's capacity, and as many again as one transaction takes.
    const FLOOD: usize = 100 + 256 + 1;
    let mut class = Class::not_running("").await;
    class.settings = "[discord]\nqueue = 100\n".to_owned();
    class.start().await;
    let fates = Fates::of(&class).await;
    // Somebody else holds the database, so that nothing is dealt with meanwhile.
    let store = class.store().await;
    let held = store.begin().await.expect("a transaction");
    for _ in 0..FLOOD {
        class.ken.says(&class.lecture, "lol").await;
    }
    fates.happen(&class).await;
    let late = class
        .ken
        .says(&class.lecture, "what is a value head?")
        .await;
    class.discord.idle().await;
    held.commit().await.expect("nothing to commit");
    late.reaction_from(&class.bot, "📌").await;
    let wanted = [
        ("", "withdrawn"),
        (LABELS, "answered"),
        (MENDED, "open"),
        ("what is a value head?", "open"),
    ];
    until_they_stand(&class, &wanted).await;
}
