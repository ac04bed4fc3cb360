"""What people wrote about the photos: the COCO captions."""

import json
from pathlib import Path

from models.data.split import is_validation


def photo_captions(data: Path, *, validation: bool = False) -> dict[str, tuple[str, ...]]:
    """Captions by photo key ('coco/000000000139.jpg'), of the training photos or of the validation photos."""
    records = json.loads((data / "photos.json").read_text())
    return {
        record["photo"]: tuple(" ".join(caption.split()) for caption in record["captions"])
        for record in records
        if record.get("captions") and is_validation(record["photo"]) == validation
    }
