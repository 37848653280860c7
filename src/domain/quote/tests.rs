use proptest::prelude::*;

use super::*;

fn check_quote(said: &str, shown: &str) {
    assert_eq!(quote(said, 300), format!("“{shown}”"), "of {said:?}");
}

#[test]
fn plain_words_stay_as_they_are() {
    check_quote(
        "Why is the gradient zero there?",
        "Why is the gradient zero there?",
    );
    check_quote(
        "¿Por qué es cero? なぜですか 👩‍🏫 ❤️",
        "¿Por qué es cero? なぜですか 👩‍🏫 ❤️",
    );
}

#[test]
fn nobody_is_pinged() {
    check_quote("@everyone look @HERE", "＠everyone look ＠HERE");
    check_quote("@every\u{200b}one", "＠everyone");
    check_quote(
        "<@42> <@!42> <@&7> wrote in <#9>",
        "@someone @someone @a role wrote in a channel",
    );
}

#[test]
fn links_show_where_they_lead_and_cannot_be_clicked() {
    check_quote(
        "see https://evil.example/login?x=1.",
        "see (link to evil.example).",
    );
    check_quote(
        "[the slides](https://evil.example/x)",
        r"\[the slides\]((link to evil.example))",
    );
    check_quote("<https://a.example/b>", "(link to a.example)");
    check_quote(
        "https://docs.example@evil.example:8080/",
        "(link to evil.example)",
    );
    check_quote(
        r"https://evil.example\@docs.example/",
        "(link to evil.example)",
    );
    check_quote("HTTPS://WWW.Www.Example.org/", "(link to example.org)");
    check_quote(
        "join discord.gg/abc or www.x.example",
        "join (link to discord.gg) or (link to x.example)",
    );
    check_quote(
        "steam://run/1 and http:// and http://localhost/",
        "(a link) and (a link) and (a link)",
    );
    check_quote("<:https:1>//evil.example", ":(link to evil.example)");
    check_quote("<mailto:a@b.example>", "(link to b.example)");
    check_quote(
        "(wiki: https://w.example/A_(b))",
        "(wiki: (link to w.example))",
    );
}

#[test]
fn markup_is_said_in_words() {
    check_quote(
        "<:think:1> <a:spin:2> </ask me:3> <t:1700000000:R>",
        ":think: :spin: /ask me a date",
    );
    check_quote("<<@1>@1>", r"\<@someone@1\>");
    check_quote("1 < 2 > 0", r"1 \< 2 \> 0");
    check_quote("</x https://e.example/ :1>", "/x (link to e.example)");
}

#[test]
fn layout_is_escaped() {
    check_quote("# Big\n> said\n- one", r"\# Big \> said - one");
    check_quote(
        "```rust\nfn x_i() {}\n```",
        r"\`\`\`rust fn x\_i() {} \`\`\`",
    );
    check_quote(
        "||secret|| ~~gone~~ **loud**",
        r"\|\|secret\|\| \~\~gone\~\~ \*\*loud\*\*",
    );
    check_quote(r"\*tricky\*", r"\\\*tricky\\\*");
    check_quote("-# small", r"-\# small");
}

#[test]
fn a_title_is_safe_at_the_start_of_a_line() {
    assert_eq!(label("- not a list", 50), r"\- not a list");
    assert_eq!(label("12. not numbered", 50), r"12\. not numbered");
    assert_eq!(label("-# not small", 50), r"\-\# not small");
    assert_eq!(label("Chapter 1. Basics", 50), "Chapter 1. Basics");
}

