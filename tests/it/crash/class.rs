//! A class that talks, whether anybody listens or not, and remembers what has to come of it.

use sandbox::{Bot, Channel, Message, Person, Role, Sandbox, Server};

use super::courses::{Course, where_it_is_noon};
use crate::support::databases::TestDatabase;
use crate::support::dice::Dice;
use crate::support::machine::Machine;

/// How many questions stand in a digest at least: enough for several messages.
const ASKED_BEFORE_DIGEST: usize = 24;

/// What has to come of a question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    Open,
    /// Folded into the question of that index.
    SameAs(usize),
    Suggested,
    Answered,
    /// Answered by its asker's check mark, which was then taken away.
    Reopened,
    /// Its asker put a cross on it.
    TakenBack,
    /// Deleted or edited away, perhaps before anybody had read it.
    Gone,
}

/// A question that was asked.
pub struct Asked {
    pub message: Message,
    /// The index of its course.
    pub course: usize,
    /// A word that no other question holds.
    pub mark: String,
    pub text: String,
    pub fate: Fate,
    /// The start of the bot after which its fate was last changed; `None`: nobody touched it.
    pub touched_after: Option<usize>,
    /// The start after which it was asked.
    pub asked_after: usize,
    /// When it was said or last edited, in Unix milliseconds by the sandbox's clock.
    said_at_ms: u64,
    asker: usize,
    has_twin: bool,
    answer: Option<Message>,
    check_mark_on: Option<CheckMark>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum CheckMark {
    Question,
    Answer,
}

/// Everybody and everything that was said.
pub struct Class {
    pub discord: Sandbox,
    pub bot: Bot,
    pub machine: Machine,
    pub courses: Vec<Course>,
    pub asked: Vec<Asked>,
    pub lookups: Vec<Message>,
    /// How often the bot was started so far.
    pub starts: usize,
    pub dice: Dice,
    server: Server,
    staff: Role,
    students: Vec<Person>,
    ta: Person,
    timezone: String,
}

impl Class {
    /// A class with so many courses, none of which has a digest hour yet.
    pub async fn new(courses: usize, database: &TestDatabase, seed: u64) -> Self {
        let builder = Sandbox::builder().patience(std::time::Duration::from_secs(60));
        let discord = builder.start().await.expect("the sandbox starts");
        let bot = discord.bot("Beadle");
        let server = discord.server("Proofs");
        let staff = server.role("TA", 0);
        let names = ["ada", "ben", "cleo", "dov", "eve"];
        let class = Self {
            courses: (0..courses).map(|n| Course::new(n, &server)).collect(),
            machine: Machine::new(&discord, &bot, &database.url),
            students: names.iter().map(|name| server.member(name, &[])).collect(),
            ta: server.member("tara", &[&staff]),
            timezone: where_it_is_noon(&discord),
            asked: Vec::new(),
            lookups: Vec::new(),
            starts: 0,
            dice: Dice::of(seed),
            discord,
            bot,
            server,
            staff,
        };
        class
            .server
            .invite(&class.bot, beadle::discord::invite::PERMISSIONS);
        let store = database.open().await;
        for course in &class.courses {
            course.write(&class.machine, &class.server, &class.staff, &class.timezone);
            let now_ms = class.discord.now_ms();
            course
                .serve_since_yesterday(&store, &class.server, now_ms)
                .await;
        }
        store.close().await;
        class
    }

    /// Gives a course its digest hour, which has passed by then, with a long digest to come.
    pub async fn wants_digest(&mut self, course: usize) {
        for _ in 0..ASKED_BEFORE_DIGEST {
            self.asks(course).await;
        }
        self.courses[course].digest_since = Some(self.starts + 1);
        self.courses[course].write(&self.machine, &self.server, &self.staff, &self.timezone);
    }

    /// Says this and that, and looks something up; the reply to that is worth waiting for.
    pub async fn talks(&mut self) -> Message {
        for _ in 0..1 + self.dice.below(4) {
            self.does_something().await;
        }
        let course = self.some_course();
        let channel = &self.courses[course].lecture;
        let student = &self.students[self.dice.below(self.students.len())];
        let offset = format!("!t {}:{:02}", self.dice.below(60), self.dice.below(60));
        let lookup = student.says(channel, &offset).await;
        self.lookups.push(lookup.clone());
        lookup
    }

    async fn does_something(&mut self) {
        let course = self.some_course();
        match self.dice.below(12) {
            0..4 => self.asks(course).await,
            4 => self.asks_the_same().await,
            5 => self.chats(course).await,
            6 => self.staff_replies().await,
            7 => self.student_replies().await,
            8 => self.puts_check_mark().await,
            9 => self.takes_check_mark_away().await,
            10 => self.takes_back().await,
            _ => self.edits_or_deletes().await,
        }
    }

    fn some_course(&mut self) -> usize {
        // The newest few: the talk moves on, as a class's does.
        let newest = self.starts.min(self.courses.len() - 1);
        newest - self.dice.below(newest.min(3) + 1)
    }

    async fn asks(&mut self, course: usize) {
        let number = self.asked.len();
        let mark = format!("lemma{number:04}");
        let text = format!(
            "why does proof{number:04} need {mark} before step {number} can be written down, when \
             slide{number:04} of the lecture speaks of nothing but the bound{number:04} that \
             everybody has seen in chapter{number:04} of the book already?"
        );
        let asker = self.dice.below(self.students.len());
        self.asks_in_words(course, asker, mark, text).await;
    }

