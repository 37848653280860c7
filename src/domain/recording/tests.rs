use super::*;

/// The link that students get to 52:14 of a recording.
fn link(url: &str) -> String {
    url.parse::<Recording>()
        .unwrap()
        .at(Offset::from_seconds(3134))
}

fn refused(url: &str) -> String {
    url.parse::<Recording>().unwrap_err().to_string()
}

#[test]
fn youtube_opens_at_the_very_second() {
    assert_eq!(
        link("https://www.youtube.com/watch?v=abc_DEF-123"),
        "https://www.youtube.com/watch?v=abc_DEF-123&t=3134s"
    );
    assert_eq!(
        link("https://youtu.be/abc_DEF-123"),
        "https://youtu.be/abc_DEF-123?t=3134s"
    );
    assert_eq!(
        link("https://www.youtube.com/live/abc_DEF-123"),
        "https://www.youtube.com/live/abc_DEF-123?t=3134s"
    );
    assert_eq!(
        link("https://www.youtube.com/embed/abc_DEF-123?rel=0"),
        "https://www.youtube.com/embed/abc_DEF-123?rel=0&start=3134"
    );
}

#[test]
fn an_offset_already_in_the_address_is_replaced_and_the_rest_is_kept() {
    assert_eq!(
        link("https://youtube.com/watch?v=abc&t=12m1s&list=PL1"),
        "https://youtube.com/watch?v=abc&t=3134s&list=PL1"
    );
    assert_eq!(
        link("https://youtu.be/abc?si=xyz&t=9#t=5"),
        "https://youtu.be/abc?si=xyz&t=3134s"
    );
    assert_eq!(
        link("https://m.youtube.com/watch?t=4&amp;v=abc"),
        "https://m.youtube.com/watch?t=3134s&v=abc"
    );
    assert_eq!(
        link("https://videos.example/l10.mp4?key=1#t=7&track=en"),
        "https://videos.example/l10.mp4?key=1#t=3134&track=en"
    );
}

#[test]
fn other_sites_get_the_form_they_understand() {
    assert_eq!(
        link("https://vimeo.com/76979871"),
        "https://vimeo.com/76979871#t=3134s"
    );
    assert_eq!(
        link("https://www.twitch.tv/videos/123"),
        "https://www.twitch.tv/videos/123?t=0h52m14s"
    );
    assert_eq!(
        link("https://uni.hosted.panopto.com/Panopto/Pages/Viewer.aspx?id=1-2&start=3"),
        "https://uni.hosted.panopto.com/Panopto/Pages/Viewer.aspx?id=1-2&start=3134"
    );
    assert_eq!(
        link("http://localhost:8000/l10.webm"),
        "http://localhost:8000/l10.webm#t=3134"
    );
    assert_eq!(
        link("https://notyoutube.com/watch?v=abc"),
        "https://notyoutube.com/watch?v=abc#t=3134"
    );
    assert_eq!(
        link("https://videos.example"),
        "https://videos.example#t=3134"
    );
}

#[test]
fn only_a_plain_web_address_is_a_recording() {
    insta::assert_snapshot!(refused("lecture10.mp4"), @"`lecture10.mp4` is not a web address; begin it with `https://`");
    insta::assert_snapshot!(refused("javascript:alert(1)"), @"`javascript:alert(1)` is not a web address; begin it with `https://`");
    insta::assert_snapshot!(refused("https://?v=1"), @"`https://?v=1` names no site; a recording's address looks like `https://videos.example/lecture-10`");
    insta::assert_snapshot!(refused("https://youtube.com@evil.example/x"), @"`https://youtube.com@evil.example/x` has a user name before the site's name; leave out everything up to the `@`");
    insta::assert_snapshot!(refused("https://a.example/x y"), @"`https://a.example/x y` holds ' ', which no web address may; copy the address again from the browser");
    assert!(refused(&format!("https://a.example/{}", "x".repeat(3000))).contains("characters"));
}

#[test]
fn a_recording_is_plain_text_in_settings() {
    let read: Recording = serde_json::from_str(r#""https://a.example/l""#).unwrap();
    assert_eq!(
        serde_json::to_string(&read).unwrap(),
        r#""https://a.example/l""#
    );
    assert!(serde_json::from_str::<Recording>(r#""ftp://a.example""#).is_err());
}

proptest::proptest! {
    #[test]
    fn seeking_twice_is_seeking_once(path in "[a-z/?&=#t0-9]{0,30}", first: u32, second: u32, host in 0..5usize) {
        let host = ["youtu.be", "www.youtube.com", "vimeo.com", "twitch.tv", "a.example"][host];
        let recording: Recording = format!("https://{host}/{path}").parse().unwrap();
        let once = recording.at(Offset::from_seconds(second));
        let again: Recording = recording.at(Offset::from_seconds(first)).parse().unwrap();
        proptest::prop_assert_eq!(again.at(Offset::from_seconds(second)), once);
    }

    #[test]
    fn no_address_panics(text: String) {
        if let Ok(recording) = text.parse::<Recording>() {
            recording.at(Offset::from_seconds(1));
        }
    }
}
