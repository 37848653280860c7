//! A bot written with serenity cannot tell the sandbox from the real thing.

use std::sync::Arc;

use sandbox::{Bot, Sandbox, permissions};
use serenity::all::{
    Channel, ChannelId, Client, Context, CreateActionRow, CreateAllowedMentions, CreateAttachment,
    CreateButton, CreateEmbed, CreateMessage, EditMessage, EditThread, EventHandler,
    GatewayIntents, GuildId, HttpBuilder, Message, Nonce, Ready, ShardManager, UserId,
};

/// Answers `ping` with `pong`, and pins a pin under `pin`.
struct Echo;

#[serenity::async_trait]
impl EventHandler for Echo {
    async fn ready(&self, _: Context, ready: Ready) {
        assert!(!ready.user.name.is_empty());
    }

    async fn message(&self, context: Context, message: Message) {
        if message.author.bot {
            return;
        }
        if message.content == "pin" {
            message.react(&context.http, '📌').await.unwrap();
            return;
        }
        let reply = CreateMessage::new()
            .content(format!("pong: {}", message.content))
            .reference_message(&message)
            .allowed_mentions(CreateAllowedMentions::new());
        message
            .channel_id
            .send_message(&context.http, reply)
            .await
            .unwrap();
    }
}

async fn start(discord: &Sandbox, bot: &Bot) -> Arc<ShardManager> {
    let http = HttpBuilder::new(bot.token())
        .proxy(discord.url())
        .ratelimiter_disabled(true)
        .build();
    let intents = GatewayIntents::from_bits_truncate(34305);
    let mut client = serenity::client::ClientBuilder::new_with_http(http, intents)
        .event_handler(Echo)
        .await
        .unwrap();
    let shards = Arc::clone(&client.shard_manager);
    tokio::spawn(async move { Client::start(&mut client).await });
    discord.wait_connected(bot).await;
    shards
}

#[tokio::test]
async fn serenity_reads_every_answer_that_a_bot_asks_for() {
    let discord = Sandbox::start().await.unwrap();
    let bot = discord.bot("Echo");
    let server = discord.server("Kitchen");
    server.invite(&bot, permissions::MANAGE_THREADS);
    let general = server.text_channel("general");
    let forum = server.forum("questions", &["Solved"]);
    let maya = server.member("maya", &[]);
    let post = maya.posts(&forum, "Salt?", "How much?", &["Solved"]).await;
    let old = maya.opens_thread(&general, "old").await;
    old.archive();
    let said = maya.says(&general, "hello").await;
    maya.reacts(&said, "✅").await;

    let http = HttpBuilder::new(bot.token())
        .proxy(discord.url())
        .ratelimiter_disabled(true)
        .build();
    let (guild, channel) = (GuildId::new(server.id()), ChannelId::new(general.id()));
    let application = http.get_current_application_info().await.unwrap();
    assert_eq!(application.id.get(), bot.application_id());
    assert_eq!(http.get_current_user().await.unwrap().id.get(), bot.id());
    let whole = http.get_guild_with_counts(guild).await.unwrap();
    assert_eq!(whole.approximate_member_count, Some(3));
    assert_eq!(http.get_channels(guild).await.unwrap().len(), 2);
    assert_eq!(http.get_guild_roles(guild).await.unwrap().len(), 2);
    let member = http
        .get_member(guild, UserId::new(maya.id()))
        .await
        .unwrap();
    assert_eq!(member.user.name, "maya");
    assert_eq!(
        http.get_guild_active_threads(guild)
            .await
            .unwrap()
            .threads
            .len(),
        1
    );
    let archived = http
        .get_channel_archived_public_threads(channel, None, Some(10))
        .await
        .unwrap();
    assert_eq!(archived.threads[0].id.get(), old.id());
    let history = http.get_messages(channel, None, Some(100)).await.unwrap();
    assert_eq!(history[0].reactions[0].count, 1);
    assert!(matches!(
        http.get_channel(ChannelId::new(post.id())).await.unwrap(),
        Channel::Guild(_)
    ));
    let direct = UserId::new(maya.id())
        .create_dm_channel(&http)
        .await
        .unwrap();
    assert_eq!(direct.recipient.name, "maya");

    let file = CreateAttachment::bytes(vec![1, 2, 3], "pot.png").description("a pot");
    let message = CreateMessage::new()
        .embed(CreateEmbed::new().title("Pot").field("size", "big", true))
        .add_file(file)
        .nonce(Nonce::String("n".into()))
        .enforce_nonce(true)
        .components(vec![CreateActionRow::Buttons(vec![
            CreateButton::new("a").label("Go"),
        ])]);
    let sent = channel.send_message(&http, message).await.unwrap();
    assert_eq!(sent.attachments[0].description.as_deref(), Some("a pot"));
    let edit = EditMessage::new().content("Pan");
    assert_eq!(
        http.edit_message(channel, sent.id, &edit, vec![])
            .await
            .unwrap()
            .content,
        "Pan"
    );
    let tags = EditThread::new().applied_tags([]);
    assert!(
        ChannelId::new(post.id())
            .edit_thread(&http, tags)
            .await
            .unwrap()
            .applied_tags
            .is_empty()
    );
    assert_eq!(discord.refusals(), []);
}

#[tokio::test]
async fn serenity_connects_hears_a_message_and_replies() {
    let discord = Sandbox::start().await.unwrap();
    let bot = discord.bot("Echo");
    let server = discord.server("Kitchen");
    server.invite(&bot, permissions::SEND_MESSAGES);
    let general = server.text_channel("general");
    let maya = server.member("maya", &[]);
    let shards = start(&discord, &bot).await;

    let reply = maya.says(&general, "hello").await.reply().await;
    assert_eq!(reply.content, "pong: hello");
    assert_eq!(reply.author_id, bot.id());
    assert!(reply.pings().is_empty());

    maya.says(&general, "pin")
        .await
        .reaction_from(&bot, "📌")
        .await;
    shards.shutdown_all().await;
    discord.wait_disconnected(&bot).await;
}
