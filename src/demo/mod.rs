//! The demo.

/// Plays the demo.
///
/// # Errors
/// Always, until there is one.
pub async fn run() -> anyhow::Result<()> {
    anyhow::bail!("the demo is not written yet")
}
