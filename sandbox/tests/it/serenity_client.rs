//! A bot written with serenity cannot tell the sandbox from the real thing.

use std::sync::Arc;

use sandbox::{Bot, Sandbox, permissions};
use serenity::all::{
    Client, Context, CreateAllowedMentions, CreateMessage, EventHandler, GatewayIntents,
    HttpBuilder, Message, Ready, ShardManager,
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
