"""What the page lets people take along opens in NumPy (the fixture is the one that src/view/export's test writes)."""

import base64
import io
import zipfile
from pathlib import Path

import numpy as np
import pytest

from models.read_run import read_run

FIXTURE = Path(__file__).parents[1] / "fixtures" / "run.npz.base64"
README = Path(__file__).parents[1] / "README.md"


@pytest.fixture
def archive():
    return io.BytesIO(base64.b64decode(FIXTURE.read_text()))


def test_arrays_have_their_shapes_and_values(archive):
    run = read_run(archive)
    assert run["boxes"].shape == (3, 4) and run["boxes"].dtype == np.float32
    assert run["boxes"][0] == pytest.approx([0.05, 0.55, 0.3, 0.95])
    assert run["image_size"].tolist() == [640, 427]
    assert run["region_labels"].tolist() == ["dog", "frisbee", "tree"]
    assert run["map_0_relevance_regions"].shape == (3,)
    assert run["map_1_leave_one_out_regions"] == pytest.approx([0.6, 0.3, -0.1])
    assert run["gradient_0_vision"].shape == (2, 2, 3, 3)
    assert run["map_2_shapley_region_errors"] == pytest.approx([0.05, 0.04, 0.03])


def test_every_answer_has_its_logit(archive):
    run = read_run(archive)
    assert run["answers"].tolist() == ["brown", "two", "a frisbee"]
    assert run["answer_logits"].tolist() == [2.25, -1.5, -30]
    # Softmax: all logits less one and the same number are the logarithms of the scores.
    assert np.ptp(run["answer_logits"] - np.log(run["answer_scores"])) == pytest.approx(0, abs=1e-5)


def test_attention_rows_sum_to_one(archive):
    run = read_run(archive)
    names = [name for name in run if name.startswith("attention_")]
    assert len(names) == 6
    for name in names:
        assert run[name].ndim == 4
        assert run[name].sum(axis=-1) == pytest.approx(1)


def test_texts_beyond_ascii_survive(archive):
    run = read_run(archive)
    assert run["question"] == "What naïve 🐕 is it?"
    assert run["tokens"].tolist() == ["[CLS]", "What", "naïve", "🐕", "is", "it?", "[SEP]"]
    # Spans count UTF-16 units, of which the dog takes two.
    assert run["token_spans"][3].tolist() == [11, 13]


def test_settings_are_a_dictionary(archive):
    settings = read_run(archive)["settings"]
    assert settings["pack"]["id"] == "fake"
    assert [each["method"] for each in settings["explanations"]] == ["relevance", "leave-one-out", "shapley"]


def test_archive_is_sound(archive):
    assert zipfile.ZipFile(archive).testzip() is None


def test_the_readme_shows_this_loader():
    loader = (Path(__file__).parents[1] / "read_run.py").read_text().split("\n", 2)[2].strip()
    assert f"```python\n{loader}\n```" in README.read_text()
