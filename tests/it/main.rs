//! What a person would see, from outside; the folders mirror `src`.

mod store;
mod support;
