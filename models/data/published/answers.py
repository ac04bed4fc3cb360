"""Answers as the published lists write them, and those lists in their published orders."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from pathlib import Path

from models.data.published.wrong_format import WrongFormat, kind_of

NUMBERS = {
    word: str(number)
    for number, word in enumerate(
        ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    )
}
ARTICLES = frozenset({"a", "an", "the"})
# As in VQA's evaluation: between a blank and a word these vanish, between two words they part them.
MARKS = ';/[]"{}()=+\\_-><@`,?!'
PERIOD = re.compile(r"\.(?!\d)")
COMMA_IN_NUMBER = re.compile(r"\d,\d")
# Which of VQA's contractions are told by their last letters alone; 'wed', 'ill' and 'well' are words of their own.
NEGATED = "are ca could did does do had has have is might must need ought sha should was were wo would"
HAVING = "could might must should would i they we you what where who"
ENDED = {"'ll": "it that they what who why you", "'re": "they what why you there", "'d": "it they who you where there"}
BEING = "he how that there what when where who why"


@cache
def contractions() -> dict[str, str]:
    """'doesnt' -> "doesn't", as VQA's evaluation repairs them."""
    found = {f"{word}nt": f"{word}n't" for word in NEGATED.split()}
    found |= {f"{word}ve": f"{word}'ve" for word in HAVING.split()}
    found |= {f"{word}s": f"{word}'s" for word in BEING.split()}
    for ending, words in ENDED.items():
        found |= {word + ending[1:]: word + ending for word in words.split()}
    return found | {"im": "i'm", "oclock": "o'clock", "maam": "ma'am", "yall": "y'all", "twas": "'twas"}


@lru_cache(maxsize=1 << 18)  # people give the same answers again and again
def vqa_form(answer: str) -> str:
    """As VQA's evaluation compares answers: punctuation, numbers in digits, no articles, contractions repaired."""
    text = answer.replace("\n", " ").replace("\t", " ").strip()
    thousands = COMMA_IN_NUMBER.search(text) is not None
    cleaned = text
    for mark in MARKS:
        vanishes = thousands or f"{mark} " in text or f" {mark}" in text
        cleaned = cleaned.replace(mark, "" if vanishes else " ")
    words = (NUMBERS.get(word, word) for word in PERIOD.sub("", cleaned).lower().split())
    kept = ("0" if word == "none" else word for word in words if word not in ARTICLES)
    return " ".join(contractions().get(word, word) for word in kept)


def lxmert_form(answer: str) -> str:
    """As LXMERT looks answers up in its list of 9,500: lower case, no full stop, no article, digits, 'gray'."""
    text = answer.strip().lower().removesuffix(".").strip()
    for article in ("a ", "an ", "the "):
        text = text.removeprefix(article).strip()
    return "gray" if text == "grey" else text if text == "zero" else NUMBERS.get(text, text)


def soft_scores(given: Iterable[str]) -> tuple[tuple[str, float], ...]:
    """Ten people's answers -> VQA's soft scores: an answer that three gave is wholly right."""
    counts = Counter(vqa_form(answer) for answer in given)
    return tuple((answer, min(1.0, count / 3.0)) for answer, count in counts.items())


class AnswerTable:
    """Answers by index, and the index of an answer however it is written."""

    def __init__(self, answers: Sequence[str]) -> None:
        self.answers = tuple(answers)
        self.index = {answer: index for index, answer in enumerate(self.answers)}

    def __len__(self) -> int:
        return len(self.answers)

    def find(self, answer: str) -> int | None:
        for form in (answer, lxmert_form(answer), vqa_form(answer)):
            if form and form in self.index:
                return self.index[form]
        return None

    def scored(self, answers: Iterable[tuple[str, float]]) -> list[tuple[int, float]]:
        """Those on the list; of two that are one there, the better score."""
        best: dict[int, float] = {}
        for answer, score in answers:
            index = self.find(answer)
            if index is not None and score > 0.0:
                best[index] = max(score, best.get(index, 0.0))
        return list(best.items())


def read_answers(path: Path) -> AnswerTable:
    """A list of strings (label2ans), of {ans, dsets} (all_ans), or an object answer -> index (ans2label)."""
    try:
        found = json.loads(path.read_text(encoding="utf-8-sig"))
    except ValueError as error:
        raise WrongFormat(path, "", f"this is not JSON ({error})") from error
    if isinstance(found, dict):
        if sorted(map(str, found.values())) != sorted(map(str, range(len(found)))):
            raise WrongFormat(path, "", f"the indices of {len(found)} answers are not 0 to {len(found) - 1}")
        found = sorted(found, key=lambda answer: int(found[answer]))
    if not isinstance(found, list) or not found:
        raise WrongFormat(path, "", f"{kind_of(found)} is there, a list of answers was expected")
    answers = [entry.get("ans") if isinstance(entry, dict) else entry for entry in found]
    for index, answer in enumerate(answers):
        if not isinstance(answer, str):
            raise WrongFormat(path, f"answer {index}", f"{kind_of(found[index])} is there, a string was expected")
    repeated = [answer for answer, count in Counter(answers).items() if count > 1]
    if repeated:
        raise WrongFormat(path, "", f"'{repeated[0]}' is there more than once")
    return AnswerTable(answers)
