//! The commonest words by which some other languages ask: Spanish and Portuguese, French, Italian, German,
//! Dutch, Hindi in Latin letters.
//!
//! They stand beside English until a language gets a table of its own (a [`super::rules::Language`]). A
//! word that is plain makes a question at the start of a clause; one that means other things as well
//! weighs little, but lets a question mark be believed that would not be in a language unknown here.

use super::rules::{Rule, rule};

/// Held against each clause beside the rules of English.
pub(super) const NEIGHBOURS: &[Rule] = &[
    // Spanish, Portuguese: `por que`, `para que`, `alguien sabe`, `alguem sabe`.
    rule(
        "por que",
        1.0,
        r"^(?:y |e |mas |pero )?(?:por que|para que|a que se|alguien (?:sabe|puede|tiene)|alguem (?:sabe|pode|tem))\b",
        "¿por qué se divide entre n - 1",
    ),
    rule(
        "donde",
        0.3,
        r"^(?:y |e |mas |pero )?(?:que|como|cuando|donde|quien|quienes|cual|cuales|cuanto|cuantos|cuanta|quando|onde|quem|qual|quais|quanto|quantos)\b",
        "¿dónde está la partitura",
    ),
    rule(
        "donde, within",
        0.3,
        r"\b\w+ (?:donde|cual|cuales|onde|quais|quien|quem)\b",
        "no veo donde está la partitura de ayer",
    ),
    // French: `pourquoi`, `est-ce que`, `quelqu'un sait`.
    rule(
        "pourquoi",
        1.0,
        r"^(?:et |mais )?(?:pourquoi|est ce que?|quest ce que?|quelquun (?:sait|peut|a)|combien de)\b",
        "pourquoi divise-t-on par n - 1",
    ),
    rule(
        "comment",
        0.3,
        r"^(?:et |mais )?(?:comment|quand|ou est|ou sont|quel|quelle|quels|quelles|qui)\b",
        "où est la partition de la deuxième partie",
    ),
    // Italian.
    rule(
        "perche",
        0.3,
        r"^(?:e |ma )?(?:perche|come|dove|quando|chi|cosa|quale|quali|qualcuno sa)\b",
        "perché si divide per n - 1",
    ),
    // German: `warum`, `wieso`, `kann jemand`, `weiß jemand`.
    rule(
        "warum",
        1.0,
        r"^(?:und |aber |also )?(?:warum|wieso|weshalb|(?:kann|konnte|weis|wei~|weiss|hat) (?:jemand|mir jemand|einer))\b",
        "warum teilt man durch n - 1",
    ),
    rule(
        "wie",
        0.3,
        r"^(?:und |aber |also )?(?:wie|wo|wann|wer|wen|wem|woher|wohin|womit|welche|welcher|welches|welchen|kann man|gibt es|ist das|sind das)\b",
        "wo finde ich die Noten zum zweiten Teil",
    ),
    // Dutch.
    rule(
        "waarom",
        1.0,
        r"^(?:en |maar )?(?:waarom|weet iemand|kan iemand|heeft iemand)\b",
        "waarom deel je door n - 1",
    ),
    // Hindi in Latin letters: `kya`, `kyu`, `kaise`.
    rule(
        "kya",
        0.3,
        r"^(?:aur |par |lekin )?(?:kya|kyu|kyun|kyon|kyo|kaise|kese|kahan|kaha|kab|kaun|konsa|kaunsa|kitna|kitne)\b",
        "kya ye formula har jagah chalega bhaiya",
    ),
];
