//! Buttons and selects, used by those who see them.
//!
//! Source: Discord's documentation, "Component Reference".

use serde_json::{Value, json};

use super::origin::Origin;
use super::resolve::Named;
use super::typed::Typist;
use super::{Deed, Place, kind};
use crate::time::Snowflake;
use crate::world::World;
use crate::world::state::message_flag;

const BUTTON: u64 = 2;
const STRING_SELECT: u64 = 3;
const USER_SELECT: u64 = 5;
const ROLE_SELECT: u64 = 6;
const MENTIONABLE_SELECT: u64 = 7;
const CHANNEL_SELECT: u64 = 8;
const LINK_STYLE: u64 = 5;

impl World {
    /// What it is to click a button, called by its label or custom id.
    pub fn click_deed(&self, user: Snowflake, place: Place, name: &str) -> Result<Deed, String> {
        let is_wanted = |control: &Value| {
            control["type"] == json!(BUTTON)
                && [
                    &control["label"],
                    &control["custom_id"],
                    &control["emoji"]["name"],
                ]
                .contains(&&json!(name))
        };
        let button = self.control(user, place, name, is_wanted)?;
        if button["style"] == json!(LINK_STYLE) {
            return Err(format!("`{name}` leads elsewhere; nobody is told of it"));
        }
        let words = format!("[{}]", button["label"].as_str().unwrap_or(name));
        self.control_deed(user, place, button, words, None, &Named::default())
    }

    /// What it is to choose in a select, called by its placeholder or custom id. Choices are called by label or value;
    /// users, roles and channels as in commands.
    pub fn select_deed(
        &self,
        user: Snowflake,
        place: Place,
        name: &str,
        chosen: &[&str],
    ) -> Result<Deed, String> {
        let is_wanted = |control: &Value| {
            matches!(
                control["type"].as_u64(),
                Some(STRING_SELECT | USER_SELECT..=CHANNEL_SELECT)
            ) && [&control["placeholder"], &control["custom_id"]].contains(&&json!(name))
        };
        let select = self.control(user, place, name, is_wanted)?;
        let least = select["min_values"].as_u64().unwrap_or(1);
        let most = select["max_values"].as_u64().unwrap_or(1);
        if !(least..=most).contains(&(chosen.len() as u64)) {
            return Err(format!("`{name}` takes {least} to {most} choices"));
        }
        let typist = Typist {
            user,
            channel: place.channel,
        };
        let mut named = Named::default();
        let values = chosen
            .iter()
            .map(|text| self.selected(typist, select, text, &mut named))
            .collect::<Result<Vec<String>, String>>()?;
        let words = format!("[{}: {}]", name, chosen.join(", "));
        self.control_deed(user, place, select, words, Some(values), &named)
    }

    /// The control of a message that this person sees and may use.
    fn control(
        &self,
        user: Snowflake,
        place: Place,
        name: &str,
        is_wanted: impl Fn(&Value) -> bool,
    ) -> Result<&Value, String> {
        self.place_seen_by(user, place)?;
        let message = self.message_seen_by(user, place);
        let components = message.map_or(&[][..], |message| &message.components);
        let found = components.iter().find_map(|c| find(c, &is_wanted));
        let control = found.ok_or_else(|| format!("there is no `{name}` under the message"))?;
        if control["disabled"] == json!(true) {
            return Err(format!("`{name}` is switched off"));
        }
        Ok(control)
    }

    fn control_deed(
        &self,
        user: Snowflake,
        place: Place,
        control: &Value,
        words: String,
        values: Option<Vec<String>>,
        named: &Named,
    ) -> Result<Deed, String> {
        let message = self.message_at(place).ok_or("the message is not there")?;
        let bot = message.author;
        if !self.bots.contains_key(&bot) || message.flags & message_flag::LOADING != 0 {
            return Err("nobody listens to this control".to_owned());
        }
        let mut data = json!({
            "id": control["id"],
            "custom_id": control["custom_id"],
            "component_type": control["type"],
        });
        if let Some(values) = values {
            data["values"] = json!(values);
        }
        if let Some(resolved) = self.resolved_shape(named, bot, place.channel, user) {
            data["resolved"] = resolved;
        }
        Ok(Deed {
            kind: kind::COMPONENT,
            bot,
            user,
            channel: place.channel,
            words,
            data,
            attachments: Vec::new(),
            message: Some(place),
            origin: Origin::Component,
        })
    }

    fn selected(
        &self,
        typist: Typist,
        select: &Value,
        text: &str,
        named: &mut Named,
    ) -> Result<String, String> {
        let found = match select["type"].as_u64().unwrap_or(0) {
            STRING_SELECT => return option_called(select, text),
            USER_SELECT => self.user_called(text).inspect(|id| named.add_user(*id)),
            ROLE_SELECT => self
                .role_called(typist, text)
                .inspect(|id| named.add_role(*id)),
            MENTIONABLE_SELECT => {
                let user = self.user_called(text).inspect(|id| named.add_user(*id));
                user.or_else(|| {
                    self.role_called(typist, text)
                        .inspect(|id| named.add_role(*id))
                })
            }
            _ => {
                let channel = self.channel_called(typist, text);
                if let Some(channel) = channel {
                    self.check_channel_kind(select, channel)?;
                    named.channels.insert(channel);
                }
                channel
            }
        };
        let id = found.ok_or_else(|| format!("there is no `{text}` to choose"))?;
        Ok(id.to_string())
    }
}

fn option_called(select: &Value, text: &str) -> Result<String, String> {
    let options = select["options"].as_array().into_iter().flatten();
    let mut called =
        options.filter(|option| option["label"] == json!(text) || option["value"] == json!(text));
    let value = called.next().and_then(|option| option["value"].as_str());
    let value = value.ok_or_else(|| format!("there is no `{text}` to choose"))?;
    Ok(value.to_owned())
}

fn find<'a>(component: &'a Value, is_wanted: &impl Fn(&Value) -> bool) -> Option<&'a Value> {
    if is_wanted(component) {
        return Some(component);
    }
    let inner = component["components"].as_array().into_iter().flatten();
    let accessory = component.get("accessory");
    inner
        .chain(accessory)
        .find_map(|component| find(component, is_wanted))
}
