"""Initial weights by which a word finds the regions it names before anything is learned.

With a small network from scratch, 'is there a dog?' stays at chance for very long: nothing tells the
network that the word and the class are one thing. Here the class column of the visual projection starts as the word's
own embedding, query and key of every cross attention start as the same rotation, so that equal vectors meet, values
pass through nearly unchanged, and the answer head starts by saying the word that its input resembles.
"""

from collections.abc import Iterable

import torch
from tokenizers import Tokenizer
from torch import Tensor, nn

from models.data.categories import CATEGORIES
from models.data.questions.grammar import plural
from models.data.vocabulary import ANSWERS, ATTRIBUTES, OBJECTS
from models.lxmert.count_evidence import BINS
from models.lxmert.network import Lxmert
from models.lxmert.region_layout import ATTRIBUTE_PART, CLASSES, EMBEDDING_PART, FEATURE_SIZE

WORD_SCALE = 1.0
POSITION_SCALE = 0.3
# A direction that all tokens share and no region has. A layer norm shrinks it where a matching region was added and
# leaves it where the attended regions averaged out: 'found' can be read off it without knowing the word.
SHARED_SCALE = 0.7
ATTRIBUTE_SCALE = 0.5
EMBEDDING_SCALE = 0.02
BOX_WEIGHT_SCALE, BOX_BIAS_SCALE = 0.75, 0.25
PLACE_SCALE = 2.0
# The box's share of a region's vector, beside what the region is.
BOX_SHARE = 0.6
# What query and key are multiplied with, so that a word looks at its regions and not at the average.
SHARPNESS = 1.3
# Layers before the first cross attention begin as little more than their residual connection.
EARLY_LAYER_SCALE = 0.4
# How much of what is attended to is added to the one who attends.
CROSS_VALUE_GAIN, SELF_VALUE_GAIN = 0.8, 0.5
POOLER_GAIN = 0.7
ANSWER_SCALE = 0.03
# A category's word is the direction its members share, and something of its own; 'dogs' is mostly 'dog'.
MEMBERS_SHARE, SINGULAR_SHARE = 0.7, 0.8
COUNT_SCALE = 0.5
WORD_HEAD_SCALE, FEATURE_HEAD_SCALE = 0.08, 0.05
# How often a word that is not among the texts counts as said.
RARELY = 0.3


@torch.no_grad()
def align(model: Lxmert, tokenizer: Tokenizer, generator: torch.Generator) -> None:
    """Overwrites the embeddings, the visual projection and the cross attentions' queries and keys."""
    embeddings = model.lxmert.embeddings
    words = embeddings.word_embeddings.weight
    words.normal_(0.0, WORD_SCALE, generator=generator)
    relate_words(words, tokenizer)
    embeddings.position_embeddings.weight.normal_(0.0, POSITION_SCALE, generator=generator)
    embeddings.token_type_embeddings.weight.normal_(0.0, SHARED_SCALE, generator=generator)

    visual = model.lxmert.encoder.visn_fc
    projection = visual.visn_fc.weight  # [D, F]
    projection[:, CLASSES] = named_columns(words, OBJECTS, tokenizer)
    projection[:, ATTRIBUTE_PART] = ATTRIBUTE_SCALE * named_columns(words, ATTRIBUTES, tokenizer)
    projection[:, EMBEDDING_PART].normal_(0.0, EMBEDDING_SCALE, generator=generator)
    # Own class and own category say a number alike.
    numbers = COUNT_SCALE * named_columns(words, tuple(f"{number:.0f}" for number in BINS), tokenizer)
    projection[:, FEATURE_SIZE:] = torch.cat([numbers, numbers], dim=1)
    # Four numbers in 0..1 need large weights to be told apart after the layer norm.
    visual.box_fc.weight.normal_(0.0, BOX_WEIGHT_SCALE, generator=generator)
    visual.box_fc.bias.normal_(0.0, BOX_BIAS_SCALE, generator=generator)
    say_places(visual.box_fc, words, tokenizer)
    visual.box_layer_norm.weight.fill_(BOX_SHARE)

    for layer in [*model.lxmert.encoder.layer, *model.lxmert.encoder.r_layers]:
        layer.attention.output.dense.weight.mul_(EARLY_LAYER_SCALE)
        layer.output.dense.weight.mul_(EARLY_LAYER_SCALE)

    for layer in model.lxmert.encoder.x_layers:
        attention = layer.visual_attention.att
        rotation = rotation_like(attention.query.weight, generator)
        attention.query.weight.copy_(SHARPNESS * rotation)
        attention.key.weight.copy_(SHARPNESS * rotation)
        pass_values(attention, layer.visual_attention.output, CROSS_VALUE_GAIN, generator)
        pass_values(layer.lang_self_att.self, layer.lang_self_att.output, SELF_VALUE_GAIN, generator)
    # Words are long vectors, and features many: both heads would begin with huge errors.
    model.cls.predictions.transform.LayerNorm.weight.fill_(WORD_HEAD_SCALE)
    model.obj_predict_head.decoder_dict["feat"].weight.mul_(FEATURE_HEAD_SCALE)
    align_answers(model, named_columns(words, ANSWERS, tokenizer), generator)


