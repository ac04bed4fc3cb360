"""Initial weights by which a word finds the regions it names before anything is learned.

With a small network from scratch, 'is there a dog?' stays at chance for half a million questions: nothing tells the
network that the word and the class are one thing. Here the class column of the visual projection starts as the word's
own embedding, and query and key of every cross attention start as the same rotation, so that equal vectors meet.
"""

import torch
from torch import Tensor, nn
from tokenizers import Tokenizer
from transformers import LxmertForQuestionAnswering

from models.data.vocabulary import ATTRIBUTES, OBJECTS
from models.lxmert.region_layout import ATTRIBUTE_PART, CLASSES, EMBEDDING_PART

WORD_SCALE = 1.0
POSITION_SCALE = 0.3
ATTRIBUTE_SCALE = 0.5
EMBEDDING_SCALE = 0.02
BOX_WEIGHT_SCALE, BOX_BIAS_SCALE = 1.5, 0.5
# The box's share of a region's vector, beside what the region is.
BOX_SHARE = 0.6
# What query and key are multiplied with, so that a word looks at its regions and not at the average.
SHARPNESS = 1.3
# Layers before the first cross attention begin as little more than their residual connection.
EARLY_LAYER_SCALE = 0.4


@torch.no_grad()
def align(model: LxmertForQuestionAnswering, tokenizer: Tokenizer, generator: torch.Generator) -> None:
    """Overwrites the embeddings, the visual projection and the cross attentions' queries and keys."""
    embeddings = model.lxmert.embeddings
    words = embeddings.word_embeddings.weight
    words.normal_(0.0, WORD_SCALE, generator=generator)
    embeddings.position_embeddings.weight.normal_(0.0, POSITION_SCALE, generator=generator)
    embeddings.token_type_embeddings.weight.zero_()

    visual = model.lxmert.encoder.visn_fc
    projection = visual.visn_fc.weight  # [D, F]
    projection[:, CLASSES] = named_columns(words, OBJECTS, tokenizer)
    projection[:, ATTRIBUTE_PART] = ATTRIBUTE_SCALE * named_columns(words, ATTRIBUTES, tokenizer)
    projection[:, EMBEDDING_PART].normal_(0.0, EMBEDDING_SCALE, generator=generator)
    # Four numbers in 0..1 need large weights to be told apart after the layer norm.
    visual.box_fc.weight.normal_(0.0, BOX_WEIGHT_SCALE, generator=generator)
    visual.box_fc.bias.normal_(0.0, BOX_BIAS_SCALE, generator=generator)
    visual.box_layer_norm.weight.fill_(BOX_SHARE)

    for layer in [*model.lxmert.encoder.layer, *model.lxmert.encoder.r_layers]:
        layer.attention.output.dense.weight.mul_(EARLY_LAYER_SCALE)
        layer.output.dense.weight.mul_(EARLY_LAYER_SCALE)

    for layer in model.lxmert.encoder.x_layers:
        attention = layer.visual_attention.att
        rotation = torch.empty_like(attention.query.weight)
        nn.init.orthogonal_(rotation, gain=SHARPNESS, generator=generator)
        attention.query.weight.copy_(rotation)
        attention.key.weight.copy_(rotation)


def named_columns(words: Tensor, names: tuple[str, ...], tokenizer: Tokenizer) -> Tensor:
    """[D, name]: the mean of the embeddings of each name's word pieces."""
    pieces = [tokenizer.encode(name, add_special_tokens=False).ids for name in names]
    return torch.stack([words[ids].mean(dim=0) for ids in pieces], dim=1)
