//! The comments below a video, as yt-dlp writes them: in its `info.json` under `comments`, or that
//! array by itself. A comment's `parent` is what it replies to; whoever uploaded the video teaches.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::super::json_value::Value;
use super::super::remarks::Remarks;
use super::super::source::Source;
use super::id::Id;
use super::{Reading, Role, Said, SaidDraft, UNNAMED_CHANNEL};

#[derive(Deserialize)]
#[serde(expecting = "an object, {…}")]
struct Video<'s> {
    #[serde(borrow, default)]
    comments: Option<Vec<&'s RawValue>>,
}

#[derive(Deserialize)]
#[serde(expecting = "a comment, {…}")]
struct Comment {
    #[serde(default)]
    id: Option<Id>,
    #[serde(default)]
    parent: Option<Id>,
    #[serde(default)]
    text: Option<String>,
    /// In Unix seconds, often no more than an estimate.
    #[serde(default)]
    timestamp: Option<f64>,
    #[serde(default)]
    author: Option<String>,
    #[serde(default)]
    author_id: Option<Id>,
    #[serde(default)]
    author_is_uploader: Option<bool>,
}

/// The `parent` of a comment that replies to none.
const NO_PARENT: &str = "root";

pub(super) fn read(source: &Source, remarks: &mut Remarks) -> Reading {
    let mut reading = Reading::default();
    let whole = Value::whole(source);
    let comments: Result<Option<Vec<&RawValue>>, _> = if source.text().trim_start().starts_with('[')
    {
        whole.read().map(Some)
    } else {
        whole.read().map(|video: Video<'_>| video.comments)
    };
    let comments = match comments {
        Ok(comments) => comments.unwrap_or_default(),
        Err(error) => {
            remarks.tell(
                error.at,
                format!("yt-dlp's JSON cannot be read: {}", error.words),
            );
            return reading;
        }
    };
    if comments.is_empty() {
        remarks.tell(
            0,
            "there are no comments here; have yt-dlp write them with `--write-comments`",
        );
    }
    let mut without_text = (0, 0);
    for raw in comments {
        let value = Value::of(source, raw);
        match value.read() {
            Ok(Comment { text: None, .. }) => {
                let (first, number) = without_text;
                without_text = (if number == 0 { value.at } else { first }, number + 1);
            }
            Ok(comment) => reading.drafts.push(draft(comment, value.at)),
            Err(error) => {
                remarks.tell(
                    error.at,
                    format!("this comment cannot be read: {}", error.words),
                );
            }
        }
    }
    if let (at, number @ 1..) = without_text {
        let message = format!("comments without a text, {number} in all, were left out");
        reading.notes.tell(at, message);
    }
    reading
}

fn draft(comment: Comment, at_byte: usize) -> SaidDraft {
    let role = match comment.author_is_uploader {
        Some(true) => Role::Staff,
        _ => Role::Student,
    };
    let at = comment
        .timestamp
        .and_then(|seconds| jiff::Timestamp::from_second(seconds as i64).ok());
    let said = Said {
        channel: UNNAMED_CHANNEL.to_owned(),
        author: comment.author.unwrap_or_default(),
        author_id: Id::text(comment.author_id),
        role,
        text: comment.text.unwrap_or_default(),
        at,
        reply_to: Id::text(comment.parent).filter(|parent| parent != NO_PARENT),
        ..Said::default()
    };
    SaidDraft {
        id: Id::text(comment.id),
        at_byte,
        said,
    }
}
