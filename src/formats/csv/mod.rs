//! CSV, as spreadsheets save it: comma, semicolon or tab, columns in any order, header or none.

mod columns;
mod fields;

use ::csv::{ByteRecord, ReaderBuilder, WriterBuilder};

use super::draft::{Cell, Draft, Row};
use super::source::Source;
use super::{About, Definition};
use crate::domain::lecture::TopicTable;
use columns::{Column, Columns, Header};

pub(super) const DEFINITION: Definition = Definition {
    name: "csv",
    extensions: &["csv", "tsv", "tab"],
    likelihood,
    read,
    write,
    has_ends: true,
    needs_ends: false,
    has_notes: true,
};

const DELIMITERS: [u8; 3] = [b',', b';', b'\t'];

/// One record: each cell's text and place.
struct Record {
    cells: Vec<(String, usize)>,
}

impl Record {
    fn texts(&self) -> impl Iterator<Item = &str> {
        self.cells.iter().map(|(text, _)| text.trim())
    }

    fn is_blank(&self) -> bool {
        self.texts().all(str::is_empty)
    }

    fn cell(&self, column: Option<usize>) -> Option<Cell<'_>> {
        let (text, at) = self.cells.get(column?)?;
        Some(Cell { text, at: *at })
    }

    fn at(&self) -> usize {
        self.cells.first().map_or(0, |cell| cell.1)
    }
}

fn likelihood(text: &str) -> u8 {
    let head = head_of(text);
    match DELIMITERS
        .iter()
        .map(|&delimiter| Header::score(&first_cells(head, delimiter)))
        .max()
    {
        Some(score) if score >= 2 => 95,
        Some(1) if every_line_starts_with_an_offset(text) => 60,
        _ if has_a_header_of_other_names(text) => 80,
        _ => 0,
    }
}

/// The delimiter that makes the most sense of the first line; Excel's `sep=;` line settles it.
fn delimiter_of(text: &str) -> u8 {
    if let Some([delimiter]) = text
        .lines()
        .next()
        .and_then(|line| line.strip_prefix("sep="))
        .map(str::as_bytes)
    {
        return *delimiter;
    }
    let head = head_of(text);
    let score = |delimiter: &u8| {
        let cells = first_cells(head, *delimiter);
        (Header::score(&cells), cells.len())
    };
    DELIMITERS
        .into_iter()
        .rev()
        .max_by_key(score)
        .unwrap_or(b',')
}

/// The first line that holds cells.
fn head_of(text: &str) -> &str {
    let mut lines = text
        .lines()
        .filter(|line| !line.trim().is_empty() && !line.starts_with("sep="));
    lines.next().unwrap_or_default()
}

fn first_cells(head: &str, delimiter: u8) -> Vec<String> {
    let mut reader = reader_of(head, delimiter);
    let mut record = ByteRecord::new();
    match reader.read_byte_record(&mut record) {
        Ok(true) => record
            .iter()
            .map(|cell| String::from_utf8_lossy(cell).trim().to_owned())
            .collect(),
        _ => Vec::new(),
    }
}

/// Without a header only a table whose every line opens with an offset and a delimiter is taken
/// for CSV; a video's description has prose.
fn every_line_starts_with_an_offset(text: &str) -> bool {
    text.lines()
        .filter(|line| !line.trim().is_empty())
        .all(|line| {
            let first = line.split([',', ';', '\t']).next().unwrap_or_default();
            first.len() < line.len() && columns::looks_like_an_offset(first)
        })
}

/// How many rows are looked at to tell whether a first line is a header.
const ROWS_LOOKED_AT: usize = 20;

/// A line of names, though none or one of them is a column's, above rows of which most have a cell
/// that is an offset. Taken for CSV, so that what is wrong with the header is said: a description's
/// reader would take the delimiters for parts of titles.
fn has_a_header_of_other_names(text: &str) -> bool {
    DELIMITERS.iter().any(|&delimiter| {
        let mut reader = reader_of(text, delimiter);
        let mut rows = reader
            .byte_records()
            .map_while(Result::ok)
            .map(|record| -> Vec<String> {
                let cells = record.iter().map(String::from_utf8_lossy);
                cells.map(|cell| cell.trim().to_owned()).collect()
            })
            .filter(|cells| cells.iter().any(|cell| !cell.is_empty()))
            .filter(|cells| !cells[0].starts_with("sep="));
        let is_header = rows
            .next()
            .is_some_and(|cells| cells.len() > 1 && cells.iter().all(|cell| is_a_name(cell)));
        let rows: Vec<_> = if is_header {
            rows.take(ROWS_LOOKED_AT).collect()
        } else {
            return false;
        };
        let with_offset = rows.iter().filter(|cells| {
            let mut cells = cells.iter();
            cells.len() > 1 && cells.any(|cell| columns::looks_like_an_offset(cell))
        });
        2 * with_offset.count() > rows.len()
    })
}

