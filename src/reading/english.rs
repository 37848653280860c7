//! How questions are asked in English, in lectures' comments and in chat: words and rules.
//!
//! The weights are judgements: a rule at 1 makes a question by itself, two at 0.6 do so together, and
//! what speaks against is weighed by how plain a form it has to outweigh.

mod words;

use super::rules::{Language, Rule, WordClass, rule, unmarked};
use words::{FUNCTION_WORDS, GREETINGS, LEADS, SPELLINGS};

/// English.
pub(super) const ENGLISH: Language = Language {
    classes: CLASSES,
    rules: RULES,
    whole: WHOLE,
    spellings: SPELLINGS,
    leads: LEADS,
    greetings: GREETINGS,
    function_words: FUNCTION_WORDS,
};

const CLASSES: &[WordClass] = &[
    WordClass {
        name: "aux",
        words: "{be}|do|does|did|has|have|had|can|could|will|would|should|may|might|must|{not}",
    },
    WordClass {
        name: "be",
        words: "is|are|am|was|were",
    },
    WordClass {
        name: "not",
        words: "dont|doesnt|didnt|cant|couldnt|wont|wouldnt|shouldnt|isnt|arent|wasnt|werent|aint|hasnt|havent|hadnt",
    },
    WordClass {
        name: "who",
        words: "i|you|we|he|she|it|they|this|that|these|those|there|one|people|ppl|anyone|someone|everyone|anything|something|everything|nobody|all",
    },
    WordClass {
        name: "the",
        words: "the|a|an|my|your|his|her|its|our|their|this|that|these|those|any|some|both|each|every",
    },
    WordClass {
        name: "good",
        words: "nice|good|great|cool|cute|sad|sweet|funny|fun|beautiful|amazing|awesome|wonderful|lovely|brilliant|crazy|weird|wild\
                |interesting|fascinating|incredible|insane|underrated|perfect|smart|clever|lucky|hilarious|ironic|satisfying|gorgeous",
    },
];

