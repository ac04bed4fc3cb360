"""Several looks at one photo: as it is, mirrored, and cut out with other light."""

from dataclasses import dataclass

import numpy as np

SMALLEST_CUT = 0.5  # of width and of height
KEPT_SHARE = 0.6  # a box stays when this much of it is inside the cut


@dataclass(frozen=True)
class View:
    """cut: xyxy fractions of the photo that is shown; gain: per RGB channel, with one gamma."""

    cut: tuple[float, float, float, float] = (0.0, 0.0, 1.0, 1.0)
    mirrored: bool = False
    gain: tuple[float, float, float] = (1.0, 1.0, 1.0)
    gamma: float = 1.0

    @staticmethod
    def of_numbers(numbers: np.ndarray) -> "View":
        """[9], as `numbers()` gives them."""
        return View(tuple(numbers[:4].tolist()), bool(numbers[4]), tuple(numbers[5:8].tolist()), float(numbers[8]))

    def numbers(self) -> list[float]:
        return [*self.cut, float(self.mirrored), *self.gain, self.gamma]

    def place(self, boxes: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """boxes [box,4] of the photo -> boxes [box,4] of the view, clipped, and the share of each that shows [box]."""
        low = np.array(self.cut[:2], np.float32)
        size = np.array(self.cut[2:], np.float32) - low
        moved = ((boxes.reshape(-1, 2, 2) - low) / size).reshape(-1, 4)
        clipped = moved.clip(0.0, 1.0)
        areas = (moved[:, 2:] - moved[:, :2]).prod(axis=1)
        shares = (clipped[:, 2:] - clipped[:, :2]).prod(axis=1) / np.maximum(areas, 1e-12)
        if self.mirrored:
            clipped = clipped[:, [2, 1, 0, 3]] * [-1, 1, -1, 1] + [1, 0, 1, 0]
        return clipped.astype(np.float32), shares


PLAIN, MIRRORED = View(), View(mirrored=True)


def random_view(generator: np.random.Generator, mirrored: bool) -> View:
    size = generator.uniform(SMALLEST_CUT, 1.0, 2)
    size[1] = np.clip(size[0] * generator.uniform(0.8, 1.25), SMALLEST_CUT, 1.0)
    low = generator.uniform(0.0, 1.0, 2) * (1.0 - size)
    brightness = generator.uniform(0.85, 1.15)
    gain = brightness * generator.uniform(0.97, 1.03, 3)
    cut = (*low, *(low + size))
    return View(cut, mirrored, tuple(gain), generator.uniform(0.85, 1.18))


def show(photo: np.ndarray, view: View) -> np.ndarray:
    """RGB uint8 [rows, columns, 3] -> the view of it, float32 0..255."""
    rows, columns = photo.shape[:2]
    left, top, right, bottom = view.cut
    x0, x1 = round(left * columns), round(right * columns)
    y0, y1 = round(top * rows), round(bottom * rows)
    shown = photo[y0:y1, x0:x1].astype(np.float32)
    if view.mirrored:
        shown = shown[:, ::-1]
    if view.gamma != 1.0 or view.gain != (1.0, 1.0, 1.0):
        shown = 255.0 * (shown / 255.0) ** view.gamma * np.array(view.gain, np.float32)
    return shown.clip(0.0, 255.0)


def boxes_in_view(boxes: np.ndarray, view: View) -> tuple[np.ndarray, np.ndarray]:
    """boxes [box,4] of the photo -> boxes [box,4] of the view, clipped, and which still show enough [box]."""
    placed, shares = view.place(boxes)
    return placed, (shares >= KEPT_SHARE) & (placed[:, 2:] - placed[:, :2] > 0.004).all(axis=1)
