//! (in work)
/// How much a match in a title counts.
pub const TITLE: u32 = 3;
/// How much a match in a note counts.
pub const NOTE: u32 = 1;
/// Items that match the words, best first, as places among the items.
pub fn rank<'a, T, F>(_query: &str, _items: &'a [T], _fields: impl Fn(&'a T) -> F) -> Vec<usize>
where
    F: IntoIterator<Item = (&'a str, u32)>,
{
    Vec::new()
}
