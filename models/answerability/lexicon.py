"""What a question may be about, in words: the names of things, the words that were practised, what no photo tells.

`question-words.json` of a pack holds a lexicon, so that the page reads a question as this module does:
{names: {phrase: [object class]}, practised: [word], topics: {topic: [pattern]}, answerGroups: {group: [answer]},
askers: [word]}.
"""

import random
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from models.data import object_synonyms
from models.data.accepted_answers import NEAR_THINGS
from models.data.attribute_names import COLOURS
from models.data.categories import CATEGORIES
from models.data.evaluation import gqa_questions
from models.data.places import INDOOR_PLACES, NAMED_PLACES
from models.data.questions import generate_questions
from models.data.questions.grammar import plural
from models.data.questions.nouns import surfaces
from models.data.scenes import load_scenes
from models.data.tokenizer import PLAIN_WORDS_FILE
from models.data.vocabulary import ANSWERS, ATTRIBUTES, OBJECT_INDEX, OBJECTS, members

PLACES = frozenset(NAMED_PLACES.values()) | INDOOR_PLACES
LONGEST_NAME = 3  # words
SCENES_READ = 2500
QUESTIONS_PER_SCENE = 10
PRACTISED_FROM = 3  # questions that use a word

# Names that as a rule mean something else in a question: the photo itself, colours, places, what is asked for.
NEVER_NAMES = frozenset(
    ["picture", "photo", "photograph", "image", "number", "side", "color", "kind", "type", "room", "ground"]
) | {
    *COLOURS,
    *ATTRIBUTES,
}
MALE, FEMALE = frozenset({"man", "boy"}), frozenset({"woman", "girl"})
CATEGORY_WORDS = {
    "person": "person people human humans someone somebody anyone anybody persons",
    "animal": "animal animals",
    "vehicle": "vehicle vehicles",
    "furniture": "furniture",
    "fruit": "fruit fruits",
    "vegetable": "vegetable vegetables",
    "food": "food foods",
    "drink": "drink drinks",
    "clothing": "clothing clothes",
    "device": "device devices",
    "appliance": "appliance appliances",
    "toy": "toy toys",
    "bag": "bag bags",
    "plant": "plant plants",
}
_PEOPLE = "(man|woman|boy|girl|person|people|guy|lady|child|kid|baby|player|actor|couple|men|women|children)"
_HEADED = "(word|words|letter|letters|number|numbers|text|name|names|message|title)"
# What a photo, or this model, does not tell, by patterns of the words that such questions are asked with; regular expressions
# that Python and JavaScript read alike, over words in lower case with a blank between them. They hold whatever the answer.
TOPICS = {
    "writing": (
        "written|wrote|spell|spells|spelled|spelt|headline|caption",
        "(what|which) (do|does|did) (the|this|that|these|those|it|his|her|their)( [a-z]+){0,2} (say|read)",
        "(sign|label|poster|shirt|page|screen|banner|billboard|text|board|paper|plate|sticker) (say|says|reads)",
        f"(what|which) {_HEADED} (is|are|does|do|can|appears|appear|stands)",
        f"{_HEADED} (is |are )?(printed |painted )?on (the|that|this|his|her|a|its)",
        "(can|could) you read|read (the|this|that|it|out|what)|(license|licence|number) plate|phone number",
    ),
    "identity": (
        "who (is|are|was|were) (this|that|he|she|it|they|these|those)",
        f"who (is|are) (the|this|that|these) {_PEOPLE}( \\?)?$|name of (the|this|that|these) {_PEOPLE}",
        f"{_PEOPLE} (called|named)|whose|(his|her|their) names?|famous|celebrity|who (took|owns|won|made)|owner",
        "do you (know|recognise|recognize) (him|her|them|these people|this person)",
    ),
    "cause": (
        "why|how come|what for|reason|because|purpose|meaning of|meaning|how did|what happened|what happens",
        "what (will|would|is going to) happen|what (is|does|do)( [a-z]+){0,3} mean",
    ),
    "age": ("how old|what age|age of|born|birthday|years old",),
    "time": (
        "what time|(what|which) (day|year|month|date|season|century|decade)|when|yesterday|tomorrow|the date",
        "how long (has|have|had|did|will|ago|until|does|do)",
    ),
    "value": (
        "how much (is|does|do|did|was|would|for|money)|cost|costs|price|prices|worth|expensive|cheap|dollars|euros",
        "brand|which company|what company|calories|what model|model is",
    ),
    "measure": (
        "how (far|fast|heavy|deep|hot|cold)|weigh|weighs|weight|temperature|how many (meters|feet|miles|kilos)",
    ),
    "sense": (
        "smell|smells|sound|sounds|taste|tastes|noise|song|music|thinking|(what|which) language",
        "(he|she|they|it|dog|cat|man|woman|person) (feel|feels|feeling|think|thinks|want|wants|like|likes)",
        "talking about|saying",
    ),
    "place": (
        "(what|which) (city|country|state|town|continent|street|village|hotel)|address|where in the world",
        "name of (the|this|that) (city|country|street|restaurant|place|town|hotel|building|store|shop)",
    ),
    "knowledge": (
        "[0-9]+ [-+*x/] [0-9]+|plus|minus|divided by|square root|two times|capital of|president|poem|joke|sing|translate",
        "who invented|how do i|how can i|recipe|meaning of life",
    ),
    "description": ("describe (this|the|it|that|what)( [a-z]+){0,3}|description|summarize|summarise|explain|a story",),
    "opinion": (
        "do you (like|love|hate|prefer)|favorite|favourite|beautiful|ugly|funny|real or fake|fake or real|is (it|this) fake",
        "good person|happy with|married|dangerous|safe|healthy",
    ),
}
# Nothing is asked where none of these words stands, unless a short text names a thing.
ASKERS = (
    "what which who whom where how is are was were do does did can could has have had will would should any anything anyone "
    "anybody someone somebody something count number color colour tell name show find spot see look say guess identify side "
    "left right top bottom room place weather inside outside indoors outdoors indoor outdoor total many whats wheres hows r "
    "kind type position location shape there"
).split() + list(COLOURS)
NOTHING = "nothing"
ANSWER_GROUPS = {
    "yes": ("yes",),
    "no": ("no", "0"),
    "number": tuple(answer for answer in ANSWERS if answer.isdigit() and answer != "0"),
    "side": ("left", "right"),
    "view": ("indoors", "outdoors"),
    "color": tuple(answer for answer in ANSWERS if answer in COLOURS),
    "place": tuple(answer for answer in ANSWERS if answer in PLACES),
}


