"""A photo file to the pixels the detector takes; the TypeScript engine does the same arithmetic.

The resize is a triangle filter with half-pixel centres whose support widens when
shrinking (what Pillow calls BILINEAR), in float throughout.
"""

from pathlib import Path

import numpy as np
from PIL import Image, ImageOps

WIDTH = HEIGHT = 512
CHANNEL_ORDER = "BGR"
MEAN = (103.53, 116.28, 123.675)  # in CHANNEL_ORDER
STD = (57.375, 57.12, 58.395)


def read_photo(path: Path) -> np.ndarray:
    """RGB uint8 [height, width, 3], upright."""
    with Image.open(path) as image:
        return np.asarray(ImageOps.exif_transpose(image).convert("RGB"))


def resize_weights(source: int, target: int) -> np.ndarray:
    """[target, source]: each output sample as a weighted mean of input samples."""
    scale = source / target
    support = max(scale, 1.0)
    centres = (np.arange(target) + 0.5) * scale  # [target], in input samples
    distance = np.abs(np.arange(source) + 0.5 - centres[:, None]) / support
    weights = np.maximum(0.0, 1.0 - distance)
    return weights / weights.sum(axis=1, keepdims=True)


def resize(photo: np.ndarray, width: int, height: int) -> np.ndarray:
    """[rows, columns, 3] -> float32 [height, width, 3], stretched."""
    rows = resize_weights(photo.shape[0], height).astype(np.float32)
    columns = resize_weights(photo.shape[1], width).astype(np.float32)
    across = np.einsum("xc,rcd->rxd", columns, photo.astype(np.float32), optimize=True)
    return np.einsum("yr,rxd->yxd", rows, across, optimize=True)


def normalise(resized: np.ndarray) -> np.ndarray:
    """RGB 0..255 [height, width, 3] -> float32 [1, 3, height, width] in CHANNEL_ORDER."""
    ordered = resized[..., ::-1] if CHANNEL_ORDER == "BGR" else resized
    scaled = (ordered - np.array(MEAN, np.float32)) / np.array(STD, np.float32)
    return np.ascontiguousarray(scaled.transpose(2, 0, 1)[None], dtype=np.float32)


def preprocess(photo: np.ndarray, width: int = WIDTH, height: int = HEIGHT) -> np.ndarray:
    """RGB uint8 [rows, columns, 3] -> pixels float32 [1, 3, height, width]."""
    return normalise(resize(photo, width, height))
