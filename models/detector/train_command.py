"""Trains the detector: trunk cache, proposals, two fold heads, full head."""

import argparse
import copy
import hashlib
from pathlib import Path

import numpy as np
import torch

from models.data.photos import load_photos
from models.data.split import is_validation
from models.data.vocabulary import ATTRIBUTES, OBJECTS
from models.detector.backbone import DetectorBackbone, calibrated
from models.detector.build import START_WEIGHTS, build_detector
from models.detector.calibrate import calibrate, proposals_of_levels
from models.detector.feature_cache import FeatureCache, measure_standardisation, write_cache
from models.detector.select_regions import Selection, select_proposals
from models.detector.teacher_embedding import TeacherEmbedding, fit_embedding
from models.detector.train_head import HeadTraining
from models.detector.train_proposals import train_proposals
from models.detector.training_views import TrainingViews

PROPOSAL_CANDIDATES = 1000  # more than are ever looked at before 110 are kept
FOLDS = ("fold-a", "fold-b")
STAGES = ("cache", "proposals", *FOLDS, "full")


def fold_of(photo: str) -> str:
    """Which half a photo belongs to; a fold's head is trained on the other photos' half."""
    return FOLDS[hashlib.sha1(b"fold" + photo.encode()).digest()[0] % 2]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--work", type=Path, default=Path("models/work/detector"))
    parser.add_argument("--stages", nargs="+", choices=STAGES, default=STAGES)
    parser.add_argument("--proposal-steps", type=int, default=1000)
    parser.add_argument("--fold-steps", type=int, default=960)
    parser.add_argument("--full-steps", type=int, default=900)
    parser.add_argument("--start", type=Path, help="checkpoint the full head goes on from (default: the first fold's)")
    parser.add_argument("--learning-rate", type=float, default=1e-3, help="of the heads")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=1)


def save(stored: object, file: Path) -> None:
    """Replaces the file in one step: somebody may be reading it."""
    partial = file.with_suffix(".partial")
    torch.save(stored, partial)
    partial.replace(file)


def load_backbone(work: Path) -> DetectorBackbone:
    backbone, _ = build_detector((len(OBJECTS), len(ATTRIBUTES)))
    backbone.load_state_dict(torch.load(work / "backbone.pt", weights_only=True))
    return backbone


@torch.no_grad()
def propose(backbone: DetectorBackbone, cache: FeatureCache) -> np.ndarray:
    """Selected proposals of every cached view, [view, proposal, 4]; short rows repeat their last box."""
    rule = Selection()
    found = np.zeros((len(cache.photos), rule.proposal_count, 4), np.float32)
    for row in range(len(cache.photos)):
        view = cache[row]
        boxes, scores = proposals_of_levels(backbone.proposals, [x.float() for x in view.levels])
        dense = calibrated(view.dense_scores.amax(1), backbone.dense_calibration)
        own = calibrated(scores, backbone.proposal_calibration)
        all_boxes, all_scores = torch.cat([view.dense_boxes, boxes]), torch.cat([dense, own])
        best = all_scores.topk(PROPOSAL_CANDIDATES).indices
        kept = select_proposals(all_boxes[best].numpy(), all_scores[best].numpy(), rule)
        found[row, : len(kept)] = kept
        found[row, len(kept) :] = kept[-1]
    return found


def run(arguments: argparse.Namespace) -> None:
    torch.set_num_threads(arguments.threads)
    data, work, seed = arguments.data, arguments.work, arguments.seed
    work.mkdir(parents=True, exist_ok=True)
    photos = load_photos(data)

    if "cache" in arguments.stages:
        backbone, _ = build_detector((len(OBJECTS), len(ATTRIBUTES)), (data / START_WEIGHTS).parent, seed=seed)
        trained_on = [photo for photo in photos if not is_validation(photo.key)]
        measure_standardisation(backbone, trained_on, data)
        write_cache(backbone, photos, data, work / "cache", seed)
        save(backbone.state_dict(), work / "backbone.pt")

    backbone = load_backbone(work)
    cache = FeatureCache(work / "cache", backbone)
    views = TrainingViews(photos, data, cache)
    keys = views.training_keys()

    if "proposals" in arguments.stages:
        train_proposals(backbone.proposals, views, arguments.proposal_steps, seed)
        dense, proposed = calibrate(backbone.proposals, views, [k for k in keys if not k.startswith("coco")])
        backbone.dense_calibration.copy_(dense)
        backbone.proposal_calibration.copy_(proposed)
        print(f"calibration dense {dense.tolist()} proposals {proposed.tolist()}")
        save(backbone.state_dict(), work / "backbone.pt")
        np.save(work / "proposals.npy", propose(backbone, cache))

    proposals = np.load(work / "proposals.npy")
    embedding = fit_embedding(views.teacher, keys)
    for stage in (*FOLDS, "full"):
        if stage in arguments.stages:
            chosen = [key for key in keys if fold_of(key) != stage]
            train_one(stage, backbone, views, chosen, proposals, embedding, arguments)


def train_one(
    stage: str,
    backbone: DetectorBackbone,
    views: TrainingViews,
    keys: list[str],
    proposals: np.ndarray,
    embedding: TeacherEmbedding,
    arguments: argparse.Namespace,
) -> None:
    """Trains a head on the photos `keys` and stores it with its backbone as `<stage>.pt`."""
    backbone = copy.deepcopy(backbone)
    _, head = build_detector((len(OBJECTS), len(ATTRIBUTES)), seed=arguments.seed)
    steps = arguments.fold_steps
    if stage == "full":
        # Goes on from the first fold's head: what half of the photos taught need not be learned twice.
        stored = torch.load(arguments.start or arguments.work / f"{FOLDS[0]}.pt", weights_only=True)
        projections = {name: x for name, x in stored["backbone"].items() if name.startswith("project.")}
        backbone.load_state_dict(projections, strict=False)
        head.load_state_dict(stored["roi_head"])
        steps = arguments.full_steps
    print(f"{stage}: {len(keys)} photos, {steps} steps", flush=True)
    HeadTraining(backbone.project, head, embedding).train(
        views, keys, proposals, steps, arguments.seed, arguments.learning_rate
    )
    save({"backbone": backbone.state_dict(), "roi_head": head.state_dict()}, arguments.work / f"{stage}.pt")
