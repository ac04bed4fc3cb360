"""Which photos are kept for validation: one in ten, by a hash of the image's id."""

import hashlib
from pathlib import PurePosixPath

VALIDATION_SHARE = 0.10


def image_id(photo_or_image_id: str) -> str:
    """'gqa/1159398.jpg' and '1159398' name the same picture; both give '1159398'."""
    return PurePosixPath(photo_or_image_id).stem


def is_validation(photo_or_image_id: str) -> bool:
    """True for the photos and scene graphs that nothing may be trained on."""
    return _place(image_id(photo_or_image_id)) < VALIDATION_SHARE


def is_among(photo_or_image_id: str, share: float) -> bool:
    """True for a `share` of all pictures; smaller shares are part of larger ones."""
    return _place(f"share {image_id(photo_or_image_id)}") < share


def _place(text: str) -> float:
    """0..1, by a hash."""
    return int.from_bytes(hashlib.sha1(text.encode()).digest()[:8], "big") / 2**64
