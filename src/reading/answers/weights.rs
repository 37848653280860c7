//! What each feature of `features.rs` weighs. Written by `examples/fit_answers`; not to be changed by hand.
//!
//! Fitted to talks from two collections, of which nothing but these numbers is here. The messages and their
//! reply structure are from the Ubuntu channels' logs, labelled by Jonathan K. Kummerfeld and others, “A
//! Large-Scale Corpus for Conversation Disentanglement”, ACL 2019 (Creative Commons Attribution 4.0); the
//! discourse relations are from Jiaqi Li and others, “Molweni: A Challenge Multiparty Dialogues-based
//! Machine Reading Comprehension Dataset with Discourse Structure”, COLING 2020 (Apache License 2.0).

/// The log-odds before any feature has spoken: most messages answer nothing.
pub(super) const BASE: f32 = -0.12;

/// In log-odds for each 1 of the feature, in the features' order.
pub(super) const WEIGHTS: &[(&str, f32)] = &[
    ("names the asker", 1.27),
    ("names somebody else", -1.86),
    ("names the asker, amid a talk with them", -3.83),
    ("the question names its author", 1.86),
    ("the question names somebody else", -1.48),
    (
        "the question names its author, the asker has said more",
        2.27,
    ),
    ("the question names its author, who has said more", -1.85),
    ("the very next message", -0.55),
    ("messages between", -1.69),
    ("messages between, naming the asker", 1.27),
    ("the asker has said more", -2.27),
    ("the asker spoke to its author", 0.69),
    ("the asker turned to somebody else", 1.51),
    ("the asker has asked again", -0.74),
    ("its author has said more", -0.14),
    ("its author had named the asker", -1.05),
    ("its author goes on", 0.11),
    ("its author goes on speaking to the asker", 0.83),
    ("its author was there before", 0.47),
    ("others spoke to its author", -0.39),
    ("only the two have been talking", 0.41),
    ("right after another question", 0.17),
    ("shares words with the question", 0.99),
    ("shares words with what the asker said since", -1.43),
    ("asks something, naming the asker", -0.09),
    ("asks something, not naming the asker", -2.44),
    ("advises by asking", 0.31),
    ("thanks", -1.02),
    ("greets or laughs", -1.15),
    ("says what to do or what is so", 0.09),
    ("agrees, denies or gives a reason", 0.63),
    ("has a link", 0.25),
    ("the asker gives thanks afterwards", 0.63),
    ("the asker speaks to its author afterwards", 0.48),
];
