"""Gives an exported pack what it says of itself: when its answers deserve doubt, and its model card.

`python -m models.pack.add_texts public/packs/everyday` takes what `models.train answerability` and `models.card` wrote;
the graphs stay as they are.
"""

import argparse
import hashlib
import json
from pathlib import Path

PACK_FILE = "pack.json"
WORDS_FILE = "question-words.json"
CARD_FILE = "card.json"
ANSWERABILITY = Path("models/work/answerability.json")
CARD = Path("models/work/card.json")
# The lexicon is a file of its own; the rest of what was fitted goes into pack.json.
KEPT = ("bias", "weights", "warnBelow", "notFoundBelow", "fittedOn", "measured")


def add_texts(folder: Path, answerability: dict | None, card: dict | None) -> None:
    """Writes the files and lists them in pack.json; None takes away what an earlier export left."""
    pack = json.loads((folder / PACK_FILE).read_text())
    files = [file for file in pack.pop("files") if file["path"] not in (WORDS_FILE, CARD_FILE)]
    for name in ("answerability", "card"):
        pack.pop(name, None)
    for name, content in ((WORDS_FILE, answerability and answerability["lexicon"]), (CARD_FILE, card)):
        (folder / name).unlink(missing_ok=True)
        if content is not None:
            (folder / name).write_text(json.dumps(content, ensure_ascii=False, separators=(",", ":")) + "\n")
            files.append(file_entry(folder, name))
    if answerability is not None:
        fitted = {name: answerability[name] for name in KEPT if name in answerability}
        pack["answerability"] = {"words": WORDS_FILE, **fitted}
    if card is not None:
        pack["card"] = CARD_FILE
    (folder / PACK_FILE).write_text(json.dumps({**pack, "files": files}, indent=1, ensure_ascii=False) + "\n")


def file_entry(folder: Path, name: str) -> dict:
    content = (folder / name).read_bytes()
    return {"path": name, "bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}


def stored_json(file: Path) -> dict | None:
    """None, with a line that says so, when the file was not made: the pack then lacks what it holds."""
    if file.exists():
        return json.loads(file.read_text())
    print(f"{file} is not there; the pack goes without", flush=True)
    return None


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--answerability", type=Path, default=ANSWERABILITY)
    parser.add_argument("--card", type=Path, default=CARD)
    arguments = parser.parse_args()
    add_texts(arguments.folder, stored_json(arguments.answerability), stored_json(arguments.card))


if __name__ == "__main__":
    main()