const RULES: &[Rule] = &[
    // ## Asking words at the start of a clause

    // Hardly a sentence begins with `why` that does not ask; `y` alone is a letter, so it needs a verb or a
    // person after it.
    rule(
        "why",
        1.0,
        r"^(?:why|y (?:{aux}|{who}))\b|\bhow come\b",
        "why the mask is needed at all",
    ),
    // The plainest form of a question: the asking word, and at once the verb.
    rule(
        "what, then a verb",
        1.1,
        r"^(?:what|how|why)(?: (?:exactly|else|all|about|exact|then|the \w+))? {aux}\b",
        "what does the second term do",
    ),
    // The same with words that also begin relative clauses, hence only at a sentence's start.
    rule(
        "where, then a verb",
        1.1,
        r"\A(?:where|when|who|whom)(?: (?:exactly|else|all|the \w+))? {aux}\b",
        "when exactly is the second pass made",
    ),
    // After a comma these words ask only where the subject follows the verb: `…, who is the author`.
    rule(
        "where, then a verb and who",
        1.0,
        r"^(?:where|when|who|whom|which) {aux} (?:{who}|{the})\b",
        "in the end, where are the slides",
    ),
    // Asked as people type into a search box.
    rule(
        "how to",
        1.0,
        r"^how (?:to|about)\b|\Ahow (?:you|we|i|it|they)\b",
        "how to choose beta",
    ),
    // An amount is asked for.
    rule(
        "how many",
        1.0,
        r"^how (?:many|much|long|often|far|old|big|large|high|fast|deep)\b",
        "how many layers are frozen",
    ),
    // The same deeper in the sentence, where it may just as well be told.
    rule(
        "how many, within",
        0.6,
        r"\bhow (?:many|much|long|often|far|old|big|large)\b",
        "after that one how many layers are frozen",
    ),
    // The verb left out, or in its place at the end, and nothing more: `where you from`.
    rule(
        "what you do",
        1.0,
        r"^(?:what|where|when|who) (?:you|we|they|he|she|it)(?: \w+){0,2}\z",
        "what you mean exactly",
    ),
    // Nothing but the asking word.
    rule(
        "only what",
        1.0,
        r"\A(?:what|when|why|where|who|how|which|huh|what time|how so)\z",
        "what",
    ),
    // `what if`, `what kind`, `what happens`: the word and what it goes with.
    rule(
        "what about",
        1.0,
        r"^what (?:about|if|for|kind|type|sort|happens|happened|exactly|else|other|does)\b",
        "what if the reward is noisy",
    ),
    // A thing between the asking word and the verb, and the subject after it.
    rule(
        "what thing",
        1.0,
        r"^(?:what|whose|how) (?:\w+ ){1,3}{aux} (?:{who}|{the})\b",
        "what steps does the proof skip",
    ),
    // The same at a sentence's start, where the subject need not follow.
    rule(
        "what thing, at the start",
        1.0,
        r"\A(?:what|whose) (?:\w+ ){1,3}(?:{aux}|you|we|i|to)\b",
        "what book to read first",
    ),
    // `how` with its adjective, then the verb.
    rule(
        "how far is it",
        1.0,
        r"\Ahow (?:and why|\w+) {aux} \w+",
        "how important is the order of the layers",
    ),
    // `how` and a subject in the order of a statement, as learners ask.
    rule(
        "how it could",
        1.0,
        r"\Ahow (?:\w+ ){1,3}(?:can|could|will|would|should|works?|affects?)\b",
        "how noise could affect the ranking",
    ),
    // The infinitive: what is to be done is asked of whoever reads.
    rule(
        "where to",
        1.0,
        r"\A(?:where|when|what|who|which) to \w+",
        "where to find the slides",
    ),
    // The order of a statement, as learners ask.
    rule(
        "where i can",
        1.0,
        r"\A(?:where|what|how|which) (?:i|we|you|one) (?:can|should|could|must|need to|have to)\b",
        "where i can find the slides",
    ),
    // Something is awaited; after a comma it would be no question but a condition.
    rule(
        "when it will",
        1.0,
        r"\Awhen (?:\w+ ){1,3}will\b(?: \w+)*\z",
        "when the solution will be online",
    ),
    // The condition first, then the question without a comma between them.
    rule(
        "if so, what",
        1.0,
        r"\A(?:if|since|suppose|given) (?:\w+ )+(?:what|why|how|where|which|who) {aux}\b",
        "if the reward is noisy how would a bigger model help",
    ),
    // A choice between things.
    rule(
        "which thing",
        1.0,
        r"\Awhich \w+ \w+",
        "which equation do you use",
    ),
    // A preposition before the asking word, deeper in the sentence.
    rule(
        "in which",
        0.9,
        r"\b(?:in|on|at|to|for|from|of|by|with) (?:which|what) (?:\w+ ){1,3}?{aux} (?:{who}|{the})\b",
        "i got lost but at what point does the gradient vanish",
    ),
    // A choice whose things were named before.
    rule(
        "which is better",
        1.2,
        r"\bwhich (?:one )?(?:\w+ )?(?:is|are|will be|would be|should be) (?:the |more |a )?(?:better|best|good|right|correct|more|faster|suitable)\b",
        "adam or sgd which is better",
    ),
    // The verb left out.
    rule(
        "where the thing",
        1.0,
        r"\Awhere {the} \w+(?: \w+){0,2}\z",
        "where the answer key",
    ),
    // ## A verb before its subject

    // Turned round, verb first: with a pronoun after it, hardly ever anything but a question.
    rule(
        "verb, then you or it",
        1.1,
        r"^(?:{be}|does|did|can|could|will|would|should|{not}) {who}\b",
        "is this the same loss",
    ),
    // `does` and `did` at the start leave the verb for later.
    rule(
        "does it",
        1.0,
        r"^(?:does|did) \w+ \w+",
        "does backprop reach the encoder",
    ),
    // Turned round, with a named subject.
    rule(
        "is the thing",
        1.0,
        r"^(?:{be}|does|did|can|could|will|would|should|must|may|{not}) {the} \w+",
        "is the policy updated too",
    ),
    // The same without an article: weak, so only at a sentence's start, and outweighed by the rules on
    // statements without a subject.
    rule(
        "is some thing",
        1.0,
        r"\A(?:is|are) \w+ \w+",
        "is adam better than sgd",
    ),
    // As above, for what may or can be.
    rule(
        "can some thing",
        1.0,
        r"\A(?:can|could|will|would|should) \w+ \w+",
        "will dropout be used here",
    ),
    // As above, for many things.
    rule(
        "do some things",
        1.0,
        r"\Ado (?:\w+ )?\w+s \w+",
        "do larger batches need a smaller rate",
    ),
    // As above, with a participle, since `have` begins wishes as well.
    rule(
        "has some thing",
        1.0,
        r"\A(?:has|have|had) \w+ (?:\w+ )?(?:\w+ed|been|ever|always|become|come|gone|made|done|found|had|taken|given)\b",
        "has dropout ever been used here",
    ),
    // Turned round, with `do`.
    rule(
        "do you",
        1.1,
        r"^(?:do|dont) (?:i|you|we|they|these|those|people|anyone|all)\b",
        "do we sum over the batch",
    ),
    // Turned round, with `have`.
    rule(
        "have you",
        1.0,
        r"^(?:has|have|had) (?:i|you|we|they|he|she|it|this|that|anyone|someone|any|some\w*)\b",
        "has anyone run the notebook",
    ),
    // The speaker after the verb, anywhere: whoever tells something puts `i` first.
    rule(
        "am i",
        1.0,
        r"\b(?:am|are|should|can|could|may|must|would|will|did|do) (?:i|we) \w+",
        "so can i skip the appendix",
    ),
    // Somebody is asked to do something; where the verb comes first is not needed.
    rule(
        "can you",
        1.0,
        r"\b(?:can|could|would|will) (?:you|anyone|someone|any one|any body|some one|any of you|somebdy)\b",
        "sir can you explain the second step",
    ),
    // Whether something is so, with or without a name before it.
    rule(
        "is it possible",
        1.0,
        r"\bis (?:it|this|that) (?:possible|necessary|ok|okay|true|better|enough|good|required|mandatory|compulsory|correct|right|safe|worth|normal|fine|because|available|the same|same)\b",
        "and is it necessary to normalise",
    ),
    // Whether something exists.
    rule(
        "is there any",
        0.9,
        r"\b(?:is|are) (?:there|their) (?:any|a|an|some|no|other|anything|someone|anyone)\b",
        "then is there any proof",
    ),
    // The subject is named first and taken up again.
    rule(
        "a thing, then do you",
        0.7,
        r"\b(?:do|did|does) (?:i|we|they|he|she|it)\b",
        "this value how did he get",
    ),
    // The same with `you`, who is spoken to.
    rule(
        "a thing, then you",
        1.0,
        r"\b(?:do|did) you\b",
        "nice proof do you have another one",
    ),
    // Turned round after the asking word, deeper in the sentence: a question that follows without a comma.
    rule(
        "what, within",
        0.7,
        r"\b(?:what|why|how|where|when|who) {aux} (?:{who}|the|my|your)\b",
        "i was lost there so what is the baseline",
    ),
    // The asking word comes last: `mine differs, why`.
    rule(
        "what, at the end",
        0.9,
        r" (?:what|why|how|where)\z",
        "mine gives another result why",
    ),
    // After `but` or `so` a new sentence begins.
    rule(
        "but what exactly",
        0.6,
        r"\b(?:but|and|so|or|then) (?:what|why|how|where|when|who|which)(?: \w+)? (?:{aux}|{who}|gets?|comes?|happens?|makes?|to)\b",
        "he says so but what exactly gets clipped",
    ),
    // Whoever says `exactly` was told, and did not follow.
    rule(
        "what exactly",
        0.4,
        r"\b(?:what|why|how|where|when|which) exactly\b",
        "but what exactly gets clipped",
    ),
    // A second sentence that is turned round.
    rule(
        "or is it",
        1.0,
        r"\b(?:or|so|but|and|then) (?:is|are|was|were|does|did|do|can|could|should|would|will) (?:{who}|{the})\b",
        "never the first or are there exceptions",
    ),
    // ## Anyone who knows

    // Called into the room: whoever knows may answer.
    rule(
        "anyone",
        1.0,
        r"^(?:any|anyone) (?:one |body |of )?(?:\w+ ){0,4}(?:know|knows|else|elses|have|has|had|here|wanna|want|wants|explain|tell|help|got|there|from|in|idea|ideas|suggestions?|recommendations?|tips|advice|chance|thoughts|way|like|up|for)\b",
        "anyone know where the slides are",
    ),
    // The same after a greeting.
    rule(
        "anyone, within",
        0.8,
        r"\b(?:anyone|any one|some ?one|any 1) (?:please |else |here |out there )?(?:know|knows|explain|tell|help|have|has|wanna|want|got|can|could)\b",
        "hello anyone knows the answer",
    ),
    // A condition: nobody is called.
    rule(
        "if anyone",
        -0.6,
        r"\bif (?:anyone|someone|any one)\b",
        "if anyone wants to play dm me",
    ),
    // Something is looked for that others may have.
    rule(
        "any plan",
        0.4,
        r"\b(?:any|some) (?:idea|ideas|suggestions?|recommendations?|tips|advice|chance|plans?|thoughts|way|help|hints?|pointers|update|news)\b",
        "looking for any pointers on this",
    ),
    // An invitation.
    rule(
        "want to",
        0.7,
        r"\b(?:wanna|wana|want to) (?:chat|talk|play|join|trade|meet)\b",
        "who wants to play later, wanna join",
    ),
    // ## Asking without a question's form

    // What is to be explained is asked.
    rule(
        "please explain",
        1.0,
        r"\bplease (?:\w+ )?(?:explain|tell|clarify|elaborate|describe|answer)\b",
        "please explain the clipping",
    ),
    // Help is asked for, but with what stands elsewhere.
    rule(
        "please help",
        0.5,
        r"\bplease (?:\w+ )?(?:help|guide|suggest|advise|reply|respond|recommend|let me know|solve|correct)\b",
        "please help with the second part",
    ),
    // A thing is asked for rather than an answer: `please make a video`. It needs company.
    rule(
        "please share",
        0.3,
        r"\bplease (?:\w+ )?(?:share|provide|give|send|upload|make|do)\b",
        "please share the slides",
    ),
    // The same, politely at the end.
    rule(
        "explain, please",
        1.0,
        r"\b(?:explain|tell|clarify|elaborate|describe|answer) (?:\w+ ){0,9}please\b",
        "explain the difference between the two losses please",
    ),
    // An order; many are given to nobody.
    rule(
        "explain",
        0.3,
        r"^(?:explain|clarify|tell me|help me|suggest|guide me|help)\b",
        "explain the clipping",
    ),
    // Help is asked for.
    rule(
        "need help",
        0.6,
        r"\b(?:need|want|some) (?:\w+ )?help\b",
        "i need some help with the proof",
    ),
    // And it is said with what.
    rule(
        "need help with",
        0.4,
        r"\b(?:need|want) (?:\w+ )?help (?:with|on|in|understanding|to|for|about)\b",
        "need help with the second exercise",
    ),
    // Mused rather than asked.
    rule(
        "i wonder",
        0.9,
        r"\bwonders? (?:\w+ )?(?:if|whether|what|why|how|where|when|who|which|about)\b",
        "i wonder how they chose the size",
    ),
    // Asked out of politeness.
    rule(
        "wondering",
        1.0,
        r"\b(?:wondering|wondered|curious) (?:\w+ )?(?:if|whether|what|why|how|where|when|who|which|about)\b",
        "i was wondering how they chose the size",
    ),
    // What is not known may be asked, or only told.
    rule(
        "i do not see why",
        0.7,
        r"\b(?:dont|didnt|cant|can not|cannot|do not|did not|not) (?:\w+ )?(?:know|see|figure out|find|remember|think of) (?:\w+ )?(?:if|whether|what|why|how|where|when|who|which)\b",
        "i dont know why the loss goes up",
    ),
    // Not understood: in a class half a question.
    rule(
        "i do not understand",
        0.6,
        r"\b(?:dont|didnt|cant|do not|did not|cannot|can not|unable to|not able to|couldnt|struggling to|hard to) (?:\w+ )?(?:understand|get|follow|grasp)\b",
        "i did not understand the last step",
    ),
    // And it is said what exactly.
    rule(
        "i do not understand why",
        0.4,
        r"\b(?:dont|didnt|cant|do not|did not|cannot|can not|unable to|not able to|couldnt) (?:\w+ )?(?:understand|get|follow|grasp) (?:if|whether|what|why|how|where|when|who|which)\b",
        "i dont understand why the loss goes up",
    ),
    // Nobody tells of a difference that they know; weak by itself.
    rule(
        "the difference",
        0.4,
        r"\bdifference between\b",
        "i dont get the difference between the two losses",
    ),
    // Something does not work.
    rule(
        "i cannot find",
        0.5,
        r"\b(?:cant|couldnt|cannot|can not|could not|unable to|not able to|not|didnt|dont) (?:\w+ )?(?:find|open|see|access|download|install)\b",
        "i am not able to find the slides",
    ),
    // In doubt, and it is said about what.
    rule(
        "not sure whether",
        0.6,
        r"\b(?:not sure|unsure|not clear|unclear|no idea|confused?|confusing|confusion|clueless|lost) (?:\w+ )?(?:if|whether|what|why|how|where|when|which|about|as to|at|i follow|i get|i understand|between|on|with|regarding)\b",
        "confused about the two losses",
    ),
    // Asked in so many words.
    rule(
        "i want to know",
        0.8,
        r"\b(?:want|wanted|wants|like|love|need|would like|just) (?:\w+ )?to (?:know|ask|understand|clarify|confirm)\b",
        "i want to know what gamma is",
    ),
    // An answer is hoped for.
    rule(
        "let me know",
        0.5,
        r"\blet (?:me|us) know\b",
        "let me know if this is right",
    ),
    // Someone is to tell; many texts only say so.
    rule(
        "tell me",
        0.3,
        r"\b(?:tell|show|teach|advise|guide|help) (?:me|us)\b",
        "someone tell me about the bias",
    ),
    // A question is announced; it may stand in the next sentence.
    rule(
        "i have a question",
        0.6,
        r"\b(?:have|had|got|ask|asking|small|quick|one|a|another|have 1) (?:\w+ )?(?:question|questions|doubt|doubts|query|queries|ques)\b",
        "i have a doubt in the last slide",
    ),
    // A problem is described.
    rule(
        "my problem is",
        0.4,
        r"\b(?:my|the) (?:only )?(?:problem|issue|question|doubt|query) (?:is|was)\b|\b(?:getting|got|get|have|having|shows?|showing|facing) (?:\w+ ){0,2}(?:error|problem|issue|trouble)s?\b",
        "i am getting this error",
    ),
    // Advice is asked for.
    rule(
        "what should",
        0.9,
        r"\bwhat (?:\w+ ){0,3}(?:should|can|could|must) (?:i|we|be)\b",
        "after this what all should i read",
    ),
    // A question is given back.
    rule(
        "and you",
        1.0,
        r"\b(?:and|n) (?:you|yourself|urself)\z",
        "fine thanks and you",
    ),
    // After a description of what goes wrong.
    rule(
        "what is wrong",
        1.0,
        r"\bwhat (?:is|am i doing|did i do|went|goes|is going) wrong\b",
        "it stops at once what is wrong",
    ),
    // The same, asked for advice.
    rule(
        "what to do",
        1.0,
        r"\bwhat (?:\w+ ){0,3}(?:to|should) do\b",
        "it does not start what to do in this case",
    ),
    // An alternative left open at the end.
    rule(
        "or not",
        0.6,
        r"\b(?:or not|or what|or no|or just|or only|is it|right or wrong|yes or no|or am i)\z",
        "the encoder is frozen or not",
    ),
    // A polite wish.
    rule(
        "if you could",
        0.4,
        r"\b(?:if|when) (?:you|someone|anyone) (?:can|could|would|will)\b",
        "would be great if you could show it",
    ),
    // Something is sought.
    rule(
        "looking for",
        0.3,
        r"\b(?:looking|searching|waiting|hoping) for\b",
        "looking for the slides",
    ),
    // ## What only looks like asking

    // `is a very good lecture`: the subject is left out, as people write in a hurry.
    unmarked(
        "without its subject",
        -1.2,
        r"^{be} (?:a|an|so|very|really|too|not|just|always|also|been|still|\w+ing|{good}|helpful|now|of|in|to|on|for|with|where|why|how|when|what)\b",
        "is a very good lecture",
    ),
    // `will definitely watch`, `have seen it`: told of oneself.
    unmarked(
        "without its subject, a deed",
        -1.2,
        r"^(?:do|does|did|has|have|had|can|could|will|would|should|may|might|must|{not}) (?:so|very|really|not|just|always|also|be|been|have|had|has|love|like|want|need|wait|never|now|in|to|on|for|with|well|it\z|definitely|surely|highly|absolutely|only|hardly|probably|appreciate|recommend|suggest|try|watch|do|check|see|let|keep|start|share|use|buy|say|tell|agree|relate|confirm|find|make|take|get|give|go|come|look|feel|play|vote|stay|write|post|join|update|help|learn|know|understand|work|think|read|ask|send|follow|visit|subscribe|comment|worry|forget|believe|miss|pass)\b",
        "will definitely watch the next one",
    ),
    // `have a nice day`: a wish, or told of oneself.
    unmarked(
        "has a thing",
        -1.2,
        r"\A(?:has|have|had) (?:a|an|the|my|your|some|fun|lots?|many|no|one|two|good|great|nice)\b",
        "have a nice day everyone",
    ),
    // The asking word joins two statements.
    unmarked(
        "that is why",
        -0.9,
        r"\b(?:thats|that is|this is|which is|heres|here is|its|exactly|you (?:explained|showed)|(?:i|we|now|he|she|they|it|also|finally|really|always) (?:know|knew|understand|understood|learned|learnt|love|loved|like|see|realized|explains?|explained|shows?|showed)) (?:exactly )?(?:why|how|what|where|when|who)\b",
        "now i understand how it works",
    ),
    // Exclaimed.
    unmarked(
        "what a lecture",
        -1.5,
        r"^(?:what (?:a|an)|how {good})\b|^what the (?:fuck|hell|heck)\z",
        "what a great lecture",
    ),
    // Set phrases that want no answer.
    rule(
        "who cares",
        -1.5,
        r"\b(?:who cares|who knows|who needs|who else is here|guess what|know what i mean|how dare|how is this free)\b",
        "who knows, it may work",
    ),
    // Asked so that everybody says: nobody.
    rule(
        "who needs it",
        -3.0,
        r"^(?:i mean )?who (?:even |really )?(?:needs|cares|has time|doesnt|would(?: not)?(?: ever| even)? (?:have|do|want|think|need))\b",
        "who needs lunch breaks anyway",
    ),
    // Others are invited to ask.
    rule(
        "if you have questions",
        -1.0,
        r"\b(?:if (?:you|anyone) (?:have|has|got) (?:any |more |other |some )*(?:questions?|doubts?|problems?)|feel free|dont hesitate)\b",
        "if you have any question feel free to ask",
    ),
    // It is said that nothing is left to ask.
    rule(
        "thanks, no question",
        -0.6,
        r"\b(?:no (?:more )?(?:questions?|doubts?)|cleared? (?:all )?(?:my|the) (?:doubts?|concepts?|questions?)|answered my)\b",
        "this cleared all my doubts",
    ),
    // Agreed.
    unmarked("why not, alone", -0.5, r"\Awhy not\z", "why not"),
    // The offset, the number or the person is what the sentence is about.
    unmarked(
        "a place, then is",
        -2.0,
        r"^# {aux} (?:\w+ing|the (?:moment|best|part|point|reason|answer|key|most|first|last|only|one|greatest|funniest)|where|when|how|what|why|a|an|so|just|really|pure|gold|my|missing|{good})\b",
        "49:40 was the moment it clicked",
    ),
    // Told what somebody said or thought.
    unmarked(
        "said somebody",
        -0.6,
        r"\b(?:was like|be like|i thought|he said|she said|they said|i said|asked me|me thinking|i was thinking)\b",
        "my friend was like why would you",
    ),
    // Called for attention.
    rule(
        "you know what",
        -1.5,
        r"^you know what\b",
        "you know what, it works",
    ),
    // A relative clause that begins a statement.
    unmarked(
        "what she knows",
        -1.2,
        r"\Awhat (?:i|you|we|he|she|people|makes|made|amazes|sets|matters) (?:(?:\w+ ){0,5}(?:is|was)|{not})\b",
        "what people forget is the scale",
    ),
    // A relative clause that stands alone.
    unmarked(
        "which is",
        -1.2,
        r"\Awhich (?:is|was|are|were|i|he|she|it|they|we|you|means|makes|made|in|of course|would|will|can|could|has|have|had|gives|by|btw|also|just|really|always|never|helps|explains|leads)\b",
        "which is what i said",
    ),
    // An interjection.
    rule(
        "why yes",
        -1.0,
        r"^why (?:yes|yeah|thank|hello|of course)\b",
        "why yes it is",
    ),
    // A greeting.
    unmarked("what is up", -0.6, r"\Awhat is up\b", "hey whats up"),
    // Somebody else's question is praised.
    rule(
        "a good question",
        -1.0,
        r"\b(?:good|great|nice|interesting|excellent) question\b",
        "that is a good question",
    ),
    // Asked for effect: nobody is to answer.
    rule(
        "for effect",
        -5.0,
        r"\b(?:can we (?:all|just) |what (?:was|were) (?:i|you|he|she|we|they) thinking\b|why did i (?:choose|ever|even|just|think)\b|(?:isnt|wasnt|aint) (?:it|this|that) (?:\w+ )?{good}\b|how (?:can|could) (?:anyone|someone|people) (?:even )?(?:dislike|hate)\b)",
        "can we all agree that this is fun",
    ),
];

const WHOLE: &[Rule] = &[
    // Advertising in so many words; whatever it asks, it asks nobody.
    rule(
        "subscribe to me",
        -5.0,
        r"^subscribe\b|\bsubscribe to (?:my|our)\b|\b(?:want to|wanna|you can|you could|start) (?:earn|make|earning|making) (?:\w+ )?(?:money|cash|[0-9]+)|^(?:earn|make) (?:money|cash|[0-9]+)|\b(?:giveaway|free trial)\b",
        "do you want to earn money",
    ),
    // What advertising is made of, less surely.
    rule(
        "advertising",
        -3.0,
        r"\b(?:sign up|click here|link in (?:my )?bio|dm me|call us|contact us|check out (?:my|our) (?:channel|videos?|page|website|course|profile|playlist|link)|my channel|our (?:website|channel|page|experts?|team|services?)|see how we|join our|discount|visit (?:our|my)|enroll now|limited (?:time )?offer|read to find out)\b",
        "need help with your thesis, contact us",
    ),
];
