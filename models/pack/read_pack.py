"""Checks a written pack: every file is there, of the stated size and hash, and nothing else is."""

import json
from pathlib import Path

from models.pack.add_texts import PACK_FILE, file_entry
from models.pack.write_pack import SCHEMA_VERSION


def read_pack(folder: Path) -> dict:
    """The parsed pack.json."""
    pack = json.loads((folder / PACK_FILE).read_text())
    if pack["schemaVersion"] != SCHEMA_VERSION:
        raise ValueError(f"{folder}: schema version {pack['schemaVersion']}, this code reads {SCHEMA_VERSION}")
    return pack


def file_faults(folder: Path) -> list[str]:
    """What is wrong with the files of a pack; empty when all is well."""
    pack = read_pack(folder)
    faults = []
    for stated in pack["files"]:
        path = folder / stated["path"]
        if not path.is_file():
            faults.append(f"{stated['path']} is missing")
        elif file_entry(folder, stated["path"]) != stated:
            faults.append(f"{stated['path']} differs from its stated size or hash")
    listed = {stated["path"] for stated in pack["files"]} | {PACK_FILE}
    faults += [f"{path.name} is not listed" for path in sorted(folder.iterdir()) if path.name not in listed]
    return faults
