"""LXMERT with its answer head, run so that questions about one scene share that scene's vision encoder.

Shapes: S scenes, R regions, F region features, Q questions (of all scenes), T tokens, D hidden size, N answers.
"""

import torch
from torch import Tensor
from transformers import LxmertForQuestionAnswering

from models.lxmert.export_modules import MASKED_LOGIT
from models.lxmert.size import LxmertSize, lxmert_config


def build_lxmert(
    size: LxmertSize, feature_size: int, vocabulary_size: int, answer_count: int
) -> LxmertForQuestionAnswering:
    return LxmertForQuestionAnswering(lxmert_config(size, feature_size, vocabulary_size, answer_count))


def attention_summand(keep: Tensor, dtype: torch.dtype) -> Tensor:
    """1 = keep, [N, key] -> what attention logits are increased by, [N, 1, 1, key]."""
    return ((1.0 - keep.to(dtype)) * MASKED_LOGIT)[:, None, None, :]


def answer_questions(
    model: LxmertForQuestionAnswering,
    features: Tensor,
    boxes: Tensor,
    region_mask: Tensor,
    token_ids: Tensor,
    token_mask: Tensor,
    scene_of_question: Tensor,
) -> Tensor:
    """Logits [Q, N].

    features [S, R, F], boxes [S, R, 4], region_mask [S, R], token_ids and token_mask [Q, T],
    scene_of_question [Q] (index into the scenes).
    """
    encoder = model.lxmert.encoder
    dtype = encoder.visn_fc.visn_fc.weight.dtype
    regions_keep = attention_summand(region_mask, dtype)
    regions = encoder.visn_fc(features.to(dtype), boxes.to(dtype))  # [S, R, D]
    for layer in encoder.r_layers:
        regions = layer(regions, regions_keep)[0]
    regions = regions[scene_of_question]  # [Q, R, D]
    regions_keep = regions_keep[scene_of_question]

    text_keep = attention_summand(token_mask, dtype)
    text = model.lxmert.embeddings(token_ids, torch.zeros_like(token_ids))  # [Q, T, D]
    for layer in encoder.layer:
        text = layer(text, text_keep)[0]

    for layer in encoder.x_layers[:-1]:
        text, regions = layer(text, text_keep, regions, regions_keep)
    # Only the text stream's first position is read, so the last layer's region branch is left out.
    last = encoder.x_layers[-1]
    text = last.visual_attention(text, regions, regions_keep)[0]
    text = last.lang_self_att(text, text_keep)[0]
    text = last.lang_output(last.lang_inter(text), text)
    return model.answer_head(model.lxmert.pooler(text))
