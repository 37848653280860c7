//! Topic tables, as staff keep them in Discord. Lecture 9's table is kept there, lecture 10's in a file.

use insta::assert_snapshot;

use crate::support::class::Class;

const CHAPTERS: &str = r#"{"title": "Pretraining", "duration": 4000, "chapters": [
    {"start_time": 0.0, "end_time": 620.5, "title": "Subwords"},
    {"start_time": 620.5, "end_time": 1500.0, "title": "Masked language models"},
    {"start_time": 1500.0, "end_time": 4000.0, "title": "Decoders"}
]}"#;

/// What somebody reads: the text, then the card.
fn shown(view: &sandbox::MessageView) -> String {
    let card = view.embeds.first().map(|embed| {
        let body = embed["description"].as_str().unwrap_or_default();
        format!("[{}]\n{body}", embed["title"].as_str().unwrap_or_default())
    });
    let parts = [view.content.clone(), card.unwrap_or_default()];
    let parts: Vec<String> = parts.into_iter().filter(|it| !it.is_empty()).collect();
    parts.join("\n")
}

/// What the teaching assistant gets to read.
async fn ta(class: &Class, line: &str) -> String {
    let used = class.ta.uses(&class.lecture, line).await;
    let answer = used.reply().await;
    assert!(answer.is_ephemeral());
    shown(&answer)
}

/// The file that the teaching assistant is handed.
async fn ta_file(class: &Class, line: &str) -> String {
    let used = class.ta.uses(&class.lecture, line).await;
    let answer = used.reply().await;
    String::from_utf8_lossy(&answer.attachments[0].bytes).into_owned()
}

/// A class in which lecture 9 has three topics.
async fn with_a_table() -> Class {
    let class = Class::of_cs224n().await;
    for topic in [
        "at:0:00 title:Subwords",
        "at:10:20 title:Masked language models note:BERT",
        "at:25:00 until:1:00:00 title:Decoders",
    ] {
        ta(&class, &format!("/topic add {topic} lecture:9")).await;
    }
    class
}