@dataclass(frozen=True)
class Lexicon:
    names: dict[str, tuple[int, ...]]
    practised: frozenset[str]
    topics: dict[str, tuple[str, ...]]
    answer_groups: dict[str, tuple[str, ...]]
    askers: frozenset[str] = frozenset()

    def as_json(self) -> dict:
        return {
            "names": {name: list(classes) for name, classes in sorted(self.names.items())},
            "practised": sorted(self.practised),
            "topics": {topic: list(phrases) for topic, phrases in self.topics.items()},
            "answerGroups": {group: list(answers) for group, answers in self.answer_groups.items()},
            "askers": sorted(self.askers),
        }

    @classmethod
    def from_json(cls, stored: dict) -> "Lexicon":
        return cls(
            names={name: tuple(classes) for name, classes in stored["names"].items()},
            practised=frozenset(stored["practised"]),
            topics={topic: tuple(phrases) for topic, phrases in stored["topics"].items()},
            answer_groups={group: tuple(answers) for group, answers in stored["answerGroups"].items()},
            askers=frozenset(stored.get("askers", ())),
        )


def build_lexicon(data: Path) -> Lexicon:
    return Lexicon(
        names=object_names(),
        practised=practised_words(data),
        topics=TOPICS,
        answer_groups=ANSWER_GROUPS,
        askers=frozenset(ASKERS),
    )


def object_names() -> dict[str, tuple[int, ...]]:
    """Every word for a class in singular and plural -> the classes whose detection would show such a thing."""
    names: dict[str, tuple[int, ...]] = {}
    for name, index in OBJECT_INDEX.items():
        words = [*surfaces(index), *(other for other, folded in object_synonyms.SYNONYMS.items() if folded == name)]
        # A class's own name goes before the same word as a synonym of another class.
        for word in words:
            for form in (word, plural(word)):
                if form == name or form not in OBJECT_INDEX:
                    names[form] = evidence_of(name)
    for category, words in CATEGORY_WORDS.items():
        for word in words.split():
            names[word] = tuple(sorted(members(category)))
    return {
        name: classes
        for name, classes in names.items()
        if name not in NEVER_NAMES
        and name not in PLACES
        and re.fullmatch(r"[a-z]+( [a-z]+)*", name)
        and len(name.split()) <= LONGEST_NAME
    }


def evidence_of(name: str) -> tuple[int, ...]:
    """The class itself and those it is commonly taken for; people who may be meant."""
    near = {name, *(other for other in NEAR_THINGS.get(name, ()) if other in OBJECT_INDEX)}
    near |= {other for other, others in NEAR_THINGS.items() if name in others and other in OBJECT_INDEX}
    if name in CATEGORIES["person"]:
        other_sex = FEMALE if name in MALE else MALE if name in FEMALE else frozenset()
        near = {OBJECTS[index] for index in members("person")} - other_sex
    return tuple(sorted(OBJECT_INDEX[other] for other in near))


def practised_words(data: Path) -> frozenset[str]:
    """Words of the questions that LXMERT is trained on, from a sample of them, and words that say nothing by themselves."""
    rng = random.Random(0)
    scenes = load_scenes(data)
    texts = [question["question"] for question in gqa_questions(data, validation=False)]
    for scene in rng.sample(scenes, min(SCENES_READ, len(scenes))):
        texts += [question.text for question in generate_questions(scene, rng, QUESTIONS_PER_SCENE)]
    counts = Counter(word for text in texts for word in set(re.findall(r"[a-z]+", text.lower())))
    plain = re.findall(r"[a-z]+", PLAIN_WORDS_FILE.read_text().lower())
    return frozenset({word for word, count in counts.items() if count >= PRACTISED_FROM} | set(plain))
