use super::super::tests::sample;
use super::*;

#[test]
fn every_question_that_points_somewhere_is_over_its_topic() {
    let timeline = timeline(&sample()).unwrap();
    insta::assert_snapshot!(timeline.svg(), @r##"
    <svg xmlns="http://www.w3.org/2000/svg" width="800" height="356" viewBox="0 0 800 356" font-family="DejaVu Sans" font-size="14">
    <rect width="800" height="356" fill="#2b2d31"/>
    <text x="24.0" y="28.0" fill="#f2f3f5" font-size="16" font-weight="bold">Lecture 3 · Sampling</text>
    <rect x="212.0" y="86.0" width="187.0" height="30" rx="3" fill="#42558f"/>
    <text x="217.0" y="106.0" fill="#f2f3f5" font-size="12">Aliasing</text>
    <rect x="400.0" y="86.0" width="375.0" height="30" rx="3" fill="#4f66a8"/>
    <text x="405.0" y="106.0" fill="#f2f3f5" font-size="12">Reconstruction</text>
    <circle cx="51.0" cy="73.0" r="5" fill="#8ea3ff"/>
    <circle cx="231.0" cy="73.0" r="8" fill="#8ea3ff"/>
    <text x="231.0" y="77.0" fill="#2b2d31" font-size="10" text-anchor="middle">3</text>
    <circle cx="231.0" cy="55.0" r="5" fill="#8ea3ff"/>
    <circle cx="321.0" cy="73.0" r="5" fill="#f5b642"/>
    <circle cx="501.0" cy="73.0" r="5" fill="#f5b642"/>
    <path d="M24.0 116.0v5" stroke="#b5bac1"/>
    <text x="38.4" y="135.0" fill="#b5bac1" font-size="12" text-anchor="middle">0:00</text>
    <path d="M99.2 116.0v5" stroke="#b5bac1"/>
    <text x="99.2" y="135.0" fill="#b5bac1" font-size="12" text-anchor="middle">5:00</text>
    <path d="M174.4 116.0v5" stroke="#b5bac1"/>
    <text x="174.4" y="135.0" fill="#b5bac1" font-size="12" text-anchor="middle">10:00</text>
    <path d="M249.6 116.0v5" stroke="#b5bac1"/>
    <text x="249.6" y="135.0" fill="#b5bac1" font-size="12" text-anchor="middle">15:00</text>
    <path d="M324.8 116.0v5" stroke="#b5bac1"/>
    <text x="324.8" y="135.0" fill="#b5bac1" font-size="12" text-anchor="middle">20:00</text>
    <path d="M400.0 116.0v5" stroke="#b5bac1"/>
    <text x="400.0" y="135.0" fill="#b5bac1" font-size="12" text-anchor="middle">25:00</text>
    <path d="M475.2 116.0v5" stroke="#b5bac1"/>
    <text x="475.2" y="135.0" fill="#b5bac1" font-size="12" text-anchor="middle">30:00</text>
    <path d="M550.4 116.0v5" stroke="#b5bac1"/>
    <text x="550.4" y="135.0" fill="#b5bac1" font-size="12" text-anchor="middle">35:00</text>
    <path d="M625.6 116.0v5" stroke="#b5bac1"/>
    <text x="625.6" y="135.0" fill="#b5bac1" font-size="12" text-anchor="middle">40:00</text>
    <path d="M700.8 116.0v5" stroke="#b5bac1"/>
    <text x="700.8" y="135.0" fill="#b5bac1" font-size="12" text-anchor="middle">45:00</text>
    <path d="M776.0 116.0v5" stroke="#b5bac1"/>
    <text x="758.0" y="135.0" fill="#b5bac1" font-size="12" text-anchor="middle">50:00</text>
    <text x="24.0" y="158.0" fill="#b5bac1">Most questions: Aliasing 3, Reconstruction 1 · 1 without a time</text>
    <text x="24.0" y="200.0" fill="#f2f3f5" font-size="16" font-weight="bold">Lecture 4 · Filters</text>
    <rect x="24.0" y="240.0" width="752.0" height="30" rx="3" fill="#3f4248"/>
    <circle cx="753.0" cy="227.0" r="5" fill="#8ea3ff"/>
    <path d="M24.0 270.0v5" stroke="#b5bac1"/>
    <text x="38.4" y="289.0" fill="#b5bac1" font-size="12" text-anchor="middle">0:00</text>
    <path d="M115.9 270.0v5" stroke="#b5bac1"/>
    <text x="115.9" y="289.0" fill="#b5bac1" font-size="12" text-anchor="middle">1:00</text>
    <path d="M207.8 270.0v5" stroke="#b5bac1"/>
    <text x="207.8" y="289.0" fill="#b5bac1" font-size="12" text-anchor="middle">2:00</text>
    <path d="M299.7 270.0v5" stroke="#b5bac1"/>
    <text x="299.7" y="289.0" fill="#b5bac1" font-size="12" text-anchor="middle">3:00</text>
    <path d="M391.6 270.0v5" stroke="#b5bac1"/>
    <text x="391.6" y="289.0" fill="#b5bac1" font-size="12" text-anchor="middle">4:00</text>
    <path d="M483.5 270.0v5" stroke="#b5bac1"/>
    <text x="483.5" y="289.0" fill="#b5bac1" font-size="12" text-anchor="middle">5:00</text>
    <path d="M575.4 270.0v5" stroke="#b5bac1"/>
    <text x="575.4" y="289.0" fill="#b5bac1" font-size="12" text-anchor="middle">6:00</text>
    <path d="M667.3 270.0v5" stroke="#b5bac1"/>
    <text x="667.3" y="289.0" fill="#b5bac1" font-size="12" text-anchor="middle">7:00</text>
    <path d="M759.2 270.0v5" stroke="#b5bac1"/>
    <text x="759.2" y="289.0" fill="#b5bac1" font-size="12" text-anchor="middle">8:00</text>
    <circle cx="30" cy="335" r="5" fill="#8ea3ff"/>
    <text x="42.0" y="339.5" fill="#b5bac1" font-size="12">a question</text>
    <circle cx="140" cy="335" r="5" fill="#f5b642"/>
    <text x="152.0" y="339.5" fill="#b5bac1" font-size="12">open for more than three days</text>
    </svg>
    "##);
    insta::assert_snapshot!(timeline.description(), @"");
}

#[test]
fn without_a_question_in_a_recording_there_is_no_picture() {
    let mut input = sample();
    input.items.retain(|item| item.offset.is_none());
    assert_eq!(timeline(&input), None);
}

#[test]
fn three_lectures_are_drawn_those_with_most_questions() {
    let mut input = sample();
    for (slug, many) in [("5", 4), ("6", 3), ("7", 9)] {
        input.lectures.push(DigestLecture {
            slug: slug.into(),
            title: "<Wavelets> & more".into(),
            link: None,
            length: None,
            topics: Vec::new(),
        });
        let asked = input
            .items
            .iter()
            .find(|item| item.offset.is_some())
            .cloned()
            .unwrap();
        for id in 0..many {
            input.items.push(DigestItem {
                id: 100 + id,
                lecture: Some(slug.into()),
                ..asked.clone()
            });
        }
    }
    let timeline = timeline(&input).unwrap();
    let titles: Vec<&str> = timeline
        .strips
        .iter()
        .map(|strip| strip.title.as_str())
        .collect();
    assert_eq!(
        titles,
        [
            "Lecture 3 · Sampling",
            "Lecture 5 · <Wavelets> & more",
            "Lecture 7 · <Wavelets> & more"
        ]
    );
    let svg = timeline.svg();
    assert!(svg.contains("&lt;Wavelets&gt; &amp; more"));
    assert!(
        svg.contains(">+2</text>"),
        "what stands above the eighth is counted: {svg}"
    );
}
