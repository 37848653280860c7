//! From Discord's interactions to Beadle's.

use serenity::model::application::{
    ActionRowComponent, CommandDataOption, CommandDataOptionValue, CommandInteraction, CommandType,
    ComponentInteraction, ComponentInteractionDataKind, Interaction as DiscordInteraction,
    ModalInteraction,
};
use serenity::model::channel::PartialChannel;
use serenity::model::guild::Member;
use serenity::model::id::{ChannelId as DiscordChannel, GuildId};
use serenity::model::permissions::Permissions;

use crate::app::command::{self, Offers};
use crate::app::event::{Delivery, Person, Place};
use crate::app::interaction::{Deed, File, Given, Grounds, Interaction, Value};
use crate::app::offer;
use crate::app::reply;
use crate::discord::directory::Directory;
use crate::discord::translate;
use crate::domain::ids::{ChannelId, InteractionId, MessageId, RoleId, ServerId, UserId};

/// What an interaction means for Beadle.
pub(super) enum Heard {
    /// Something was done.
    Deed(Box<Interaction>),
    /// An option of a command is being typed.
    Typing(Typing),
}

/// An option that is being typed.
pub(super) struct Typing {
    place: Place,
    person: Person,
    offers: Offers,
    typed: String,
    given: Given,
}

impl Typing {
    /// As the application takes it.
    pub fn as_app(&self) -> offer::Typing<'_> {
        offer::Typing {
            place: self.place,
            person: self.person.clone(),
            offers: self.offers,
            typed: &self.typed,
            given: &self.given,
        }
    }
}

/// Understands an interaction. `None` for what Discord does not send to bots on servers.
pub(super) fn heard(interaction: &DiscordInteraction, directory: &Directory) -> Option<Heard> {
    let mut heard = match interaction {
        DiscordInteraction::Command(command) => of_command(command, directory),
        DiscordInteraction::Autocomplete(command) => typing(command, directory).map(Heard::Typing),
        DiscordInteraction::Component(component) => of_control(component, directory),
        DiscordInteraction::Modal(form) => of_form(form, directory),
        _ => None,
    };
    if let (Some(Heard::Deed(deed)), Some(held)) = (&mut heard, interaction.app_permissions()) {
        deed.lets_beadle_post = lets_post(held, &deed.place);
    }
    heard
}

fn lets_post(held: Permissions, place: &Place) -> bool {
    let sending = match place.parent {
        Some(_) => Permissions::SEND_MESSAGES_IN_THREADS,
        None => Permissions::SEND_MESSAGES,
    };
    held.contains(Permissions::ADMINISTRATOR)
        || held.contains(Permissions::VIEW_CHANNEL.union(sending))
}

/// Who did something, and where.
fn scene(
    directory: &Directory,
    server: Option<GuildId>,
    channel: DiscordChannel,
    told: Option<&PartialChannel>,
    member: Option<&Member>,
) -> Option<(Place, Person)> {
    let server = ServerId::new(server?.get());
    let mut place = directory.place(server, ChannelId::new(channel.get()));
    if place.parent.is_none() && told.is_some_and(|told| told.thread_metadata.is_some()) {
        // A thread that is not known yet.
        let parent = told.and_then(|told| told.parent_id);
        place.parent = parent.map(|parent| ChannelId::new(parent.get()));
    }
    let member = member?;
    let nick = member.nick.as_deref();
    let mut person = directory.person(&place, &member.user, nick, Some(&member.roles), false);
    if let Some(held) = member.permissions {
        let held_by_all = held.contains(Permissions::ADMINISTRATOR);
        person.manages_messages = held_by_all || held.contains(Permissions::MANAGE_MESSAGES);
        person.manages_server = held_by_all || held.contains(Permissions::MANAGE_GUILD);
    }
    Some((place, person))
}

fn deed(id: u64, (place, person): (Place, Person), deed: Deed) -> Heard {
    Heard::Deed(Box::new(Interaction {
        id: InteractionId::new(id),
        place,
        person,
        lets_beadle_post: true,
        deed,
        grounds: Grounds::default(),
    }))
}

fn scene_of_command(
    command: &CommandInteraction,
    directory: &Directory,
) -> Option<(Place, Person)> {
    scene(
        directory,
        command.guild_id,
        command.channel_id,
        command.channel.as_ref(),
        command.member.as_deref(),
    )
}

