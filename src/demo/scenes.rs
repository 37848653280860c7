//! The scenes in which people use commands, menus, forms and controls: one of each.

use anyhow::{Context, ensure};
use sandbox::{Message, MessageView, Person};

use super::class::Class;
use super::print::Printer;

/// A question that reads as none, until somebody says so.
const QUIET: &str = "I wonder who pays the people who compare all those answers";
/// The question that the assistant answers in a form.
pub(super) const ANSWERED: &str = "how many people compared";
/// The question that the assistant dismisses below the digest.
const DISMISSED: &str = "open source";
/// The select below a digest.
const CHOOSE: &str = "Choose a question to close it, put it off or open it again";

/// Prints what somebody does and what only they, or everybody, get to see.
struct Stage<'a> {
    class: &'a Class,
    printer: &'a Printer,
    minute: i64,
}

impl Stage<'_> {
    fn does(&self, who: &Person, what: &str) {
        let minute = self.minute;
        self.class.goes_to_minute(minute);
        let time = format!("{:02}:{:02}", 14 + minute / 60, minute % 60);
        self.printer.person(&time, who.name(), what);
    }

    fn sees(&self, who: &Person, view: &MessageView, part: &str) -> anyhow::Result<()> {
        if view.is_ephemeral() {
            self.printer
                .beadle(&format!("(only {} sees this)", who.name()));
        }
        self.printer.message(view);
        let shown = format!("{}{view}", super::print::plain(view));
        ensure!(
            shown.contains(part),
            "Beadle's answer does not hold “{part}”: {view}"
        );
        Ok(())
    }
}

/// Slash commands with completion, a command that only its user sees, a menu, and a form.
pub(super) async fn commands(class: &Class, printer: &Printer) -> anyhow::Result<()> {
    let mut stage = Stage {
        class,
        printer,
        minute: 218,
    };
    let (maya, omar) = (class.person("maya")?, class.person("omar")?);
    let (lena, tara) = (class.person("lena")?, class.person("tara")?);

    stage.does(omar, "/t at:pena…   (is still typing)");
    let offered = maya.types(&class.lecture, "/t at:pena", "at").await;
    let first = offered.first().context("nothing is offered")?;
    printer.beadle(&format!("offers: {}", first.name));
    ensure!(
        first.name.contains("The penalty against drift"),
        "{}",
        first.name
    );
    stage.does(omar, "/t at:52:14");
    let used = omar.uses(&class.lecture, "/t at:52:14").await;
    stage.sees(omar, &used.reply().await, "The penalty against drift")?;

    stage.minute = 220;
    stage.does(maya, "/questions mine:true");
    let used = maya.uses(&class.lecture, "/questions mine:true").await;
    stage.sees(maya, &used.reply().await, "why is there a beta")?;

    stage.minute = 222;
    let quiet = class.person("zoe")?;
    stage.does(quiet, QUIET);
    let quiet: Message = quiet.says(&class.lecture, QUIET).await;
    stage.does(lena, "(chooses “Gather question” in that message's menu)");
    let used = lena.uses_on(&quiet, "Gather question").await;
    stage.sees(lena, &used.reply().await, "Gathered")?;
    quiet.reaction_from(&class.bot, super::SIGN).await;

    stage.minute = 230;
    let typed = "/answer question:people compared";
    let offered = tara.types(&class.lecture, typed, "question").await;
    let first = offered.first().context("no question is offered")?;
    ensure!(first.name.contains(ANSWERED), "{}", first.name);
    let value = first.value.as_str().unwrap_or_default();
    stage.does(tara, &format!("/answer question:{}", first.name));
    let used = tara
        .uses(&class.lecture, &format!("/answer question:{value}"))
        .await;
    let form = used.modal().await;
    printer.beadle(&format!("shows a form: {}", form.title));
    let answer = "About forty contractors, and they saw prompts of both kinds.";
    stage.does(tara, &format!("(writes) {answer}"));
    let sent = form.submits(&[("Your answer", answer)]).await;
    stage.sees(tara, &sent.reply().await, "")?;
    Ok(())
}

/// Below the digest, staff say what becomes of a question; the digest shows it.
pub(super) async fn below_the_digest(
    class: &Class,
    printer: &Printer,
    digest: &[MessageView],
) -> anyhow::Result<()> {
    let tara = class.person("tara")?;
    let holds = |view: &&MessageView| view.to_string().contains(DISMISSED);
    let part = digest
        .iter()
        .find(holds)
        .context("the digest lacks a question")?;
    let label = labels(part)
        .into_iter()
        .find(|label| label.contains(DISMISSED));
    let label = label.context("a question cannot be chosen below the digest")?;
    printer.person(
        "18:05",
        "tara",
        &format!("(chooses “{label}” below the digest)"),
    );
    let panel = tara.selects(part, CHOOSE, &[&label]).await.reply().await;
    printer.beadle("(only tara sees this)");
    printer.message(&panel);
    printer.person("18:05", "tara", "(presses “Dismiss”)");
    let panel = tara.clicks(&panel, "Dismiss").await.update().await;
    ensure!(panel.to_string().contains("Dismissed by tara"), "{panel}");
    // Closings are gathered for a minute, so that ten of them are one edit.
    class.goes_on_for_seconds(63);
    let edited = class.staff_room().message(part.id);
    let edited = edited
        .until(|now| now.to_string().contains("dismissed by tara"))
        .await;
    printer.aside("A minute later, in the digest:");
    let struck = super::print::plain(&edited);
    let line = struck.lines().find(|line| line.contains(DISMISSED));
    printer.beadle(line.context("the digest lost a question")?);
    Ok(())
}

/// What can be chosen below a message.
fn labels(message: &MessageView) -> Vec<String> {
    let rows = message.components.iter();
    let controls = rows
        .filter_map(|row| row["components"].as_array())
        .flatten();
    let options = controls.filter_map(|control| control["options"].as_array());
    let labels = options
        .flatten()
        .filter_map(|option| option["label"].as_str());
    labels.map(str::to_owned).collect()
}
