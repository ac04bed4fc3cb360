"""A few photos and scene graphs of the data folder, as a data folder of their own: enough to run the recipe through."""

import gzip
import json
import os
from dataclasses import dataclass
from pathlib import Path

from models.data.split import is_validation

LINKED = ("photos", "butd", "weights", "vocab", "gqa_question_texts.jsonl")


@dataclass(frozen=True)
class Miniature:
    photos: int = 9  # of each source for training, and a third as many for validation
    scenes: int = 300
    samples: int = 3000  # texts per training of LXMERT
    detector_steps: tuple[str, ...] = ("--proposal-steps", "6", "--fold-steps", "6", "--full-steps", "6")


def write_miniature(data: Path, folder: Path, small: Miniature) -> None:
    """Photos, weights and lists are links into `data`; what lists them is cut down."""
    folder.mkdir(parents=True, exist_ok=True)
    for name in LINKED:
        link = folder / name
        if not link.is_symlink():
            os.symlink((data / name).resolve(), link)
    kept: list[dict] = []
    counts: dict[tuple[str, bool, bool], int] = {}
    for record in json.loads((data / "photos.json").read_text()):
        validation, boxed = is_validation(record["photo"]), bool(record.get("objects"))
        key = record["photo"].split("/")[0], validation, boxed
        # A few without boxes too: there the teacher's regions are what is asked about.
        if counts.get(key, 0) < small.photos // (1 if boxed and not validation else 3):
            counts[key] = counts.get(key, 0) + 1
            kept.append(record)
    (folder / "photos.json").write_text(json.dumps(kept))
    names = {record["photo"] for record in kept}
    pairs = [pair for pair in json.loads((data / "gqa_qa.json").read_text()) if pair["photo"] in names]
    (folder / "gqa_qa.json").write_text(json.dumps(pairs))
    with (
        gzip.open(data / "gqa_scenes.jsonl.gz", "rt") as lines,
        gzip.open(folder / "gqa_scenes.jsonl.gz", "wt") as written,
    ):
        written.writelines(line for _, line in zip(range(small.scenes), lines, strict=False))
