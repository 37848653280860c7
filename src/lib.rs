//! Beadle: carries a class's questions to its teachers.

pub mod clock;
pub mod config;
pub mod domain;
pub mod formats;
pub mod reading;
