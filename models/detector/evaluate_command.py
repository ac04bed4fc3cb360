"""Measures a detector on the validation photos: finding, naming and colouring what people boxed."""

import argparse
import json
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from models.data.photos import Photo, load_photos
from models.data.split import is_validation
from models.data.vocabulary import ATTRIBUTES, COLOUR_ATTRIBUTES, OBJECTS, canonical_attribute, canonical_object
from models.detector.build import build_detector
from models.detector.class_evidence import box_ious
from models.detector.detect import regions_of_maps
from models.detector.preprocess import preprocess, read_photo
from models.detector.score_calibration import OUT, ScoreCalibration
from models.detector.select_regions import Selection, select_proposals
from models.pack.detector_graphs import BACKBONE_FILE, ROI_HEAD_FILE

FOUND = 0.5  # IoU
SCORES = "class score on found regions"
LARGE = 0.02  # of the photo's area
CALIBRATION_BINS = 10


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--checkpoint", type=Path, default=Path("models/work/detector/full.pt"))
    parser.add_argument("--pack", type=Path, help="measure this pack's graphs in onnxruntime instead of the checkpoint")
    parser.add_argument("--proposals", type=int, default=Selection.proposal_count)
    parser.add_argument("--nms", type=float, default=Selection.region_nms_iou)
    parser.add_argument("--scores", type=Path, default=OUT, help="what `models.train scores` wrote")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--json", type=Path, help="write the numbers there too, for the model card")


class GraphModule:
    """A pack's graph, called like the PyTorch module that it was exported from."""

    def __init__(self, file: Path, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        self.session = onnxruntime.InferenceSession(file, options)

    def __call__(self, *inputs: torch.Tensor) -> tuple[torch.Tensor, ...]:
        names = [argument.name for argument in self.session.get_inputs()]
        fed = {name: tensor.numpy() for name, tensor in zip(names, inputs, strict=True)}
        return tuple(torch.from_numpy(output) for output in self.session.run(None, fed))


def true_colours(attributes: tuple[str, ...]) -> set[int]:
    """Positions in COLOUR_ATTRIBUTES of the colours that people named."""
    present = {canonical_attribute(name) for name in attributes}
    return {i for i, attribute in enumerate(COLOUR_ATTRIBUTES) if attribute in present}


def judge_names(tally: dict[str, list[bool]], scores: torch.Tensor, truth: int | None, where: str) -> None:
    """scores [C] of one region that shows an object called truth."""
    if truth is not None:
        best = scores.topk(5).indices.tolist()
        tally[f"top-1 {where}"].append(best[0] == truth)
        tally[f"top-5 {where}"].append(truth in best)


def calibration_error(scores: Sequence[float] | np.ndarray, right: Sequence[bool]) -> float:
    """Expected calibration error: how far the mean score of a tenth of the regions is from their share of right names.

    Guo et al., On Calibration of Modern Neural Networks, eq. 3, with bins of equal counts.
    """
    order = np.argsort(scores)
    bins = np.array_split(order, CALIBRATION_BINS)
    gaps = [len(b) * abs(np.mean(np.array(scores)[b]) - np.mean(np.array(right)[b])) for b in bins if len(b)]
    return float(sum(gaps) / len(scores))


@torch.no_grad()
def judge_photo(models: tuple, photo: Photo, data: Path, rule: Selection, tally: dict[str, list]) -> None:
    backbone, head = models
    things = [thing for thing in photo.objects if not thing.is_crowd]
    truth = torch.tensor([thing.box for thing in things])
    proposal_boxes, proposal_scores, *maps = backbone(torch.from_numpy(preprocess(read_photo(photo.path(data)))))
    proposals = select_proposals(proposal_boxes.numpy(), proposal_scores.numpy(), rule)
    detections = regions_of_maps(head, maps, proposals, rule)
    on_truth = head(*maps, truth)
    proposal_ious = box_ious(truth, torch.from_numpy(proposals)).amax(1)
    region_ious, region = box_ious(truth, torch.from_numpy(detections.boxes)).max(1)
    for i, thing in enumerate(things):
        name, colours = canonical_object(thing.name), true_colours(thing.attributes)
        area = float((truth[i, 2:] - truth[i, :2]).prod())
        found = bool(region_ious[i] >= FOUND)
        tally["proposal recall"].append(bool(proposal_ious[i] >= FOUND))
        tally["region recall"].append(found)
        if area > LARGE:
            tally["region recall, large"].append(found)
        judge_names(tally, on_truth[0][i], name, "on human boxes")
        if found:
            class_scores = torch.from_numpy(detections.features[region[i], : len(OBJECTS)])
            judge_names(tally, class_scores, name, "on found regions")
            if name is not None:
                tally[SCORES].append(float(class_scores.max()))
        if colours:
            chosen = int(on_truth[1][i, list(COLOUR_ATTRIBUTES)].argmax())
            tally["colour on human boxes"].append(chosen in colours)
            if found:
                scores = detections.attribute_scores[region[i], list(COLOUR_ATTRIBUTES)]
                tally["colour on found regions"].append(int(scores.argmax()) in colours)


def run(arguments: argparse.Namespace) -> None:
    torch.set_num_threads(arguments.threads)
    if arguments.pack:
        models = tuple(GraphModule(arguments.pack / file, arguments.threads) for file in (BACKBONE_FILE, ROI_HEAD_FILE))
    else:
        models = build_detector((len(OBJECTS), len(ATTRIBUTES)), checkpoint=arguments.checkpoint)
    rule = Selection(proposal_count=arguments.proposals, region_nms_iou=arguments.nms)
    tallies: dict[str, dict[str, list]] = defaultdict(lambda: defaultdict(list))
    for photo in load_photos(arguments.data):
        if is_validation(photo.key) and photo.objects:
            judge_photo(models, photo, arguments.data, rule, tallies[photo.source])
    calibration = ScoreCalibration.stored(arguments.scores)
    report = {source: summary(tally, calibration) for source, tally in tallies.items()}
    for source, measures in report.items():
        for measure, found in measures.items():
            print(f"{source:8s} {measure:38s} {found['value']:.3f} (n={found['n']})")
    if arguments.json:
        arguments.json.write_text(
            json.dumps({"checkpoint": str(arguments.pack or arguments.checkpoint), "sources": report}, indent=1) + "\n"
        )


def summary(tally: dict[str, list], calibration: ScoreCalibration) -> dict[str, dict[str, float]]:
    """Measure -> its value and over how many things."""
    scores = np.array(tally.pop(SCORES))
    right = tally["top-1 on found regions"]
    errors = {
        "calibration error, found": calibration_error(calibration(scores), right),
        "the same, scores as LXMERT reads them": calibration_error(scores, right),
    }
    measured = {measure: {"value": error, "n": len(scores)} for measure, error in errors.items()}
    return measured | {measure: {"value": float(np.mean(right)), "n": len(right)} for measure, right in tally.items()}
