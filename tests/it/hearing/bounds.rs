//! How far back is read.

use jiff::SignedDuration;

use crate::support::class::Class;

async fn asking(class: &Class) -> Vec<String> {
    let questions = class.questions().await;
    questions.into_iter().map(|(asking, _)| asking).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn of_more_than_is_read_the_newest_is_kept() {
    let mut class = Class::not_running("").await;
    class.settings = "[catch_up]\nmax_messages = 120\n".to_owned();
    class.start().await;
    class.kill().await;
    class
        .maya
        .says(&class.lecture, "why is it called PPO?")
        .await;
    for _ in 0..118 {
        class.ken.says(&class.lecture, "lol").await;
    }
    class.maya.says(&class.lecture, "what is a rollout?").await;
    class.ken.says(&class.lecture, "what is a bandit?").await;
    class.start().await;
    assert_eq!(
        asking(&class).await,
        ["what is a rollout?", "what is a bandit?"]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_handful_that_is_allowed_is_read_whole() {
    let mut class = Class::not_running("").await;
    class.settings = "[catch_up]\nmax_messages = 2\n".to_owned();
    class.start().await;
    class.kill().await;
    class.maya.says(&class.lecture, "what is a rollout?").await;
    class.ken.says(&class.lecture, "what is a bandit?").await;
    class.start().await;
    assert_eq!(asking(&class).await.len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_older_than_the_days_that_are_read_stays_unread() {
    let mut class = Class::not_running("").await;
    class.settings = "[catch_up]\nmax_days = 3\n".to_owned();
    class.start().await;
    class.kill().await;
    class
        .maya
        .says(&class.lecture, "why is it called PPO?")
        .await;
    class.later(SignedDuration::from_hours(80));
    class.maya.says(&class.lecture, "what is a bandit?").await;
    class.start().await;
    assert_eq!(asking(&class).await, ["what is a bandit?"]);
}
