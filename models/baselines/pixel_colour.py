"""The colour name of a box by its pixels: for detectors that know no colours."""

import numpy as np

# Typical RGB of each name, 0..255.
PALETTE: dict[str, tuple[int, int, int]] = {
    "white": (225, 225, 220),
    "black": (35, 35, 35),
    "gray": (125, 125, 125),
    "red": (170, 40, 40),
    "orange": (220, 120, 40),
    "yellow": (215, 190, 60),
    "green": (75, 115, 60),
    "blue": (60, 90, 160),
    "purple": (110, 70, 130),
    "pink": (215, 140, 155),
    "brown": (105, 75, 50),
    "tan": (185, 155, 120),
}
_NAMES = tuple(PALETTE)
_COLOURS = np.array(list(PALETTE.values()), np.float32)
CENTRE_SHARE = 0.5
MOST_PIXELS_ACROSS = 24


def colour_of_box(photo: np.ndarray, box: np.ndarray) -> str:
    """photo RGB uint8 [rows,columns,3], box [4] xyxy fractions -> the name most pixels of the box's centre are nearest to."""
    rows, columns = photo.shape[:2]
    margin = (1.0 - CENTRE_SHARE) / 2.0 * (box[2:] - box[:2])
    left, top = ((box[:2] + margin) * (columns, rows)).astype(int)
    right, bottom = np.ceil((box[2:] - margin) * (columns, rows)).astype(int)
    centre = photo[min(top, rows - 1) : max(bottom, top + 1), min(left, columns - 1) : max(right, left + 1)]
    step = max(1, max(centre.shape[:2]) // MOST_PIXELS_ACROSS)
    pixels = centre[::step, ::step].reshape(-1, 1, 3).astype(np.float32)
    nearest = ((pixels - _COLOURS) ** 2).sum(axis=2).argmin(axis=1)  # [pixel]
    return _NAMES[np.bincount(nearest, minlength=len(_NAMES)).argmax()]
