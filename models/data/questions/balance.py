"""Makes statistics.json: counts the training scenes, then finds how often each answer has to be dropped.

`python -m models.data.questions.balance --data ../shared/data` (about a minute).
"""

import argparse
import random
from collections import Counter, defaultdict
from pathlib import Path

from models.data.questions.sampler import balance_keys, candidates
from models.data.questions.statistics import Statistics, count_scenes, statistics, store
from models.data.scenes import Scene, load_scenes

TWO_SIDED = ({"yes", "no"}, {"left", "right"}, {"indoors", "outdoors"}, {"top", "bottom"})
FLATTENING = 0.6
RARE_ANSWER = 0.12


def balance(scenes: list[Scene], passes: int, seed: int) -> dict[str, dict[str, float]]:
    """How often each answer must be kept so that type and topic do not give it away."""
    rng = random.Random(seed)
    by_topic: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for _ in range(passes):
        for scene in scenes:
            for question in candidates(scene, rng, attempts=60):
                for key in balance_keys(question):
                    by_topic[key][question.answer] += 1
    return {key: keep_shares(counts) for key, counts in sorted(by_topic.items()) if sum(counts.values()) >= 12}


def keep_shares(counts: Counter[str]) -> dict[str, float]:
    """Two-sided answers are made equal; others are flattened towards the middle of the list."""
    answers = set(counts)
    for sides in TWO_SIDED:
        if answers <= sides:
            least = min(counts[side] for side in sides)
            return {side: round(max(least / counts[side], RARE_ANSWER if least == 0 else 0.0), 4) for side in answers}
    ranked = sorted(counts.values(), reverse=True)
    reference = ranked[min(len(ranked) - 1, max(1, len(ranked) // 3))]
    return {answer: round(min(1.0, (reference / count) ** FLATTENING), 4) for answer, count in sorted(counts.items())}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--passes", type=int, default=3)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    scenes = load_scenes(arguments.data)
    counted = count_scenes(scenes)
    # The makers draw from the counts; what was balanced before stays until the new shares are found.
    store(Statistics(**{**vars(counted), "keep": statistics().keep}))
    store(Statistics(**{**vars(counted), "keep": balance(scenes, arguments.passes, arguments.seed)}))
    print({name: len(rows) for name, rows in vars(statistics()).items()})


if __name__ == "__main__":
    main()
