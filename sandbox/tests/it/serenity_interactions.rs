//! A bot written with serenity answers commands, suggests, and follows clicks and forms.

use sandbox::{Bot, Sandbox, permissions};
use serenity::all::{
    ActionRowComponent, AutocompleteChoice, Client, Command, CommandInteraction, CommandOptionType,
    CommandType, ComponentInteraction, ComponentInteractionDataKind, Context, CreateActionRow,
    CreateAttachment, CreateAutocompleteResponse, CreateButton, CreateCommand, CreateCommandOption,
    CreateInputText, CreateInteractionResponse, CreateInteractionResponseFollowup,
    CreateInteractionResponseMessage, CreateModal, CreateSelectMenu, CreateSelectMenuKind,
    EditInteractionResponse, EventHandler, GatewayIntents, HttpBuilder, InputTextStyle,
    Interaction, ModalInteraction, Permissions, Ready, ResolvedTarget, ResolvedValue,
};

/// Takes orders.
struct Waiter;

#[serenity::async_trait]
impl EventHandler for Waiter {
    async fn ready(&self, context: Context, _: Ready) {
        let dish = CreateCommandOption::new(CommandOptionType::String, "dish", "What?")
            .required(true)
            .set_autocomplete(true);
        let list = CreateCommandOption::new(CommandOptionType::Attachment, "list", "A list.");
        let commands = vec![
            CreateCommand::new("order")
                .description("Orders a dish.")
                .add_option(dish)
                .add_option(list),
            CreateCommand::new("close")
                .description("Closes.")
                .default_member_permissions(Permissions::MANAGE_MESSAGES),
            CreateCommand::new("Save recipe").kind(CommandType::Message),
        ];
        Command::set_global_commands(&context.http, commands)
            .await
            .unwrap();
    }

    async fn interaction_create(&self, context: Context, interaction: Interaction) {
        match interaction {
            Interaction::Autocomplete(typed) => suggest(&context, typed).await,
            Interaction::Command(used) if used.data.name == "order" => order(&context, used).await,
            Interaction::Command(used) => save(&context, used).await,
            Interaction::Component(clicked) => clicked_on(&context, clicked).await,
            Interaction::Modal(filled) => filled_in(&context, filled).await,
            _ => {}
        }
    }
}

async fn suggest(context: &Context, typed: CommandInteraction) {
    let focused = typed.data.autocomplete().unwrap();
    let choice = AutocompleteChoice::new(format!("{} of the day", focused.value), focused.value);
    let answer = CreateAutocompleteResponse::new().set_choices(vec![choice]);
    let answer = CreateInteractionResponse::Autocomplete(answer);
    typed.create_response(&context.http, answer).await.unwrap();
}

async fn order(context: &Context, used: CommandInteraction) {
    used.defer_ephemeral(&context.http).await.unwrap();
    let options = used.data.options();
    let ResolvedValue::String(dish) = options[0].value else {
        panic!("no dish")
    };
    let mut said = format!("{dish} for {}", used.user.name);
    if let Some(ResolvedValue::Attachment(file)) = options.get(1).map(|option| &option.value) {
        let bytes = reqwest::get(&file.url)
            .await
            .unwrap()
            .bytes()
            .await
            .unwrap();
        said += &format!(", {} bytes", bytes.len());
    }
    let menu = CreateSelectMenuKind::String {
        options: vec![serenity::all::CreateSelectMenuOption::new("Hot", "h")],
    };
    let rows = vec![
        CreateActionRow::Buttons(vec![CreateButton::new("note").label("Note")]),
        CreateActionRow::SelectMenu(CreateSelectMenu::new("spice", menu).placeholder("Spice?")),
    ];
    let edit = EditInteractionResponse::new()
        .content(said)
        .components(rows);
    used.edit_response(&context.http, edit).await.unwrap();
    let file = CreateAttachment::bytes(vec![1, 2], "bill.png").description("the bill");
    let followup = CreateInteractionResponseFollowup::new().add_file(file);
    let sent = used.create_followup(&context.http, followup).await.unwrap();
    assert_eq!(sent.attachments[0].description.as_deref(), Some("the bill"));
}

