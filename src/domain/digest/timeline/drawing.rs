//! How a [`Timeline`] looks: an SVG in the colours of Discord's dark theme, which reads well on its light one too.

use std::fmt::Write as _;

use super::{Band, Dot, Strip, Timeline};
use crate::domain::offset::Offset;

/// The picture's width; all lengths are in the SVG's own units.
const WIDTH: f64 = 800.0;
/// What is left free on either side.
const SIDE: f64 = 24.0;
/// How much of the width is the recording.
const TRACK: f64 = WIDTH - 2.0 * SIDE;
/// The height of the topics' bar.
const BAR: f64 = 30.0;
/// The room of a question.
const CELL: f64 = 18.0;
/// So many questions stand above one another at most.
const ROWS_MAX: usize = 8;
/// The height of a letter, and about the width of one.
const LETTER: f64 = 14.0;
const LETTER_WIDTH: f64 = 0.57;
/// Below a bar: the times, and the topics with most questions.
const BELOW_BAR: f64 = 56.0;
/// Above the questions: the lecture's title.
const ABOVE_DOTS: f64 = 44.0;
/// What the dots' colours mean.
const LEGEND: f64 = 30.0;

const GROUND: &str = "#2b2d31";
const INK: &str = "#f2f3f5";
const FAINT: &str = "#b5bac1";
const TRACK_COLOUR: &str = "#35373c";
const QUIET_TOPIC: [&str; 2] = ["#3f4248", "#4a4d54"];
const BUSY_TOPIC: [&str; 2] = ["#42558f", "#4f66a8"];
const NEW_DOT: &str = "#8ea3ff";
const OLD_DOT: &str = "#f5b642";

impl Timeline {
    /// The picture.
    pub fn svg(&self) -> String {
        let mut body = String::new();
        let mut y = 0.0;
        for strip in &self.strips {
            y += draw(strip, y, &mut body);
        }
        legend(self.is_old(), y, &mut body);
        let height = y + LEGEND;
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{WIDTH}\" height=\"{height}\" \
             viewBox=\"0 0 {WIDTH} {height}\" font-family=\"DejaVu Sans\" font-size=\"{LETTER}\">\n\
             <rect width=\"{WIDTH}\" height=\"{height}\" fill=\"{GROUND}\"/>\n{body}</svg>\n"
        )
    }
}

impl Timeline {
    /// Whether any question has waited for long.
    fn is_old(&self) -> bool {
        let mut dots = self.strips.iter().flat_map(|strip| &strip.questions);
        dots.any(|dot| dot.old)
    }
}

/// Draws a lecture below `top`; returns its height.
fn draw(strip: &Strip, top: f64, svg: &mut String) -> f64 {
    let stacks = stacks(strip);
    let rows = stacks
        .iter()
        .map(|stack| stack.dots.len())
        .max()
        .unwrap_or(1)
        .clamp(1, ROWS_MAX);
    let bar = top + ABOVE_DOTS + rows as f64 * CELL + 6.0;
    let title = shortened(&strip.title, TRACK, LETTER + 2.0);
    text(svg, (SIDE, top + 28.0), INK, "font-size=\"16\"", &title);
    bands(strip, bar, svg);
    dots(&stacks, bar, svg);
    times(strip, bar, svg);
    text(
        svg,
        (SIDE, bar + BAR + 42.0),
        FAINT,
        "",
        &shortened(&most(strip), TRACK, LETTER),
    );
    bar + BAR + BELOW_BAR - top
}

fn x_of(strip: &Strip, at_s: u32) -> f64 {
    let part = f64::from(at_s.min(strip.length_s)) / f64::from(strip.length_s.max(1));
    SIDE + part * TRACK
}

/// The topics, those with questions brighter, with as much of their titles as fits.
fn bands(strip: &Strip, y: f64, svg: &mut String) {
    let busy: Vec<&Band> = strip.busy().map(|(band, _)| band).collect();
    rect(svg, (SIDE, y), TRACK, TRACK_COLOUR);
    for (index, band) in strip.topics.iter().enumerate() {
        let (from, to) = (x_of(strip, band.start_s), x_of(strip, band.end_s));
        let shades = if busy.contains(&band) {
            BUSY_TOPIC
        } else {
            QUIET_TOPIC
        };
        let width = (to - from - 1.0).max(1.0);
        rect(svg, (from, y), width, shades[index % 2]);
        let title = shortened(&band.title, width - 10.0, 12.0);
        if title.chars().count() > 3 {
            text(svg, (from + 5.0, y + 20.0), INK, "font-size=\"12\"", &title);
        }
    }
}

/// Questions above one another, from the bottom up, and where.
struct Stack<'a> {
    x: f64,
    dots: Vec<&'a Dot>,
}

/// The questions, where two would touch one above the other.
fn stacks(strip: &Strip) -> Vec<Stack<'_>> {
    let mut stacks: Vec<Stack<'_>> = Vec::new();
    for dot in &strip.questions {
        let x = x_of(strip, dot.at_s);
        match stacks.last_mut() {
            Some(last) if x - last.x < CELL => last.dots.push(dot),
            _ => stacks.push(Stack { x, dots: vec![dot] }),
        }
    }
    stacks
}

