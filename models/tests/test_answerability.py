import json
import random

import numpy as np
import pytest

from models.answerability import cases
from models.answerability.lexicon import ASKERS, TOPICS, Lexicon, object_names
from models.answerability.logistic import auroc, calibration_error, fit
from models.answerability.questions import WORDINGS_FILE, DoubtItem, half_of, wrapped
from models.answerability.report import risk_at
from models.answerability.signals import Word, is_unread, presence, read_question, spread, words_of
from models.data.tokenizer import PLAIN_WORDS_FILE, TOKENIZER_FILE
from models.data.vocabulary import OBJECT_INDEX
from models.pack.contents import read_tokenizer


def test_fit_finds_what_decides_and_states_chances_that_hold() -> None:
    rng = np.random.default_rng(0)
    seen = rng.normal(size=4000)
    right = (rng.random(4000) < 1.0 / (1.0 + np.exp(-(0.5 + 2.0 * seen)))).astype(float)
    rows = [{"seen": value, "idle": noise} for value, noise in zip(seen, rng.normal(size=4000), strict=True)]
    model = fit(rows, right, penalty=1.0)
    assert model.weights["seen"] == pytest.approx(2.0, abs=0.2)
    assert abs(model.weights["idle"]) < 0.15
    chance = np.array([model.probability(row) for row in rows])
    assert calibration_error(chance, right) < 0.03


def test_auroc_counts_pairs_and_half_the_ties() -> None:
    right = np.array([1.0, 1.0, 0.0, 0.0])
    assert auroc(np.array([0.9, 0.5, 0.5, 0.1]), right) == pytest.approx(3.5 / 4)


def test_risk_falls_to_the_surest_answers() -> None:
    chance, right = np.array([0.9, 0.8, 0.2, 0.1]), np.array([1.0, 1.0, 0.0, 1.0])
    assert risk_at(1.0, chance, right) == 0.25
    assert risk_at(0.5, chance, right) == 0.0


def test_longest_name_first_and_unknown_words_apart() -> None:
    words = [Word(text, pieces) for text, pieces in (("wine", 1), ("glass", 1), ("frob", 3), ("merry", 1), ("7", 1))]
    reading = read_question(words, cases.LEXICON)
    assert reading.names == ("wine glass",)
    assert reading.strange == ("frob",)
    assert reading.unpractised == ("merry",)


def test_presence_adds_the_classes_of_one_region() -> None:
    class_scores = np.array([[0.3, 0.4, 0.0], [0.6, 0.0, 0.0]])
    assert presence((0, 1), class_scores) == pytest.approx(0.7)
    assert presence((2,), class_scores) == 0.0
    assert presence((0,), class_scores[:0]) == 0.0


def test_spread_is_one_for_a_guess_and_zero_for_certainty() -> None:
    assert spread(np.full(8, 0.125)) == pytest.approx(1.0)
    assert spread(np.array([1.0, 0.0, 0.0])) == 0.0


def test_names_know_synonyms_plurals_and_who_may_be_meant() -> None:
    names = object_names()
    assert OBJECT_INDEX["dog"] in names["dogs"]
    assert OBJECT_INDEX["couch"] in names["sofa"]
    assert {OBJECT_INDEX["man"], OBJECT_INDEX["woman"]} <= set(names["someone"])
    assert OBJECT_INDEX["man"] not in names["woman"]
    assert "orange" not in names
    assert "photo" not in names


def test_a_lexicon_survives_json() -> None:
    assert Lexicon.from_json(json.loads(json.dumps(cases.LEXICON.as_json()))) == cases.LEXICON


def test_halves_share_no_wording() -> None:
    wordings = json.loads(WORDINGS_FILE.read_text())
    for kind, fitted in wordings["fitted"].items():
        assert not set(fitted) & set(wordings["measured"][kind])
    assert {half_of(str(name)) for name in range(20)} == {"fitted", "measured"}


def test_words_around_a_question_keep_its_answer() -> None:
    item = DoubtItem("a.jpg", "is there a dog?", ("yes",), "exists")
    assert wrapped(item, ["hello, {question}"], random.Random(0)) == DoubtItem(
        "a.jpg", "hello, is there a dog?", ("yes",), "exists"
    )


def test_the_golden_cases_are_what_the_signals_give(tmp_path) -> None:
    written = tmp_path / "cases.json"
    cases.write_cases(written)
    assert json.loads(written.read_text()) == json.loads(cases.CASES_FILE.read_text())


LEXICON = Lexicon(
    names=object_names(),
    practised=frozenset([*PLAIN_WORDS_FILE.read_text().split(), *ASKERS]),
    topics=TOPICS,
    answer_groups={},
    askers=frozenset(ASKERS),
)


def reason_of(question: str) -> str | None:
    """Why there is a warning on any photo: a topic, 'words', or None."""
    words = words_of(read_tokenizer(TOKENIZER_FILE), question)
    reading = read_question(words, LEXICON)
    return reading.topic or ("words" if is_unread(reading, words) else None)


@pytest.mark.parametrize(
    ("reason", "questions"),
    [
        ("writing", ["What is written on the sign?", "what does the sign say", "What number is on the bus?"]),
        ("writing", ["Can you read the text?", "whats the word on the poster", "What does it say?"]),
        ("time", ["When was this photo taken?", "what time is it", "Which year is this?"]),
        ("identity", ["Who is this?", "who is the man?", "Whose dog is that?"]),
        ("cause", ["Why is he sad?", "What happened here?"]),
        ("value", ["How much does this cost?", "What brand is the car?"]),
        ("place", ["What city is this?", "Which country was this taken in"]),
        ("knowledge", ["What is 2+2?", "what is 7 x 8", "What is the capital of France?"]),
        ("description", ["Describe this image", "describe the photo"]),
        ("nothing", ["' OR 1=1 --", "not a question at all just words", "hello", "", "!!!"]),
        ("words", ["\u00bfQu\u00e9 animal es este?", "Welche Farbe hat die Katze?", "Is there a gato?"]),
        ("words", ["\u9019\u662f\u4ec0\u9ebc\u52d5\u7269\uff1f", "\u0645\u0627 \u0647\u0630\u0627"]),
    ],
)
def test_what_no_photo_tells_is_warned_of_with_its_reason(reason: str, questions: list[str]) -> None:
    assert {question: reason_of(question) for question in questions} == dict.fromkeys(questions, reason)


@pytest.mark.parametrize(
    "question",
    [
        "Is there a dog?",
        "what color is the car",
        "how many people are there",
        "what number of cats is there",
        "who is wearing the hat?",
        "tell me what animal this is",
        "I want to know what color the bus is",
        "which is further to the right, the cat or the cup",
        "what is the name of the animal",
        "dog?",
        "red or blue",
        "indoors or outdoors",
        "what would you say is on the table",
        "what is the man holding",
        "how much water is there",
        "the clock: left or right",
    ],
)
def test_what_a_photo_tells_is_not_warned_of_on_every_photo(question: str) -> None:
    assert reason_of(question) is None