@torch.no_grad()
def expect_words(model: Lxmert, token_ids: Iterable[list[int]]) -> None:
    """A masked word is first guessed by how often it is said; to learn that, the bias would take thousands of steps."""
    said = torch.full_like(model.cls.predictions.bias, RARELY)
    for ids in token_ids:
        said[ids[1:-1]] += 1.0
    shares = (said / said.sum()).log()
    model.cls.predictions.bias.copy_(shares - shares.mean())


def relate_words(words: Tensor, tokenizer: Tokenizer) -> None:
    """Plurals near their singulars, categories near their members; only words that are one piece."""

    def piece(name: str) -> int | None:
        ids = tokenizer.encode(name, add_special_tokens=False).ids
        return ids[0] if len(ids) == 1 else None

    def mixed(own: Tensor, shared: Tensor, share: float) -> Tensor:
        """Keeps the length that independent vectors have."""
        shared = shared * (own.norm() / shared.norm())
        return share * shared + (1.0 - share**2) ** 0.5 * own

    for category, names in CATEGORIES.items():
        members = [row for name in names if (row := piece(name)) is not None and name != category]
        row = piece(category)
        if row is not None and members:
            words[row] = mixed(words[row], words[members].mean(dim=0), MEMBERS_SHARE)
    for name in (*OBJECTS, *CATEGORIES):
        one, several = piece(name), piece(plural(name))
        if one is not None and several is not None and one != several:
            words[several] = mixed(words[several], words[one], SINGULAR_SHARE)


def say_places(box_fc: nn.Linear, words: Tensor, tokenizer: Tokenizer) -> None:
    """Makes a box look like the word for the side of the picture it is on, the more the farther out it lies."""
    for axis, (low, high) in enumerate((("left", "right"), ("top", "bottom"))):
        towards = named_columns(words, (low, high), tokenizer) @ torch.tensor([-PLACE_SCALE, PLACE_SCALE])  # [D]
        # Begin and end of the box along this axis add to 1 in the middle of the picture.
        box_fc.weight[:, [axis, axis + 2]] += towards[:, None]
        box_fc.bias -= towards


def rotation_like(weight: Tensor, generator: torch.Generator) -> Tensor:
    return nn.init.orthogonal_(torch.empty_like(weight), generator=generator)


def pass_values(attention: nn.Module, output: nn.Module, gain: float, generator: torch.Generator) -> None:
    """Value and output projection become each other's inverse, times a gain."""
    rotation = rotation_like(attention.value.weight, generator)
    attention.value.weight.copy_(rotation)
    output.dense.weight.copy_(gain * rotation.T)


def align_answers(model: Lxmert, answers: Tensor, generator: torch.Generator) -> None:
    """answers [D, N]: the logit of an answer starts as its word's likeness to the pooled state."""
    hidden = answers.shape[0]
    model.lxmert.pooler.dense.weight.copy_(POOLER_GAIN * torch.eye(hidden))
    widen, last = model.answer_head.logit_fc[0], model.answer_head.logit_fc[3]
    rotation = rotation_like(model.lxmert.pooler.dense.weight, generator)
    # gelu(a) - gelu(-a) = a, so a pair of opposite rows carries a number through the head's bend.
    widen.weight.copy_(torch.cat([rotation, -rotation]))
    likeness = (rotation @ answers).T  # [N, D]
    last.weight.copy_(ANSWER_SCALE * torch.cat([likeness, -likeness], dim=1))


def named_columns(words: Tensor, names: tuple[str, ...], tokenizer: Tokenizer) -> Tensor:
    """[D, name]: the mean of the embeddings of each name's word pieces."""
    pieces = [tokenizer.encode(name, add_special_tokens=False).ids for name in names]
    return torch.stack([words[ids].mean(dim=0) for ids in pieces], dim=1)
