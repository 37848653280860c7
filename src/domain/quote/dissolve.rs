//! Turns what Discord reads as more than words (mentions, timestamps, custom emoji, links) into plain words that say
//! what stood there. Forms: Discord's reference, "Message Formatting".

use super::clean::one_line;

/// What may stand around a link and is not part of it.
const AFTER_A_LINK: &[char] = &[
    '.', ',', ':', ';', '!', '?', '\'', '*', '_', '~', '|', '`', '\\',
];

/// A host longer than this is not worth reading.
const HOST_MAX_CHARS: usize = 60;

/// Plain words: no markup in angle brackets, no link, no mass mention. Expects cleaned text.
pub(super) fn dissolve(text: &str) -> String {
    let mut text = text.to_owned();
    // What is dissolved may leave new markup around itself, as in `<<@1>@1>`; every round takes an opener away.
    loop {
        let once = one_line(&without_links(&without_markup(&text)));
        if once == text {
            return without_mass_mentions(&once);
        }
        text = once;
    }
}

/// Replaces `<…>` forms.
fn without_markup(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('<') {
        out.push_str(&rest[..start]);
        let inside = &rest[start + 1..];
        let end = inside
            .find(['<', '>'])
            .filter(|end| inside[*end..].starts_with('>'));
        match end.and_then(|end| Some((words_for(&inside[..end])?, end))) {
            Some((words, end)) => {
                out.push_str(&words);
                rest = &inside[end + 1..];
            }
            None => {
                out.push('<');
                rest = inside;
            }
        }
    }
    out + rest
}

/// What stands for one form, given what is between its angle brackets; `None` when it is no form of Discord's.
fn words_for(inside: &str) -> Option<String> {
    if let Some(role) = inside.strip_prefix("@&") {
        return is_id(role).then(|| "@a role".to_owned());
    }
    if let Some(user) = inside.strip_prefix('@') {
        return is_id(user.strip_prefix('!').unwrap_or(user)).then(|| "@someone".to_owned());
    }
    if let Some(channel) = inside.strip_prefix('#') {
        return is_id(channel).then(|| "a channel".to_owned());
    }
    if let Some(command) = inside.strip_prefix('/') {
        let (name, id) = command.rsplit_once(':')?;
        return (is_id(id) && !name.contains(':')).then(|| format!("/{name}"));
    }
    if let Some(time) = inside.strip_prefix("t:") {
        let number = time.split(':').next()?;
        return is_id(number.strip_prefix('-').unwrap_or(number)).then(|| "a date".to_owned());
    }
    if inside.starts_with("id:") {
        return Some("a page of the server".to_owned());
    }
    if is_link(inside) {
        return Some(words_for_link(inside));
    }
    emoji_name(inside).map(|name| format!(":{name}:"))
}

/// The name in `:name:id` or `a:name:id`.
fn emoji_name(inside: &str) -> Option<&str> {
    let (name, id) = inside
        .strip_prefix('a')
        .unwrap_or(inside)
        .strip_prefix(':')?
        .split_once(':')?;
    let named = !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
    (named && is_id(id)).then_some(name)
}

fn is_id(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_link(word: &str) -> bool {
    !word.contains(' ') && (link_start(word) == Some(0) || is_mail_link(word))
}

fn is_mail_link(word: &str) -> bool {
    ["mailto:", "tel:", "sms:"]
        .iter()
        .any(|scheme| starts_with_ignoring_case(word, scheme))
}

/// Replaces links by the name of where they lead.
fn without_links(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = link_start(rest) {
        let link = &rest[start..start + link_len(&rest[start..])];
        out.push_str(&rest[..start]);
        if out.ends_with(|c: char| c.is_alphanumeric()) {
            out.push(' ');
        }
        out.push_str(&words_for_link(link));
        rest = &rest[start + link.len()..];
    }
    out + rest
}

/// Where the first link begins: at a scheme before `://`, or at a form that Discord links without one.
fn link_start(text: &str) -> Option<usize> {
    let with_scheme = text
        .match_indices("://")
        .find_map(|(colon, _)| scheme_start(&text[..colon]));
    let lower = text.to_ascii_lowercase();
    let www = lower
        .match_indices("www.")
        .map(|(at, _)| at)
        .find(|at| is_word_start(text, *at));
    let invites = [
        "discord.gg/",
        "discord.com/invite/",
        "discordapp.com/invite/",
    ];
    let invite = invites.iter().filter_map(|form| lower.find(form));
    with_scheme.into_iter().chain(www).chain(invite).min()
}

fn is_word_start(text: &str, at: usize) -> bool {
    !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '.')
}

/// Where the scheme that ends this text begins: a letter, then letters, digits, `+`, `.` or `-` (RFC 3986, 3.1).
fn scheme_start(before_colon: &str) -> Option<usize> {
    let of_scheme = |c: char| c.is_ascii_alphanumeric() || matches!(c, '+' | '.' | '-');
    let run = before_colon.trim_end_matches(of_scheme).len();
    before_colon[run..]
        .find(|c: char| c.is_ascii_alphabetic())
        .map(|letter| run + letter)
}

/// How many bytes a link at the start of the text takes: to the first space, quotation mark, angle or square bracket,
/// or closing parenthesis that it did not open, without the punctuation after it.
fn link_len(text: &str) -> usize {
    let mut open = 0i32;
    let end = text.find(|c: char| {
        open += i32::from(c == '(') - i32::from(c == ')');
        open < 0 || matches!(c, ' ' | '<' | '>' | '"' | '“' | '”' | '[' | ']' | '`')
    });
    let link = &text[..end.unwrap_or(text.len())];
    let trimmed = link.trim_end_matches(AFTER_A_LINK).len();
    // Never so short that its `://` or `www.` survives and is found again.
    let head = link
        .find("://")
        .map_or(4, |colon| colon + 3)
        .min(link.len());
    trimmed.max(head)
}

fn words_for_link(link: &str) -> String {
    match host(link) {
        Some(host) => format!("(link to {host})"),
        None => "(a link)".to_owned(),
    }
}

/// The host that a browser would go to: after the scheme and whatever stands before an `@`, without the port.
fn host(link: &str) -> Option<String> {
    let after_scheme = link.split_once("://").map_or(link, |(_, rest)| rest);
    let authority = after_scheme.split(['/', '\\', '?', '#']).next()?;
    let named = authority.rsplit('@').next()?;
    let mut host = named.split(':').next()?.trim_matches('.');
    let readable = host
        .chars()
        .all(|c| c.is_alphanumeric() || matches!(c, '.' | '-'));
    let short = host.chars().count() <= HOST_MAX_CHARS;
    // `www.` alone makes a link, and would be found again.
    while starts_with_ignoring_case(host, "www.") {
        host = &host[4..];
    }
    (readable && short && host.contains('.')).then(|| host.to_ascii_lowercase())
}

/// Breaks `@everyone` and `@here` with a full-width at sign, which looks the same and pings nobody.
fn without_mass_mentions(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let after = &text[at + c.len_utf8()..];
        let mass = c == '@'
            && ["everyone", "here"]
                .iter()
                .any(|word| starts_with_ignoring_case(after, word));
        out.push(if mass { '＠' } else { c });
    }
    out
}

fn starts_with_ignoring_case(text: &str, prefix: &str) -> bool {
    text.get(..prefix.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(prefix))
}
