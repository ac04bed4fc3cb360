"""The recipe's order, what README and the pack that ships say of it; the small data folder; steps that are passed over."""

import gzip
import json
import subprocess
from collections import Counter
from pathlib import Path

import pytest

from models.card.markdown import measured
from models.data.split import is_validation
from models.lxmert.checkpoint import kept_file
from models.miniature import LINKED, Miniature, write_miniature
from models.pack.everyday import DESCRIBED
from models.recipe import steps, table
from models.reproduce import run_all
from models.steps import Places, Step

README, PACK = Path("models/README.md"), Path("public/packs/everyday")
PLACES = Places(Path("data"), Path("work"), Path("pack"), Path("cases"))


def test_every_step_reads_what_was_written_before_it():
    written: set[str] = set()
    for step in steps(PLACES):
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
    lines = {step.name: step.line for step in steps(PLACES, Miniature())}
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
    recipe = [Step(file.name, ("touch_it", str(file)), file, 1) for file in files]
    files[0].write_text("old")
    files[1].write_text("old")
    assert run_all(recipe) == 0
    assert [file.read_text() for file in files] == ["old", "old", "new"]
    assert run_all(recipe, "b") == 0
    assert [file.read_text() for file in files] == ["old", "new", "new"]
    assert run_all(recipe, only=["a"]) == 0
    assert [file.read_text() for file in files] == ["new", "new", "new"]
    files[1].write_text("old")
    tracked = [Step("a", ("no_such_module",), None, 1, tracked=True), *recipe[1:]]
    assert run_all(tracked) == 0  # what is in git is there
    assert files[1].read_text() == "old"
    assert run_all(tracked, "a") != 0
    assert run_all(tracked, only=["a"]) != 0
    assert run_all([Step("bad", ("no_such_module",), None, 1), *recipe]) != 0
    assert "bad failed" in capsys.readouterr().out


def test_readme_has_the_table_of_steps_that_the_recipe_prints():
    assert table() in README.read_text()


def test_readme_has_the_numbers_of_the_pack_that_ships():
    assert measured(json.loads((PACK / "card.json").read_text())) in README.read_text()


def test_the_pack_that_ships_says_what_the_code_says_of_it():
    shipped = json.loads((PACK / "pack.json").read_text())
    assert shipped["provenance"] == DESCRIBED.provenance
    assert (shipped["version"], shipped["description"]) == (DESCRIBED.version, DESCRIBED.description)
    card = json.loads((PACK / "card.json").read_text())
    sources = card["sections"][-1]
    assert sources["title"] == "Where it comes from"
    assert sources["paragraphs"] == [shipped["provenance"]["summary"]]
    for table_, name in zip(sources["tables"], ("trainedOn", "startWeights"), strict=True):
        assert [row[0] for row in table_["rows"]] == [source["name"] for source in shipped["provenance"][name]]


@pytest.mark.skipif(not Path(".git").exists(), reason="not a checkout of git")
def test_what_is_said_to_be_in_git_is_and_the_rest_is_not():
    for step in steps(Places(Path("DATA"))):
        if step.writes:
            listed = subprocess.run(["git", "ls-files", step.writes], capture_output=True, text=True, check=True).stdout
            assert bool(listed) == step.tracked, step.name
