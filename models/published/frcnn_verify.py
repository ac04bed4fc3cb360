"""Proves the detector of a published pack at full size: random weights, a real photo, PyTorch against the page's engine.

    python -m models.published.frcnn_verify save --work DIR        random weights as DIR/detector.bin, and what PyTorch finds
    python -m models.published.frcnn_verify compare --work DIR --pack PACK

Between the two, `npm run convert` makes PACK from DIR/detector.bin. `models.verify published` runs all of it.
Takes about 40 s of an idle core in PyTorch, and two minutes per precision in the engine with 300 proposals; fewer are faster.
In single precision every region must agree: the same names, boxes overlapping by 0.99, features with a cosine of 0.999.
What fp16 and int8 lose is printed: random weights have many names of nearly the same probability, so their order and with it the
choice of regions changes easily; the nearest region is then looked for.
"""

import argparse
import base64
import json
import subprocess
import time
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from PIL import Image

from models.published.frcnn_boxes import overlaps
from models.published.frcnn_detect import Regions, detect
from models.published.frcnn_lineage import HUGGING_FACE
from models.published.frcnn_random import random_network
from models.published.frcnn_size import PUBLISHED

PHOTO = Path("public/samples/coffee.jpg")
CHECKPOINT, FOUND = "detector.bin", "regions.npz"
LEAST_IOU, LEAST_COSINE = 0.99, 0.999


@dataclass(frozen=True)
class Agreement:
    """Of the regions that PyTorch finds with those that the engine finds."""

    regions: int
    same_place: int  # the region at the same place in the list has the same name and box
    least_iou: float  # with the nearest region
    mean_iou: float
    least_cosine: float
    mean_cosine: float

    @property
    def is_exact(self) -> bool:
        same = self.same_place == self.regions
        return same and self.least_iou >= LEAST_IOU and self.least_cosine >= LEAST_COSINE

    def __str__(self) -> str:
        return (
            f"{self.same_place} of {self.regions} regions in their place; to the nearest, IoU {self.least_iou:.4f} at least "
            f"and {self.mean_iou:.4f} on average, cosine of features {self.least_cosine:.5f} and {self.mean_cosine:.5f}"
        )


def read_photo(path: Path) -> np.ndarray:
    with Image.open(path) as image:
        return np.asarray(image.convert("RGB"))


def save(work: Path, proposals: int = HUGGING_FACE.proposals, photo: Path = PHOTO) -> None:
    """Writes the checkpoint and what PyTorch finds with it among so many proposals."""
    work.mkdir(parents=True, exist_ok=True)
    pixels = read_photo(photo)
    began = time.monotonic()
    network = random_network(PUBLISHED, pixels, (HUGGING_FACE.short_side, HUGGING_FACE.long_side))
    torch.save(network.state_dict(), work / CHECKPOINT)
    made = time.monotonic()
    found = detect(network, pixels, replace(HUGGING_FACE, proposals=proposals))
    np.savez(work / FOUND, **vars(found), proposals=proposals)
    cpu = time.process_time()
    print(
        f"detector in PyTorch: weights {made - began:.0f} s, regions {time.monotonic() - made:.0f} s; {cpu:.0f} s of processor"
    )


def regions_of_engine(pack: Path, photo: Path, threads: int) -> tuple[Regions, dict]:
    """What `npm run detect` prints, and the rest of it: timings and memory."""
    command = ["npm", "run", "--silent", "detect", "--", "--pack", str(pack), "--threads", str(threads), str(photo)]
    printed = json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout)
    regions = printed.pop("regions")
    objects = json.loads((pack / "pack.json").read_text())["labels"]["objects"]
    dims, content = printed["features"]["dims"], base64.b64decode(printed.pop("features")["base64"])
    best = [(one["attributes"] or [{"score": 0.0}])[0]["score"] for one in regions]
    found = Regions(
        boxes=np.array([[one["box"][side] for side in ("xmin", "ymin", "xmax", "ymax")] for one in regions]),
        labels=np.array([objects.index(one["label"]) for one in regions]),
        scores=np.array([one["score"] for one in regions]),
        attributes=np.zeros(len(regions), int),
        attribute_scores=np.array(best),
        features=np.frombuffer(content, "<f4").reshape(dims),
    )
    return found, printed


def look_at_so_many(pack: Path, proposals: int) -> None:
    """As many as PyTorch has looked at: fewer are a shorter proof."""
    file = pack / "pack.json"
    described = json.loads(file.read_text())
    described["detector"]["proposals"] = {**described["detector"].get("proposals", {}), "count": proposals}
    file.write_text(json.dumps(described))


def agreement(found: Regions, expected: Regions) -> Agreement:
    boxes = torch.tensor(np.asarray(found.boxes, np.float64))
    ious = np.stack([overlaps(torch.tensor(np.asarray(box, np.float64)), boxes).numpy() for box in expected.boxes])
    units = [rows / np.linalg.norm(rows, axis=1, keepdims=True) for rows in (expected.features, found.features)]
    cosines = units[0] @ units[1].T  # [expected, found]
    # Among boxes that are as near, the one that looks alike.
    nearest = (ious + 1e-3 * cosines).argmax(axis=1)
    rows = np.arange(len(nearest))
    best_ious, best_cosines = ious[rows, nearest], cosines[rows, nearest]
    several = min(len(found.labels), len(expected.labels))
    in_place = [found.labels[row] == expected.labels[row] and ious[row, row] >= LEAST_IOU for row in range(several)]
    return Agreement(
        regions=len(expected.labels),
        same_place=int(np.sum(in_place)),
        least_iou=float(best_ious.min()),
        mean_iou=float(best_ious.mean()),
        least_cosine=float(best_cosines.min()),
        mean_cosine=float(best_cosines.mean()),
    )


def compare(work: Path, pack: Path, precision: str, threads: int = 1, photo: Path = PHOTO) -> bool:
    """Runs the page's engine in Node on the pack; prints how it agrees, its time and its memory."""
    saved = dict(np.load(work / FOUND))
    look_at_so_many(pack, int(saved.pop("proposals")))
    expected = Regions(**saved)
    found, rest = regions_of_engine(pack, photo, threads)
    agrees = agreement(found, expected)
    passes = agrees.is_exact or precision != "fp32"
    timings = rest["timings"]
    print(
        f"{'ok  ' if passes else 'FAIL'} detector {precision}: {agrees}; "
        f"opened in {timings['openMs'] / 1000:.0f} s, proposals {timings['proposeMs'] / 1000:.0f} s, "
        f"{rest['proposals']} regions {timings['classifyMs'] / 1000:.0f} s with {threads} threads; "
        f"{rest['processorMs'] / 1000:.0f} s of processor, {rest['memoryMb']} MB",
        flush=True,
    )
    return passes


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("step", choices=("save", "compare"))
    parser.add_argument("--work", type=Path, default=Path("models/work/published"))
    parser.add_argument("--pack", type=Path)
    parser.add_argument("--precision", default="fp32")
    parser.add_argument("--proposals", type=int, default=HUGGING_FACE.proposals)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    torch.set_num_threads(arguments.threads)
    if arguments.step == "save":
        save(arguments.work, arguments.proposals)
    elif not compare(arguments.work, arguments.pack, arguments.precision, arguments.threads):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
