//! What people copy out of a chat's window, and what only looks so.

use super::{mistakes, told};

#[test]
fn a_discord_window_is_cut_at_its_headers() {
    insta::assert_snapshot!(told(concat!(
        "maya — 02/09/2023 2:05 PM\nat 52:14, why is there a beta?\n\nand: does it matter\n",
        "zoe [TA] — 02/09/2023 2:06 PM\nIt weighs the drift. (edited)\n",
        "Helper APP — 02/09/2023 2:07 PM\nbeep\n",
        "—February 13, 2023—\n",
        "maya — 2:07 PM\nthanks\n[2:09 PM]\nnote: 53:00 – the same again\n[2:10 PM] zoe: see above\n",
        "Dr. Lee Instructor — Yesterday at 14:05\nhello\nmaya — Today at 9:05 AM\nhi\n",
    )), @"
    1 #discussion maya @2023-02-09T14:05:00Z: at 52:14, why is there a beta? / and: does it matter
    2 #discussion zoe* @2023-02-09T14:06:00Z: It weighs the drift.
    3 #discussion Helper[bot] @2023-02-09T14:07:00Z: beep
    4 #discussion maya @2023-02-13T14:07:00Z: thanks
    5 #discussion maya @2023-02-13T14:09:00Z: note: 53:00 – the same again
    6 #discussion zoe @2023-02-13T14:10:00Z: see above
    7 #discussion Dr. Lee* @2023-02-14T14:05:00Z: hello
    8 #discussion maya @2023-02-15T09:05:00Z: hi
    ");
}

#[test]
fn a_window_without_dates_keeps_its_order() {
    insta::assert_snapshot!(told(
        "cut off above\nmaya ✓ BOT — Yesterday at 23:50\none\nzoe — Today at 0:05\ntwo\nmaya — Today at 0:05\nthree\n",
    ), @"
    1 #discussion : cut off above
    2 #discussion maya[bot] @2026-01-05T23:50:00Z: one
    3 #discussion zoe @2026-01-06T00:05:00Z: two
    4 #discussion maya @2026-01-06T00:05:00Z: three
    ");
    insta::assert_snapshot!(told("maya — 14:05\none\nzoe — 14:06\ntwo\nKL — Section 3\n"), @"
    1 #discussion maya @2026-01-05T14:05:00Z: one
    2 #discussion zoe @2026-01-05T14:06:00Z: two / KL — Section 3
    ");
    insta::assert_snapshot!(told("maya — 04/11/2022\none\nzoe — 04/11/2022\ntwo\nzoe — 05/11/2022\nthree\n"), @"
    1 #discussion maya @2022-11-04T00:00:00Z: one
    2 #discussion zoe: two
    3 #discussion zoe @2022-11-05T00:00:00Z: three
    ");
}

#[test]
fn what_only_looks_like_a_header_stays_in_its_message() {
    insta::assert_snapshot!(told(concat!(
        "maya — Today at 2:05 PM\nthe parts are\n52:14 – the penalty\nthe penalty — 12:30\nwe meet at 3:00 PM\nnote: bring paper\n",
        "in the lecture he says that it is best — 2:05 PM\n",
    )), @"1 #discussion maya @2026-01-05T14:05:00Z: the parts are / 52:14 – the penalty / the penalty — 12:30 / we meet at 3:00 PM / note: bring paper / in the lecture he says that it is best — 2:05 PM");
}

#[test]
fn other_programs_lines_have_their_time_before_the_name_or_behind_it() {
    insta::assert_snapshot!(told("[2:05 PM] maya: why?\nreally\n[2:06 PM]zoe (TA): because\n"), @"
    1 #discussion maya @2026-01-05T14:05:00Z: why? / really
    2 #discussion zoe* @2026-01-05T14:06:00Z: because
    ");
    insta::assert_snapshot!(told("[09/02/2023, 14:05:33] Maya: why?\n\u{200e}[09/02/2023, 14:06:00] ~ Zoe: look\n[09/02/2023, 14:06:10] +44 7700 900123: ok\n"), @"
    1 #discussion Maya @2023-02-09T14:05:33Z: why?
    2 #discussion Zoe @2023-02-09T14:06:00Z: look
    3 #discussion +44 7700 900123 @2023-02-09T14:06:10Z: ok
    ");
    insta::assert_snapshot!(told("2/9/23, 2:04 PM - Messages are encrypted.\n2/9/23, 2:05 PM - Maya: why?\n2/9/23, 2:06 PM - Zoe: because\n"), @"
    1 #discussion Maya @2023-02-09T14:05:00Z: why?
    2 #discussion Zoe @2023-02-09T14:06:00Z: because
    ");
    insta::assert_snapshot!(told("Maya  2:05 PM\nwhy?\nZoe Lee  2:06 PM\nbecause\n"), @"
    1 #discussion Maya @2026-01-05T14:05:00Z: why?
    2 #discussion Zoe Lee @2026-01-05T14:06:00Z: because
    ");
}

#[test]
fn what_is_no_chat_has_no_messages() {
    insta::assert_snapshot!(mistakes("\nThe lecture begins with rewards. Then, at 52:14, it comes to drift.\nWhy is that so? See below.\n"), @"2:1: 0 messages were found: this is no chat, as nobody is named in it. Beadle reads lines such as `Name: text` or `[14:05] Name: text`; text copied out of Discord's window (`Name — Today at 2:05 PM`, and what was said below it); JSON Lines; DiscordChatExporter's JSON; yt-dlp's info.json with comments; and, told `--format plain`, any lines, each as a message of somebody unnamed");
    for text in [
        "Chapter One: the reward\nIt was late.\nNobody came.\nThe lights went out, and then:\nsilence\n",
        "00:00 Intro\n52:14 – the penalty\n1:11:12 Feedback\n",
        "Intro — 0:00\nThe penalty — 12:14\nFeedback — 17:12\n",
        "start,end,title\n0:00,,Intro\n",
        "Title: Rewards\nDate: 9 February\nNobody reads this.\n",
        "import os\ndef f(x):\n    return x\ndef g(y):\n    return y\n",
        "lorem ipsum dolor",
    ] {
        assert!(mistakes(text).contains("0 messages were found"), "{text}");
    }
}

#[test]
fn names_make_a_chat() {
    for text in [
        "maya: why?",
        "maya: why\nis there a beta\nat all?",
        "maya: why?\na long\nstory\nof many\nlines\nzoe: because\nof\nthis\nand\nthat\nmaya: oh",
    ] {
        assert!(told(text).starts_with("1 #discussion maya: why"), "{text}");
    }
}

#[test]
fn a_time_at_the_end_of_what_a_named_person_says_makes_no_window() {
    insta::assert_snapshot!(told(concat!(
        "Ana: why does it float?\nBo: it is lighter\nAna: lunch - 2:05 PM\nBo: ok\n",
        "Ana: is it due - today at 5:00 PM\nBo: yes\n",
    )), @"
    1 #discussion Ana: why does it float?
    2 #discussion Bo: it is lighter
    3 #discussion Ana: lunch - 2:05 PM
    4 #discussion Bo: ok
    5 #discussion Ana: is it due - today at 5:00 PM
    6 #discussion Bo: yes
    ");
}

#[test]
fn where_more_lines_have_names_than_look_like_headers_the_names_count() {
    insta::assert_snapshot!(told(concat!(
        "Study group — 9 February 2023 2:05 PM\nAna: when do we meet?\nBo: these are free\n",
        "Monday — 2:05 PM\nTuesday — 3:30 PM\nAna: Tuesday\nBo: fine\nAna: see you\n",
    )), @"
    1 #discussion : Study group — 9 February 2023 2:05 PM
    2 #discussion Ana: when do we meet?
    3 #discussion Bo: these are free / Monday — 2:05 PM / Tuesday — 3:30 PM
    4 #discussion Ana: Tuesday
    5 #discussion Bo: fine
    6 #discussion Ana: see you
    ");
}

#[test]
fn a_heading_above_a_chat_takes_nobodys_name_away() {
    insta::assert_snapshot!(told("CS224N chat\nmaya: why is there a beta?\nzoe: it weighs the drift\nmaya: thanks\n"), @"
    1 #discussion : CS224N chat
    2 #discussion maya: why is there a beta?
    3 #discussion zoe: it weighs the drift
    4 #discussion maya: thanks
    ");
}