async fn save(context: &Context, used: CommandInteraction) {
    let Some(ResolvedTarget::Message(target)) = used.data.target() else {
        panic!("no message")
    };
    let said = format!("saved: {}", target.content);
    let message = CreateInteractionResponseMessage::new().content(said);
    let answer = CreateInteractionResponse::Message(message);
    used.create_response(&context.http, answer).await.unwrap();
    let own = used.get_response(&context.http).await.unwrap();
    assert!(own.interaction_metadata.is_some());
}

async fn clicked_on(context: &Context, clicked: ComponentInteraction) {
    let answer = match &clicked.data.kind {
        ComponentInteractionDataKind::StringSelect { values } => {
            let said = format!("spice: {}", values[0]);
            let message = CreateInteractionResponseMessage::new().content(said);
            CreateInteractionResponse::UpdateMessage(message.components(vec![]))
        }
        _ => {
            let input = CreateInputText::new(InputTextStyle::Short, "Note", "text");
            let rows = vec![CreateActionRow::InputText(input)];
            let form = CreateModal::new("note", "A note").components(rows);
            CreateInteractionResponse::Modal(form)
        }
    };
    clicked
        .create_response(&context.http, answer)
        .await
        .unwrap();
}

async fn filled_in(context: &Context, filled: ModalInteraction) {
    let ActionRowComponent::InputText(input) = &filled.data.components[0].components[0] else {
        panic!("no input")
    };
    let said = format!("noted: {}", input.value.as_deref().unwrap());
    let message = CreateInteractionResponseMessage::new().content(said);
    let answer = CreateInteractionResponse::UpdateMessage(message);
    filled.create_response(&context.http, answer).await.unwrap();
}

async fn start(discord: &Sandbox, bot: &Bot) {
    let http = HttpBuilder::new(bot.token())
        .proxy(discord.url())
        .ratelimiter_disabled(true)
        .build();
    let intents = GatewayIntents::GUILDS;
    let mut client = serenity::client::ClientBuilder::new_with_http(http, intents)
        .event_handler(Waiter)
        .await
        .unwrap();
    tokio::spawn(async move { Client::start(&mut client).await });
    discord.wait_connected(bot).await;
    discord
        .wait_for_request(|request| {
            request.request.route == "/applications/{application_id}/commands"
        })
        .await;
}

#[tokio::test]
async fn serenity_serves_commands_menus_clicks_and_forms() {
    let settings = Sandbox::builder().check_responses(true);
    let settings = match std::env::var_os("DISCORD_OPENAPI") {
        Some(path) if cfg!(feature = "openapi") => settings.openapi(path),
        _ => settings,
    };
    let discord = settings.start().await.unwrap();
    let bot = discord.bot("Waiter");
    let server = discord.server("Kitchen");
    server.invite(&bot, permissions::SEND_MESSAGES);
    let general = server.text_channel("general");
    let maya = server.member("maya", &[]);
    start(&discord, &bot).await;

    let suggested = maya.types(&general, "/order dish:so", "dish").await;
    assert_eq!(suggested[0].name, "so of the day");

    let line = "/order dish:soup";
    let used = maya
        .uses_with_file(&general, line, "list", "list.csv", b"a,b")
        .await;
    let reply = used.reply().await;
    assert_eq!(reply.content, "soup for maya, 3 bytes");
    assert!(reply.is_ephemeral() && used.was_deferred());
    assert_eq!(used.followup().await.attachments[0].name, "bill.png");

    let form = maya.clicks(&reply, "Note").await.modal().await;
    let noted = form.submits(&[("Note", "no salt")]).await.update().await;
    assert_eq!((noted.id, &*noted.content), (reply.id, "noted: no salt"));
    let spiced = maya
        .selects(&reply, "Spice?", &["Hot"])
        .await
        .update()
        .await;
    assert_eq!(spiced.content, "spice: h");

    let recipe = maya.says(&general, "boil it").await;
    let saved = maya.uses_on(&recipe, "Save recipe").await.reply().await;
    assert_eq!((&*saved.content, saved.kind), ("saved: boil it", 23));
    let original = "/webhooks/{webhook_id}/{webhook_token}/messages/@original";
    discord
        .wait_for_request(|request| {
            request.request.method == "GET" && request.request.route == original
        })
        .await;
    assert_eq!(discord.refusals(), []);
    assert_eq!(discord.schema_violations(), [""; 0]);
    assert_eq!(discord.response_violations(), [""; 0]);
}