fn dots(stacks: &[Stack<'_>], bar: f64, svg: &mut String) {
    for Stack { x, dots } in stacks {
        let all = dots.len();
        let shown = if all > ROWS_MAX { ROWS_MAX - 1 } else { all };
        let middle = |row: usize| bar - 4.0 - (row as f64 + 0.5) * CELL;
        for (row, dot) in dots.iter().take(shown).enumerate() {
            let y = middle(row);
            let colour = if dot.old { OLD_DOT } else { NEW_DOT };
            let radius = if dot.asked_by > 1 { 8.0 } else { 5.0 };
            let _ = writeln!(
                svg,
                "<circle cx=\"{x:.1}\" cy=\"{y:.1}\" r=\"{radius}\" fill=\"{colour}\"/>"
            );
            if dot.asked_by > 1 {
                let many = match dot.asked_by {
                    many @ ..=9 => many.to_string(),
                    _ => "9+".to_owned(),
                };
                centred(svg, (*x, y + 4.0), GROUND, 10, &many);
            }
        }
        if all > shown {
            centred(
                svg,
                (*x, middle(shown) + 4.0),
                INK,
                11,
                &format!("+{}", all - shown),
            );
        }
    }
}

/// Times below the bar, every so many minutes that there are six to twelve of them.
fn times(strip: &Strip, bar: f64, svg: &mut String) {
    const STEPS_S: [u32; 8] = [10, 30, 60, 300, 600, 900, 1_800, 3_600];
    let step = STEPS_S.into_iter().find(|step| strip.length_s / step <= 10);
    let step = step.unwrap_or(strip.length_s / 10);
    let mut at = 0;
    while at <= strip.length_s {
        let x = x_of(strip, at);
        let label = Offset::from_seconds(at).to_string();
        // The first and the last stand within the picture.
        let half = label.len() as f64 * 12.0 * LETTER_WIDTH / 2.0;
        let middle = x.clamp(SIDE + half, SIDE + TRACK - half);
        let _ = writeln!(
            svg,
            "<path d=\"M{x:.1} {:.1}v5\" stroke=\"{FAINT}\"/>",
            bar + BAR
        );
        centred(svg, (middle, bar + BAR + 19.0), FAINT, 12, &label);
        at += step;
    }
}

/// `Most questions: Aliasing (3), Reconstruction (2) · 1 without a time`
fn most(strip: &Strip) -> String {
    let mut busy: Vec<(&Band, usize)> = strip.busy().collect();
    busy.sort_by_key(|(band, count)| (std::cmp::Reverse(*count), band.start_s));
    let busy: Vec<String> = busy
        .iter()
        .take(3)
        .map(|(band, count)| format!("{} ({count})", band.title))
        .collect();
    let most = (!busy.is_empty()).then(|| format!("Most questions: {}", busy.join(", ")));
    let elsewhere = (strip.elsewhere > 0).then(|| format!("{} without a time", strip.elsewhere));
    let told: Vec<String> = [most, elsewhere].into_iter().flatten().collect();
    told.join(" · ")
}

fn legend(old: bool, y: f64, svg: &mut String) {
    let middle = y + 9.0;
    let new = (SIDE + 6.0, NEW_DOT, "a question");
    let old = old.then_some((SIDE + 116.0, OLD_DOT, "open for more than three days"));
    for (x, colour, words) in std::iter::once(new).chain(old) {
        let _ = writeln!(
            svg,
            "<circle cx=\"{x}\" cy=\"{middle}\" r=\"5\" fill=\"{colour}\"/>"
        );
        text(
            svg,
            (x + 12.0, middle + 4.5),
            FAINT,
            "font-size=\"12\"",
            words,
        );
    }
}

fn rect(svg: &mut String, (x, y): (f64, f64), width: f64, colour: &str) {
    let _ = writeln!(
        svg,
        "<rect x=\"{x:.1}\" y=\"{y:.1}\" width=\"{width:.1}\" height=\"{BAR}\" rx=\"3\" fill=\"{colour}\"/>"
    );
}

fn text(svg: &mut String, (x, y): (f64, f64), colour: &str, more: &str, words: &str) {
    if words.is_empty() {
        return;
    }
    let more = if more.is_empty() {
        String::new()
    } else {
        format!(" {more}")
    };
    let _ = writeln!(
        svg,
        "<text x=\"{x:.1}\" y=\"{y:.1}\" fill=\"{colour}\"{more}>{}</text>",
        escaped(words)
    );
}

fn centred(svg: &mut String, at: (f64, f64), colour: &str, size: u32, words: &str) {
    let more = format!("font-size=\"{size}\" text-anchor=\"middle\"");
    text(svg, at, colour, &more, words);
}

/// As much of a text as about fits into a width.
fn shortened(words: &str, width: f64, letter: f64) -> String {
    let fits = (width / (letter * LETTER_WIDTH)).max(0.0) as usize;
    if words.chars().count() <= fits {
        return words.to_owned();
    }
    let kept: String = words.chars().take(fits.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// A text as XML takes it; what it does not take at all is left out.
fn escaped(words: &str) -> String {
    let mut escaped = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            control if control.is_control() => {}
            '\u{fffe}' | '\u{ffff}' => {}
            other => escaped.push(other),
        }
    }
    escaped
}
