"""Reads the `.npz` that the page's "Take it along" writes."""

import json

import numpy as np


def read_run(path):
    """All arrays of a run by name; `settings` is a dict, texts are str."""
    with np.load(path, allow_pickle=False) as archive:
        run = {name: archive[name] for name in archive.files}
    run["settings"] = json.loads(str(run["settings"]))
    run["question"] = str(run["question"])
    return run
