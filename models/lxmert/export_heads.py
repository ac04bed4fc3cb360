"""The heads beside the answer head, each a graph of its own that a page fetches when it first needs it.

They read the cross encoder's outputs. Shapes: B batch, T token, R region, D hidden size, V word pieces, C objects,
A attributes, F region features.
"""

import torch
from torch import Tensor, nn
from torch.export import Dim

from models.pack.write_graph import Graph

MATCHING_FILE = "lxmert-matching.onnx"
TWO_PHOTOS_FILE = "lxmert-two-photos.onnx"
MASKED_WORDS_FILE = "lxmert-masked-words.onnx"
MASKED_OBJECTS_FILE = "lxmert-masked-objects.onnx"
# As pack.json names them.
TASK_HEADS = {
    "matching": MATCHING_FILE,
    "twoPhotos": TWO_PHOTOS_FILE,
    "maskedWords": MASKED_WORDS_FILE,
    "maskedObjects": MASKED_OBJECTS_FILE,
}

TRACED_BATCH, TRACED_REGIONS, TRACED_TOKENS = 2, 5, 7


class MaskedObjects(nn.Module):
    """What a hidden region shows: `obj_predict_head` with its dictionary of outputs in order."""

    def __init__(self, head: nn.Module):
        super().__init__()
        self.transform = head.transform
        self.decoders = head.decoder_dict

    def forward(self, region_states: Tensor) -> tuple[Tensor, Tensor, Tensor]:
        states = self.transform(region_states)  # [B, R, D]
        return tuple(self.decoders[name](states) for name in ("obj", "attr", "feat"))  # [B, R, C | A | F]


def head_graphs(model: nn.Module) -> list[Graph]:
    """Matching, two photos, masked words, masked objects; `model` has the sub-modules of `LxmertForPreTraining`."""
    hidden = model.config.hidden_size
    batch = Dim("batch", min=1, max=256)

    def pooled() -> tuple[Tensor, dict[int, Dim]]:
        # A tensor of its own for every input: the exporter takes one tensor given twice for one input.
        return torch.rand(TRACED_BATCH, hidden), {0: batch}

    by_token = {0: batch, 1: Dim("token", min=1, max=model.config.max_position_embeddings)}
    by_region = {0: batch, 1: Dim("region", min=1, max=256)}
    return [
        Graph(MATCHING_FILE, model.cls.seq_relationship, {"pooled": pooled()}, ["match_logits"]),
        Graph(
            TWO_PHOTOS_FILE,
            model.two_photo_head,
            {"pooled_left": pooled(), "pooled_right": pooled()},
            ["truth_logits"],
        ),
        Graph(
            MASKED_WORDS_FILE,
            model.cls.predictions,
            {"text_states": (torch.rand(TRACED_BATCH, TRACED_TOKENS, hidden), by_token)},
            ["word_logits"],
            byte_rows=model.config.vocab_size,
        ),
        Graph(
            MASKED_OBJECTS_FILE,
            MaskedObjects(model.obj_predict_head),
            {"region_states": (torch.rand(TRACED_BATCH, TRACED_REGIONS, hidden), by_region)},
            ["class_logits", "attribute_logits", "features"],
        ),
    ]
