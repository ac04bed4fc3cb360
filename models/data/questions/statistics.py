"""Counts over the training scenes that keep questions plausible and balanced.

Stored in statistics.json: what occurs together, which colours and raw names a class has, what is worn or
held, and how often each answer has to be thrown away so that a question does not give it away.
`python -m models.data.questions.balance --data ../shared/data` computes it again.
"""

import json
import random
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from models.data import object_names, object_synonyms
from models.data.scenes import Scene
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
                raw: count
                for raw, count in _top(raw_names[name], RAW_NAMES).items()
                if count >= RAW_NAME_SHARE * sum(raw_names[name].values()) and raw in _plain_raw_names(name)
            }
            for name in OBJECTS
            if len(raw_names.get(name, ())) > 1
        },
        targets={key: _top(row, TARGETS) for key, row in sorted(targets.items()) if sum(row.values()) >= 5},
    )


def _plain_raw_names(name: str) -> set[str]:
    """Raw names that people use for the same thing, not for a special kind or a part of it."""
    return {name} | {
        raw for raw, folded in object_synonyms.SYNONYMS.items() if folded == name and OBJECT_INDEX.get(raw) is None
    }


def store(counted: Statistics) -> None:
    STATISTICS_FILE.write_text(json.dumps(vars(counted), separators=(",", ":"), sort_keys=False) + "\n")
    statistics.cache_clear()
    weighted.cache_clear()
