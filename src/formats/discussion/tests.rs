use super::*;

mod copied;

fn said(text: &str) -> Vec<Said> {
    read_discussion(text, None).unwrap().said
}

/// Each message as `id author(role) @time >parent: text`.
pub(super) fn told(text: &str) -> String {
    let tell = |said: &Said| {
        let at = said.at.map(|at| format!(" @{at}")).unwrap_or_default();
        let parent = said
            .reply_to
            .as_ref()
            .map(|id| format!(" >{id}"))
            .unwrap_or_default();
        let role = match (said.role, said.is_bot) {
            (Role::Staff, _) => "*",
            (_, true) => "[bot]",
            _ => "",
        };
        format!(
            "{} #{} {}{role}{at}{parent}: {}",
            said.id,
            said.channel,
            said.author,
            said.text.replace('\n', " / ")
        )
    };
    said(text).iter().map(tell).collect::<Vec<_>>().join("\n")
}

pub(super) fn mistakes(text: &str) -> String {
    let problems = read_discussion(text, None).unwrap_err();
    problems
        .iter()
        .map(ToString::to_string)
        .collect::<Vec<_>>()
        .join("\n")
}

#[test]
fn a_json_line_needs_only_its_text() {
    insta::assert_snapshot!(told(concat!(
        "{\"text\": \"why is the sky dark?\"}\n\n",
        "{\"id\": 7, \"channel\": \"lec\", \"author\": \"Ines\", \"role\": \"staff\", \"text\": \"few stars\", \"at\": \"2026-01-05T10:00:00Z\", \"reply_to\": \"1\", \"mood\": 3}\n",
        "{\"id\": \"1\", \"text\": \"old\", \"reply_to\": null, \"gather\": true}",
    )), @"
    2 #discussion : why is the sky dark?
    7 #lec Ines* @2026-01-05T10:00:00Z >1: few stars
    1 #discussion : old
    ");
    assert!(said("{\"text\": \"this\", \"gather\": true}")[0].gather);
}

#[test]
fn every_bad_json_line_is_named_with_its_place() {
    insta::assert_snapshot!(mistakes(concat!(
        "{\"text\": \"fine\"}\n{\"author\": \"Noor\"}\n{\"text\": \"é\", oops}\n{\"text\": 5}\n",
        "{\"text\": \"x\", \"role\": \"dean\"}\n{\"text\": \"x\", \"at\": \"noon\"}",
    )), @"
    2:18: missing field `text`; a message is a line such as {\"text\": \"…\"}
    3:15: this line is not JSON: key must be a string
    4:10: invalid type: integer `5`, expected a string; a message is a line such as {\"text\": \"…\"}
    5:28: unknown variant `dean`, expected `student` or `staff`; a message is a line such as {\"text\": \"…\"}
    6:27: `at` is no moment; write it as `2026-01-05T10:00:00Z`; a message is a line such as {\"text\": \"…\"}
    ");
}

#[test]
fn an_id_given_twice_is_a_mistake() {
    insta::assert_snapshot!(mistakes("{\"id\": \"a\", \"text\": \"x\"}\n{\"id\": \"a\", \"text\": \"y\"}"), @"2:1: another message has the id `a` already; give each its own");
}

#[test]
fn a_copied_chat_has_names_times_and_roles() {
    insta::assert_snapshot!(told(concat!(
        "2026-01-05 10:00 Ada (staff): welcome\n",
        "[23:59] Bo: Question: what is a tensor?\n  the second kind\nI mean the stress one\n",
        "[00:02] Ada (TA): like a matrix\n\nCy Young: thanks\n",
    )), @"
    1 #discussion Ada* @2026-01-05T10:00:00Z: welcome
    2 #discussion Bo @2026-01-05T23:59:00Z: Question: what is a tensor? / the second kind / I mean the stress one
    3 #discussion Ada* @2026-01-06T00:02:00Z: like a matrix
    4 #discussion Cy Young: thanks
    ");
}

#[test]
fn a_list_of_comments_that_is_said_to_be_one_is_one_message_a_line() {
    let comments = "why does the proof start at 12:30?\nOne thing: it was great\n52:14 lost me\n    completely\nQ: how so?";
    let discussion = read_discussion(comments, Some(DiscussionFormat::Plain)).unwrap();
    let said: Vec<_> = discussion.said.iter().map(|it| &*it.text).collect();
    assert_eq!(
        said,
        [
            "why does the proof start at 12:30?",
            "One thing: it was great",
            "52:14 lost me\ncompletely",
            "Q: how so?"
        ]
    );
}

#[test]
fn a_format_is_known_by_its_name() {
    for format in DiscussionFormat::ALL {
        assert_eq!(format.to_string().parse(), Ok(*format));
    }
    assert!("pdf".parse::<DiscussionFormat>().is_err());
}

/// An export of two people, a bot and an announcement.
const EXPORT: &str = r#"{
  "guild": { "id": "120000000000000000", "name": "Sailing" },
  "channel": { "id": "120000000000000101", "type": "GuildTextChat", "name": "week-two" },
  "messages": [
    { "id": "120000000000000201", "type": "GuildMemberJoin", "timestamp": "2026-01-05T09:00:00+00:00",
      "content": "Joined the server.", "author": { "id": "120000000000000301", "name": "bo" } },
    { "id": "120000000000000202", "type": "Default", "timestamp": "2026-01-05T10:00:00.25+00:00",
      "timestampEdited": "2026-01-05T10:05:00+00:00", "isPinned": false, "content": "why does it float?",
      "author": { "id": "120000000000000301", "name": "bo", "discriminator": "0000", "nickname": "Bo", "isBot": false, "roles": [] },
      "attachments": [], "reactions": [{ "emoji": { "name": "✅" }, "count": 1 }] },
    { "id": "120000000000000203", "type": "Reply", "timestamp": "2026-01-05T11:00:00+01:00", "timestampEdited": null,
      "content": "It is lighter.",
      "author": { "id": "120000000000000302", "name": "ada", "nickname": null, "isBot": false, "roles": [{ "id": "120000000000000401", "name": "Teacher" }] },
      "reference": { "messageId": "120000000000000202", "channelId": "120000000000000101" } },
    { "id": "120000000000000204", "type": "Default", "timestamp": "2026-01-05T12:00:00+00:00", "content": "beep",
      "author": { "id": "120000000000000303", "name": "Helper", "isBot": true },
      "reference": { "messageId": "120000000000000999", "channelId": "120000000000000102" } }
  ],
  "messageCount": 4
}"#;

#[test]
fn an_export_keeps_ids_replies_bots_roles_and_edits() {
    insta::assert_snapshot!(told(EXPORT), @"
    120000000000000202 #120000000000000101 Bo @2026-01-05T10:00:00.25Z: why does it float?
    120000000000000203 #120000000000000101 ada @2026-01-05T10:00:00Z >120000000000000202: It is lighter.
    120000000000000204 #120000000000000101 Helper[bot] @2026-01-05T12:00:00Z: beep
    ");
    let discussion = read_discussion(EXPORT, None).unwrap();
    let (bo, ada) = (&discussion.said[0], &discussion.said[1]);
    assert_eq!(bo.author_id.as_deref(), Some("120000000000000301"));
    assert_eq!(bo.edited_at, "2026-01-05T10:05:00Z".parse().ok());
    assert_eq!(
        (&ada.roles[..], ada.edited_at),
        (&["120000000000000401".to_owned()][..], None)
    );
    assert_eq!(discussion.format, DiscussionFormat::Exporter);
    insta::assert_snapshot!(notes(EXPORT), @"5:5: announcements of kind `GuildMemberJoin`, 1 in all, were left out");
}

#[test]
fn every_bad_message_of_an_export_is_named_with_its_place() {
    insta::assert_snapshot!(mistakes(concat!(
        "{\"guild\": {}, \"messages\": [\n{\"id\": \"1\", \"timestamp\": \"noon\", \"author\": {}},\n",
        "{\"id\": \"2\", \"timestamp\": \"2026-01-05T10:00:00Z\"},\n7]}",
    )), @"
    2:1: `timestamp` is no moment; it looks like `2026-01-05T10:00:00Z`
    3:48: this message cannot be read: missing field `author`
    4:1: this message cannot be read: invalid type: integer `7`, expected a message, {…}
    ");
    let cut_off = &EXPORT[..EXPORT.len() / 2];
    assert!(mistakes(cut_off).ends_with("was the export cut off?"));
    insta::assert_snapshot!(mistakes("{\"guild\": {}}"), @"1:13: this is no export of DiscordChatExporter's: missing field `messages`");
}

const COMMENTS: &str = r#"{"id": "x", "title": "Week two", "formats": [], "comments": [
{"id": "a", "parent": "root", "text": "why does it float?", "timestamp": 1767607200, "author": "@bo", "author_id": "UC1", "author_is_uploader": false, "like_count": 3},
{"id": "b", "parent": "root", "text": null, "author": "@gone"},
{"id": "a.c", "parent": "a", "text": "It is lighter.", "timestamp": 1767610800, "author": "@ada", "author_id": "UC2", "author_is_uploader": true}]}"#;

#[test]
fn comments_keep_their_replies_and_their_uploader() {
    insta::assert_snapshot!(told(COMMENTS), @"
    a #discussion @bo @2026-01-05T10:00:00Z: why does it float?
    a.c #discussion @ada* @2026-01-05T11:00:00Z >a: It is lighter.
    ");
    insta::assert_snapshot!(notes(COMMENTS), @"3:1: comments without a text, 1 in all, were left out");
    insta::assert_snapshot!(told("[\n{\"text\": \"by itself\"}]"), @"1 #discussion : by itself");
}

#[test]
fn a_video_without_comments_is_said_to_have_none() {
    insta::assert_snapshot!(mistakes("{\"id\": \"x\", \"comments\": null}"), @"1:1: there are no comments here; have yt-dlp write them with `--write-comments`");
    insta::assert_snapshot!(mistakes("{\"id\": \"x\", \"extractor\": \"y\"}"), @"1:1: there are no comments here; have yt-dlp write them with `--write-comments`");
    insta::assert_snapshot!(mistakes("{\"comments\": [{\"text\": 5}]}"), @"1:24: this comment cannot be read: invalid type: integer `5`, expected a string");
}

#[test]
fn announcements_of_a_chat_are_left_out_and_told() {
    let chat = "--- Day changed Mon\n* bo has joined #sails\nBo: why does it float?\n-!- ada left\nAda: lighter\n";
    insta::assert_snapshot!(told(chat), @"
    1 #discussion Bo: why does it float?
    2 #discussion Ada: lighter
    ");
    insta::assert_snapshot!(notes(chat), @"1:1: announcements of who came and went, 3 in all, were left out");
}

#[test]
fn a_web_page_is_no_chat() {
    insta::assert_snapshot!(mistakes("\n<!DOCTYPE html>\n<p>Bo: hi</p>"), @"1:1: this is a web page or XML, not a chat; export the discussion as text or JSON");
}

#[test]
fn a_format_is_told_by_its_first_keys_even_where_the_file_is_cut_off() {
    let told = recognise_discussion;
    assert_eq!(
        told("{\"channel\": \"a\", \"text\": \"messages\"}"),
        DiscussionFormat::JsonLines
    );
    assert_eq!(
        told("\u{FEFF}\n{\"channel\": {\"text\": 1}, \"messages\": [{"),
        DiscussionFormat::Exporter
    );
    assert_eq!(
        told("{\"title\": \"x\", \"comments\": [{"),
        DiscussionFormat::Comments
    );
    assert_eq!(told("[12:03] Bo: hi"), DiscussionFormat::Plain);
    assert_eq!(told("[{\"text\""), DiscussionFormat::Comments);
}

#[test]
fn hostile_discussions_are_refused_in_good_time() {
    let deep = format!("{{\"messages\": {}", "[".repeat(1_000_000));
    assert!(read_discussion(deep, None).is_err());
    let wrong = format!("{{\"messages\": [{}0]}}", "{},".repeat(100_000));
    assert_eq!(read_discussion(wrong, None).unwrap_err().len(), 1_001);
}

fn notes(text: &str) -> String {
    let notes = read_discussion(text, None).unwrap().notes;
    let notes: Vec<String> = notes.iter().map(ToString::to_string).collect();
    notes.join("\n")
}

proptest::proptest! {
    #[test]
    fn no_discussion_panics(text in r#"(\PC|[\n\[\]:{}"0-9a-z -]|"messages": \[|"comments": \[|"id": |"text": "){0,100}"#, format in 0..DiscussionFormat::ALL.len()) {
        let _ = read_discussion(&text, Some(DiscussionFormat::ALL[format]));
        let _ = read_discussion(&text, None);
    }
}
