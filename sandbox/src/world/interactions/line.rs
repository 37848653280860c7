//! A command line, `/topic add at:52:14 title:Reward models`, as text. Knows no people and no places.

use serde_json::{Value, json};

use super::values::option_kind;

/// A command line taken apart.
pub(super) struct Line<'a> {
    /// Groups and subcommands on the way to the options.
    pub path: Vec<&'a Value>,
    /// What the command registered to be filled in.
    pub registered: &'a [Value],
    /// Names and texts of what was filled in, in order.
    pub given: Vec<(&'a Value, &'a str)>,
}

impl<'a> Line<'a> {
    /// Takes a line apart by what its command registered.
    pub fn read(command: &'a Value, line: &'a str) -> Result<Self, String> {
        let (_, mut rest) = first_word(line.trim());
        let mut path = Vec::new();
        let mut level = command;
        loop {
            let registered = level["options"].as_array().map_or(&[][..], Vec::as_slice);
            if !registered.iter().any(is_step) {
                let given = fill_in(registered, rest)?;
                return Ok(Self {
                    path,
                    registered,
                    given,
                });
            }
            let (word, after) = first_word(rest);
            let step = registered.iter().find(|option| name_of(option) == word);
            level = step.ok_or_else(|| {
                let names: Vec<&str> = registered.iter().map(name_of).collect();
                let names = names.join(", ");
                format!("after `{}` comes one of {names}", name_of(level))
            })?;
            path.push(level);
            rest = after;
        }
    }

    /// The command's name with its group's and subcommand's.
    pub fn whole_name(&self, command: &Value) -> String {
        let path = self.path.iter().map(|step| name_of(step));
        let names: Vec<&str> = std::iter::once(name_of(command)).chain(path).collect();
        names.join(" ")
    }

    /// The option of this name, which must be one for a file.
    pub fn file_option(&self, name: &str) -> Result<&Value, String> {
        let mut options = self.registered.iter();
        options
            .find(|option| {
                name_of(option) == name && option["type"] == json!(option_kind::ATTACHMENT)
            })
            .ok_or_else(|| format!("`{name}` takes no file"))
    }

    /// Refuses a line that leaves out what it must hold.
    pub fn check_required(&self, options: &[Value]) -> Result<(), String> {
        let is_given = |name: &Value| options.iter().any(|option| option["name"] == *name);
        let missing = self
            .registered
            .iter()
            .find(|option| option["required"] == json!(true) && !is_given(&option["name"]));
        missing.map_or(Ok(()), |option| {
            Err(format!("`{}` is required", name_of(option)))
        })
    }
}

pub(super) fn name_of(thing: &Value) -> &str {
    thing["name"].as_str().unwrap_or("")
}

pub(super) fn option_shape(option: &Value, value: Value) -> Value {
    json!({"name": option["name"], "type": option["type"], "value": value})
}

/// Wraps options into the subcommand, and that into the group, that they belong to.
pub(super) fn nested(path: &[&Value], options: Vec<Value>) -> Vec<Value> {
    path.iter().rev().fold(options, |inner, step| {
        vec![json!({"name": step["name"], "type": step["type"], "options": inner})]
    })
}

/// Whether an option is a subcommand or a group of them.
fn is_step(option: &Value) -> bool {
    matches!(
        option["type"].as_u64(),
        Some(option_kind::SUBCOMMAND | option_kind::GROUP)
    )
}

pub(super) fn first_word(text: &str) -> (&str, &str) {
    let text = text.trim_start();
    text.split_once(char::is_whitespace).unwrap_or((text, ""))
}

/// Splits `at:52:14 lecture:10` where the next known name begins.
fn fill_in<'a>(
    registered: &'a [Value],
    text: &'a str,
) -> Result<Vec<(&'a Value, &'a str)>, String> {
    let mut given: Vec<(&Value, &str)> = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let begun = registered.iter().find_map(|option| {
            let value = rest.strip_prefix(name_of(option))?.strip_prefix(':')?;
            Some((option, value))
        });
        let (option, value) = begun.ok_or_else(|| format!("there is no option at `{rest}`"))?;
        if given
            .iter()
            .any(|(known, _)| known["name"] == option["name"])
        {
            return Err(format!("`{}` is given twice", name_of(option)));
        }
        let ends = registered
            .iter()
            .filter_map(|next| value.find(&format!(" {}:", name_of(next))))
            .min()
            .unwrap_or(value.len());
        given.push((option, value[..ends].trim()));
        rest = value[ends..].trim_start();
    }
    Ok(given)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn registered() -> Value {
        json!([{"name": "at", "type": 3}, {"name": "lecture", "type": 3}])
    }

    fn filled(text: &str) -> Result<Vec<(String, String)>, String> {
        let registered = registered();
        let options = registered.as_array().map_or(&[][..], Vec::as_slice);
        let given = fill_in(options, text)?;
        let pairs = given
            .iter()
            .map(|(option, text)| (name_of(option).to_owned(), (*text).to_owned()));
        Ok(pairs.collect())
    }

    #[test]
    fn a_value_runs_to_the_next_name_and_may_hold_blanks_and_colons() {
        let pairs = filled("at:52:14 to 53:00 lecture:on reward models").unwrap();
        assert_eq!(pairs[0], ("at".into(), "52:14 to 53:00".into()));
        assert_eq!(pairs[1], ("lecture".into(), "on reward models".into()));
    }

    #[test]
    fn what_is_no_option_is_told() {
        assert!(filled("when:52:14").unwrap_err().contains("when:52:14"));
        assert!(filled("at:1 at:2").unwrap_err().contains("twice"));
    }
}
