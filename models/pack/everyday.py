"""The everyday pack: the trained detector and LXMERT, as they ship."""

from pathlib import Path

from torch import nn

from models.data.tokenizer import TOKENIZER_FILE
from models.data.vocabulary import ANSWERS, ATTRIBUTES, OBJECTS
from models.detector.build import build_detector
from models.detector.score_calibration import AS_THEY_ARE, ScoreCalibration
from models.detector.select_regions import Selection
from models.lxmert.checkpoint import load_checkpoint
from models.lxmert.network import Lxmert
from models.lxmert.size import LxmertSize
from models.pack.add_texts import ANSWERABILITY, CARD, stored_json
from models.pack.byte_rows import round_module_to_bytes
from models.pack.contents import Described, ImageSettings, Labels, PackContents, read_tokenizer
from models.pack.half_weights import round_to_half
from models.recipe import SHIPPED_COMMANDS

DETECTOR_CHECKPOINT = Path("models/work/detector/full.pt")
LXMERT_CHECKPOINT = Path("models/work/lxmert/answering.pt")
SCORE_CALIBRATION = Path("models/work/detector/score-calibration.json")

CC_BY = "CC BY 4.0"
DESCRIBED = Described(
    id="everyday",
    name="Everyday",
    version="0.5.1",
    description=(
        "A compact Faster R-CNN and a compact LXMERT for plain questions about everyday photos: is there, how many, "
        "what, where, left or right of, which of two is further to a side, what colour, indoors or outdoors. English only. "
        "It always answers, and says when the answer is more likely wrong than right."
    ),
    licence="Apache-2.0",
    provenance={
        "summary": "Trained from human boxes, scene graphs and questions; the detector starts from a COCO detector.",
        "trainedOn": [
            {
                "name": "GQA scene graphs and questions (Visual Genome photos)",
                "licence": CC_BY,
                "role": "regions, questions",
            },
            {"name": "COCO boxes and captions", "licence": CC_BY, "role": "regions, questions, sentences"},
            {"name": "Indoor objects, 30 names", "licence": "Apache-2.0", "role": "regions, questions"},
            {"name": "Bottom-up-attention outputs on GQA photos", "licence": CC_BY, "role": "teacher of the detector"},
        ],
        "startWeights": [
            {"name": "NanoDet-Plus-m 416 (COCO)", "licence": "Apache-2.0"},
            {"name": "ShuffleNetV2 1.0x (ImageNet), inside NanoDet-Plus", "licence": "BSD-3-Clause"},
            {"name": "EfficientNet-Lite0 with its classifier (ImageNet)", "licence": "Apache-2.0"},
            {"name": "LXMERT of everyday pack 0.4.0", "licence": "Apache-2.0"},
            {"name": "BERT uncased WordPiece list, reduced (no weights)", "licence": "Apache-2.0"},
        ],
        "commands": list(SHIPPED_COMMANDS),
    },
)


def everyday_contents(
    detector: Path = DETECTOR_CHECKPOINT, lxmert: Path = LXMERT_CHECKPOINT, scores: Path | None = None
) -> PackContents:
    """Checkpoints, rounded to what the pack stores."""
    networks = build_detector((len(OBJECTS), len(ATTRIBUTES)), checkpoint=detector)
    model, size, _ = load_checkpoint(lxmert)
    return contents_of_networks(*networks, model, size, scores)


def contents_of_networks(
    backbone: nn.Module,
    roi_head: nn.Module,
    model: Lxmert,
    size: LxmertSize,
    scores: Path | None = None,
    *,
    restored: bool = False,
) -> PackContents:
    """Rounds the networks in place to what the pack stores; `restored` ones are so already, and rounding would move them."""
    if not restored:
        for module in (backbone, roi_head, model):
            round_to_half(module)
            round_module_to_bytes(module)
    return PackContents(
        described=DESCRIBED,
        labels=Labels(OBJECTS, ATTRIBUTES, ANSWERS),
        image=ImageSettings(),
        selection=Selection(),
        backbone=backbone,
        roi_head=roi_head,
        lxmert=model,
        size=size,
        tokenizer=read_tokenizer(TOKENIZER_FILE),
        score_calibration=ScoreCalibration.stored(scores) if scores else AS_THEY_ARE,
        answerability=stored_json(ANSWERABILITY),
        card=stored_json(CARD),
    )
