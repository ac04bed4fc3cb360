"""How far the wording alone gets: answers guessed from the words and word pairs of the question.

`python -m models.data.blind_baseline --data ../shared/data --questions models/work/eval/everyday.json`
counts generated questions of the training scenes, then prints the share of right guesses per kind. A model
that sees the photo has to be well above these.
"""

import argparse
import json
import math
import random
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path

from models.data.questions import generate_questions
from models.data.scenes import load_scenes

SCENES, PER_SCENE = 4000, 12
FREQUENT_ANSWERS = 60
SMOOTHING = 3.0
TRUST = 0.3
LEAST_SEEN = 5
OPENING_VERBS = ("is ", "are ", "do ", "does ", "can ", "was ", "were ", "has ", "have ", "did ", "would ", "could ")


def word_groups(question: str) -> set[str]:
    """Single words, pairs and triples."""
    words = ["^", *re.findall(r"[a-z0-9']+", question.lower().replace("colour", "color").replace("grey", "gray")), "$"]
    return {" ".join(words[at : at + length]) for length in (1, 2, 3) for at in range(len(words) - length + 1)}


class WordingGuesser:
    """Naive Bayes over word groups, softened because the groups overlap."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.answers: Counter[str] = Counter()
        self.groups: defaultdict[str, Counter[str]] = defaultdict(Counter)
        for question, answer in pairs:
            self.answers[answer] += 1
            for group in word_groups(question):
                self.groups[group][answer] += 1
        total = sum(self.answers.values())
        self.share = {answer: count / total for answer, count in self.answers.items()}

    def guess(self, question: str) -> str:
        rows = [
            row
            for group in word_groups(question)
            if (row := self.groups.get(group)) and sum(row.values()) >= LEAST_SEEN
        ]
        seen = {answer for row in rows for answer, _ in row.most_common(10)}
        candidates = seen | {answer for answer, _ in self.answers.most_common(FREQUENT_ANSWERS)}

        if question.lower().startswith(OPENING_VERBS) and " or " not in question:
            candidates &= {"yes", "no"}

        def score(answer: str) -> tuple[float, str]:
            share = self.share[answer]
            evidence = sum(
                math.log((row[answer] + SMOOTHING * share) / ((sum(row.values()) + SMOOTHING) * share)) for row in rows
            )
            return math.log(share) + TRUST * evidence, answer

        return max(candidates, key=score)


def guesser_from_questions(data: Path, seed: int) -> WordingGuesser:
    """Counts generated questions of the training scenes."""
    rng = random.Random(seed)
    scenes = load_scenes(data)
    return WordingGuesser(
        (question.text, question.answer)
        for scene in rng.sample(scenes, min(SCENES, len(scenes)))
        for question in generate_questions(scene, rng, PER_SCENE)
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--questions", type=Path, nargs="+", required=True)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    guesser = guesser_from_questions(arguments.data, arguments.seed)
    for file in arguments.questions:
        right: defaultdict[str, list[bool]] = defaultdict(list)
        for record in json.loads(file.read_text()):
            accepted = record.get("answers") or [record["answer"]]
            right[record["kind"]].append(guesser.guess(record["question"]) in accepted)
        print(file.name)
        for kind, hits in right.items():
            print(f"  {kind} {sum(hits) / len(hits):.3f} ({sum(hits)}/{len(hits)})")
        every = [hit for hits in right.values() for hit in hits]
        print(
            f"  macro {sum(sum(h) / len(h) for h in right.values()) / len(right):.3f} all {sum(every) / len(every):.3f}"
        )


if __name__ == "__main__":
    main()