fn of_command(command: &CommandInteraction, directory: &Directory) -> Option<Heard> {
    let scene = scene_of_command(command, directory)?;
    let what = if command.data.kind == CommandType::Message {
        let target = command.data.resolved.messages.values().next()?;
        let target = translate::message_of(target, scene.0, Delivery::Live, directory);
        let Some(target) = target else {
            // Nobody wrote it: "joined the server", "pinned a message".
            return Some(deed(
                command.id.get(),
                scene,
                Deed::Unusable(reply::NOBODY_WROTE_THAT),
            ));
        };
        Deed::Menu {
            name: command.data.name.clone(),
            target: Box::new(target),
        }
    } else {
        let (path, options) = path_of(command);
        let given = options.iter().filter_map(|option| value(command, option));
        Deed::Command {
            path,
            given: Given::new(given.collect()),
        }
    };
    Some(deed(command.id.get(), scene, what))
}

/// The command's name with those of its subcommands, and the options of the innermost.
fn path_of(command: &CommandInteraction) -> (String, &[CommandDataOption]) {
    let mut path = command.data.name.clone();
    let mut options: &[CommandDataOption] = &command.data.options;
    while let [
        CommandDataOption {
            name,
            value:
                CommandDataOptionValue::SubCommand(inner)
                | CommandDataOptionValue::SubCommandGroup(inner),
            ..
        },
    ] = options
    {
        path = format!("{path} {name}");
        options = inner;
    }
    (path, options)
}

fn value(command: &CommandInteraction, option: &CommandDataOption) -> Option<(String, Value)> {
    let value = match &option.value {
        CommandDataOptionValue::String(text) => Value::Text(text.clone()),
        CommandDataOptionValue::Integer(number) => Value::Number(*number),
        CommandDataOptionValue::Boolean(truth) => Value::Truth(*truth),
        CommandDataOptionValue::Channel(id) => Value::Channel(ChannelId::new(id.get())),
        CommandDataOptionValue::Role(id) => Value::Role(RoleId::new(id.get())),
        CommandDataOptionValue::User(id) => Value::Person(UserId::new(id.get())),
        CommandDataOptionValue::Attachment(id) => {
            let attached = command.data.resolved.attachments.get(id)?;
            Value::File(File {
                name: attached.filename.clone(),
                bytes: Err(reply::FILE_NOT_THERE.to_owned()),
            })
        }
        _ => return None,
    };
    Some((option.name.clone(), value))
}

fn typing(command: &CommandInteraction, directory: &Directory) -> Option<Typing> {
    let (place, person) = scene_of_command(command, directory)?;
    let (path, options) = path_of(command);
    let (name, typed) = options.iter().find_map(|option| match &option.value {
        CommandDataOptionValue::Autocomplete { value, .. } => Some((&option.name, value)),
        _ => None,
    })?;
    let row = command::named(&path)?;
    let option = row.options.iter().find(|option| option.name == name)?;
    let given = options.iter().filter_map(|option| value(command, option));
    Some(Typing {
        place,
        person,
        offers: option.offers?,
        typed: typed.clone(),
        given: Given::new(given.collect()),
    })
}

fn of_control(component: &ComponentInteraction, directory: &Directory) -> Option<Heard> {
    let scene = scene(
        directory,
        component.guild_id,
        component.channel_id,
        component.channel.as_ref(),
        component.member.as_ref(),
    )?;
    let ids = |ids: &[u64]| ids.iter().map(u64::to_string).collect();
    let chosen = match &component.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => values.clone(),
        ComponentInteractionDataKind::RoleSelect { values } => {
            ids(&values.iter().map(|id| id.get()).collect::<Vec<_>>())
        }
        ComponentInteractionDataKind::ChannelSelect { values } => {
            ids(&values.iter().map(|id| id.get()).collect::<Vec<_>>())
        }
        _ => Vec::new(),
    };
    let what = Deed::Control {
        id: component.data.custom_id.clone(),
        about: None,
        chosen,
        on: MessageId::new(component.message.id.get()),
    };
    Some(deed(component.id.get(), scene, what))
}

fn of_form(form: &ModalInteraction, directory: &Directory) -> Option<Heard> {
    let scene = scene(
        directory,
        form.guild_id,
        form.channel_id,
        form.channel.as_ref(),
        form.member.as_ref(),
    )?;
    let fields = form.data.components.iter().flat_map(|row| &row.components);
    let given = fields.filter_map(|field| match field {
        ActionRowComponent::InputText(field) => {
            let text = field.value.clone().unwrap_or_default();
            Some((field.custom_id.clone(), Value::Text(text)))
        }
        _ => None,
    });
    let what = Deed::Form {
        id: form.data.custom_id.clone(),
        given: Given::new(given.collect()),
        on: form
            .message
            .as_ref()
            .map(|message| MessageId::new(message.id.get())),
    };
    Some(deed(form.id.get(), scene, what))
}
