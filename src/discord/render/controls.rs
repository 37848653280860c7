//! Controls and forms as Discord takes them.

use serde_json::Value;
use serenity::builder::{
    CreateActionRow, CreateButton, CreateInputText, CreateInteractionResponse, CreateModal,
    CreateSelectMenu, CreateSelectMenuKind, CreateSelectMenuOption,
};
use serenity::model::application::{ButtonStyle, InputTextStyle};
use serenity::model::channel::ChannelType;
use serenity::model::id::{ChannelId, RoleId};

use super::Body;
use crate::app::interaction::{Button, Choice, Controls, Field, Form, Pick, Style};

/// The rows of controls below a message.
pub(super) fn rows(controls: &[Controls]) -> Value {
    let rows: Vec<CreateActionRow> = controls
        .iter()
        .map(|row| match row {
            Controls::Buttons(buttons) => {
                CreateActionRow::Buttons(buttons.iter().map(button).collect())
            }
            Controls::Choice(choice) => CreateActionRow::SelectMenu(menu(choice)),
        })
        .collect();
    // As in `json`.
    let mut rows = serde_json::to_value(rows).unwrap_or_default();
    ids_as_texts(&mut rows);
    rows
}

/// serenity writes the ids of what is chosen already as numbers, which Discord does not take.
fn ids_as_texts(rows: &mut Value) {
    let rows = rows.as_array_mut().into_iter().flatten();
    let controls = rows.filter_map(|row| row["components"].as_array_mut());
    for control in controls.flatten() {
        let chosen = control.get_mut("default_values");
        for value in chosen.and_then(Value::as_array_mut).into_iter().flatten() {
            if let Some(id) = value["id"].as_u64() {
                value["id"] = Value::String(id.to_string());
            }
        }
    }
}

fn button(button: &Button) -> CreateButton {
    let made = match button.style {
        Style::Link => CreateButton::new_link(&button.id),
        style => CreateButton::new(&button.id).style(match style {
            Style::Main => ButtonStyle::Primary,
            Style::Good => ButtonStyle::Success,
            Style::Danger => ButtonStyle::Danger,
            Style::Plain | Style::Link => ButtonStyle::Secondary,
        }),
    };
    made.label(&button.label).disabled(!button.enabled)
}

fn menu(choice: &Choice) -> CreateSelectMenu {
    let kind = match &choice.from {
        Pick::These(these) => CreateSelectMenuKind::String {
            options: these
                .iter()
                .map(|(label, value, chosen)| {
                    CreateSelectMenuOption::new(label, value).default_selection(*chosen)
                })
                .collect(),
        },
        Pick::Channels { forums, chosen } => {
            let mut kinds = vec![ChannelType::Text, ChannelType::News];
            if *forums {
                kinds.push(ChannelType::Forum);
            }
            let ids = chosen.iter().filter(|id| **id != 0);
            CreateSelectMenuKind::Channel {
                channel_types: Some(kinds),
                default_channels: Some(ids.map(|id| ChannelId::new(*id)).collect()),
            }
        }
        Pick::Roles { chosen } => {
            let ids = chosen.iter().filter(|id| **id != 0);
            CreateSelectMenuKind::Role {
                default_roles: Some(ids.map(|id| RoleId::new(*id)).collect()),
            }
        }
    };
    CreateSelectMenu::new(&choice.id, kind)
        .placeholder(&choice.prompt)
        .min_values(choice.least)
        .max_values(choice.most)
}

/// The body that shows a form.
pub(in crate::discord) fn form(form: &Form) -> Body {
    let rows = form.fields.iter();
    let rows = rows.map(|it| CreateActionRow::InputText(field(it)));
    let modal = CreateModal::new(&form.id, &form.title).components(rows.collect());
    super::json(&CreateInteractionResponse::Modal(modal))
}

fn field(field: &Field) -> CreateInputText {
    let style = if field.long {
        InputTextStyle::Paragraph
    } else {
        InputTextStyle::Short
    };
    let mut input = CreateInputText::new(style, &field.label, field.name)
        .required(field.required)
        .max_length(field.most_chars);
    if !field.value.is_empty() {
        input = input.value(&field.value);
    }
    if !field.hint.is_empty() {
        input = input.placeholder(&field.hint);
    }
    input
}
