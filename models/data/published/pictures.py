"""One name per picture: half of Visual Genome's pictures are COCO's, and every source numbers them in its own way.

'coco/9' for COCO's, 'vg/2370799' for Visual Genome's (and GQA's) that are not COCO's; other ids stay as they are
('n161313' of GQA's test pictures, 'dev-850-0-img0' of NLVR2).
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from models.data.published.json_stream import JsonStream, array_entries, open_text
from models.data.published.wrong_format import WrongFormat
from models.data.split import is_validation

COCO_FILE = re.compile(r"(?:.*/)?COCO_(?:train|val|test)\d{4}_(\d{12})(?:\.jpg)?")
COCO_NAME = re.compile(r"coco/(\d+)(?:\.jpg)?")
GENOME_NAME = re.compile(r"(?:(?:gqa|vg)/)?(\d+)(?:\.jpg)?")


@dataclass(frozen=True)
class GenomePicture:
    width: int  # pixels
    height: int
    coco: int | None


@dataclass(frozen=True)
class Pictures:
    genome: Mapping[int, GenomePicture] = field(default_factory=dict)
    """Visual Genome's own table; without it, pictures that both have are taken for two."""

    def coco(self, number: int) -> str:
        return f"coco/{number}"

    def of_genome(self, number: int) -> str:
        known = self.genome.get(number)
        return f"vg/{number}" if known is None or known.coco is None else self.coco(known.coco)

    def named(self, identity: str) -> str:
        """Of an id as the sources write it."""
        for pattern in (COCO_FILE, COCO_NAME):
            if found := pattern.fullmatch(identity):
                return self.coco(int(found[1]))
        if found := GENOME_NAME.fullmatch(identity):
            return self.of_genome(int(found[1]))
        return identity


def read_genome_pictures(path: Path) -> dict[int, GenomePicture]:
    """image_data.json of Visual Genome."""
    found: dict[int, GenomePicture] = {}
    for entry in array_entries(path, "image"):
        number = entry.identity(entry.first_of("image_id", "id"))
        if number in found:
            raise entry.wrong(f"image {number} is there a second time")
        # Absent, null and -1 all mean that COCO does not have it.
        coco = entry.record.get("coco_id")
        in_coco = coco is not None and coco != -1
        size = int(entry.number("width")), int(entry.number("height"))
        found[number] = GenomePicture(*size, entry.identity("coco_id") if in_coco else None)
    return found


class KeptOut:
    """Pictures that nothing is trained on, whichever source brings them, under whichever of their names."""

    def __init__(self, pictures: Pictures, listed: Iterable[str] = (), own_validation: bool = True) -> None:
        """listed: ids as the sources write them. own_validation: also those of `models.data.split`."""
        self.listed = frozenset(pictures.named(identity) for identity in listed)
        self.own_validation = own_validation
        self.numbers: dict[str, list[int]] = {}
        for number, genome in pictures.genome.items():
            if genome.coco is not None:
                self.numbers.setdefault(pictures.coco(genome.coco), []).append(number)

    def __contains__(self, picture: str) -> bool:
        if picture in self.listed:
            return True
        names = (picture, *map(str, self.numbers.get(picture, ())))
        return self.own_validation and any(is_validation(name) for name in names)


def read_picture_ids(path: Path) -> list[str]:
    """Ids of an aggregated or fine-tuning file of LXMERT (img_id), of COCO annotations (images), or one per line."""
    with JsonStream(path) as stream:
        opening = stream.peek()
    if opening == "[":
        return list(dict.fromkeys(entry.text("img_id") for entry in array_entries(path, "record")))
    if opening == "{":
        return [f"coco/{entry.identity('id')}" for entry in array_entries(path, "image", "images")]
    with open_text(path) as lines:
        ids = [line.strip() for line in lines if line.strip()]
    if not ids:
        raise WrongFormat(path, "", "names no picture")
    return ids
