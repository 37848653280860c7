//! What a rule is, and how a table of rules is held against a text in one pass.
//!
//! Must never know: any language. The tables themselves are one file a language, such as [`super::english`].

use regex::{RegexSet, RegexSetBuilder};

/// As much memory as a thread's matching may keep; with too little, it starts over within a message.
const CACHE_BYTES: usize = 16 << 20;

/// A named reason for or against taking a clause as a question.
pub(super) struct Rule {
    /// Shown by `explain`; unique in its table.
    pub name: &'static str,
    /// Added to the clause's score where the rule fires; [`super::THRESHOLD`] makes a question.
    pub weight: f32,
    /// A regular expression over the clause in plain letters (see [`super::clauses`]), where `{name}`
    /// stands for a word class of the table, `^` for the start of a clause or the place after a comma,
    /// and `\A` for the start of a clause alone. Either may have `# ` behind it, what stands for an
    /// offset, a number or somebody's name; a pattern that begins with `^# ` wants one.
    pub pattern: &'static str,
    /// Does it hold its tongue where a question mark stands?
    pub unless_marked: bool,
    /// An invented clause on which it fires.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "read by people, and by the test that tries it")
    )]
    pub example: &'static str,
}

/// A rule that fires whether or not the clause ends in a question mark.
pub(super) const fn rule(
    name: &'static str,
    weight: f32,
    pattern: &'static str,
    example: &'static str,
) -> Rule {
    Rule {
        name,
        weight,
        pattern,
        unless_marked: false,
        example,
    }
}

/// A rule for clauses without a question mark: who writes one means it.
pub(super) const fn unmarked(
    name: &'static str,
    weight: f32,
    pattern: &'static str,
    example: &'static str,
) -> Rule {
    Rule {
        unless_marked: true,
        ..rule(name, weight, pattern, example)
    }
}

/// A class of words, for use in patterns as `{name}`. It may use classes that stand after it.
pub(super) struct WordClass {
    pub name: &'static str,
    /// Alternatives, separated by `|`.
    pub words: &'static str,
}

/// Everything that reading must know of one language.
pub(super) struct Language {
    pub classes: &'static [WordClass],
    /// Held against each clause.
    pub rules: &'static [Rule],
    /// Held against a whole message that asks, its clauses a line each; all of them speak against it.
    pub whole: &'static [Rule],
    /// Words as people type them, and as the rules know them.
    pub spellings: &'static [(&'static str, &'static str)],
    /// Words that may stand before a question without changing it, such as `so` and `but`.
    pub leads: &'static [&'static str],
    /// Leads that a name may follow, such as `hello`.
    pub greetings: &'static [&'static str],
    /// Words that hardly any sentence of the language does without.
    pub function_words: &'static [&'static str],
}

/// A table of rules, ready to be held against clauses.
pub(super) struct RuleSet {
    rules: Vec<&'static Rule>,
    patterns: RegexSet,
}

impl RuleSet {
    /// Compiles rules over a language's word classes. A pattern that does not compile is a mistake in
    /// the table, which its test finds.
    pub(super) fn compile(
        rules: impl Iterator<Item = &'static Rule>,
        classes: &[WordClass],
    ) -> Result<Self, regex::Error> {
        let rules: Vec<_> = rules.collect();
        let patterns = rules.iter().map(|rule| spelled_out(rule.pattern, classes));
        Ok(Self {
            patterns: RegexSetBuilder::new(patterns)
                .dfa_size_limit(CACHE_BYTES)
                .build()?,
            rules,
        })
    }

    /// The rules that fire on a plain text, in the table's order. Costs nothing but the pass where none does.
    pub(super) fn fired(&self, plain: &str, marked: bool) -> impl Iterator<Item = &'static Rule> {
        let matches = self
            .patterns
            .is_match(plain)
            .then(|| self.patterns.matches(plain));
        matches
            .into_iter()
            .flat_map(|matches| matches.into_iter().map(|nth| self.rules[nth]))
            .filter(move |rule| !(marked && rule.unless_marked))
    }
}

/// The pattern with its word classes in place, a `# ` allowed at each start, and every `\b` an ASCII
/// one: the Unicode kind is ten times slower, and plain letters need no more.
fn spelled_out(pattern: &str, classes: &[WordClass]) -> String {
    let mut full = pattern.to_owned();
    for class in classes {
        full = full.replace(
            &format!("{{{}}}", class.name),
            &format!("(?:{})", class.words),
        );
    }
    for start in ["^", r"\A"] {
        full = full
            .replace(start, &format!("{start}(?:# )?"))
            .replace(&format!("{start}(?:# )?# "), &format!("{start}# "));
    }
    format!("(?m-u:{full})")
}
