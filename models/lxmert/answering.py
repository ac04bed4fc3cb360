"""LXMERT run so that all texts about one scene share that scene's vision encoder.

Shapes: S scenes, R regions, F region features, Q texts (of all scenes), T tokens, D hidden size, N answers.
"""

from dataclasses import dataclass

from torch import Tensor

from models.lxmert.export_modules import MASKED_LOGIT
from models.lxmert.network import Lxmert


@dataclass(frozen=True)
class Pictures:
    features: Tensor  # [S, R, F]
    boxes: Tensor  # [S, R, 4]
    region_mask: Tensor  # [S, R], 1 = keep


@dataclass(frozen=True)
class Texts:
    token_ids: Tensor  # [Q, T]
    token_mask: Tensor  # [Q, T], 1 = keep
    scene_of_text: Tensor  # [Q], row among the pictures


@dataclass(frozen=True)
class Understanding:
    """What the heads read."""

    text: Tensor  # [Q, T, D]
    regions: Tensor  # [Q, R, D]
    pooled: Tensor  # [Q, D]


def attention_summand(keep: Tensor, like: Tensor) -> Tensor:
    """1 = keep, [N, key] -> what attention logits are increased by, [N, 1, 1, key]."""
    return ((1.0 - keep.to(like.dtype)) * MASKED_LOGIT)[:, None, None, :]


def look(model: Lxmert, pictures: Pictures, scene_of_text: Tensor) -> tuple[Tensor, Tensor]:
    """Vision states, computed once per scene and repeated per text, [Q, R, D], with their attention summand."""
    encoder = model.lxmert.encoder
    weight = encoder.visn_fc.visn_fc.weight
    summand = attention_summand(pictures.region_mask, weight)
    regions = encoder.visn_fc(pictures.features.to(weight.dtype), pictures.boxes.to(weight.dtype))  # [S, R, D]
    for layer in encoder.r_layers:
        regions = layer(regions, summand)[0]
    return regions[scene_of_text], summand[scene_of_text]


def read(model: Lxmert, texts: Texts) -> tuple[Tensor, Tensor]:
    """Language states [Q, T, D] with their attention summand."""
    text = model.lxmert.embeddings(texts.token_ids, texts.token_ids.new_zeros(texts.token_ids.shape))
    summand = attention_summand(texts.token_mask, text)
    for layer in model.lxmert.encoder.layer:
        text = layer(text, summand)[0]
    return text, summand


def pooled_text(model: Lxmert, pictures: Pictures, texts: Texts) -> Tensor:
    """[Q, D]. Only the text stream's first position is read, so the last layer's region branch is left out."""
    regions, region_summand = look(model, pictures, texts.scene_of_text)
    text, text_summand = read(model, texts)
    layers = model.lxmert.encoder.x_layers
    for layer in layers[:-1]:
        text, regions = layer(text, text_summand, regions, region_summand)
    last = layers[-1]
    text = last.visual_attention(text, regions, region_summand)[0]
    text = last.lang_self_att(text, text_summand)[0]
    text = last.lang_output(last.lang_inter(text), text)
    return model.lxmert.pooler(text)


def answer_questions(model: Lxmert, pictures: Pictures, texts: Texts) -> Tensor:
    """Logits [Q, N]."""
    return model.answer_head(pooled_text(model, pictures, texts))


def understand(model: Lxmert, pictures: Pictures, texts: Texts) -> Understanding:
    """Both streams to the end, for the heads that read single words and regions."""
    regions, region_summand = look(model, pictures, texts.scene_of_text)
    text, text_summand = read(model, texts)
    for layer in model.lxmert.encoder.x_layers:
        text, regions = layer(text, text_summand, regions, region_summand)
    return Understanding(text, regions, model.lxmert.pooler(text))
