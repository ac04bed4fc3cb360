"""Golden cases of the signals: what `src/core/pack/answerability.ts` must give for small inputs.

answerability-signals.json  lexicon, answers [N], classScores [R][C], cases [{question, words [{text, pieces}], scores [N], cut,
                            expected {names, strange, unpractised, topic, signals}}]
"""

import json
from pathlib import Path

import numpy as np

from models.answerability.lexicon import Lexicon
from models.answerability.signals import read_question, signals, words_of
from models.data.tokenizer import TOKENIZER_FILE
from models.pack.contents import read_tokenizer

CASES_FILE = Path("models/fixtures/cases/answerability-signals.json")
DIGITS = 6
ANSWERS = ("yes", "no", "0", "2", "red", "left", "kitchen", "dog")
# Four classes: dog, cat, wine glass, fire hydrant.
LEXICON = Lexicon(
    names={
        "dog": (0,),
        "dogs": (0,),
        "cat": (1,),
        "animal": (0, 1),
        "wine glass": (2,),
        "glass": (2,),
        "fire hydrant": (3,),
    },
    practised=frozenset(
        [
            "is",
            "are",
            "there",
            "a",
            "an",
            "the",
            "what",
            "color",
            "of",
            "in",
            "photo",
            "how",
            "many",
            "where",
            "on",
            "left",
            "right",
            "to",
            "and",
        ]
    ),
    topics={"writing": ("written|what (do|does)( [a-z]+){0,2} say", "word on"), "age": ("how old",)},
    answer_groups={"yes": ("yes",), "no": ("no", "0"), "number": ("2",), "color": ("red",)},
    askers=frozenset(["what", "is", "are", "there", "how", "where"]),
)
CLASS_SCORES = ((0.7, 0.2, 0.0, 0.05), (0.1, 0.05, 0.3, 0.0))
QUESTIONS = (
    ("What color is the dog?", (0.05, 0.05, 0.0, 0.1, 0.6, 0.1, 0.05, 0.05), False),
    ("Is there a fire hydrant in the photo?", (0.9, 0.08, 0.01, 0.002, 0.002, 0.002, 0.002, 0.002), False),
    ("are there any dogs and a wine glass", (0.02, 0.9, 0.02, 0.02, 0.01, 0.01, 0.01, 0.01), False),
    ("How many animal-shaped glass thingamajigs?", (0.0, 0.0, 0.5, 0.5, 0.0, 0.0, 0.0, 0.0), False),
    ("How old is the cat 🐶?", (0.125,) * 8, False),
    ("what is written on the wall in 1999", (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0), True),
    ("what does the sign say?", (0.9, 0.1, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0), False),
    ("just a lot of words of a dog -- =", (0.9, 0.1, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0), False),
    ("这是什么动物？", (0.5, 0.44, 0.01, 0.01, 0.01, 0.01, 0.01, 0.01), False),
    ("Where?", (0.1, 0.2, 0.3, 0.4, 0.0, 0.0, 0.0, 0.0), False),
)


def write_cases(file: Path = CASES_FILE) -> None:
    tokenizer = read_tokenizer(TOKENIZER_FILE)
    class_scores = np.array(CLASS_SCORES, np.float64)
    cases = []
    for question, scores, cut in QUESTIONS:
        words = words_of(tokenizer, question)
        reading = read_question(words, LEXICON)
        found = signals(reading, np.array(scores), ANSWERS, class_scores, cut, LEXICON)
        cases.append(
            {
                "question": question,
                "words": [{"text": word.text, "pieces": word.pieces} for word in words],
                "scores": list(scores),
                "cut": cut,
                "expected": {
                    "names": list(reading.names),
                    "strange": list(reading.strange),
                    "unpractised": list(reading.unpractised),
                    "topic": reading.topic,
                    "signals": {name: round(value, DIGITS) for name, value in found.items()},
                },
            }
        )
    golden = {
        "stage": "answerability",
        "lexicon": LEXICON.as_json(),
        "answers": list(ANSWERS),
        "classScores": [list(row) for row in CLASS_SCORES],
        "cases": cases,
    }
    file.write_text(json.dumps(golden, ensure_ascii=False, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    write_cases()
