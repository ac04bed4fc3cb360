"""Region vectors that the trained detector wrote for the photos (`models.detector.write_detections`)."""

from pathlib import Path

import numpy as np

from models.lxmert.region_set import RegionSet


class DetectedPhotos:
    """Photo key -> regions."""

    def __init__(self, path: Path) -> None:
        with np.load(path) as stored:
            self.boxes = stored["boxes"]  # [photo, 36, 4]
            self.features = stored["features"]  # [photo, 36, F] half
            self.counts = stored["counts"]  # [photo]
            self.row = {str(photo): row for row, photo in enumerate(stored["photos"])}

    def __contains__(self, photo: str) -> bool:
        return photo in self.row

    def regions(self, photo: str) -> RegionSet:
        return self.row_regions(self.row[photo])

    def row_regions(self, row: int) -> RegionSet:
        count = int(self.counts[row])
        return RegionSet(self.features[row, :count].astype(np.float32), self.boxes[row, :count])
