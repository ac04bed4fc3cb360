"""The whole chain in PyTorch, stage by stage: what the page's stages are compared with."""

import numpy as np
import torch

from models.detector.detect import Detections, regions_of_maps
from models.detector.preprocess import preprocess
from models.detector.select_regions import select_proposals
from models.lxmert.export_modules import CrossEncoder, LanguageEncoder, VisionEncoder
from models.pack.contents import PackContents

CROSS_ATTENTIONS = (
    "text_to_region_attention",
    "region_to_text_attention",
    "text_self_attention",
    "region_self_attention",
)
READ_BY_HEADS = ("pooled", "text_states", "region_states")


def detect(contents: PackContents, photo: np.ndarray) -> Detections:
    """photo: RGB [rows, columns, 3], 0..255 -> the regions that LXMERT is given."""
    pixels = preprocess(photo, contents.image.width, contents.image.height)
    with torch.no_grad():
        boxes, scores, *maps = contents.backbone(torch.from_numpy(pixels))
    proposals = select_proposals(boxes.numpy(), scores.numpy(), contents.selection)
    return regions_of_maps(contents.roi_head, maps, proposals, contents.selection)


def answer(
    contents: PackContents, features: np.ndarray, boxes: np.ndarray, token_ids: list[int]
) -> dict[str, np.ndarray]:
    """features [R, F], boxes [R, 4], T token ids -> logits [N], what the heads read (pooled [D], text_states [T, D],
    region_states [R, D]) and every attention [layer, head, query, key]."""
    region_mask = torch.ones(1, len(boxes))
    token_mask = torch.ones(1, len(token_ids))
    lxmert = contents.lxmert
    with torch.no_grad():
        vision_states, vision_attention = VisionEncoder(lxmert.lxmert)(
            torch.from_numpy(features)[None], torch.from_numpy(boxes)[None], region_mask
        )
        language_states, language_attention = LanguageEncoder(lxmert.lxmert)(
            torch.tensor([token_ids], dtype=torch.int32), token_mask
        )
        logits, pooled, text_states, region_states, *cross = CrossEncoder(lxmert.lxmert, lxmert.answer_head)(
            language_states, token_mask, vision_states, region_mask
        )
    outputs = {
        "logits": logits,
        "pooled": pooled,
        "text_states": text_states,
        "region_states": region_states,
        "language_attention": language_attention,
        "vision_attention": vision_attention,
        **dict(zip(CROSS_ATTENTIONS, cross, strict=True)),
    }
    return {name: tensor[0].numpy() for name, tensor in outputs.items()}
