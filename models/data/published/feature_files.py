"""Feature files: LXMERT's TSV, GQA's HDF5, and arrays in .npz. Every reader yields one picture after the other."""

import base64
import binascii
import zipfile
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from models.data.published.detected_picture import DetectedPicture, checked, without_labels
from models.data.published.json_stream import named_entries, open_text
from models.data.published.wrong_format import WrongFormat

# Of a row of train2014_obj36.tsv; arrays are base64 of little-endian numbers.
COLUMNS = (
    *("img_id", "img_h", "img_w", "objects_id", "objects_conf"),
    *("attrs_id", "attrs_conf", "num_boxes", "boxes", "features"),
)
INFORMATION = "gqa_objects_info.json"


def read_features(path: Path) -> Iterator[DetectedPicture]:
    """By the kind of file: .tsv, .npz, or GQA's folder."""
    if not path.exists():
        raise WrongFormat(path, "", "there is no such file")
    if path.is_dir() or path.name == INFORMATION:
        return read_gqa_objects(path if path.is_dir() else path.parent)
    if path.suffix == ".npz":
        return read_arrays(path)
    return read_tsv(path)


def read_tsv(path: Path) -> Iterator[DetectedPicture]:
    with open_text(path) as lines:
        for number, line in enumerate(lines, start=1):
            if line.strip():
                yield read_row(path, f"line {number}", line.rstrip("\r\n").split("\t"))


def read_row(path: Path, where: str, fields: list[str]) -> DetectedPicture:
    if len(fields) != len(COLUMNS):
        raise WrongFormat(path, where, f"{len(fields)} columns, {len(COLUMNS)} were expected: {', '.join(COLUMNS)}")
    row = dict(zip(COLUMNS, fields, strict=True))
    height, width, count = (whole(path, where, row, name) for name in ("img_h", "img_w", "num_boxes"))
    boxes = decoded(path, where, row, "boxes", np.float32, count).reshape(count, 4)
    picture = DetectedPicture(
        identity=row["img_id"],
        boxes=boxes / np.array([width, height, width, height], np.float32),
        features=decoded(path, where, row, "features", np.float32, count).reshape(count, -1),
        objects=decoded(path, where, row, "objects_id", np.int64, count),
        object_scores=decoded(path, where, row, "objects_conf", np.float32, count),
        attributes=decoded(path, where, row, "attrs_id", np.int64, count),
        attribute_scores=decoded(path, where, row, "attrs_conf", np.float32, count),
    )
    return checked(path, f"{where} ({row['img_id']})", picture)


def whole(path: Path, where: str, row: dict[str, str], name: str) -> int:
    if not row[name].isdigit() or int(row[name]) == 0:
        raise WrongFormat(path, where, f"column {name} is '{row[name][:20]}', a whole number above 0 was expected")
    return int(row[name])


def decoded(path: Path, where: str, row: dict[str, str], name: str, kind: type[np.generic], count: int) -> np.ndarray:
    """Of `count` regions: one number each, four of a box, any number of a feature vector."""
    text = row[name]
    if text.startswith(("b'", 'b"')):
        raise WrongFormat(path, where, f"column {name} is the printed form of bytes (b'…'), not base64")
    try:
        data = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise WrongFormat(path, where, f"column {name} is not whole base64 ({error})") from error
    each = {"boxes": 4, "features": None}.get(name, 1)
    size = np.dtype(kind).itemsize * count
    if not data or len(data) % size or (each is not None and len(data) != each * size):
        numbers = f"{each or 'n'} x {count} {np.dtype(kind).name}"
        raise WrongFormat(path, where, f"column {name} has {len(data)} bytes, {numbers} were expected")
    return np.frombuffer(data, np.dtype(kind).newbyteorder("<"))


def read_arrays(path: Path) -> Iterator[DetectedPicture]:
    """Either `regions_*.npz` of the teacher (photo, boxes, features, objects, …) or our own detections.npz."""
    try:
        with np.load(path) as stored:
            arrays = {name: stored[name] for name in stored.files}
    except (zipfile.BadZipFile, ValueError, EOFError, OSError) as error:
        raise WrongFormat(path, "", f"this is no whole .npz of plain arrays ({error})") from error
    names = arrays.get("photo", arrays.get("photos"))
    missing = sorted({"boxes", "features"} - set(arrays))
    if names is None or missing:
        there = ", ".join(arrays) or "nothing"
        raise WrongFormat(path, "", f"{', '.join(missing) or 'photos'} missing; there is {there}")
    lengths = {name: len(array) for name, array in arrays.items() if array.ndim}
    if len(set(lengths.values())) > 1:
        raise WrongFormat(path, "", f"arrays are of different lengths: {lengths}")
    counts = arrays.get("counts", np.full(len(names), arrays["boxes"].shape[1]))
    for row, name in enumerate(names):
        kept = slice(0, int(counts[row]))
        features = arrays["features"][row, kept]
        labels = without_labels(len(features))
        if "objects" in arrays:
            labels = {
                "objects": arrays["objects"][row, kept].astype(np.int64),
                "object_scores": arrays["objectScores"][row, kept].astype(np.float32),
                "attributes": arrays["attributes"][row, kept].astype(np.int64),
                "attribute_scores": arrays["attributeScores"][row, kept].astype(np.float32),
            }
        elif "labels" in arrays and "scores" in arrays:
            labels |= {
                "objects": arrays["labels"][row, kept].astype(np.int64),
                "object_scores": arrays["scores"][row, kept].astype(np.float32),
            }
        yield checked(path, str(name), DetectedPicture(str(name), arrays["boxes"][row, kept], features, **labels))


def read_gqa_objects(folder: Path) -> Iterator[DetectedPicture]:
    """gqa_objects_info.json says of each image which row of which gqa_objects_N.h5 it is; boxes are pixels."""
    import h5py

    information = folder / INFORMATION
    if not information.exists():
        raise WrongFormat(folder, "", f"there is no {INFORMATION} in this folder")
    opened: dict[int, h5py.File] = {}
    try:
        for image, entry in named_entries(information, "image"):
            part, row, count = entry.identity("file"), entry.identity("idx"), entry.identity("objectsNum")
            if part not in opened:
                opened[part] = open_part(folder / f"gqa_objects_{part}.h5")
            boxes, features = opened[part]["bboxes"], opened[part]["features"]
            if row >= len(boxes):
                raise entry.wrong(f"row {row} of gqa_objects_{part}.h5, which has {len(boxes)}")
            size = np.array([entry.number("width"), entry.number("height")] * 2, np.float32)
            kept = features[row, :count]
            picture = DetectedPicture(image, boxes[row, :count] / size, kept, **without_labels(len(kept)))
            yield checked(information, f"image '{image}'", picture)
    finally:
        for part in opened.values():
            part.close()


def open_part(path: Path):
    import h5py

    try:
        file = h5py.File(path, "r")
    except OSError as error:
        raise WrongFormat(path, "", f"this is no HDF5 file ({error})") from error
    missing = [name for name in ("bboxes", "features") if name not in file]
    if missing:
        raise WrongFormat(path, "", f"'{missing[0]}' is missing; there is {', '.join(file)}")
    return file
