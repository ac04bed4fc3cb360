"""Whose error it is: accuracy by how well the detector shows what is asked for, and what is taken for what."""

import argparse
import json
from collections import defaultdict
from pathlib import Path, PurePosixPath

import torch

from models.baselines.attribution import SIGHTS, Judged, by_sight, confusions, sight_of_question
from models.baselines.read_question import read_question
from models.data.questions.view import SceneView
from models.data.scenes import load_scenes
from models.data.tokenizer import default_tokenizer
from models.lxmert.checkpoint import load_checkpoint
from models.lxmert.detected_photos import DetectedPhotos
from models.lxmert.measure import accepted, plain, predict


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--checkpoint", type=Path, default=Path("models/work/lxmert/answering.pt"))
    parser.add_argument("--detections", type=Path, default=Path("models/work/detections.npz"))
    parser.add_argument("--questions", type=Path, default=Path("models/work/eval/everyday.json"))
    parser.add_argument("--most", type=int, default=8, help="confusions to print for each kind")
    parser.add_argument("--threads", type=int, default=1)


def run(arguments: argparse.Namespace) -> None:
    torch.set_num_threads(arguments.threads)
    items = json.loads(arguments.questions.read_text())
    detected = DetectedPhotos(arguments.detections)
    model, _, _ = load_checkpoint(arguments.checkpoint)
    predictions = predict(model, default_tokenizer(), items, detected.regions)
    scenes = load_scenes(arguments.data, validation=None, with_photo_only=True)
    views = {scene.photo: SceneView(scene) for scene in scenes if scene.photo in {item["photo"] for item in items}}
    judged = [
        judge(item, prediction, views[item["photo"]], detected)
        for item, prediction in zip(items, predictions, strict=True)
    ]
    for line in [*sight_lines(judged), "", *source_lines(judged), ""]:
        print(line)
    for kind in dict.fromkeys(one.kind for one in judged):
        worst = confusions(judged, kind)[: arguments.most]
        print(f"{kind}: " + ", ".join(f"{truth} → {said} {count}" for truth, said, count in worst))


def judge(item: dict, prediction: str, view: SceneView, detected: DetectedPhotos) -> Judged:
    program = read_question(item.get("plain", item["question"]))
    truth = item["answers"][0]
    return Judged(
        kind=finer_kind(item["kind"], truth, program.thing is None),
        source=PurePosixPath(item["photo"]).parts[0],
        sight=sight_of_question(program, view, detected.regions(item["photo"])),
        truth=truth,
        predicted=prediction,
        right=plain(prediction) in accepted(item),
    )


def finer_kind(kind: str, truth: str, asks_no_thing: bool) -> str:
    """Things that are there and things that are not fail for different reasons, as do sides and places."""
    if kind == "exists":
        return f"exists, {truth}"
    if kind == "where":
        return "where, place" if asks_no_thing else "where, side"
    return kind


def sight_lines(judged: list[Judged]) -> list[str]:
    """Markdown: right / asked by kind and by the worst sight among the things that decide the answer."""
    rows = [["right / asked", *SIGHTS], ["---"] * (len(SIGHTS) + 1)]
    for kind, cells in by_sight(judged).items():
        rows.append([kind, *("/".join(map(str, cells[sight])) if sight in cells else "" for sight in SIGHTS)])
    return [f"| {' | '.join(row)} |" for row in rows]


def source_lines(judged: list[Judged]) -> list[str]:
    """Right / asked by the photo's source."""
    groups: dict[str, list[bool]] = defaultdict(list)
    for one in judged:
        groups[one.source].append(one.right)
    return [f"{source} photos: {sum(group)}/{len(group)}" for source, group in sorted(groups.items())]
