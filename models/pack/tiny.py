"""The tiny pack: untrained, seeded, the format of a real one; small enough for every test run."""

import torch

from models.data import vocabulary
from models.detector import build
from models.detector.coco_names import COCO_NAMES
from models.detector.score_calibration import ScoreCalibration
from models.detector.select_regions import Selection
from models.lxmert.network import build_lxmert
from models.lxmert.size import TINY
from models.pack.byte_rows import round_module_to_bytes, round_rows_to_bytes
from models.pack.contents import Described, ImageSettings, Labels, PackContents
from models.pack.half_weights import round_to_half
from models.pack.small_tokenizer import word_piece_tokenizer

SEED = 20
OBJECTS = tuple(COCO_NAMES[:12])
ATTRIBUTES = tuple(vocabulary.ATTRIBUTES[:8])
ANSWERS = ("yes", "no", "1", "2", "3", "left", "right", "red", "blue", "dog", "person", "outdoors")
WORDS = (
    "what is are the a an of on in to at there any how many where who which color colour animal this that it "
    "left right side top bottom middle photo picture image you see do does see indoors outdoors inside outside "
    "red blue green white black man woman person people dog cat car bus train boat tree sky table chair "
    "wearing holding sitting standing and or near behind front kind room place taken was not two one three "
    "##s ##ing ##ed ##er ##ly ##es"
).split()

DESCRIBED = Described(
    id="tiny",
    name="Tiny",
    version="0.1.0",
    description="Untrained seeded weights in the format of a real pack, for tests. Its answers mean nothing.",
    licence="Apache-2.0",
    provenance={
        "summary": "Random weights, trained on nothing.",
        "trainedOn": [],
        "startWeights": [],
        "commands": ["python -m models.export tiny --out models/fixtures/tiny-pack"],
    },
)


# Warns of every answer, which is what random weights deserve.
ANSWERABILITY = {
    "bias": -1.5,
    "weights": {"certainty": 0.1, "strangeWords": -1.0, "missing": -1.0},
    "warnBelow": 0.5,
    "notFoundBelow": 0.9,
    "lexicon": {
        "names": {name: [index] for index, name in enumerate(OBJECTS)},
        "practised": [word for word in WORDS if word.isalpha()],
        "topics": {"writing": ["written", "say"], "age": ["how old"]},
        "answerGroups": {"yes": ["yes"], "no": ["no"], "number": ["1", "2", "3"]},
    },
}
CARD = {
    "title": "Tiny",
    "version": "0.1.0",
    "sections": [
        {"title": "What it is", "paragraphs": ["Untrained weights in the format of a real pack."]},
        {"title": "What it cannot do", "list": ["Answer questions.", "Find things."]},
        {
            "title": "Measured",
            "tables": [
                {
                    "caption": "Nothing is measured of random weights",
                    "columns": ["kind", "accuracy"],
                    "rows": [["exists", "chance"], ["count", "chance"]],
                    "command": "python -m models.verify models/fixtures/tiny-pack",
                }
            ],
        },
    ],
}


def tiny_contents() -> PackContents:
    """The same weights at every call."""
    backbone, roi_head = build.build_detector((len(OBJECTS), len(ATTRIBUTES)), shape=build.TINY, seed=SEED)
    tokenizer = word_piece_tokenizer(WORDS)
    feature_size = len(OBJECTS) + len(ATTRIBUTES) + roi_head.embed.out_features
    torch.manual_seed(SEED)
    lxmert = build_lxmert(
        TINY,
        OBJECTS,
        attribute_count=len(ATTRIBUTES),
        feature_size=feature_size,
        vocabulary_size=tokenizer.get_vocab_size(),
        answer_count=len(ANSWERS),
    ).eval()
    with torch.no_grad():
        # Detection heads start near zero; these make boxes, labels and scores differ from each other.
        for layer in (roi_head.classify, roi_head.attribute, roi_head.delta):
            layer.weight.mul_(20.0)
    for module in (backbone, roi_head, lxmert):
        round_to_half(module)
    for module in (backbone, roi_head):
        round_module_to_bytes(module)
    round_rows_to_bytes(lxmert.lxmert.embeddings.word_embeddings.weight)
    return PackContents(
        described=DESCRIBED,
        labels=Labels(OBJECTS, ATTRIBUTES, ANSWERS),
        image=ImageSettings(width=160, height=128),
        selection=Selection(),
        backbone=backbone,
        roi_head=roi_head,
        lxmert=lxmert,
        size=TINY,
        tokenizer=tokenizer,
        score_calibration=ScoreCalibration(0.75, 0.5),
        answerability=ANSWERABILITY,
        card=CARD,
    )