#[tokio::test]
async fn a_topic_that_is_added_answers_the_next_lookup() {
    let class = Class::of_cs224n().await;
    let said = ta(
        &class,
        "/topic add at:10:20 title:Masked language models lecture:9",
    )
    .await;
    assert_snapshot!(said, @"
    [9 · Pretraining]
    Done: added 1
    ➕ 10:20 Masked language models
    1 topic now. `/topic undo` takes this back.
    ");
    let used = class
        .maya
        .uses(&class.lecture, "/t at:11:00 lecture:9")
        .await;
    assert_snapshot!(shown(&used.reply().await), @"
    [9 · Pretraining]
    **Masked language models**
    from 10:20
    ");
}

#[tokio::test]
async fn a_form_asks_for_what_was_not_given() {
    let class = Class::of_cs224n().await;
    let used = class.ta.uses(&class.lecture, "/topic add lecture:9").await;
    let form = used.modal().await;
    let sent = form
        .submits(&[("Starts at", "10:20"), ("Title", "Masked language models")])
        .await;
    assert!(shown(&sent.reply().await).contains("Masked language models"));
}

#[tokio::test]
async fn a_topic_is_edited_in_a_form_that_shows_it_and_removed() {
    let class = with_a_table().await;
    let used = class
        .ta
        .uses(&class.lecture, "/topic edit topic:masked lecture:9")
        .await;
    let form = used.modal().await;
    let sent = form
        .submits(&[("Title", "BERT and its kin"), ("Note", "")])
        .await;
    assert_snapshot!(shown(&sent.reply().await), @"
    [9 · Pretraining]
    Done: changed 1
    ✏️ 10:20 BERT and its kin (was Masked language models)
    3 topics now. `/topic undo` takes this back.
    ");
    assert_snapshot!(ta(&class, "/topic remove topic:25:00 lecture:9").await, @"
    [9 · Pretraining]
    Done: removed 1
    ➖ 25:00–1:00:00 Decoders
    2 topics now. `/topic undo` takes this back.
    ");
    assert_snapshot!(ta(&class, "/topics lecture:9").await, @"
    [9 · Pretraining]
    0:00 Subwords
    10:20 BERT and its kin
    ");
}

#[tokio::test]
async fn what_is_wrong_changes_nothing_and_is_said() {
    let class = with_a_table().await;
    assert_snapshot!(ta(&class, "/topic add at:52:75 title:Beta lecture:9").await, @"`52:75` has 75 seconds, and a minute ends at 59; try `52:14`. Nothing was changed.");
    assert_snapshot!(ta(&class, "/topic add at:10:20 title:Something else lecture:9").await, @"Two different topics start at 10:20; keep one, or move one. Nothing was changed.");
    assert_snapshot!(ta(&class, "/topic add at:30:00 until:20:00 title:Backwards lecture:9").await, @"The topic ends at 20:00, which is not after its start at 30:00. Nothing was changed.");
    assert_snapshot!(ta(&class, "/topic remove topic:quantum lecture:9").await, @"Lecture 9 has no topic “quantum”. Choose one from the list that appears as you type, or give an offset such as `0:00`.");
    let said = ta(&class, "/topic add at:1:00 title:Beta lecture:10").await;
    assert!(
        said.contains("kept in a file: change") && said.contains("cs224n-10.csv"),
        "{said}"
    );
}

#[tokio::test]
async fn a_file_is_looked_at_before_it_takes_the_tables_place() {
    let mut class = with_a_table().await;
    let used = class
        .ta
        .uses_with_file(
            &class.lecture,
            "/topic import lecture:9",
            "file",
            "lecture9.info.json",
            CHAPTERS.as_bytes(),
        )
        .await;
    let preview = used.reply().await;
    assert_snapshot!(shown(&preview), @"
    [9 · Pretraining]
    Read as `yt-dlp`: 3 topics. It would change 2
    ✏️ 10:20 Masked language models (its note)
    ✏️ 25:00 Decoders (its end)
    ");
    let csv = ta_file(&class, "/topic export lecture:9 format:CSV").await;
    assert!(csv.contains("BERT"), "nothing has changed yet: {csv}");
    class.stop().await;
    class.start().await;
    let pressed = class.ta.clicks(&preview, "Put it in place").await;
    assert_snapshot!(shown(&pressed.update().await), @"
    [9 · Pretraining]
    Done: changed 2
    ✏️ 10:20 Masked language models (its note)
    ✏️ 25:00 Decoders (its end)
    3 topics now. `/topic undo` takes this back.
    ");
    assert_snapshot!(ta(&class, "/topics lecture:9").await, @"
    [9 · Pretraining]
    0:00 Subwords
    10:20 Masked language models
    25:00 Decoders
    ");
}

#[tokio::test]
async fn a_file_with_mistakes_is_told_by_line_and_column() {
    let class = with_a_table().await;
    let csv = "start,title\n0:00,Subwords\n52:75,Beta\n1:00,\n";
    let used = class
        .ta
        .uses_with_file(
            &class.lecture,
            "/topic import lecture:9",
            "file",
            "topics.csv",
            csv.as_bytes(),
        )
        .await;
    assert_snapshot!(shown(&used.reply().await), @r"
    topics.csv, read as `csv`: 2 mistakes. A table is taken whole or not at all; nothing was changed.
    - line 3, column 1: \`52:75\` has 75 seconds, and a minute ends at 59; try \`52:14\`
    - line 4, column 6: the title is empty; say in a few words what is taught from 1:00 on
    If that is not the format, name it with `format`.
    ");
}

#[tokio::test]
async fn a_table_is_handed_out_in_the_format_that_is_chosen() {
    let class = with_a_table().await;
    let used = class
        .ta
        .uses(
            &class.lecture,
            "/topic export lecture:9 format:WebVTT chapters",
        )
        .await;
    let answer = used.reply().await;
    assert_snapshot!(answer.content, @"Lecture 9: 3 topics.");
    let file = &answer.attachments[0];
    assert_eq!(file.name, "cs224n-9.vtt");
    assert!(file.bytes.starts_with(b"WEBVTT"));
}

#[tokio::test]
async fn changes_are_remembered_and_taken_back_one_after_the_other() {
    let class = with_a_table().await;
    ta(&class, "/topic remove topic:0:00 lecture:9").await;
    assert_snapshot!(ta(&class, "/topic undo lecture:9").await, @"
    [9 · Pretraining]
    Taken back: what tara did <t:1675980000:R>.
    ➕ 0:00 Subwords
    3 topics now. `/topic undo` takes the change before that back.
    ");
    assert_snapshot!(ta(&class, "/topic undo lecture:9").await, @"
    [9 · Pretraining]
    Taken back: what tara did <t:1675980000:R>.
    ➖ 25:00–1:00:00 Decoders
    2 topics now. `/topic undo` takes the change before that back.
    ");
    assert_snapshot!(ta(&class, "/topic history lecture:9").await, @"
    [9 · Pretraining]
    <t:1675980000:f> tara · ~~removed~~ taken back by tara <t:1675980000:R>
    <t:1675980000:f> tara · ~~added~~ taken back by tara <t:1675980000:R>
    <t:1675980000:f> tara · added 1
    > ➕ 10:20 Masked language models
    <t:1675980000:f> tara · added 1
    > ➕ 0:00 Subwords
    ");
    ta(&class, "/topic undo lecture:9").await;
    ta(&class, "/topic undo lecture:9").await;
    assert_snapshot!(ta(&class, "/topic undo lecture:9").await, @"There is nothing to take back: no change of this table stands.");
}

#[tokio::test]
async fn tables_are_for_staff() {
    let class = with_a_table().await;
    // Discord shows the command to whoever may manage messages; the course has its own staff.
    let moderators = class
        .server
        .role("Moderator", sandbox::permissions::MANAGE_MESSAGES);
    let mo = class.server.member("mo", &[&moderators]);
    let used = mo.uses(&class.lecture, "/topic undo lecture:9").await;
    assert_snapshot!(used.reply().await.content, @"That is for the course's staff.");
}

#[tokio::test]
async fn what_a_format_cannot_keep_or_makes_up_is_told_with_the_file() {
    let class = with_a_table().await;
    let add = "/topic add at:1:05:00 title:*Knots* (start: 3:00) lecture:9";
    ta(&class, add).await;
    let export = "/topic export lecture:9 format:";
    let said = ta(&class, &format!("{export}WebVTT chapters")).await;
    for words in [
        r"\*Knots\*",
        "ends: it is written to end a second after its start at 1:05:00",
        "the lecture's",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
    let said = ta(&class, &format!("{export}lines that end in (start: 25:29)")).await;
    for words in [
        "has no place for 1 note",
        r"such as the one of 1:05:00 (“\*Knots\*",
        "read again, this would be another table",
    ] {
        assert!(said.contains(words), "{words}: {said}");
    }
}
