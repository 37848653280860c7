use proptest::prelude::*;

use super::*;

fn check(text: &str, question: bool) {
    let reading = read(text, None);
    assert_eq!(reading.question, question, "{text:?}: {:?}", reading.rules);
}

#[test]
fn questions_are_questions_with_or_without_a_mark() {
    for text in [
        "At 44:35, does backprop through the reward here means updating the decoder only model or just the policy network",
        "Can someone explain this",
        "can someone explain this?",
        "Why is there a beta in the objective",
        "sir what is the purpose of the value head",
        "is the reference model frozen or also trained",
        "57:16 how did he get from the first line to the second",
        "Great lecture! One doubt, why do we need the old policy",
        "So the mask is shared?",
        "Please explain the clipping",
        "does backprop through the reward here means updating the decoder only model or just the policy network",
        "pls can u explain wat the second term does",
        "hi Maya how do I run it",
        "<@1200000000000000001> is the reference model frozen",
        "if the reward is noisy how would a bigger model help",
        "which animal did they test it on",
        "mine gives another result, why",
        "i dont get the difference between the two losses",
        "I did not understand the clipping, please help",
        "I don't understand the step at 52:30",
        "still lost at 12:40, no idea what the mask does",
        "lost at 41:02",
        "not sure I follow 41:02",
        "No idea: is the mask shared",
    ] {
        check(text, true);
    }
}

#[test]
fn what_only_looks_like_a_question_is_none() {
    for text in [
        "What a great lecture",
        "Thank you so much, this cleared all my doubts!",
        "22:40",
        "38:20 for RLHF",
        "The question at 50:10 is interesting!",
        "That is why I love this course",
        "who knows, maybe it works",
        "Who needs a textbook?",
        "Why did I choose chemistry",
        "can we all agree that this is the best hour of the week",
        "what were they thinking?",
        "Isn't it funny that nobody noticed?",
        "why? because nobody tested it",
        "Question: does it ever end? Answer: no.",
        "How beautiful is this proof",
        "is a very good lecture",
        "will definitely watch the next one",
        "49:40 was the moment it clicked for me",
        "which is what I said",
        "what people forget is the scale",
        "if you have any questions feel free to ask me",
        "now I understand how it works",
        "Please make a video on dropout",
        "thanks a lot for explaining what the mask does",
        "this answered all my questions, thank you",
        "Earn $500 a day?? DM me",
        "Do you want to earn money? Subscribe and check out my channel",
        "0:00 Intro 4:10 What is a reward? 9:30 How to train it 20:15 Summary",
        "!help",
        "?rank maya",
        "/play why not",
        "👍",
        "",
    ] {
        check(text, false);
    }
}

#[test]
fn what_others_said_is_not_asked_here() {
    check("\"Is silence acceptance?\" is the best title ever", false);
    check("he goes “why would you do that?” every single time", false);
    check(
        "> why is there a beta?\nthat one was answered yesterday",
        false,
    );
    check("what does he mean by \"is it on policy?\"", true);
    check("\"is it on policy?\"", true);
}

#[test]
fn question_marks_of_other_scripts_ask() {
    for text in [
        "为什么这里要加一个β？",
        "なぜここでベータが必要なのですか？",
        "لماذا نضيف بيتا هنا؟",
        "Γιατί χρειάζεται το βήτα εδώ;",
        "ինչու է պետք բետան՞",
        "Почему здесь нужна бета?",
        "यहाँ बीटा क्यों है?",
    ] {
        check(text, true);
        assert!(read(text, None).worth_gathering(), "{text}");
    }
    check("Ευχαριστώ πολύ, ήταν υπέροχο", false);
}

#[test]
fn the_commonest_words_of_some_other_languages_ask() {
    for text in [
        "¿Alguien sabe dónde está la partitura de la segunda parte?",
        "por qué se divide entre n - 1",
        "Onde fica a gravação da semana passada?",
        "pourquoi divise-t-on par n - 1",
        "Warum teilt man hier durch n - 1",
        "wo finde ich die Noten zum zweiten Teil?",
        "waarom deel je door n - 1",
        "Come si divide la somma in questo caso?",
        "ye formula kaise banaya, kya koi bata sakta hai?",
    ] {
        check(text, true);
    }
    for text in [
        "Vielen Dank, das war sehr gut erklärt",
        "gracias por el video, muy claro",
    ] {
        check(text, false);
    }
}

#[test]
fn an_order_for_a_video_asks_nothing_but_can_you_does() {
    check("please make a video on attention", false);
    check("can you make a video on attention", true);
}

#[test]
fn a_message_is_taken_by_its_clauses() {
    let text = "I tried it with e.g. a smaller rate. One question: why does mr. Hale's version - the old one - converge?";
    assert_eq!(
        read(text, None).asking(text),
        ["why does mr. Hale's version - the old one - converge?"]
    );
}

#[test]
fn the_asking_sentences_are_known() {
    let text =
        "Thanks for this! At 52:14, why is beta there? I got lost. Also can you share the slides";
    let asking = read(text, None).asking(text);
    assert_eq!(
        asking,
        [
            "At 52:14, why is beta there?",
            "Also can you share the slides"
        ]
    );
}

#[test]
fn a_bare_what_asks_but_is_not_worth_gathering() {
    for text in ["what?", "why", "??", "huh?"] {
        assert!(!read(text, None).worth_gathering(), "{text}");
    }
    assert!(read("why", None).question);
    assert!(read("why is that?", None).worth_gathering());
}

#[test]
fn a_link_is_no_question_mark() {
    check("https://video.example/watch?v=abc", false);
    check("`x = a ? b : c`", false);
    check("derive Debug and use {:?}", false);
}

/// Every rule of every table.
fn rules() -> impl Iterator<Item = &'static rules::Rule> {
    let english = english::ENGLISH;
    let tables = [english.rules, english.whole, neighbours::NEIGHBOURS];
    tables.into_iter().flatten()
}

#[test]
fn every_rule_fires_on_its_example() {
    for rule in rules() {
        let fired = read(rule.example, None).rules;
        assert!(
            fired.iter().any(|fired| fired.name == rule.name),
            "{} on {:?}: {fired:?}",
            rule.name,
            rule.example
        );
    }
}

#[test]
fn rules_on_the_whole_message_speak_against_asking() {
    assert!(english::ENGLISH.whole.iter().all(|rule| rule.weight < 0.0));
}

#[test]
fn no_two_rules_have_the_same_name() {
    let mut names: Vec<_> = rules().map(|rule| rule.name).collect();
    names.sort_unstable();
    let twice = names.windows(2).find(|two| two[0] == two[1]);
    assert_eq!(twice, None);
}

#[test]
fn lists_of_words_are_sorted() {
    let english = english::ENGLISH;
    assert!(english.spellings.is_sorted());
    for list in [english.leads, english.greetings, english.function_words] {
        assert!(list.is_sorted(), "{list:?}");
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in "\\PC*") {
        let reading = read(&text, None);
        reading.asking(&text);
    }

    #[test]
    fn clauses_lie_within_the_text_and_in_order(text in "([a-zé]{0,5}|[?.!,;`@\n ]|😀|？|<t:1>|https://a\\.b){0,16}") {
        let reading = read(&text, None);
        let mut from = 0;
        for clause in &reading.clauses {
            prop_assert!(clause.at.start >= from && clause.at.end <= text.len());
            prop_assert!(text.get(clause.at.clone()).is_some());
            from = clause.at.end;
        }
    }
}
