"""Counts over the training scenes that keep questions plausible and balanced.

Stored in statistics.json: what occurs together, which colours and raw names a class has, what is worn or
held, and how often each answer has to be thrown away so that a question does not give it away.
`python -m models.data.questions.statistics --data ../shared/data` computes it again.
"""

import argparse
import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from models.data import object_names
from models.data.scenes import Scene, load_scenes
from models.data.vocabulary import ATTRIBUTES, OBJECT_INDEX, OBJECTS

STATISTICS_FILE = Path(__file__).with_name("statistics.json")
COMPANIONS, RAW_NAMES, TARGETS = 60, 6, 30
RAW_NAME_SHARE = 0.02


@dataclass(frozen=True)
class Statistics:
    """Names instead of indices, so that the file survives a new vocabulary."""

    frequency: dict[str, int] = field(default_factory=dict)
    """Scenes with the class."""
    companions: dict[str, dict[str, int]] = field(default_factory=dict)
    """companions[a][b]: scenes with both."""
    attributes: dict[str, dict[str, int]] = field(default_factory=dict)
    raw_names: dict[str, dict[str, int]] = field(default_factory=dict)
    targets: dict[str, dict[str, int]] = field(default_factory=dict)
    """targets['man|riding'][class]."""
    keep: dict[str, dict[str, float]] = field(default_factory=dict)
    """keep['type|topic'][answer]: probability of keeping a question with that answer."""


@cache
def statistics() -> Statistics:
    return Statistics(**json.loads(STATISTICS_FILE.read_text())) if STATISTICS_FILE.exists() else Statistics()


@cache
def weighted(table: str, key: str) -> tuple[tuple[str, ...], tuple[float, ...]]:
    """Names and cumulative weights of one row, for `draw`."""
    row = getattr(statistics(), table) if not key else getattr(statistics(), table).get(key, {})
    names, total, cumulative = tuple(row), 0.0, []
    for name in names:
        total += row[name]
        cumulative.append(total)
    return names, tuple(cumulative)


def draw(table: str, key: str, rng: random.Random) -> str | None:
    """A name of the row, as often as it was counted."""
    names, cumulative = weighted(table, key)
    return rng.choices(names, cum_weights=cumulative)[0] if names else None


def _top(counter: Counter[str], count: int) -> dict[str, int]:
    return dict(sorted(counter.items(), key=lambda item: (-item[1], item[0]))[:count])


def count_scenes(scenes: Iterable[Scene]) -> Statistics:
    """Everything but `keep`."""
    frequency: Counter[str] = Counter()
    companions: defaultdict[str, Counter[str]] = defaultdict(Counter)
    attributes: defaultdict[str, Counter[str]] = defaultdict(Counter)
    raw_names: defaultdict[str, Counter[str]] = defaultdict(Counter)
    targets: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for scene in scenes:
        present = sorted({thing.object_class for thing in scene.objects})
        frequency.update(OBJECTS[c] for c in present)
        for first in present:
            companions[OBJECTS[first]].update(OBJECTS[c] for c in present if c != first)
        for thing in scene.objects:
            attributes[thing.class_name].update(ATTRIBUTES[index] for index in thing.attributes)
            if scene.source == "gqa":
                raw_names[thing.class_name][object_names.singular(thing.name)] += 1
        for relation in scene.relations:
            subject, target = scene.objects[relation.subject], scene.objects[relation.target]
            targets[f"{subject.class_name}|{relation.name}"][target.class_name] += 1
    return Statistics(
        frequency=_top(frequency, len(OBJECTS)),
        companions={name: _top(companions[name], COMPANIONS) for name in OBJECTS if name in companions},
        attributes={name: _top(attributes[name], 24) for name in OBJECTS if name in attributes},
        raw_names={
            name: {
                raw: count for raw, count in _top(raw_names[name], RAW_NAMES).items()
                if count >= RAW_NAME_SHARE * sum(raw_names[name].values()) and raw in _plain_raw_names(name)
            }
            for name in OBJECTS if len(raw_names.get(name, ())) > 1
        },
        targets={key: _top(row, TARGETS) for key, row in sorted(targets.items()) if sum(row.values()) >= 5},
    )


def _plain_raw_names(name: str) -> set[str]:
    """Raw names that people use for the same thing, not for a special kind or a part of it."""
    return {name} | {raw for raw, folded in object_names.SYNONYMS.items() if folded == name and OBJECT_INDEX.get(raw) is None}


def balance(scenes: list[Scene], passes: int, seed: int) -> dict[str, dict[str, float]]:
    """How often each answer must be kept so that type and topic do not give it away."""
    from models.data.questions import candidates

    rng = random.Random(seed)
    by_topic: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for _ in range(passes):
        for scene in scenes:
            for question in candidates(scene, rng, attempts=60):
                by_topic[f"{question.type}|{question.topic}"][question.answer] += 1
                by_topic[f"{question.type}|"][question.answer] += 1
    return {key: _keep_shares(counts) for key, counts in sorted(by_topic.items()) if sum(counts.values()) >= 12}


TWO_SIDED = ({"yes", "no"}, {"left", "right"}, {"indoors", "outdoors"}, {"top", "bottom"})
FLATTENING = 0.6
RARE_ANSWER = 0.12


def _keep_shares(counts: Counter[str]) -> dict[str, float]:
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
    parser.add_argument("--passes", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    arguments = parser.parse_args()
    scenes = load_scenes(arguments.data)
    counted = count_scenes(scenes)
    store(counted)
    store(Statistics(**{**vars(counted), "keep": balance(scenes, arguments.passes, arguments.seed)}))
    print({name: len(rows) for name, rows in vars(statistics()).items()})


def store(counted: Statistics) -> None:
    STATISTICS_FILE.write_text(json.dumps(vars(counted), separators=(",", ":"), sort_keys=False) + "\n")
    statistics.cache_clear()
    weighted.cache_clear()


if __name__ == "__main__":
    main()
