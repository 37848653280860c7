//! Offsets in what people say, and offsets by themselves.

#![no_main]

use std::fmt::{Debug, Display};
use std::str::FromStr;

use beadle::domain::offset::{Offset, Span};
use beadle::reading::{offsets, refused};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    printed_reads_the_same::<Offset>(text);
    printed_reads_the_same::<Span>(text);
    found_is_what_the_lenient_reader_accepts(text);
    nothing_is_found_past_the_end(text);
});

fn printed_reads_the_same<T>(text: &str)
where
    T: FromStr + Display + PartialEq + Debug,
    T::Err: Debug,
{
    if let Ok(read) = text.parse::<T>() {
        let again: T = read
            .to_string()
            .parse()
            .expect("what is printed can be read");
        assert_eq!(read, again, "{text:?}");
    }
}

fn found_is_what_the_lenient_reader_accepts(text: &str) {
    let mut end = 0;
    for found in offsets(text, None) {
        assert!(found.at.start >= end, "in order, apart: {text:?}");
        end = found.at.end;
        let said = text.get(found.at.clone()).expect("a place in the text");
        assert!(found.end.is_none_or(|end| end > found.start), "{text:?}");
        if found.end.is_none() {
            assert_eq!(said.parse(), Ok(found.start), "{said:?} in {text:?}");
        }
        let is_refused =
            |at: &std::ops::Range<usize>| at.start < found.at.end && found.at.start < at.end;
        assert!(
            !refused(text, None)
                .iter()
                .any(|refused| is_refused(&refused.at)),
            "{said:?} is found and refused in {text:?}"
        );
    }
}

fn nothing_is_found_past_the_end(text: &str) {
    let duration = Offset::from_seconds(4575);
    for found in offsets(text, Some(duration)) {
        assert!(found.start <= duration, "{text:?}");
        assert!(found.end.is_none_or(|end| end <= duration), "{text:?}");
    }
}
