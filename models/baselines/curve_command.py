"""Accuracy against training: measures checkpoints of one training and adds them to the points measured before.

A training overwrites its checkpoint, so this is run now and then while it goes on; `--points` collects what was
measured, by the number of samples seen.
"""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import torch

from models.data.questions import EVERYDAY_KINDS
from models.data.tokenizer import default_tokenizer
from models.lxmert.checkpoint import load_checkpoint
from models.lxmert.detected_photos import DetectedPhotos
from models.lxmert.measure import measure, predict
from models.lxmert.region_set import RegionSet

SETS = {"everyday": "everyday", "everyday_second": "second draw", "gqa_validation": "GQA"}
BAR_WIDTH = 40


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("checkpoints", type=Path, nargs="*", help="none: only prints the points")
    parser.add_argument("--points", type=Path, default=Path("models/work/lxmert/curve.json"))
    parser.add_argument("--detections", type=Path, default=Path("models/work/detections.npz"))
    parser.add_argument("--questions", type=Path, default=Path("models/work/eval"), help="folder of the question sets")
    parser.add_argument("--threads", type=int, default=1)


def run(arguments: argparse.Namespace) -> None:
    torch.set_num_threads(arguments.threads)
    points = json.loads(arguments.points.read_text()) if arguments.points.exists() else []
    if arguments.checkpoints:
        regions = DetectedPhotos(arguments.detections).regions
        for checkpoint in arguments.checkpoints:
            points = with_point(points, measured(checkpoint, arguments.questions, regions))
        arguments.points.parent.mkdir(parents=True, exist_ok=True)
        arguments.points.write_text(json.dumps(points, indent=1) + "\n")
    print("\n".join(curve_lines(points)))


def measured(checkpoint: Path, questions: Path, regions: Callable[[str], RegionSet]) -> dict:
    """{samples, sets: {set: {overall, macro, kinds: {kind: accuracy}}}}."""
    model, _, samples = load_checkpoint(checkpoint)
    sets = {}
    for name in SETS:
        items = json.loads((questions / f"{name}.json").read_text())
        found = measure(items, predict(model, default_tokenizer(), items, regions))
        kinds = {kind: round(found.right[kind] / asked, 4) for kind, asked in found.asked.items()}
        sets[name] = {"overall": round(found.overall, 4), "macro": round(found.macro, 4), "kinds": kinds}
    return {"samples": samples, "sets": sets}


def with_point(points: list[dict], point: dict) -> list[dict]:
    """By samples; a later measurement of the same number replaces the earlier one."""
    others = [one for one in points if one["samples"] != point["samples"]]
    return sorted([*others, point], key=lambda one: one["samples"])


def curve_lines(points: list[dict]) -> list[str]:
    """A Markdown table; the bar shows the macro average of the everyday questions from 0 to 1."""
    head = ["samples", *(f"{title}" for title in SETS.values()), *EVERYDAY_KINDS, "everyday, macro"]
    rows = [head, ["---"] * len(head)]
    for point in points:
        everyday = point["sets"]["everyday"]
        main = [point["sets"][name]["overall" if name == "gqa_validation" else "macro"] for name in SETS]
        kinds = [everyday["kinds"].get(kind, 0.0) for kind in EVERYDAY_KINDS]
        bar = "█" * round(BAR_WIDTH * everyday["macro"])
        rows.append([f"{point['samples']:,}", *(f"{value:.3f}" for value in (*main, *kinds)), bar])
    return [f"| {' | '.join(row)} |" for row in rows]
