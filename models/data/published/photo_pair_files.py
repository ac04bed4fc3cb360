"""NLVR2: sentences that are true or false of two photos."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from models.data.published.json_stream import JsonStream, array_entries, open_text
from models.data.published.wrong_format import Entry, WrongFormat

TRUTH = {"True": True, "False": False, "true": True, "false": False, True: True, False: False}


@dataclass(frozen=True, slots=True)
class PhotoPair:
    identity: str  # split-set-pair-sentence
    left: str  # split-set-pair-img0, which is also the photo's file name
    right: str
    sentence: str
    is_true: bool


def nlvr2(path: Path) -> Iterator[PhotoPair]:
    """One JSON object a line, as published; or LXMERT's own array of {identifier, img0, img1, sent, label}."""
    with JsonStream(path) as stream:
        is_array = stream.peek() == "["
    if is_array:
        for entry in array_entries(path, "pair"):
            pictures = entry.text("img0"), entry.text("img1")
            yield PhotoPair(entry.text("identifier"), *pictures, entry.text("sent"), entry.identity("label") == 1)
        return
    for entry in line_entries(path):
        identity = entry.text("identifier")
        stem, _, sentence_number = identity.rpartition("-")
        if not sentence_number.isdigit() or stem.count("-") < 2:
            raise entry.wrong(f"identifier '{identity}' is not split-set-pair-sentence")
        label = entry.value("label")
        if not isinstance(label, str | bool) or label not in TRUTH:
            raise entry.wrong(f"label {label!r} is neither True nor False")
        yield PhotoPair(identity, f"{stem}-img0", f"{stem}-img1", entry.text("sentence"), TRUTH[label])


def line_entries(path: Path) -> Iterator[Entry]:
    with open_text(path) as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            try:
                value = json.loads(line)
            except ValueError as error:
                raise WrongFormat(path, f"line {number}", f"this is not JSON ({error})") from error
            yield Entry.of(path, f"line {number}", value)
