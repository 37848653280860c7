//! How questions are asked in English, in lectures' comments and in chat: words and rules.
//!
//! The weights are judgements: a rule at 1 makes a question by itself, two at 0.6 do so together.

use super::rules::{Language, Rule, WordClass};

/// English.
pub(super) const ENGLISH: Language = Language {
    classes: CLASSES,
    rules: RULES,
    leads: LEADS,
    function_words: FUNCTION_WORDS,
};

const CLASSES: &[WordClass] = &[
    WordClass {
        name: "wh",
        words: "what|wat|wht|wut|why|y|how|hw|when|where|which|who|whom|whose",
    },
    WordClass {
        name: "aux",
        words: "do|does|did|is|are|r|was|were|can|could|will|would|shall|should|may|might|has|have|had|must\
                |doesnt|dont|didnt|isnt|arent|wasnt|werent|cant|couldnt|wont|wouldnt|shouldnt|hasnt|havent",
    },
    WordClass {
        name: "pronoun",
        words: "i|you|u|ya|yu|yall|we|he|she|it|they|this|that|these|those|there|any|anyone|anybody|someone|somebody\
                |everyone|everybody|anything|something|people|ppl",
    },
    WordClass {
        name: "owner",
        words: "my|your|ur|his|her|its|our|their|the",
    },
    WordClass {
        name: "helper",
        words: "you|u|ya|anyone|anybody|someone|somebody|any one|any body|some one|somebdy|we|i",
    },
    WordClass {
        name: "please",
        words: "please|pls|plz|plzz|pleas|plis|kindly",
    },
];

const fn rule(
    name: &'static str,
    weight: f32,
    pattern: &'static str,
    example: &'static str,
) -> Rule {
    Rule {
        name,
        weight,
        pattern,
        example,
    }
}

