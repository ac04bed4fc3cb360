"""Accuracy of a checkpoint on question sets, with detected or human regions, and blind."""

import argparse
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import torch

from models.data.scenes import load_scenes
from models.data.tokenizer import default_tokenizer
from models.lxmert.checkpoint import load_checkpoint
from models.lxmert.detected_photos import DetectedPhotos
from models.lxmert.drawn_regions import DrawnRegions
from models.lxmert.measure import measure, predict
from models.lxmert.region_set import RegionSet

SETS = ("everyday", "paraphrased", "gqa_validation")
MOST_REGIONS = 36


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--checkpoint", type=Path, default=Path("models/work/lxmert/answering.pt"))
    parser.add_argument("--questions", type=Path, default=Path("models/work/eval"), help="folder of the question sets")
    parser.add_argument("--sets", nargs="+", default=SETS)
    parser.add_argument("--detections", type=Path, default=Path("models/work/detections.npz"))
    parser.add_argument("--regions", choices=("detected", "human"), default="detected")
    parser.add_argument("--blind", action="store_true", help="the control: every region is zero")
    parser.add_argument("--threads", type=int, default=1)


def run(arguments: argparse.Namespace) -> None:
    torch.set_num_threads(arguments.threads)
    model, _, samples = load_checkpoint(arguments.checkpoint)
    seen = (
        human_regions(arguments.data) if arguments.regions == "human" else DetectedPhotos(arguments.detections).regions
    )
    regions = blinded(seen) if arguments.blind else seen
    print(
        f"{arguments.checkpoint}: {samples} samples; {arguments.regions} regions{', blind' if arguments.blind else ''}"
    )
    for name in arguments.sets:
        items = json.loads((arguments.questions / f"{name}.json").read_text())
        print(f"{name}: {measure(items, predict(model, default_tokenizer(), items, regions)).line()}", flush=True)


def human_regions(data: Path) -> Callable[[str], RegionSet]:
    """Regions as people drew them, in the detector's layout."""
    scenes = {scene.photo: scene for scene in load_scenes(data, validation=None, with_photo_only=True)}
    drawn = DrawnRegions(MOST_REGIONS, seed=0)
    return lambda photo: drawn.regions(scenes[photo])


def blinded(seen: Callable[[str], RegionSet]) -> Callable[[str], RegionSet]:
    def regions(photo: str) -> RegionSet:
        found = seen(photo)
        return RegionSet(np.zeros_like(found.features), np.zeros_like(found.boxes))

    return regions
