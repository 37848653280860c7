//! What was given with a command or written into a form.

use crate::domain::ids::{ChannelId, RoleId, UserId};

/// Values by their names.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Given(Vec<(String, Value)>);

/// One value, of the kind that its option asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Words.
    Text(String),
    /// A whole number.
    Number(i64),
    /// Yes or no.
    Truth(bool),
    /// A channel of the server.
    Channel(ChannelId),
    /// A role of the server.
    Role(RoleId),
    /// A member of the server.
    Person(UserId),
    /// A file.
    File(File),
}

/// A file that was attached to a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: String,
    /// What is in it; an error is a sentence that says why it could not be had.
    pub bytes: Result<Vec<u8>, String>,
}

impl Given {
    /// Values by their names.
    pub fn new(values: Vec<(String, Value)>) -> Self {
        Self(values)
    }

    /// The value of that name.
    pub fn get(&self, name: &str) -> Option<&Value> {
        let named = self.0.iter().find(|(known, _)| known == name);
        named.map(|(_, value)| value)
    }

    /// The words of that name, without blanks around them; `None` where there are none.
    pub fn text(&self, name: &str) -> Option<&str> {
        match self.get(name) {
            Some(Value::Text(text)) => Some(text.trim()).filter(|text| !text.is_empty()),
            _ => None,
        }
    }

    /// The number of that name.
    pub fn number(&self, name: &str) -> Option<i64> {
        match self.get(name) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// Whether the yes-or-no of that name was given as yes.
    pub fn truth(&self, name: &str) -> Option<bool> {
        match self.get(name) {
            Some(Value::Truth(truth)) => Some(*truth),
            _ => None,
        }
    }

    /// The channel of that name.
    pub fn channel(&self, name: &str) -> Option<ChannelId> {
        match self.get(name) {
            Some(Value::Channel(channel)) => Some(*channel),
            _ => None,
        }
    }

    /// The role of that name.
    pub fn role(&self, name: &str) -> Option<RoleId> {
        match self.get(name) {
            Some(Value::Role(role)) => Some(*role),
            _ => None,
        }
    }

    /// Every file.
    pub fn files_mut(&mut self) -> impl Iterator<Item = &mut File> {
        self.0.iter_mut().filter_map(|(_, value)| match value {
            Value::File(file) => Some(file),
            _ => None,
        })
    }

    /// The file of that name.
    pub fn file(&self, name: &str) -> Option<&File> {
        match self.get(name) {
            Some(Value::File(file)) => Some(file),
            _ => None,
        }
    }
}
