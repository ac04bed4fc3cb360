"""How big an LXMERT is: one record, turned into `transformers`' configuration."""

from dataclasses import dataclass

from transformers import LxmertConfig


@dataclass(frozen=True)
class LxmertSize:
    """Widths and depths of a network, named as the model pack names them."""

    hidden_size: int
    heads: int
    language_layers: int
    vision_layers: int
    cross_layers: int
    max_tokens: int = 20

    @property
    def intermediate_size(self) -> int:
        return 4 * self.hidden_size


EVERYDAY = LxmertSize(hidden_size=192, heads=6, language_layers=2, vision_layers=1, cross_layers=2)
NARROW = LxmertSize(hidden_size=128, heads=4, language_layers=2, vision_layers=1, cross_layers=2)
TINY = LxmertSize(hidden_size=64, heads=2, language_layers=2, vision_layers=1, cross_layers=2)
# The paper's. Its position table has 512 rows, though its sentences are cut to 20 pieces too.
PAPER = LxmertSize(hidden_size=768, heads=12, language_layers=9, vision_layers=5, cross_layers=5, max_tokens=512)
SIZES = {"everyday": EVERYDAY, "narrow": NARROW, "tiny": TINY, "paper": PAPER}


def lxmert_config(
    size: LxmertSize, feature_size: int, vocabulary_size: int, answer_count: int, *, dropout: float, **settings: float
) -> LxmertConfig:
    """settings: more of `LxmertConfig`'s own."""
    return LxmertConfig(
        vocab_size=vocabulary_size,
        hidden_size=size.hidden_size,
        intermediate_size=size.intermediate_size,
        num_attention_heads=size.heads,
        num_qa_labels=answer_count,
        l_layers=size.language_layers,
        r_layers=size.vision_layers,
        x_layers=size.cross_layers,
        visual_feat_dim=feature_size,
        visual_pos_dim=4,
        max_position_embeddings=size.max_tokens,
        hidden_dropout_prob=dropout,
        attention_probs_dropout_prob=dropout,
        **settings,
    )