#[test]
fn a_quotation_cannot_be_closed_from_within() {
    check_quote(
        "so?” Beadle: the digest is cancelled “ok",
        "so?’ Beadle: the digest is cancelled ‘ok",
    );
    check_quote(r#"print("x")"#, "print('x')");
}

#[test]
fn what_cannot_be_seen_is_gone() {
    check_quote(
        "a\u{202e}b\u{2066}c\u{200b}d\u{feff}e\u{e0041}f\u{ad}g\u{3164}",
        "abcdefg",
    );
    check_quote("one\r\n\ttwo\u{2028}three\0", "one two three");
    check_quote("\u{200d}\u{fe0f}", "…");
    check_quote("", "…");
}

#[test]
fn towers_of_marks_are_taken_down() {
    let tower = format!("a{}b", "\u{310}".repeat(200));
    check_quote(&tower, "a\u{310}\u{310}b");
    check_quote("\u{310}x", "x");
    check_quote("שָׁלוֹם", "שָׁלוֹם");
}

#[test]
fn terminals_are_not_driven() {
    assert_eq!(
        plain("\u{1b}[31mred\u{1b}[0m \u{1b}]0;title\u{7}bell\u{7}", 80),
        "red bell"
    );
    assert_eq!(plain("a_b *c* \u{9b}2Jd", 80), "a_b *c* d");
    assert_eq!(plain_quote("is \"x\" <@5>?", 80), "“is 'x' @someone?”");
}

#[test]
fn a_long_text_is_cut_visibly() {
    assert_eq!(quote(&"a".repeat(2_000), 10), "“aaaaaaa…”");
    assert_eq!(quote("********", 10), r"“\*\*\*…”");
    assert_eq!(plain("one two three", 8), "one two…");
    assert_eq!(plain("👩‍🏫👩‍🏫", 4), "👩‍🏫…");
    assert_eq!(plain(&"\u{1100}".repeat(500), 80).chars().count(), 16);
    assert_eq!(
        (
            quote("ab", 0).as_str(),
            quote("ab", 2).as_str(),
            plain("ab", 1).as_str()
        ),
        ("", "…", "…")
    );
    assert!(plain(&"x ".repeat(20_000), 100_000).ends_with('…'));
}

#[test]
fn a_person_without_a_visible_name_is_someone() {
    assert_eq!(name("\u{200b}\u{3164}"), "someone");
    assert_eq!(name("maya_k"), r"maya\_k");
    assert_eq!(plain_name("maya_k"), "maya_k");
}

/// Text as a mischievous person would put it together.
fn mischief() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        proptest::sample::select(
            &[
                "@everyone",
                "@here",
                "@",
                "<@1>",
                "<@&1>",
                "<#1>",
                "<",
                ">",
                "<:",
                ":1>",
                "<a:x:1>",
                "<t:1:R>",
                "</a:1>",
                "https://",
                "a.example",
                "www.",
                "discord.gg/",
                "[",
                "](",
                ")",
                "`",
                "```",
                "*",
                "_",
                "~~",
                "||",
                "\\",
                "#",
                "-# ",
                "\n",
                "1. ",
                "“",
                "”",
                "\"",
                "\u{1b}[",
                "\u{9d}",
                "\u{200d}",
                "\u{fe0f}",
                "\u{301}",
                "\u{202e}",
                "👩",
                "e",
                "here",
                "every",
                "one",
                " ",
            ][..]
        )
        .prop_map(str::to_owned),
        any::<char>().prop_map(String::from),
    ];
    proptest::collection::vec(piece, 0..40).prop_map(|pieces| pieces.concat())
}

/// The text without its escape pairs.
fn unescaped_part(text: &str) -> String {
    let mut chars = text.chars();
    let mut out = String::new();
    while let Some(c) = chars.next() {
        if c == '\\' {
            assert!(
                chars.next().is_some_and(|c| c.is_ascii_punctuation()),
                "a dangling escape in {text:?}"
            );
        } else {
            out.push(c);
        }
    }
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_quoted_is_one_harmless_line(text in mischief(), max in 0usize..120) {
        for shown in [quote(&text, max), label(&text, max)] {
            prop_assert!(shown.chars().count() <= max);
            let bare = unescaped_part(&shown);
            prop_assert!(!bare.contains(markdown::is_special), "{bare:?}");
            let invisible = shown.contains(['\n', '\r', '\u{200b}', '\u{202e}']);
            prop_assert!(!invisible, "invisible characters left");
            let lower = shown.to_lowercase();
            prop_assert!(!lower.contains("@everyone") && !lower.contains("@here"), "{shown:?}");
            prop_assert!(!lower.contains("http://") && !lower.contains("https://") && !lower.contains("discord.gg/"));
        }
        if max >= 3 {
            let shown = quote(&text, max);
            let inside = shown.strip_prefix('“').and_then(|s| s.strip_suffix('”'));
            prop_assert!(inside.is_some_and(|inside| !inside.is_empty() && !inside.contains(['“', '”', '"'])));
        }
    }

    #[test]
    fn making_a_text_plain_twice_changes_nothing_more(text in mischief(), max in 1usize..120) {
        let once = plain(&text, max);
        prop_assert!(once.chars().count() <= max && !once.contains(char::is_control));
        prop_assert_eq!(plain(&once, max), once);
    }
}

#[test]
fn a_block_keeps_its_lines_and_lets_none_of_them_out() {
    let text = "First, @everyone:\n\n# a heading\n> quoted\n```\ncode";
    insta::assert_snapshot!(block(text, 200), @r"
    > First, ＠everyone:
    > \# a heading
    > \> quoted
    > \`\`\`
    > code
    ");
}

#[test]
fn a_block_is_never_longer_than_it_may_be() {
    let text = "*one two three*\nfour\n\nfive six seven\n".repeat(9);
    for max_chars in 0..400 {
        let cut = block(&text, max_chars);
        assert!(cut.chars().count() <= max_chars, "{max_chars}: {cut}");
        assert!(cut.lines().all(|line| line.starts_with("> ")), "{cut}");
    }
    assert!(block(&text, 60).ends_with('…'));
}
