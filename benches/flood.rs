//! How much memory `beadle run` takes at its peak while a flood is heard, and while one is read
//! from history.
//!
//! The class is as fast as the sandbox lets it be, which is faster than Discord. The bot's queue
//! overflows and what was dropped is read from history afterwards: that is part of what is measured.
//! `cargo bench --bench flood` prints a table; nothing here fails for being slow or large.

mod support;

use std::time::Instant;

use support::{Course, Process, in_mb, is_bench, peak_memory_mb, present_memory_mb};

/// Over so many channels the messages are spread.
const CHANNELS: usize = 8;

/// A line of the table.
struct Figures {
    what: String,
    said_s: f64,
    dealt_with_s: f64,
    idle_mb: Option<f64>,
    peak_mb: Option<f64>,
}

/// Has the class say so many messages, and tells how far it is, and how large the bot if it listens.
async fn say(course: &Course, messages: usize, listener: Option<&Process>) {
    let began = Instant::now();
    let step = messages / 10;
    for n in 0..messages {
        course.says(n).await;
        if (n + 1).is_multiple_of(step) {
            eprintln!(
                "  {} said after {:.1} s; the bot has {}",
                n + 1,
                began.elapsed().as_secs_f64(),
                in_mb(listener.and_then(present_memory_mb)),
            );
        }
    }
}

/// Messages that are said while the bot listens.
async fn flood(messages: usize) -> Figures {
    let course = Course::with_channels(CHANNELS).await;
    let process = course.start().await;
    let idle_mb = peak_memory_mb(&process);
    let began = Instant::now();
    say(&course, messages, Some(&process)).await;
    let said_s = began.elapsed().as_secs_f64();
    course.is_dealt_with().await;
    let figures = Figures {
        what: format!("a flood of {messages}"),
        said_s,
        dealt_with_s: began.elapsed().as_secs_f64(),
        idle_mb,
        peak_mb: peak_memory_mb(&process),
    };
    process.stop().await;
    figures
}

/// Messages that were said while the bot was away.
async fn catch_up(messages: usize) -> Figures {
    let course = Course::with_channels(CHANNELS).await;
    let process = course.start().await;
    let idle_mb = peak_memory_mb(&process);
    process.stop().await;
    let began = Instant::now();
    say(&course, messages, None).await;
    let said_s = began.elapsed().as_secs_f64();
    let began = Instant::now();
    let process = course.machine.start("");
    course.is_dealt_with().await;
    let figures = Figures {
        what: format!("a catch-up of {messages}"),
        said_s,
        dealt_with_s: began.elapsed().as_secs_f64(),
        idle_mb,
        peak_mb: peak_memory_mb(&process),
    };
    process.stop().await;
    figures
}

fn print(figures: &Figures) {
    println!(
        "{:<22} said in {:>6.1} s   dealt with after {:>6.1} s   idle {:>9}   peak {:>9}",
        figures.what,
        figures.said_s,
        figures.dealt_with_s,
        in_mb(figures.idle_mb),
        in_mb(figures.peak_mb),
    );
}

fn main() {
    let (flooded, missed) = if is_bench() {
        (100_000, 50_000)
    } else {
        (2_000, 1_000)
    };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    runtime.block_on(async {
        print(&flood(flooded).await);
        print(&catch_up(missed).await);
    });
}