    async fn asks_in_words(&mut self, course: usize, asker: usize, mark: String, text: String) {
        let channel = &self.courses[course].lecture;
        let message = self.students[asker].says(channel, &text).await;
        self.asked.push(Asked {
            message,
            course,
            mark,
            text,
            fate: Fate::Open,
            touched_after: None,
            asked_after: self.starts,
            said_at_ms: self.discord.now_ms(),
            asker,
            has_twin: false,
            answer: None,
            check_mark_on: None,
        });
    }

    async fn asks_the_same(&mut self) {
        let Some(first) = self.some_question(|asked| asked.fate == Fate::Open && !asked.has_twin)
        else {
            return;
        };
        let (course, mark) = (self.asked[first].course, self.asked[first].mark.clone());
        let text = self.asked[first].text.clone();
        let another = (self.asked[first].asker + 1) % self.students.len();
        self.touch(first).has_twin = true;
        self.asks_in_words(course, another, mark, text).await;
        let twin = self.asked.len() - 1;
        let twin = self.touch(twin);
        (twin.fate, twin.has_twin) = (Fate::SameAs(first), true);
    }

    async fn chats(&mut self, course: usize) {
        let words = ["great lecture, thank you", "lol", "haha, my favourite part"];
        let words = words[self.dice.below(words.len())];
        let student = &self.students[self.dice.below(self.students.len())];
        student.says(&self.courses[course].lecture, words).await;
    }

    async fn staff_replies(&mut self) {
        let waits = |asked: &Asked| matches!(asked.fate, Fate::Open | Fate::Suggested);
        if let Some(index) = self.some_question(waits) {
            let words = "It follows from the definition on the slide before that one.";
            self.ta.replies(&self.asked[index].message, words).await;
            self.touch(index).fate = Fate::Answered;
        }
    }

    async fn student_replies(&mut self) {
        let Some(index) = self.some_question(|asked| asked.fate == Fate::Open) else {
            return;
        };
        let asked = &self.asked[index];
        let another = &self.students[(asked.asker + 2) % self.students.len()];
        let words = format!(
            "Because {} is what the bound rests on: without it the step does not follow from the proof.",
            asked.mark
        );
        let answer = another.replies(&asked.message, &words).await;
        let asked = self.touch(index);
        (asked.fate, asked.answer) = (Fate::Suggested, Some(answer));
    }

    async fn puts_check_mark(&mut self) {
        let waits = |asked: &Asked| matches!(asked.fate, Fate::Open | Fate::Suggested);
        let Some(index) = self.some_question(waits) else {
            return;
        };
        let on_answer = self.dice.below(2) == 0;
        let asked = &self.asked[index];
        let asker = &self.students[asked.asker];
        let on = match &asked.answer {
            Some(answer) if on_answer => {
                asker.reacts(answer, "✅").await;
                CheckMark::Answer
            }
            _ => {
                asker.reacts(&asked.message, "✅").await;
                CheckMark::Question
            }
        };
        let asked = self.touch(index);
        (asked.fate, asked.check_mark_on) = (Fate::Answered, Some(on));
    }

    async fn takes_check_mark_away(&mut self) {
        let Some(index) = self.some_question(|asked| asked.check_mark_on.is_some()) else {
            return;
        };
        let asked = &self.asked[index];
        let asker = &self.students[asked.asker];
        match (asked.check_mark_on, &asked.answer) {
            (Some(CheckMark::Answer), Some(answer)) => asker.unreacts(answer, "✅").await,
            _ => asker.unreacts(&asked.message, "✅").await,
        }
        let asked = self.touch(index);
        (asked.fate, asked.check_mark_on) = (Fate::Reopened, None);
    }

    async fn takes_back(&mut self) {
        let alone = |asked: &Asked| asked.fate == Fate::Open && !asked.has_twin;
        if let Some(index) = self.some_question(alone) {
            let asked = &self.asked[index];
            self.students[asked.asker]
                .reacts(&asked.message, "❌")
                .await;
            self.touch(index).fate = Fate::TakenBack;
        }
    }

    async fn edits_or_deletes(&mut self) {
        // Versions of a message are told apart by milliseconds; nobody edits within one.
        let now_ms = self.discord.now_ms();
        let alone = |asked: &Asked| {
            asked.fate == Fate::Open && !asked.has_twin && asked.said_at_ms < now_ms
        };
        let Some(index) = self.some_question(alone) else {
            return;
        };
        let what = self.dice.below(3);
        let asked = &self.asked[index];
        let asker = &self.students[asked.asker];
        match what {
            0 => asker.deletes(&asked.message).await,
            1 => asker.edits(&asked.message, "lol, never mind").await,
            _ => {
                let mended = asked.text.replace("speaks of", "shows");
                asker.edits(&asked.message, &mended).await;
                let asked = self.touch(index);
                (asked.text, asked.said_at_ms) = (mended, now_ms + 1);
                return;
            }
        }
        self.touch(index).fate = Fate::Gone;
    }

    fn some_question(&mut self, wanted: impl Fn(&Asked) -> bool) -> Option<usize> {
        /// People speak of what was asked lately, and of an old thing now and then.
        const LATELY: usize = 40;
        let oldest = match self.dice.below(12) {
            0 => 0,
            _ => self.asked.len().saturating_sub(LATELY),
        };
        let fits: Vec<usize> = (oldest..self.asked.len())
            .filter(|index| wanted(&self.asked[*index]))
            .collect();
        (!fits.is_empty()).then(|| fits[self.dice.below(fits.len())])
    }

    fn touch(&mut self, index: usize) -> &mut Asked {
        self.asked[index].touched_after = Some(self.starts);
        &mut self.asked[index]
    }

    /// The channel of a course.
    pub fn lecture(&self, course: usize) -> &Channel {
        &self.courses[course].lecture
    }
}
