"""Who stands in which relation to whom.

The scene graphs give, for each object, the SET of its relations and the SET of related names, not pairs.
A pair is taken when the names leave little doubt: which names go with 'wearing' is counted over all
graphs, and of several boxes with that name the one that touches or is nearest is meant.
Left and right are not rebuilt: they follow from the boxes.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

SIDEWAYS = frozenset({"to the left of", "to the right of"})
ROUNDS = 4
SURE = 0.55
WORN_SHARE = 0.8
WORN_LIFT = 4.0
NEAR = 0.06
SMOOTHING = 0.05

# These may hold between things that stand apart in the picture.
DISTANT = frozenset(
    {
        "looking at",
        "watching",
        "behind",
        "in front of",
        "near",
        "next to",
        "by",
        "beside",
        "above",
        "below",
        "under",
        "flying",
        "playing with",
        "facing",
        "waiting for",
        "catching",
        "throwing",
        "hitting",
        "chasing",
        "followed by",
    }
)


@dataclass(frozen=True)
class RelationPriors:
    """How well a name explains a relation: share[relation][name], and background[name] for left/right."""

    share: dict[str, dict[str, float]]
    background: dict[str, float]

    @classmethod
    def count(cls, records: Iterable[dict]) -> RelationPriors:
        """Expectation maximisation over 'which related name belongs to which relation'."""
        background: Counter[str] = Counter()
        observations: list[tuple[list[str], list[str]]] = []
        for record in records:
            for thing in record["objects"]:
                background[thing["name"]] += 1
                real = [name for name in thing.get("relations", ()) if name not in SIDEWAYS]
                if real:
                    observations.append((real, list(thing.get("related", ()))))
        total = sum(background.values())
        base = {name: count / total for name, count in background.items()}
        share: dict[str, dict[str, float]] = {}
        for _ in range(ROUNDS):
            counted: defaultdict[str, Counter[str]] = defaultdict(Counter)
            for relation_names, related in observations:
                for relation in relation_names:
                    for name, weight in _responsibility(relation, related, share, base):
                        counted[relation][name] += weight
            share = {
                relation: {name: weight / sum(names.values()) for name, weight in names.items()}
                for relation, names in ((r, c) for r, c in counted.items())
            }
        return cls(share, base)

    def responsibility(self, relation: str, related: list[str]) -> list[tuple[str, float]]:
        return _responsibility(relation, related, self.share, self.background)


def _responsibility(
    relation: str, related: list[str], share: dict[str, dict[str, float]], base: dict[str, float]
) -> list[tuple[str, float]]:
    """Probability, for each related name, that it is the one that `relation` points to."""
    known = share.get(relation, {})
    weights = [(known.get(name, 0.0) + SMOOTHING * base.get(name, 1e-6)) / base.get(name, 1e-6) for name in related]
    total = sum(weights)
    return [(name, weight / total) for name, weight in zip(related, weights, strict=True)] if total else []


def _gap(a: list[float], b: list[float]) -> float:
    """Distance between two boxes, as a fraction of the picture; below zero when they overlap."""
    horizontal = max(a[0], b[0]) - min(a[2], b[2])
    vertical = max(a[1], b[1]) - min(a[3], b[3])
    return max(horizontal, vertical)


def _shared_part(a: list[float], b: list[float]) -> float:
    """Intersection over the smaller box."""
    width, height = min(a[2], b[2]) - max(a[0], b[0]), min(a[3], b[3]) - max(a[1], b[1])
    if width <= 0 or height <= 0:
        return 0.0
    smaller = min((box[2] - box[0]) * (box[3] - box[1]) for box in (a, b))
    return width * height / max(smaller, 1e-6)


def _likely_names(relation: str, related: list[str], priors: RelationPriors) -> list[str]:
    """The related names that `relation` points to: one as a rule, several for what somebody wears."""
    ranked = sorted(priors.responsibility(relation, related), key=lambda item: (-item[1], item[0]))
    likely = [name for name, weight in ranked[:1] if weight >= SURE]
    if relation != "wearing":
        return likely
    worn = priors.share.get(relation, {})
    return likely + [
        name
        for name in related
        if name not in likely and worn.get(name, 0.0) >= WORN_LIFT * priors.background.get(name, 1.0)
    ]


def rebuild_relations(things: list[dict], priors: RelationPriors) -> Iterator[tuple[int, str, int]]:
    """Yields (subject index, relation, target index) for the pairs that leave little doubt."""
    by_name: defaultdict[str, list[int]] = defaultdict(list)
    for index, thing in enumerate(things):
        by_name[thing["name"]].append(index)
    for subject, thing in enumerate(things):
        related = list(thing.get("related", ()))
        for relation in thing.get("relations", ()):
            if relation in SIDEWAYS:
                continue
            for name in _likely_names(relation, related, priors):
                target = _meant_box(things, by_name.get(name, []), subject, relation)
                if target is not None:
                    yield subject, relation, target


def _meant_box(things: list[dict], named: list[int], subject: int, relation: str) -> int | None:
    """Of the boxes with the related name, the one that touches the subject's box most, if one stands out."""
    targets = [index for index in named if index != subject]
    if not targets:
        return None
    box = things[subject]["box"]
    shared = {index: _shared_part(box, things[index]["box"]) for index in targets}
    best = max(targets, key=lambda index: (shared[index], -_gap(box, things[index]["box"])))
    rivals = [index for index in targets if index != best and shared[index] > 0.7 * shared[best]]
    if relation == "wearing" and shared[best] < WORN_SHARE:
        return None
    if relation not in DISTANT and _gap(box, things[best]["box"]) > NEAR:
        return None
    if rivals and (relation in DISTANT or shared[best] == 0.0):
        return None
    return best