/// One word or two, as columns are named, or nothing.
fn is_a_name(cell: &str) -> bool {
    cell.split_whitespace().count() <= 2
        && cell
            .chars()
            .all(|c| c.is_alphabetic() || matches!(c, ' ' | '_' | '-'))
}

fn reader_of(text: &str, delimiter: u8) -> ::csv::Reader<&[u8]> {
    ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes())
}

fn read(source: &Source, draft: &mut Draft<'_>) {
    let delimiter = delimiter_of(source.text());
    let mut records = records(source, draft, delimiter)
        .into_iter()
        .filter(|record| !record.is_blank())
        .peekable();
    if source.text().starts_with("sep=") {
        records.next();
    }
    let Some(first) = records.peek() else {
        draft.problem(
            0,
            "the table is empty; begin it with the line `start,end,title,note`",
        );
        return;
    };
    let columns = match Header::of(first) {
        Header::None(columns) => columns,
        Header::Named(columns, mistakes) => {
            let found_mistakes = !mistakes.is_empty();
            mistakes
                .into_iter()
                .for_each(|(at, message)| draft.problem(at, message));
            records.next();
            if found_mistakes && (columns.start.is_none() || columns.title.is_none()) {
                return;
            }
            columns
        }
    };
    records.for_each(|record| read_row(draft, &record, &columns, delimiter));
}

fn read_row(draft: &mut Draft<'_>, record: &Record, columns: &Columns, delimiter: u8) {
    if let Some((_, at)) = record
        .cells
        .iter()
        .skip(columns.count)
        .find(|(text, _)| !text.trim().is_empty())
    {
        let message = format!(
            "this row has {} cells, the table {} columns; put a text that holds `{}` in double quotes",
            record.cells.len(),
            columns.count,
            if delimiter == b'\t' {
                "a tab".to_owned()
            } else {
                char::from(delimiter).to_string()
            },
        );
        draft.problem(*at, message);
        return;
    }
    let missing = Cell {
        text: "",
        at: record.at(),
    };
    draft.row(Row {
        start: record.cell(columns.of(Column::Start)).unwrap_or(missing),
        end: record.cell(columns.of(Column::End)),
        title: record.cell(columns.of(Column::Title)).unwrap_or(missing),
        note: record.cell(columns.of(Column::Note)),
    });
}

/// All records with their cells' places; a quote that is never closed is a mistake.
fn records(source: &Source, draft: &mut Draft<'_>, delimiter: u8) -> Vec<Record> {
    let text = source.text();
    let mut reader = reader_of(text, delimiter);
    let mut record = ByteRecord::new();
    let mut records = Vec::new();
    // Reading from memory cannot fail; a record of any length is taken (`flexible`).
    while let Ok(true) = reader.read_byte_record(&mut record) {
        let from = record
            .position()
            .map_or(0, |position| byte_of(position, text));
        let to = byte_of(reader.position(), text);
        let (places, open_quote) = fields::places(&text[from..to], delimiter);
        if let Some(at) = open_quote {
            draft.problem(
                from + at,
                "this quote is never closed; close it, or double every quote inside the text",
            );
        }
        let last = places.last().copied().unwrap_or(0);
        let places = places.into_iter().chain(std::iter::repeat(last));
        let cells = record
            .iter()
            .zip(places)
            .map(|(cell, at)| (String::from_utf8_lossy(cell).into_owned(), from + at));
        records.push(Record {
            cells: cells.collect(),
        });
    }
    records
}

fn byte_of(position: &::csv::Position, text: &str) -> usize {
    let byte = usize::try_from(position.byte())
        .unwrap_or(text.len())
        .min(text.len());
    // Delimiters and breaks are ASCII, so this is already a character's edge; slicing must not hope.
    text.floor_char_boundary(byte)
}

fn write(table: &TopicTable, _: About<'_>) -> String {
    let mut writer = WriterBuilder::new().from_writer(Vec::new());
    let mut row = |cells: [&str; 4]| writer.write_record(cells);
    // Writing to memory cannot fail, nor can rows of one length.
    let _ = row(["start", "end", "title", "note"]);
    for topic in table {
        let end = topic.end.map(|end| end.to_string()).unwrap_or_default();
        let _ = row([
            &topic.start.to_string(),
            &end,
            &topic.title,
            topic.note.as_deref().unwrap_or_default(),
        ]);
    }
    writer
        .into_inner()
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .unwrap_or_default()
}
