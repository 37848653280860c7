//! What a rule is, and how a table of rules is held against a clause in one pass.
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
    /// stands for a word class of the table and `^` for the start of a clause or the place after a comma.
    pub pattern: &'static str,
    /// An invented clause on which it fires.
    #[cfg_attr(
        not(test),
        expect(dead_code, reason = "read by people, and by the test that tries it")
    )]
    pub example: &'static str,
}

/// A class of words, for use in patterns as `{name}`.
pub(super) struct WordClass {
    pub name: &'static str,
    /// Alternatives, separated by `|`.
    pub words: &'static str,
}

/// Everything that reading must know of one language.
pub(super) struct Language {
    pub classes: &'static [WordClass],
    pub rules: &'static [Rule],
    /// Words that may stand before a question without changing it, such as `hello` and `but`; sorted.
    pub leads: &'static [&'static str],
    /// Words that hardly any sentence of the language does without; sorted.
    pub function_words: &'static [&'static str],
}

/// A table of rules, ready to be held against clauses.
pub(super) struct RuleSet {
    rules: &'static [Rule],
    patterns: RegexSet,
}

impl RuleSet {
    /// Compiles a language's table. A pattern that does not compile is a mistake in the table, which
    /// its test finds.
    pub(super) fn compile(language: &Language) -> Result<Self, regex::Error> {
        let patterns = language
            .rules
            .iter()
            .map(|rule| spelled_out(rule.pattern, language.classes));
        Ok(Self {
            rules: language.rules,
            patterns: RegexSetBuilder::new(patterns)
                .dfa_size_limit(CACHE_BYTES)
                .build()?,
        })
    }

    /// The rules that fire on a clause, in the table's order. Costs nothing but the pass where none does.
    pub(super) fn fired(&self, clause: &str) -> impl Iterator<Item = &'static Rule> {
        let matches = self
            .patterns
            .is_match(clause)
            .then(|| self.patterns.matches(clause));
        let rules = self.rules;
        matches
            .into_iter()
            .flat_map(move |matches| matches.into_iter().map(move |nth| &rules[nth]))
    }
}

/// The pattern with its word classes in place and every `\b` an ASCII one: the Unicode kind is ten
/// times slower, and plain letters need no more.
fn spelled_out(pattern: &str, classes: &[WordClass]) -> String {
    let mut full = pattern.to_owned();
    for class in classes {
        full = full.replace(
            &format!("{{{}}}", class.name),
            &format!("(?:{})", class.words),
        );
    }
    format!("(?m-u:{full})")
}
