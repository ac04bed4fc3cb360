"""What an answer is owed to, by PyTorch's own gradients: what the page's arithmetic is compared with.

Relevance after Chefer, Gur and Wolf, "Generic Attention-model Explainability for Interpreting Bi-Modal and
Encoder-Decoder Transformers" (ICCV 2021), equations 5 to 11; rollout after Abnar and Zuidema (ACL 2020).
Shapes: T token, R region, L layer, H head; maps of one photo and one question, [L, H, query, key].
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from models.lxmert.export_modules import Attention, CrossEncoder, LanguageEncoder, VisionEncoder
from models.lxmert.network import Lxmert

MODULES = ("language", "vision", "text_to_region", "region_to_text", "text_self", "region_self")
Maps = dict[str, Tensor]


@dataclass(frozen=True)
class Scene:
    """features [R, F], boxes [R, 4], token_ids [T]; a mask is 1 for what is there."""

    features: Tensor
    boxes: Tensor
    region_mask: Tensor
    token_ids: Tensor
    token_mask: Tensor


def attention_and_gradients(model: Lxmert, scene: Scene, target: Tensor) -> tuple[Tensor, Maps, Maps]:
    """target [N]: weights of the logits. -> logits [N], attention, gradient of target · logits at the attention."""
    vision, language = VisionEncoder(model.lxmert), LanguageEncoder(model.lxmert)
    cross = CrossEncoder(model.lxmert, model.answer_head)
    seen: list[Tensor] = []
    hooks = [
        block.register_forward_hook(lambda _block, _inputs, outputs: seen.append(outputs[1]))
        for module in (vision, language, cross)
        for block in module.modules()
        if isinstance(block, Attention)
    ]
    with torch.enable_grad():
        regions, _ = vision(scene.features[None], scene.boxes[None], scene.region_mask[None])
        text, _ = language(scene.token_ids[None].int(), scene.token_mask[None])
        logits = cross(text, scene.token_mask[None], regions, scene.region_mask[None])[0][0]
        # The last layer's regions are read by nobody.
        found = torch.autograd.grad((logits * target).sum(), seen, allow_unused=True)
    for hook in hooks:
        hook.remove()
    gradients = [torch.zeros_like(p) if g is None else g for p, g in zip(seen, found, strict=True)]
    return logits.detach(), by_module(model, seen), by_module(model, gradients)


def by_module(model: Lxmert, called: list[Tensor]) -> Maps:
    """In the order of the calls: vision, language, then per cross layer its four attentions."""
    regions, texts = model.config.r_layers, model.config.l_layers
    maps = {"language": called[regions : regions + texts], "vision": called[:regions]}
    for index, name in enumerate(MODULES[2:]):
        maps[name] = called[regions + texts + index :: 4]
    return {name: torch.cat(maps[name]).detach().double() for name in MODULES}


class Relevance:
    """The four matrices of equations 6 to 11, and how one attention module changes them."""

    def __init__(self, tokens: int, regions: int):
        self.tt, self.rr = torch.eye(tokens).double(), torch.eye(regions).double()
        self.tr, self.rt = torch.zeros(tokens, regions).double(), torch.zeros(regions, tokens).double()

    def language_self(self, weight: Tensor) -> None:
        self.tt, self.tr = self.tt + weight @ self.tt, self.tr + weight @ self.tr

    def vision_self(self, weight: Tensor) -> None:
        self.rr, self.rt = self.rr + weight @ self.rr, self.rt + weight @ self.rt

    def cross(self, text_to_region: Tensor, region_to_text: Tensor | None) -> None:
        """Both directions from the old matrices; the last layer's regions are not read."""
        tt, rr = normalised(self.tt), normalised(self.rr)
        added_tr, added_tt = tt.T @ text_to_region @ rr, text_to_region @ self.rt
        if region_to_text is not None:
            added_rt, added_rr = rr.T @ region_to_text @ tt, region_to_text @ self.tr
            self.rt, self.rr = self.rt + added_rt, self.rr + added_rr
        self.tr, self.tt = self.tr + added_tr, self.tt + added_tt


def normalised(relevance: Tensor) -> Tensor:
    """Rows without the identity sum to 1 (equations 8 and 9); a padded row is zero and stays so."""
    added = relevance - torch.eye(len(relevance)).double()
    sums = added.sum(dim=-1, keepdim=True)
    return added / torch.where(sums == 0, torch.ones_like(sums), sums) + torch.eye(len(relevance)).double()


def relevance(attention: Maps, gradients: Maps) -> tuple[Tensor, Tensor]:
    """-> tokens [T], whose first is 0, and regions [R]."""
    weights = {name: (attention[name] * gradients[name]).clamp(min=0).mean(dim=1) for name in MODULES}  # [L, S, S]
    state = Relevance(weights["language"].shape[-1], weights["vision"].shape[-1])
    for weight in weights["language"]:
        state.language_self(weight)
    for weight in weights["vision"]:
        state.vision_self(weight)
    layers = len(weights["text_self"])
    for layer in range(layers):
        is_last = layer == layers - 1
        state.cross(weights["text_to_region"][layer], None if is_last else weights["region_to_text"][layer])
        state.language_self(weights["text_self"][layer])
        if not is_last:
            state.vision_self(weights["region_self"][layer])
    tokens = state.tt[0].clone()
    tokens[0] = 0.0
    return tokens, state.tr[0]


def rollout(attention: Maps) -> tuple[Tensor, Tensor]:
    """-> tokens [T], whose first is 0, and regions [R]: attention multiplied through the layers, with residuals."""
    text = chain([*attention["language"], *attention["text_self"][:-1]])
    regions = chain([*attention["vision"], *attention["region_self"][:-1]])
    across = text.T @ (attention["text_to_region"][-1].mean(dim=0) @ regions)
    tokens = (with_residual(attention["text_self"][-1]) @ text)[0]
    tokens[0] = 0.0
    return tokens, across[0]


def chain(layers: list[Tensor]) -> Tensor:
    """Each [H, S, S], the first layer first -> [S, S]."""
    joint = torch.eye(layers[0].shape[-1]).double()
    for layer in layers:
        joint = with_residual(layer) @ joint
    return joint


def with_residual(heads: Tensor) -> Tensor:
    """What nobody attends to is padding: it stays what it is, or it would pass on what it looks at itself."""
    attention = heads.mean(dim=0)
    is_there = (attention.sum(dim=0) > 0).double()
    mean = attention * is_there[:, None] + torch.eye(heads.shape[-1]).double()
    return mean / mean.sum(dim=-1, keepdim=True)


def last_attention(attention: Maps) -> tuple[Tensor, Tensor]:
    """-> tokens [T], whose first is 0, and regions [R]: what [CLS] looks at in the last cross layer."""
    tokens = attention["text_self"][-1].mean(dim=0)[0].clone()
    tokens[0] = 0.0
    return tokens, attention["text_to_region"][-1].mean(dim=0)[0]
