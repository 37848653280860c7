//! How long `beadle run` takes from a lookup's arrival to the request that carries its answer, on
//! loopback, while a thousand messages a second flow.
//!
//! The watch starts before the sandbox hands the message to the gateway and stops when the request
//! reaches its REST side: the sandbox's own work is in the figures, the network is not.
//! `cargo bench --bench latency` prints a table; nothing here fails for being slow.

mod support;

use std::collections::HashMap;
use std::time::{Duration, Instant};

use sandbox::{Request, RestFault};
use support::{Course, is_bench};
use tokio::sync::mpsc;
use tokio::time::{MissedTickBehavior, interval, timeout};

/// So many channels, in each of which one reply is under way at a time.
const CHANNELS: usize = 8;
/// Messages a second.
const FLOW: usize = 1_000;
/// Messages are said in groups, every so often.
const TICK: Duration = Duration::from_millis(5);
/// One group in so many ends with a lookup.
const LOOKUP_EVERY: usize = 8;
/// How long the last answers are waited for.
const PATIENCE: Duration = Duration::from_secs(10);

/// What the sandbox saw: the message that was replied to, and when the request came.
type Seen = (u64, Instant);

/// Watches requests go by; none is hindered.
fn watch(course: &Course) -> mpsc::UnboundedReceiver<Seen> {
    let (told, seen) = mpsc::unbounded_channel();
    let look = move |request: &Request| {
        let replied = request.body["message_reference"]["message_id"].as_str();
        if let Some(message) = replied.and_then(|id| id.parse().ok()) {
            // Nobody listens any more once enough was seen.
            let _ = told.send((message, Instant::now()));
        }
        false
    };
    course
        .discord
        .fault(RestFault::error_before(500).when(look).always());
    seen
}

/// The times that answers took, the shortest first, and how many lookups got none.
async fn times(seconds: usize) -> (Vec<Duration>, usize) {
    let course = Course::with_channels(CHANNELS).await;
    let process = course.start().await;
    let mut seen = watch(&course);
    let mut asked: HashMap<u64, Instant> = HashMap::new();
    let mut tick = interval(TICK);
    tick.set_missed_tick_behavior(MissedTickBehavior::Burst);
    let group = FLOW * TICK.as_millis() as usize / 1_000;
    let groups = seconds * FLOW / group;
    for number in 0..groups {
        tick.tick().await;
        if number.is_multiple_of(groups.div_ceil(5)) {
            eprintln!("  {} of {} messages", number * group, groups * group);
        }
        for n in 1..group {
            course.says(number * group + n).await;
        }
        let student = &course.students[number % course.students.len()];
        let channel = &course.channels[number / LOOKUP_EVERY % CHANNELS];
        if number % LOOKUP_EVERY == 0 {
            let asked_at = Instant::now();
            let lookup = student.says(channel, "!t 12:34").await;
            asked.insert(lookup.id(), asked_at);
        } else {
            student.says(channel, "I have seen it twice by now").await;
        }
    }
    let mut times = Vec::with_capacity(asked.len());
    while !asked.is_empty() {
        let Ok(seen) = timeout(PATIENCE, seen.recv()).await else {
            break;
        };
        let (message, came_at) = seen.expect("the sandbox runs");
        if let Some(asked_at) = asked.remove(&message) {
            times.push(came_at.duration_since(asked_at));
        }
    }
    process.stop().await;
    times.sort();
    (times, asked.len())
}

fn main() {
    let seconds = if is_bench() { 30 } else { 2 };
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let (times, unanswered) = runtime.block_on(times(seconds));
    let at = |percent: usize| times[(times.len() - 1) * percent / 100].as_secs_f64() * 1_000.0;
    println!(
        "{} lookups in {seconds} s among {FLOW} messages a second: median {:.2} ms   99th percentile {:.2} ms   longest {:.2} ms   unanswered {unanswered}",
        times.len(),
        at(50),
        at(99),
        at(100),
    );
}