const RULES: &[Rule] = &[
    // Asking words at the start of a clause.
    rule(
        "why",
        1.0,
        r"^(?:why|y (?:{aux}|{pronoun})|how come)\b",
        "why the mask is needed at all",
    ),
    rule(
        "what, then a verb",
        1.1,
        r"^(?:what|wat|wht|wut|where|when|who|whom) (?:the \w+ )?{aux}\b",
        "what does the second term do",
    ),
    rule(
        "what's",
        1.0,
        r"^(?:whats|wats|wheres|whos|hows|whens|whys|wassup|whatcha)\b",
        "whats the difference",
    ),
    rule(
        "how, then a verb",
        1.1,
        r"^(?:how|hw) (?:{aux}|to|about|you|u|we|i|it|they)\b",
        "how do we choose beta",
    ),
    rule(
        "how many",
        1.0,
        r"^(?:how|hw) (?:many|much|long|often|far|old|big|large)\b",
        "how many layers are frozen",
    ),
    rule(
        "how many, within",
        0.6,
        r"\b(?:how|hw) (?:many|much|long|often|far|old|big|large)\b",
        "after that one how many layers are frozen",
    ),
    rule(
        "only what",
        1.0,
        r"^(?:what|when|why|where|who|how|which|wtf|huh|what time|whut|wut)$",
        "what",
    ),
    rule(
        "what about",
        1.0,
        r"^(?:what|wat) (?:about|abt|if|for|kind|type|sort|happens|happened|exactly|else|other)\b",
        "what if the reward is noisy",
    ),
    rule(
        "what thing",
        0.9,
        r"^(?:what|which|whose) (?:\w+ ){1,3}(?:{aux}|you|u|we|i|to)\b",
        "which equation do you use",
    ),
    rule(
        "which is better",
        1.0,
        r"\bwhich (?:one )?(?:\w+ )?(?:is|are|will be|would be|should be) (?:the |more |a )?(?:better|best|good|right|correct|more|faster|suitable)\b",
        "adam or sgd which is better",
    ),
    // A verb before its subject.
    rule(
        "verb, then you or it",
        1.1,
        r"^(?:does|did|is|are|r|was|were|can|could|will|would|shall|should|doesnt|didnt|isnt|arent|wasnt|werent|cant|couldnt|wont|wouldnt|shouldnt|am) {pronoun}\b",
        "is this the same loss",
    ),
    rule(
        "does it",
        1.0,
        r"^(?:does|did) (?:[a-mo-z]\w*|n[a-np-z]\w*) \w+",
        "does backprop reach the encoder",
    ),
    rule(
        "is the thing",
        0.9,
        r"^(?:is|are|was|were|can|could|will|would|should|isnt|arent|wont|cant) {owner} \w+ ",
        "is the policy updated too",
    ),
    rule(
        "is some thing",
        1.0,
        r"^(?:is|are) \w+ \w+",
        "is adam better than sgd",
    ),
    // Asked for effect: nobody is to answer.
    rule(
        "who needs it",
        -3.0,
        r"^(?:i mean )?who (?:even |really )?(?:needs|cares|has time|doesnt|wouldnt|would have)\b",
        "who needs lunch breaks anyway",
    ),
    rule(
        "without its subject",
        -1.2,
        r"^(?:is|are|was|were|has|had|have|did|do|does|could|would|will|can|should) (?:a|an|so|very|really|too|not|just|always|also|been|be|still|good|great|amazing|awesome|helpful|nice|love|like|have|wait|never|now|all|going|best|of|in|to|on|for|with|where|why|how|when)\b",
        "is a very good lecture",
    ),
    rule(
        "do you",
        1.1,
        r"^(?:do|dont) (?:i|you|u|ya|we|they|yall|these|those|people|any\w*)\b",
        "do we sum over the batch",
    ),
    rule(
        "have you",
        1.0,
        r"^(?:has|have|had|havent|hasnt) (?:i|you|u|ya|we|they|he|she|it|this|that|any\w*|some\w+)\b",
        "has anyone run the notebook",
    ),
    rule(
        "am i",
        1.0,
        r"\b(?:am|should|shall|can|could|may|must) i \w+",
        "so can i skip the appendix",
    ),
    rule(
        "can you",
        1.0,
        r"\b(?:can|could|would|will|cn|cud) {helper}\b",
        "sir can you explain the second step",
    ),
    rule(
        "is it possible",
        0.9,
        r"\bis (?:it|this|that) (?:possible|necessary|ok|okay|true|better|enough|good|required|mandatory|compulsory|correct|right|safe|worth|normal|fine|because|available|the same|same)\b",
        "and is it necessary to normalise",
    ),
    rule(
        "is there any",
        0.9,
        r"\b(?:is|are|r) (?:there|their) (?:any|a|an|some|no|other|anything|someone|anyone)\b",
        "then is there any proof",
    ),
    rule(
        "a thing, then do you",
        0.7,
        r"\b(?:do|did|does) (?:i|you|u|we|they|he|she|it)\b",
        "this value how did he get",
    ),
    rule(
        "what, within",
        0.7,
        r"\b(?:what|why|how|where|when|who) (?:is|are|do|does|did|can|should|would|will|was|cant|dont|doesnt|didnt|isnt) (?:i|we|you|u|they|he|she|it|one|people|the|this|that|there|my|your)\b",
        "i was lost there so what is the baseline",
    ),
    rule(
        "why, at the end",
        0.7,
        r" (?:why|how)$",
        "mine gives another result why",
    ),
    // Anyone who knows.
    rule(
        "anyone",
        1.0,
        r"^(?:any|anyone|anybody) (?:one |body |of )?(?:\w+ ){0,4}(?:know|knows|else|have|has|had|here|wanna|want|wants|explain|tell|help|can|could|got|there|from|in|idea|ideas|suggestions?|recommendations?|tips|advice|chance|thoughts|way|who|like|up|for)\b",
        "anyone know where the slides are",
    ),
    rule(
        "anyone, within",
        0.8,
        r"\b(?:anyone|anybody|any one|some ?one|any 1) (?:please |plz |pls |else |here |out there )?(?:know|knows|explain|tell|help|have|has|wanna|want|got|can|could)\b",
        "hello anyone knows the answer",
    ),
    rule(
        "any plan",
        0.4,
        r"\b(?:any|some) (?:idea|ideas|suggestions?|recommendations?|tips|advice|chance|plans?|thoughts|way|help|hints?|pointers|update|news)\b",
        "looking for any pointers on this",
    ),
    rule(
        "want to",
        0.7,
        r"\b(?:wanna|wana|want to) (?:chat|talk|play|join|trade|meet)\b",
        "who wants to play later, wanna join",
    ),
    // Asking without a question's form.
    rule(
        "please explain",
        1.0,
        r"\b{please} (?:\w+ )?(?:explain|tell|clarify|elaborate|describe|answer)\b",
        "please explain the clipping",
    ),
    rule(
        "please help",
        0.5,
        r"\b{please} (?:\w+ )?(?:help|guide|suggest|advise|reply|respond|recommend|let me know|share|provide|give|send|solve|correct|make|do)\b",
        "please share the slides",
    ),
    rule(
        "explain, please",
        0.9,
        r"\b(?:explain|tell|clarify|elaborate|describe|answer) (?:\w+ )?(?:\w+ )?(?:\w+ )?{please}\b",
        "explain the clipping please",
    ),
    rule(
        "explain",
        0.3,
        r"^(?:explain|clarify|tell me|help me|suggest|guide me|help)\b",
        "explain the clipping",
    ),
    rule(
        "need help",
        0.5,
        r"\b(?:need|want|some) (?:\w+ )?help\b",
        "i need some help with the proof",
    ),
    rule(
        "i wonder",
        0.8,
        r"\b(?:wonder|wondering|wondered|curious) (?:\w+ )?(?:if|whether|what|why|how|where|when|who|which|about)\b",
        "i wonder whether it converges",
    ),
    rule(
        "i do not see why",
        0.7,
        r"\b(?:dont|do not|didnt|did not|cant|cannot|can not|couldnt|could not|unable to|not able to|never|doesnt|havent) (?:\w+ )?(?:understand|understood|get|know|figure out|see|find out|figure|explain|follow|grasp)(?: \w+)? (?:if|whether|what|why|how|where|when|who|which)\b",
        "i dont see why it is squared",
    ),
    rule(
        "i do not understand",
        0.4,
        r"\b(?:dont|do not|didnt|did not|cant|cannot|can not|couldnt|could not|unable to|not able to) (?:\w+ )?(?:understand|understood|follow|grasp|figure out|find|open|download|access)\b",
        "i didnt understand the last step",
    ),
    rule(
        "not sure whether",
        0.6,
        r"\b(?:not sure|unsure|not clear|unclear|no idea|confused?|confusing|confusion|clueless) (?:\w+ )?(?:if|whether|what|why|how|where|when|which|about|as to|between|on|with|regarding)\b",
        "confused about the two losses",
    ),
    rule(
        "i want to know",
        0.7,
        r"\b(?:want|wanted|wants|like|love|need|would like|just) (?:\w+ )?to (?:know|ask|understand|clarify|confirm)\b",
        "i want to know what gamma is",
    ),
    rule(
        "let me know",
        0.5,
        r"\blet (?:me|us) know\b",
        "let me know if this is right",
    ),
    rule(
        "tell me",
        0.3,
        r"\b(?:tell|show|teach|advise|guide|help) (?:me|us)\b",
        "someone tell me about the bias",
    ),
    rule(
        "i have a question",
        0.6,
        r"\b(?:have|had|got|ask|asking|small|quick|one|a|another|my|have 1) (?:\w+ )?(?:question|questions|doubt|doubts|query|queries|ques)\b",
        "i have a doubt in the last slide",
    ),
    rule(
        "my problem is",
        0.4,
        r"\b(?:my|the) (?:only )?(?:problem|issue|question|doubt|query) (?:is|was)\b|\b(?:getting|got|get|have|having|shows?|showing|facing) (?:\w+ ){0,2}(?:error|problem|issue|trouble)s?\b",
        "i am getting this error",
    ),
    rule(
        "what should",
        0.9,
        r"\bwhat (?:\w+ ){0,3}(?:should|shall|can|could|must) (?:i|we|be)\b",
        "after this what all should i read",
    ),
    rule(
        "or not",
        0.6,
        r"\b(?:or not|or what|or no|or just|or only|isnt it|is it|right or wrong|yes or no|or am i)$",
        "the encoder is frozen or not",
    ),
    rule(
        "if you could",
        0.4,
        r"\b(?:if|when) (?:you|u|someone|anyone) (?:can|could|would|will)\b",
        "would be great if you could show it",
    ),
    rule(
        "looking for",
        0.3,
        r"\b(?:looking|searching|waiting|hoping) for\b",
        "looking for the slides",
    ),
    // What only looks like asking.
    rule(
        "that is why",
        -0.9,
        r"\b(?:thats|that is|this is|which is|heres|here is|its|exactly|(?:i|we|now|you|u|he|she|they|it|also|finally|really|always) (?:know|knew|understand|understood|learned|learnt|love|loved|like|see|realized|explains?|explained|shows?|showed)) (?:exactly )?(?:why|how|what|where|when|who)\b",
        "now i understand how it works",
    ),
    rule(
        "what a lecture",
        -1.5,
        r"^(?:what (?:a|an|the fuck|the hell|the heck)|how (?:nice|great|cool|cute|sad|sweet|funny|beautiful|amazing|awesome|wonderful|lovely))\b",
        "what a great lecture",
    ),
    rule(
        "who cares",
        -1.5,
        r"\b(?:who cares|who knows|why not|who else is here|guess what|you know what|know what i mean|how dare|how is this free)\b",
        "who knows, it may work",
    ),
    rule(
        "subscribe to me",
        -2.0,
        r"\b(?:subscribe|my channel|earn money|make money|bitcoin|crypto|check out my|promo|coupon|giveaway|free trial)\b",
        "do you want to earn money, subscribe",
    ),
    rule(
        "if you have questions",
        -1.0,
        r"\b(?:if (?:you|u|anyone) (?:have|has|got|need|want)|feel free|dont hesitate)\b",
        "if you have any question feel free to ask",
    ),
    rule(
        "thanks, no question",
        -0.6,
        r"\b(?:no (?:more )?(?:questions?|doubts?)|cleared? (?:all )?(?:my|the) (?:doubts?|concepts?|questions?)|answered my)\b",
        "this cleared all my doubts",
    ),
    rule(
        "said somebody",
        -0.6,
        r"\b(?:was like|be like|i thought|he said|she said|they said|i said|asked me|me thinking|i was thinking)\b",
        "my friend was like why would you",
    ),
];

