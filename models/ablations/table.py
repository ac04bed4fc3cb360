"""The results on disk -> one Markdown table: mean accuracy with its interval, and the difference from the reference."""

import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from models.ablations.conditions import REFERENCE, Condition
from models.ablations.spread import spread

HEAD = ["condition", "accuracy", "yes/no kinds", "open kinds", "against the reference", "seeds"]
YES_NO_KINDS = frozenset({"exists", "relation"})


def read_results(folder: Path) -> list[dict]:
    return [json.loads(file.read_text()) for file in sorted(folder.glob("*.json"))]


def accuracy(result: dict, kinds: frozenset[str] | None = None) -> float:
    """Mean over the kinds, or over those of `kinds`."""
    shares = [
        result["right"].get(kind, 0) / asked
        for kind, asked in result["asked"].items()
        if kinds is None or kind in kinds
    ]
    return sum(shares) / len(shares)


def table_lines(results: Sequence[dict], conditions: Sequence[Condition]) -> list[str]:
    """Accuracy in points, mean ± half of the 95 % t interval over seeds. Differences are paired by seed."""
    by_condition: dict[str, dict[int, dict]] = defaultdict(dict)
    for result in results:
        by_condition[result["condition"]][result["seed"]] = result
    reference = by_condition[REFERENCE]
    rows = [HEAD, ["---"] * len(HEAD)]
    for condition in conditions:
        runs = by_condition[condition.name]
        if not runs:
            continue
        open_kinds = frozenset(kind for run in runs.values() for kind in run["asked"]) - YES_NO_KINDS
        cells = [
            spread([accuracy(run, kinds) for run in runs.values()]).text() for kinds in (None, YES_NO_KINDS, open_kinds)
        ]
        shared = sorted(runs.keys() & reference.keys())
        gains = [accuracy(runs[seed]) - accuracy(reference[seed]) for seed in shared]
        against = spread(gains).text(signed=True) if gains and condition.name != REFERENCE else ""
        rows.append([condition.name, *cells, against, str(len(runs))])
    return [f"| {' | '.join(row)} |" for row in rows]
