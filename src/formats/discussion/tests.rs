use super::*;

fn said(text: &str) -> Vec<Said> {
    read_discussion(text, None).unwrap()
}

/// Each message as `id author(role) @time >parent: text`.
fn told(text: &str) -> String {
    let tell = |said: &Said| {
        let at = said.at.map(|at| format!(" @{at}")).unwrap_or_default();
        let parent = said
            .reply_to
            .as_ref()
            .map(|id| format!(" >{id}"))
            .unwrap_or_default();
        let role = if said.role == Role::Staff { "*" } else { "" };
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

fn mistakes(text: &str) -> String {
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
fn a_list_of_comments_is_one_message_a_line() {
    insta::assert_snapshot!(told("why does the proof start at 12:30?\nOne thing: it was great\n52:14 lost me\n    completely\nQ: how so?"), @"
    1 #discussion : why does the proof start at 12:30?
    2 #discussion : One thing: it was great
    3 #discussion : 52:14 lost me / completely
    4 #discussion : Q: how so?
    ");
}

#[test]
fn a_format_is_known_by_its_name() {
    for format in DiscussionFormat::ALL {
        assert_eq!(format.to_string().parse(), Ok(*format));
    }
    assert!("pdf".parse::<DiscussionFormat>().is_err());
}

proptest::proptest! {
    #[test]
    fn no_discussion_panics(text in r#"(\PC|[\n\[\]:{}"0-9a-z -]){0,200}"#, json: bool) {
        let format = if json { DiscussionFormat::JsonLines } else { DiscussionFormat::Plain };
        let _ = read_discussion(&text, Some(format));
        let _ = read_discussion(&text, None);
    }
}
