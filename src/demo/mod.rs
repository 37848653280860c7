//! `beadle demo`: the very same bot, in a class on a Discord of its own, without token or set-up.

mod class;
mod print;
mod scenes;
mod script;

use anyhow::{Context, ensure};
use sandbox::{Message, MessageView};

use self::class::Class;
use self::print::Printer;
use self::script::{Act, CLOSED, Line, OPEN, SCRIPT, Then};

/// The sign of a gathered question.
const SIGN: &str = "📌";

/// Plays the class and prints it.
///
/// # Errors
/// When Beadle does anything else than the script expects, asks for something that Discord would
/// refuse, or pings anybody.
pub async fn run() -> anyhow::Result<()> {
    let printer = Printer::new();
    let mut class = Class::begin().await?;
    printer.headline("Beadle in a class, the afternoon after a lecture went online");
    printer.aside(
        "A Discord on this machine, the very same bot, and CS224N's lecture 10. Students look up \
         offsets with !t; a 📌 is the sign that a question was gathered, a 👆 points to the answer just above.",
    );
    println!();
    let mut play = Play {
        class: &mut class,
        printer: &printer,
        said: Vec::new(),
    };
    for line in SCRIPT {
        play.line(line)
            .await
            .with_context(|| format!("minute {}", line.minute))?;
    }
    play.check_the_silent().await?;
    let said = play.said;
    scenes::commands(&class, &printer).await?;
    let digest = class.digest().await?;
    printer.headline("18:00, in the instructors' channel");
    digest.iter().for_each(|part| printer.message(part));
    let text: String = digest.iter().map(print::plain).collect();
    for asked in OPEN {
        ensure!(
            text.contains(asked),
            "the digest leaves out an open question: {asked}"
        );
    }
    for closed in CLOSED {
        ensure!(
            !text.contains(closed),
            "the digest holds a question that is closed: {closed}"
        );
    }
    scenes::below_the_digest(&class, &printer, &digest).await?;
    class.check_manners()?;
    let counts = class.counts().await?;
    printer.headline("What happened");
    printer.aside(&format!(
        "{} messages and reactions by 8 people. Beadle answered {} lookups and gathered {} questions: \
         {} open ({} of them with a suggested answer), {} answered, {} folded into another, {} taken back, {} dismissed.",
        said.len(), counts.lookups, counts.questions, counts.open + counts.suggested, counts.suggested,
        counts.answered, counts.merged, counts.withdrawn, counts.dismissed,
    ));
    println!("\nNext: cargo run -- lookup \"reward model\" --course config/courses/cs224n.toml");
    println!(
        "      cargo run -- explain \"why is there a beta in front of the KL term at 52:30?\""
    );
    class.end();
    Ok(())
}

/// The class as it is being played.
struct Play<'a> {
    class: &'a mut Class,
    printer: &'a Printer,
    /// What was done: the line, and the message that it made or was about.
    said: Vec<(&'static Line, Option<Message>)>,
}

impl Play<'_> {
    async fn line(&mut self, line: &'static Line) -> anyhow::Result<()> {
        self.class.goes_to_minute(line.minute);
        let message = self.act(line).await?;
        if let Some(message) = &message {
            self.expect(line, message).await?;
        }
        if !line.who.is_empty() {
            self.said.push((line, message));
        }
        Ok(())
    }

    async fn act(&mut self, line: &Line) -> anyhow::Result<Option<Message>> {
        let time = format!("{:02}:{:02}", 14 + line.minute / 60, line.minute % 60);
        let channel = self.class.lecture.clone();
        let print = |text: &str| self.printer.person(&time, line.who, text);
        Ok(match line.act {
            Act::Says(_, text) => {
                print(text);
                Some(self.class.person(line.who)?.says(&channel, text).await)
            }
            Act::Replies(to, text) => {
                let target = self.named(to)?;
                print(&format!("↩ {}: {text}", self.who_said(to)?));
                Some(self.class.person(line.who)?.replies(&target, text).await)
            }
            Act::Reacts(to, emoji) => {
                let target = self.named(to)?;
                print(&format!("{emoji} on “{}”", target.text()));
                self.class.person(line.who)?.reacts(&target, emoji).await;
                None
            }
            Act::Edits(which, text) => {
                let target = self.named(which)?;
                print(&format!("(edits that) {text}"));
                self.class.person(line.who)?.edits(&target, text).await;
                Some(target)
            }
            Act::Deletes(which) => {
                let target = self.named(which)?;
                print(&format!("(deletes “{}”)", target.text()));
                self.class.person(line.who)?.deletes(&target).await;
                None
            }
            Act::BeadleDies => {
                self.printer.aside("— Beadle's process is killed —");
                self.class.kill().await;
                None
            }
            Act::BeadleStarts => {
                self.printer
                    .aside("— Beadle is started again and reads what it missed —");
                self.class.start().await?;
                self.check_the_late().await;
                None
            }
        })
    }

    async fn expect(&self, line: &Line, message: &Message) -> anyhow::Result<()> {
        match line.then {
            Then::Nothing | Then::GathersLater => {}
            Then::Gathers => {
                message.reaction_from(&self.class.bot, SIGN).await;
                self.printer.beadle(SIGN);
            }
            Then::PointsAbove => {
                message.reaction_from(&self.class.bot, "👆").await;
                self.printer.beadle("👆");
            }
            Then::Answers(part) => self.answered(&message.reply().await, part)?,
            Then::Corrects(part) => {
                let answer = self.class.discord.message(&message.reply().await);
                let answer = answer.until(|view| view.to_string().contains(part)).await;
                self.answered(&answer, part)?;
            }
        }
        Ok(())
    }

    fn answered(&self, reply: &MessageView, part: &str) -> anyhow::Result<()> {
        self.printer.message(reply);
        ensure!(
            print::plain(reply).contains(part),
            "Beadle's answer does not hold “{part}”"
        );
        Ok(())
    }

    /// What was asked while Beadle was away gets its sign now.
    async fn check_the_late(&self) {
        for (line, message) in &self.said {
            if let (Then::GathersLater, Some(message)) = (&line.then, message) {
                message.reaction_from(&self.class.bot, SIGN).await;
                self.printer
                    .beadle(&format!("{SIGN} on “{}”", message.text()));
            }
        }
    }

    /// By now everything has been dealt with: where nothing was to happen, nothing did.
    async fn check_the_silent(&self) -> anyhow::Result<()> {
        self.class.settled().await;
        for (line, message) in &self.said {
            if let (Then::Nothing, Some(message)) = (&line.then, message) {
                let quiet = message.replies().is_empty() && message.reactions().is_empty();
                ensure!(
                    quiet,
                    "Beadle did something about “{}”, which asks nothing",
                    message.text()
                );
            }
        }
        Ok(())
    }

    fn find(&self, name: &str) -> anyhow::Result<&(&'static Line, Option<Message>)> {
        let is_named = |line: &Line| matches!(line.act, Act::Says(known, _) if known == name);
        let found = self.said.iter().find(|(line, _)| is_named(line));
        found.with_context(|| format!("the script names no message `{name}`"))
    }

    fn named(&self, name: &str) -> anyhow::Result<Message> {
        self.find(name)?
            .1
            .clone()
            .with_context(|| format!("`{name}` is no message"))
    }

    fn who_said(&self, name: &str) -> anyhow::Result<&'static str> {
        Ok(self.find(name)?.0.who)
    }
}
