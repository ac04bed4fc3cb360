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
from models.pack.byte_rows import round_module_to_bytes, round_rows_to_bytes
from models.pack.contents import Described, ImageSettings, Labels, PackContents, read_tokenizer
from models.pack.half_weights import round_to_half

DETECTOR_CHECKPOINT = Path("models/work/detector/full.pt")
LXMERT_CHECKPOINT = Path("models/work/lxmert/answering.pt")
SCORE_CALIBRATION = Path("models/work/detector/score-calibration.json")

CC_BY = "CC BY 4.0"
# What was done for the weights that ship, in its order, with seeds; `models.reproduce` has the way from the beginning.
MADE_BY = (
    "python -m models.train detector",
    "python -m models.detector.write_detections --out models/work/detections.npz (out of fold)",
    "python -m models.train scores",
    (
        "LXMERT of pack 0.4.0, restored from its graphs (python -m models.pack.restore): 3.71 M texts, the mean of eleven"
        " checkpoints of one training and of six branches of 0.15 M texts from that mean, seeds 41 to 46; those checkpoints are gone"
    ),
    (
        "python -m models.train lxmert --start models/work/lxmert/restored.pt --regions 20 --scenes 14 --learning-rate 0.0006"
        " --seed 51 --out models/work/lxmert/words-a.pt, with the detections of pack 0.4.0 on 292 photos that its detector had"
        " not seen, mirrored too; ended by hand after 28,631 texts"
    ),
    (
        "python -m models.train lxmert --start models/work/lxmert/words-a.pt --tasks answers --regions 20 --scenes 14"
        " --samples 80000 --decay-share 0.7 --learning-rate 0.0006 --seed 52 --out models/work/lxmert/words-b.pt, with the same"
        " detections; ended by hand after 60,899 texts"
    ),
    (
        "python -m models.train lxmert --start models/work/lxmert/words-b.pt --detections models/work/detections.npz --regions 20"
        " --scenes 14 --samples 66000 --decay-share 0.9 --learning-rate 0.0005 --seed 53 --out models/work/lxmert/words-c.pt"
        " (66,088 texts)"
    ),
    (
        "python -m models.train lxmert --start models/work/lxmert/words-b.pt --detections models/work/detections.npz --mirrored"
        " models/work/detections-mirrored.npz --regions 20 --scenes 14 --samples 36000 --decay-share 0.9 --learning-rate 0.0006"
        " --seed 54 --out models/work/lxmert/words-d.pt; ended by hand after 10,407 texts"
    ),
    (
        "python -m models.train average models/work/lxmert/restored.pt models/work/lxmert/restored.pt"
        " models/work/lxmert/words-c.pt models/work/lxmert/words-c.pt models/work/lxmert/words-b.pt models/work/lxmert/words-d.pt"
        " --out models/work/lxmert/answering.pt"
    ),
    "python -m models.export everyday --out public/packs/everyday",
)
DESCRIBED = Described(
    id="everyday",
    name="Everyday",
    version="0.5.0",
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
        "commands": list(MADE_BY),
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
    backbone: nn.Module, roi_head: nn.Module, model: Lxmert, size: LxmertSize, scores: Path | None = None
) -> PackContents:
    """Rounds the networks in place to what the pack stores."""
    for module in (backbone, roi_head, model):
        round_to_half(module)
    for module in (backbone, roi_head):
        round_module_to_bytes(module)
    round_rows_to_bytes(model.lxmert.embeddings.word_embeddings.weight)
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
