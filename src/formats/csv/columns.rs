//! Which column holds what: by the header's names, or without one, by what the cells look like.

use super::Record;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Column {
    Start,
    End,
    Title,
    Note,
}

/// The names by which people head each column; spaces, dots and underscores do not count.
const NAMES: &[(Column, &[&str])] = &[
    (
        Column::Start,
        &[
            "start",
            "starts",
            "startsat",
            "starttime",
            "from",
            "begin",
            "begins",
            "time",
            "offset",
            "timestamp",
            "timecode",
            "at",
        ],
    ),
    (
        Column::End,
        &[
            "end", "ends", "endsat", "endtime", "to", "until", "stop", "finish",
        ],
    ),
    (
        Column::Title,
        &[
            "title",
            "topic",
            "name",
            "chapter",
            "chaptertitle",
            "heading",
            "subject",
            "label",
        ],
    ),
    (
        Column::Note,
        &[
            "note",
            "notes",
            "description",
            "comment",
            "comments",
            "details",
            "detail",
            "remark",
            "remarks",
            "summary",
        ],
    ),
];

/// Where each column stands, from 0.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Columns {
    pub start: Option<usize>,
    pub end: Option<usize>,
    pub title: Option<usize>,
    pub note: Option<usize>,
    /// How many columns the table has.
    pub count: usize,
}

impl Columns {
    pub fn of(&self, column: Column) -> Option<usize> {
        match column {
            Column::Start => self.start,
            Column::End => self.end,
            Column::Title => self.title,
            Column::Note => self.note,
        }
    }

    fn slot(&mut self, column: Column) -> &mut Option<usize> {
        match column {
            Column::Start => &mut self.start,
            Column::End => &mut self.end,
            Column::Title => &mut self.title,
            Column::Note => &mut self.note,
        }
    }
}

/// What the first record is.
pub(super) enum Header {
    /// A row of names, with what is wrong about them, by place.
    Named(Columns, Vec<(usize, String)>),
    /// Already a topic; the columns are told by their look.
    None(Columns),
}

impl Header {
    /// How much the cells look like a table's first line: known names count one each, an offset in
    /// front of something else counts one.
    pub fn score(cells: &[String]) -> usize {
        let names = cells
            .iter()
            .filter(|cell| column_named(cell).is_some())
            .count();
        let row = cells.len() > 1 && cells.first().is_some_and(|cell| looks_like_an_offset(cell));
        names.max(usize::from(row))
    }

    pub fn of(first: &Record) -> Self {
        let is_topic = first.texts().next().is_some_and(looks_like_an_offset);
        let names = first
            .texts()
            .filter(|text| column_named(text).is_some())
            .count();
        if is_topic && names == 0 {
            Self::None(by_look(first))
        } else {
            by_name(first)
        }
    }
}

fn by_name(header: &Record) -> Header {
    let mut columns = Columns::default();
    let mut mistakes = Vec::new();
    for (index, (text, at)) in header.cells.iter().enumerate() {
        let text = text.trim();
        if text.is_empty() {
            continue;
        }
        // Empty columns at the end are a spreadsheet's leftovers and are not counted.
        columns.count = index + 1;
        let Some(column) = column_named(text) else {
            let name: String = text.chars().take(40).collect();
            mistakes.push((*at, format!("there is no column `{name}`; the columns are `start`, `end`, `title` and `note`")));
            continue;
        };
        match columns.slot(column) {
            slot @ None => *slot = Some(index),
            Some(_) => mistakes.push((
                *at,
                format!("`{text}` names a column that the table already has; keep one of them"),
            )),
        }
    }
    for (missing, name) in [
        (columns.start.is_none(), "start"),
        (columns.title.is_none(), "title"),
    ] {
        if missing {
            mistakes.push((header.at(), format!("the table has no column `{name}`; begin it with the line `start,end,title,note`")));
        }
    }
    Header::Named(columns, mistakes)
}

/// `offset,title`, `offset,title,note`, `offset,offset,title` or `offset,offset,title,note`.
fn by_look(first: &Record) -> Columns {
    let second = first.texts().nth(1).unwrap_or_default();
    let has_end = looks_like_an_offset(second) || (second.is_empty() && first.cells.len() > 2);
    let title = if has_end { 2 } else { 1 };
    Columns {
        start: Some(0),
        end: has_end.then_some(1),
        title: Some(title),
        note: Some(title + 1),
        count: title + 2,
    }
}

fn column_named(text: &str) -> Option<Column> {
    let plain: String = text
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    NAMES
        .iter()
        .find(|(_, names)| names.contains(&plain.as_str()))
        .map(|(column, _)| *column)
}

/// Digits with colons or units, right or wrong: what somebody wrote as an offset.
pub(super) fn looks_like_an_offset(text: &str) -> bool {
    let text = text.trim();
    let mark = |c: char| {
        matches!(
            c,
            ':' | '：'
                | '∶'
                | '꞉'
                | 'h'
                | 'm'
                | 's'
                | '.'
                | ' '
                | '\''
                | '"'
                | 'P'
                | 'T'
                | 'H'
                | 'M'
                | 'S'
        )
    };
    text.starts_with(|c: char| c.is_numeric() || c == 'P')
        && text.chars().all(|c| c.is_numeric() || mark(c))
        && text.chars().any(mark)
}
