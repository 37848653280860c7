//! The place where most tests happen: a server with a channel, a person, a moderator and a bot.

use sandbox::{Bot, Channel, Person, Role, Sandbox, SandboxBuilder, Server};

use super::{Gateway, Rest};

pub struct Kitchen {
    pub discord: Sandbox,
    pub bot: Bot,
    pub server: Server,
    pub general: Channel,
    pub maya: Person,
    pub chef: Role,
    pub rest: Rest,
}

/// A kitchen with every setting at its default.
pub async fn kitchen() -> Kitchen {
    Kitchen::with(Sandbox::builder()).await
}

impl Kitchen {
    pub async fn with(settings: SandboxBuilder) -> Self {
        let discord = settings.start().await.unwrap();
        let bot = discord.bot("Whisk");
        let server = discord.server("Kitchen");
        server.invite(&bot, 0);
        Self {
            general: server.text_channel("general"),
            maya: server.member("maya", &[]),
            chef: server.role("chef", sandbox::permissions::MANAGE_MESSAGES),
            rest: Rest::new(&discord, &bot),
            discord,
            bot,
            server,
        }
    }

    /// The path of the general channel's messages.
    pub fn messages(&self) -> String {
        format!("/channels/{}/messages", self.general.id())
    }

    pub async fn gateway(&self) -> Gateway {
        Gateway::ready(&self.discord, &self.bot).await
    }
}
