"""Chooses the rules' numbers, one after the other, on questions about training photos."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from models.baselines.read_question import Program
from models.baselines.rules import RuleNumbers, answer_by_rule
from models.baselines.sightings import Sightings
from models.data.everyday import Item
from models.lxmert.measure import plain

THRESHOLDS = (0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6)
# Which numbers a kind of question depends on, and what is tried. 'count' has two, tried together.
CHOICES: tuple[tuple[str, tuple[RuleNumbers, ...]], ...] = (
    ("exists", tuple(RuleNumbers(exists=score) for score in THRESHOLDS)),
    (
        "count",
        tuple(RuleNumbers(count=score, shared=part) for score in THRESHOLDS for part in (0.2, 0.35, 0.5, 0.65, 0.8)),
    ),
    ("what", tuple(RuleNumbers(size=size) for size in (0.0, 0.25, 0.5, 0.75, 1.0))),
    ("indoors", tuple(RuleNumbers(sign=score) for score in THRESHOLDS)),
)
FIELDS = {"exists": ("exists",), "count": ("count", "shared"), "what": ("size",), "indoors": ("sign",)}


def fit_rules(asked: Sequence[tuple[Item, Program]], look: Callable[[str], Sightings]) -> RuleNumbers:
    """The numbers with most right answers; of equally good ones the first that was tried. A number that no question
    depends on keeps its default."""
    chosen = RuleNumbers()
    for kind, candidates in CHOICES:
        questions = [(item, program) for item, program in asked if item.kind == kind]
        if not questions:
            continue
        best = max(candidates, key=lambda numbers: _right(questions, look, numbers))
        chosen = replace(chosen, **{name: getattr(best, name) for name in FIELDS[kind]})
    return chosen


def _right(questions: Iterable[tuple[Item, Program]], look: Callable[[str], Sightings], numbers: RuleNumbers) -> int:
    return sum(
        plain(answer_by_rule(program, look(item.photo), numbers)) in set(map(plain, item.answers))
        for item, program in questions
    )