/// Sorted, for binary search; a test says so.
const LEADS: &[&str] = &[
    "actually",
    "ah",
    "all",
    "also",
    "and",
    "another",
    "anyway",
    "at",
    "bhai",
    "bro",
    "brother",
    "btw",
    "but",
    "by",
    "cuz",
    "dear",
    "dude",
    "everyone",
    "first",
    "for",
    "from",
    "good",
    "guys",
    "hello",
    "hey",
    "hi",
    "hii",
    "hmm",
    "ho",
    "in",
    "just",
    "lol",
    "maam",
    "madam",
    "mam",
    "man",
    "mate",
    "minute",
    "mr",
    "now",
    "of",
    "oh",
    "ok",
    "okay",
    "on",
    "or",
    "prof",
    "professor",
    "question",
    "really",
    "secondly",
    "sir",
    "so",
    "sorry",
    "still",
    "teacher",
    "thanks",
    "then",
    "um",
    "wait",
    "well",
    "with",
    "wow",
    "yeah",
    "yes",
    "yo",
];

/// Sorted, for binary search; a test says so.
const FUNCTION_WORDS: &[&str] = &[
    "a", "about", "am", "an", "and", "any", "anyone", "are", "be", "but", "can", "could", "did",
    "do", "does", "for", "from", "get", "has", "have", "how", "i", "if", "in", "is", "it", "just",
    "like", "my", "not", "of", "on", "or", "she", "should", "so", "some", "that", "the", "there",
    "they", "this", "to", "u", "ur", "was", "we", "what", "when", "where", "which", "who", "why",
    "will", "with", "would", "you", "your",
];
