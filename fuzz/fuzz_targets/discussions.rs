//! Discussions: no id is given twice, and told as JSON Lines they are read as the same.

#![no_main]

use std::collections::HashSet;

use beadle::formats::discussion::{DiscussionFormat, Role, Said, read_discussion};
use libfuzzer_sys::fuzz_target;
use serde_json::json;

fuzz_target!(|text: &str| {
    for format in DiscussionFormat::ALL
        .iter()
        .copied()
        .map(Some)
        .chain([None])
    {
        if let Ok(discussion) = read_discussion(text, format) {
            has_ids_of_its_own(&discussion.said);
            is_told_again_the_same(&discussion.said);
        }
    }
});

fn has_ids_of_its_own(said: &[Said]) {
    let ids: HashSet<&str> = said.iter().map(|said| said.id.as_str()).collect();
    assert_eq!(ids.len(), said.len(), "{said:?}");
    assert!(
        said.iter()
            .all(|said| !said.id.is_empty() && !said.channel.is_empty())
    );
    assert!(
        said.windows(2).all(|two| two[0].line <= two[1].line),
        "{said:?}"
    );
}

fn is_told_again_the_same(said: &[Said]) {
    let line = |said: &Said| {
        let role = match said.role {
            Role::Student => "student",
            Role::Staff => "staff",
        };
        json!({
            "id": said.id,
            "channel": said.channel,
            "author": said.author,
            "author_id": said.author_id,
            "role": role,
            "roles": said.roles,
            "bot": said.is_bot,
            "text": said.text,
            "at": said.at.map(|at| at.to_string()),
            "edited_at": said.edited_at.map(|at| at.to_string()),
            "reply_to": said.reply_to,
            "gather": said.gather,
        })
    };
    let text: String = said
        .iter()
        .map(|said| format!("{}\n", line(said)))
        .collect();
    let again = read_discussion(text.as_str(), Some(DiscussionFormat::JsonLines));
    let again = again.unwrap_or_else(|problems| panic!("{problems:?} in\n{text}")).said;
    let without_line = |said: &Said| Said {
        line: 0,
        ..said.clone()
    };
    let (before, after): (Vec<_>, Vec<_>) = (
        said.iter().map(without_line).collect(),
        again.iter().map(without_line).collect(),
    );
    assert_eq!(after, before, "{text}");
}
