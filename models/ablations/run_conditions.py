"""Trains and measures every condition with every seed that has no result yet.

Each run is a JSON file in the work folder, written when the run is over; what was cut off starts again. Seeds go
round all conditions before the next seed begins, so that a table of what is there compares like with like.
"""

import json
import re
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from models.ablations.conditions import Budget, Condition

Outcome = dict[str, dict[str, int]]
"""{"right": {kind: n}, "asked": {kind: n}}."""


@dataclass(frozen=True)
class Place:
    """Where one budget's results lie."""

    work: Path
    budget: Budget

    @property
    def folder(self) -> Path:
        return self.work / f"{self.budget.pretraining}-{self.budget.fine_tuning}"

    def result(self, condition: Condition, seed: int) -> Path:
        return self.folder / f"{slug(condition)}-{seed}.json"


def slug(condition: Condition) -> str:
    return re.sub(r"[^a-z]+", "-", condition.name.lower())


def run_conditions(
    place: Place,
    conditions: Sequence[Condition],
    seeds: Iterable[int],
    train_and_measure: Callable[[Condition, Budget, int], Outcome],
) -> None:
    place.folder.mkdir(parents=True, exist_ok=True)
    for seed in seeds:
        for condition in conditions:
            file = place.result(condition, seed)
            if file.exists():
                continue
            began = time.monotonic()
            outcome = train_and_measure(condition, place.budget, seed)
            minutes = round((time.monotonic() - began) / 60.0, 2)
            about = {"condition": condition.name, "seed": seed, "budget": asdict(place.budget), "minutes": minutes}
            file.write_text(json.dumps({**about, **outcome}, indent=1) + "\n")
            print(f"{condition.name}, seed {seed}: {minutes} min", flush=True)
