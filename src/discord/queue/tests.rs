use super::*;
use crate::domain::ids::MessageId;

fn deletion(number: u64) -> Event {
    Event::Deleted {
        channel: ChannelId::new(1),
        messages: vec![MessageId::new(number)],
    }
}

fn held(from: &mut mpsc::Receiver<Incoming>) -> Vec<Event> {
    let mut held = Vec::new();
    while let Ok(incoming) = from.try_recv() {
        if let Incoming::Event(event) = incoming {
            held.push(event);
        }
    }
    held
}

#[test]
fn what_does_not_fit_is_dropped_and_so_is_everything_after_it_until_a_new_round() {
    let (queue, mut from) = queue(2);
    (1..=4).for_each(|number| queue.take(deletion(number)));
    assert_eq!(held(&mut from), [deletion(1), deletion(2)]);
    queue.take(deletion(5));
    assert!(held(&mut from).is_empty(), "a hole in the stream shows");
    assert_eq!(queue.reopen(), Some(Event::Interrupted { round: 1 }));
    queue.take(deletion(6));
    assert_eq!(held(&mut from), [deletion(6)]);
    assert_eq!(queue.reopen(), None);
}

#[test]
fn while_a_shard_is_deaf_there_is_no_round_to_read_for() {
    let (queue, mut from) = queue(8);
    assert_eq!(queue.round(), Some(0));
    let pause = queue.pause();
    queue.take(deletion(1));
    queue.interrupt();
    assert_eq!(queue.round(), None);
    drop(pause);
    assert_eq!(queue.round(), Some(3));
    let rounds = [1, 2, 3].map(|round| Event::Interrupted { round });
    let [first, second, third] = rounds;
    assert_eq!(held(&mut from), [first, deletion(1), second, third]);
}
