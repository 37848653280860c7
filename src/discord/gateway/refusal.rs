//! Why the gateway is closed to Beadle for good, in words for whoever runs it.

use serenity::gateway::GatewayError;

/// Why the gateway let Beadle go for good. The numbers are Discord's close codes (its reference,
/// "Opcodes and Status Codes").
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum GatewayRefusal {
    /// 4004.
    #[error(
        "Discord refuses the token; reset it in the developer portal (Bot › Reset Token) and set it anew"
    )]
    Token,
    /// 4010.
    #[error(
        "Discord knows no such shard (close code 4010); correct `discord.shards`: `auto`, or a range such as \
         `0..2/4` for shards 0 and 1 of 4"
    )]
    NoSuchShard,
    /// 4011.
    #[error(
        "Beadle is on too many servers for so few shards (close code 4011); set `discord.shards` to `auto`, or to \
         a range of more shards in all, such as `0..2/2`"
    )]
    MoreShardsNeeded,
    /// 4012.
    #[error(
        "Discord no longer speaks the version of its gateway that this Beadle knows (close code 4012); \
         update Beadle"
    )]
    Version,
    /// 4013.
    #[error(
        "Discord does not know the intents that Beadle asks for (close code 4013); this is a fault of Beadle's or \
         of a proxy in between: update Beadle, and check `discord.api_url` and `discord.proxy`"
    )]
    IntentsUnknown,
    /// 4014.
    #[error(
        "Discord does not grant the Message Content intent; in the developer portal, under Bot › Privileged \
         Gateway Intents, turn Message Content Intent on"
    )]
    IntentsNotGranted,
    /// Nothing moves on the gateway's thread any more.
    #[error(
        "the connection to Discord hangs; start Beadle again, and report this if it happens often"
    )]
    Stuck,
    /// Anything else that serenity gives up on.
    #[error("the gateway ended: {0}")]
    Other(String),
}

impl From<&serenity::Error> for GatewayRefusal {
    fn from(error: &serenity::Error) -> Self {
        match error {
            serenity::Error::Gateway(GatewayError::InvalidAuthentication) => Self::Token,
            serenity::Error::Gateway(GatewayError::InvalidShardData) => Self::NoSuchShard,
            serenity::Error::Gateway(GatewayError::OverloadedShard) => Self::MoreShardsNeeded,
            serenity::Error::Gateway(GatewayError::InvalidGatewayIntents) => Self::IntentsUnknown,
            serenity::Error::Gateway(GatewayError::DisallowedGatewayIntents) => {
                Self::IntentsNotGranted
            }
            other => Self::Other(other.to_string()),
        }
    }
}
