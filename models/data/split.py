"""Which photos are kept for validation: one in ten, by a hash of the image's id."""

import hashlib
from pathlib import PurePosixPath

VALIDATION_SHARE = 0.10


def image_id(photo_or_image_id: str) -> str:
    """'gqa/1159398.jpg' and '1159398' name the same picture; both give '1159398'."""
    return PurePosixPath(photo_or_image_id).stem


def is_validation(photo_or_image_id: str) -> bool:
    """True for the photos and scene graphs that nothing may be trained on."""
    digest = hashlib.sha1(image_id(photo_or_image_id).encode()).digest()
    return int.from_bytes(digest[:8], "big") < VALIDATION_SHARE * 2**64
