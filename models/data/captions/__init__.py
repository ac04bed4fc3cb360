"""Texts that go with scenes and photos: captions, statements, and sentences about two photos."""

from models.data.captions.captions import caption_of_other, describe, statement, unmatching_caption
from models.data.captions.pair_statements import StatementPairs, pair_statement
from models.data.captions.photo_captions import photo_captions

__all__ = [
    "StatementPairs",
    "caption_of_other",
    "describe",
    "pair_statement",
    "photo_captions",
    "statement",
    "unmatching_caption",
]
