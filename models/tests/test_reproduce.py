"""The recipe's order: every step reads what steps before it wrote; the small data folder; steps that are passed over."""

import gzip
import json
from collections import Counter
from pathlib import Path

from models.data.split import is_validation
from models.lxmert.train_command import kept_file
from models.miniature import LINKED, Miniature, write_miniature
from models.reproduce import Places, Step, recipe, run_all

PLACES = Places(Path("data"), Path("work"), Path("pack"), Path("cases"))


def test_every_step_reads_what_was_written_before_it():
    written: set[str] = set()
    for step in recipe(PLACES):
        files = [word for word in step.command if word.endswith((".pt", ".npz")) and word.startswith("work")]
        needed = {word for word in files if step.writes is None or word != str(step.writes)}
        assert needed <= written, step.name
        if step.writes:
            written.add(str(step.writes))
        if "--keep" in step.command:
            count = int(step.command[step.command.index("--keep") + 1])
            written |= {str(kept_file(step.writes, number)) for number in range(1, count + 1)}
    assert "work/lxmert/answering.pt" in written


def test_miniature_shortens_every_training():
    lines = {step.name: step.line for step in recipe(PLACES, Miniature())}
    assert all("--samples 3000" in line for line in lines.values() if " lxmert " in line and "train" in line)
    assert "--proposal-steps 6" in lines["detector"]
    assert not any("--minutes" in line for line in lines.values())


def test_miniature_has_photos_to_train_on_and_to_measure_on(tmp_path):
    data = tmp_path / "data"
    data.mkdir()
    for name in LINKED:
        (data / name).mkdir()
    photos = [{"photo": f"gqa/{n}.jpg", "objects": [{}] if n % 2 else []} for n in range(200)]
    (data / "photos.json").write_text(json.dumps(photos))
    (data / "gqa_qa.json").write_text(json.dumps([{"photo": photo["photo"]} for photo in photos]))
    with gzip.open(data / "gqa_scenes.jsonl.gz", "wt") as lines:
        lines.writelines(f'{{"image": "{n}"}}\n' for n in range(50))
    for _ in range(2):  # a second time over the first
        write_miniature(data, tmp_path / "small", Miniature(photos=6, scenes=10))
    kept = json.loads((tmp_path / "small" / "photos.json").read_text())
    kinds = Counter((is_validation(photo["photo"]), bool(photo["objects"])) for photo in kept)
    assert kinds == {(False, True): 6, (True, True): 2, (False, False): 2, (True, False): 2}
    assert len(json.loads((tmp_path / "small" / "gqa_qa.json").read_text())) == 12
    with gzip.open(tmp_path / "small" / "gqa_scenes.jsonl.gz", "rt") as lines:
        assert len(lines.readlines()) == 10
    assert (tmp_path / "small" / "photos").resolve() == (data / "photos").resolve()


def test_done_steps_are_passed_over_until_the_one_to_begin_at(tmp_path, monkeypatch, capsys):
    (tmp_path / "touch_it.py").write_text("import sys\nfrom pathlib import Path\nPath(sys.argv[1]).write_text('new')\n")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    files = [tmp_path / name for name in ("a", "b", "c")]
    steps = [Step(file.name, ("touch_it", str(file)), file, 1) for file in files]
    files[0].write_text("old")
    files[1].write_text("old")
    assert run_all(steps, None) == 0
    assert [file.read_text() for file in files] == ["old", "old", "new"]
    assert run_all(steps, "b") == 0
    assert [file.read_text() for file in files] == ["old", "new", "new"]
    assert run_all([Step("bad", ("no_such_module",), None, 1), *steps], None) != 0
    assert "bad failed" in capsys.readouterr().out
