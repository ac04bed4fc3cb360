"""The whole chain in PyTorch, stage by stage: what the page's stages are compared with."""

from dataclasses import dataclass

import numpy as np
import torch

from models.detector.select_regions import select_proposals, select_regions
from models.lxmert.export_modules import CrossEncoder, LanguageEncoder, VisionEncoder
from models.pack.contents import PackContents

CROSS_ATTENTIONS = (
    "text_to_region_attention",
    "region_to_text_attention",
    "text_self_attention",
    "region_self_attention",
)


@dataclass(frozen=True)
class Regions:
    """What the detector keeps of a photo; R regions, best first."""

    boxes: np.ndarray  # [R, 4] refined, fractions
    labels: np.ndarray  # [R] class indices
    scores: np.ndarray  # [R]
    attribute_scores: np.ndarray  # [R, A]
    features: np.ndarray  # [R, F]


def detect(contents: PackContents, pixels: np.ndarray) -> Regions:
    """pixels [1, 3, height, width] -> the regions that LXMERT is given."""
    with torch.no_grad():
        boxes, scores, *maps = contents.backbone(torch.from_numpy(pixels))
        proposals = select_proposals(boxes.numpy(), scores.numpy(), contents.selection)
        classes, attributes, refined, features = (
            output.numpy() for output in contents.roi_head(*maps, torch.from_numpy(proposals))
        )
    kept = select_regions(refined, classes, contents.selection)
    return Regions(
        refined[kept], classes[kept].argmax(axis=1), classes[kept].max(axis=1), attributes[kept], features[kept]
    )


def answer(contents: PackContents, features: np.ndarray, boxes: np.ndarray, token_ids: list[int]) -> dict[str, np.ndarray]:
    """features [R, F], boxes [R, 4], T token ids -> logits [N] and every attention [layer, head, query, key]."""
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
        logits, *cross = CrossEncoder(lxmert.lxmert, lxmert.answer_head)(
            language_states, token_mask, vision_states, region_mask
        )
    outputs = {
        "logits": logits,
        "language_attention": language_attention,
        "vision_attention": vision_attention,
        **dict(zip(CROSS_ATTENTIONS, cross, strict=True)),
    }
    return {name: tensor[0].numpy() for name, tensor in outputs.items()}
