"""Readers of published feature files, the store that training reads, and a step of training on it."""

import argparse
import base64
import json
import random
from pathlib import Path

import h5py
import numpy as np
import pytest
import torch

from models.data.published.__main__ import main
from models.data.published.feature_files import COLUMNS, read_features
from models.data.published.photo_pair_files import PhotoPair
from models.data.published.pictures import GenomePicture, Pictures
from models.data.published.region_store import RegionStore, RegionStores, write_store
from models.data.published.wrong_format import WrongFormat
from models.data.tokenizer import default_tokenizer
from models.lxmert import published_command
from models.lxmert.masking import IGNORED
from models.lxmert.paper_network import make_paper_batch, paper_loss, paper_network
from models.lxmert.published_sources import PublishedPairs, published_data
from models.lxmert.size import PAPER, TINY, LxmertSize

FEATURES, REGIONS = 16, 3
SHAPES = Path(__file__).with_name("published_lxmert_shapes.json")


def encoded(values: list, kind: type) -> str:
    return base64.b64encode(np.array(values, kind).tobytes()).decode()


def row(identity: str, **changed: str) -> str:
    """A row of LXMERT's TSV: a picture 200 wide and 100 high."""
    features = np.arange(REGIONS * FEATURES, dtype=np.float32) + (int(identity[-1]) if identity[-1].isdigit() else 0)
    fields = {
        "img_id": identity,
        "img_h": "100",
        "img_w": "200",
        "objects_id": encoded([5, 6, 7], np.int64),
        "objects_conf": encoded([0.9, 0.8, 0.7], np.float32),
        "attrs_id": encoded([1, 2, 3], np.int64),
        "attrs_conf": encoded([0.5, 0.4, 0.3], np.float32),
        "num_boxes": str(REGIONS),
        "boxes": encoded([[0, 0, 200, 100], [20, 10, 100, 50], [0, 50, 100, 100]], np.float32),
        "features": encoded(features.tolist(), np.float32),
    } | changed
    return "\t".join(fields[name] for name in COLUMNS)


def tsv(path: Path, *rows: str) -> Path:
    path.write_text("\n".join(rows) + "\n")
    return path


def test_tsv_boxes_become_fractions_of_width_and_height(tmp_path):
    (found,) = read_features(tsv(tmp_path / "train2014_obj36.tsv", row("COCO_train2014_000000000042")))
    np.testing.assert_allclose(found.boxes[1], [0.1, 0.1, 0.5, 0.5])
    assert found.features.shape == (REGIONS, FEATURES) and found.features[0, 1] == 3.0
    assert found.objects.tolist() == [5, 6, 7]
    np.testing.assert_allclose(found.attribute_scores, [0.5, 0.4, 0.3])


CUT = encoded([0.0] * REGIONS * FEATURES, np.float32)[:-3]
WRONG_ROWS = {
    "9 columns, 10 were expected: img_id, img_h": row("1").rpartition("\t")[0],
    "line 1: column features is not whole base64": row("1", features=CUT),
    "column features is not whole base64": row("1", features="!" + CUT),
    "column features has 40 bytes, n x 3 float32": row("1", features=encoded([0.0] * 10, np.float32)),
    "column objects_id has 12 bytes, 1 x 3 int64": row("1", objects_id=encoded([1, 2, 3], np.int32)),
    "printed form of bytes": row("1", boxes=repr(b"AAAA")),
    "column num_boxes is 'three', a whole number": row("1", num_boxes="three"),
    "column img_w is '0', a whole number above 0": row("1", img_w="0"),
    # Height and width exchanged.
    "boxes reach from 0.00 to 2.00 of the picture": row("1", img_h="200", img_w="100"),
    "features have numbers that are not finite": row("1", features=encoded([np.nan] * 48, np.float32)),
}


@pytest.mark.parametrize("reason", WRONG_ROWS)
def test_a_wrong_row_says_what_is_wrong(tmp_path, reason):
    with pytest.raises(WrongFormat, match=reason):
        list(read_features(tsv(tmp_path / "wrong.tsv", WRONG_ROWS[reason])))


def test_arrays_of_the_teacher_and_of_our_detector(tmp_path):
    boxes = np.tile(np.array([0.0, 0.0, 0.5, 1.0], np.float32), (2, REGIONS, 1))
    features = np.ones((2, REGIONS, FEATURES), np.float16)
    labels = {name: np.ones((2, REGIONS)) for name in ("objects", "objectScores", "attributes", "attributeScores")}
    np.savez(
        tmp_path / "regions_0.npz", photo=np.array(["gqa/7.jpg", "gqa/8.jpg"]), boxes=boxes, features=features, **labels
    )
    assert [(one.identity, one.objects.tolist()) for one in read_features(tmp_path / "regions_0.npz")] == [
        ("gqa/7.jpg", [1, 1, 1]),
        ("gqa/8.jpg", [1, 1, 1]),
    ]
    names, counts = np.array(["coco/1.jpg", "coco/2.jpg"]), np.array([2, 3])
    np.savez(tmp_path / "detections.npz", photos=names, counts=counts, boxes=boxes, features=features)
    assert [len(one.boxes) for one in read_features(tmp_path / "detections.npz")] == [2, 3]
    np.savez(tmp_path / "other.npz", photos=names, boxes=boxes)
    with pytest.raises(WrongFormat, match="features missing; there is photos, boxes"):
        list(read_features(tmp_path / "other.npz"))
    whole = (tmp_path / "detections.npz").read_bytes()
    (tmp_path / "cut.npz").write_bytes(whole[: len(whole) // 2])
    with pytest.raises(WrongFormat, match="no whole .npz"):
        list(read_features(tmp_path / "cut.npz"))


def test_gqa_objects_folder(tmp_path):
    entry = {"width": 200, "height": 100, "objectsNum": 2, "idx": 0, "file": 0}
    (tmp_path / "gqa_objects_info.json").write_text(json.dumps({"7": entry, "n12": entry | {"idx": 5}}))
    with h5py.File(tmp_path / "gqa_objects_0.h5", "w") as file:
        file["bboxes"] = np.tile(np.array([0, 0, 100, 50], np.float32), (1, REGIONS, 1))
        file["features"] = np.ones((1, REGIONS, FEATURES), np.float32)
    reading = read_features(tmp_path)
    first = next(reading)
    assert first.identity == "7" and first.features.shape == (2, FEATURES)
    np.testing.assert_allclose(first.boxes[0], [0, 0, 0.5, 0.5])
    assert first.objects.tolist() == [-1, -1]
    with pytest.raises(WrongFormat, match="image 'n12': row 5 of gqa_objects_0.h5, which has 1"):
        next(reading)


@pytest.fixture
def stored(tmp_path):
    """Two pictures; the first comes twice, once by the name that Visual Genome gives it."""
    pictures = Pictures({7: GenomePicture(200, 100, 42)})
    rows = tsv(tmp_path / "a.tsv", row("COCO_train2014_000000000042"), row("7"), row("9"))
    assert write_store(tmp_path / "store", read_features(rows), pictures, regions=4) == (2, 1)
    return RegionStore(tmp_path / "store")


def test_store_gives_back_what_was_read(stored):
    assert "coco/42" in stored and "vg/9" in stored and "vg/7" not in stored
    regions, labels = stored.regions("coco/42"), stored.labels("coco/42")
    assert regions.features.shape == (REGIONS, FEATURES) and regions.features[0, 0] == 2.0
    np.testing.assert_allclose(regions.boxes[1], [0.1, 0.1, 0.5, 0.5])
    assert labels.objects.tolist() == [5, 6, 7]
    pair = PhotoPair("dev-1-0-0", "coco/42", "vg/9", "Two dogs.", True)
    other = PhotoPair("dev-2-0-0", "coco/42", "vg/10", "Two dogs.", True)
    assert PublishedPairs([pair, other], RegionStores([stored]), seed=0).pairs == [pair]


def test_store_that_was_not_finished_or_was_cut(tmp_path, stored):
    path = tmp_path / "store" / "features.bin"
    path.write_bytes(path.read_bytes()[:-2])
    with pytest.raises(WrongFormat, match=r"features.bin: \d+ bytes, \d+ were expected"):
        RegionStore(tmp_path / "store")
    (tmp_path / "store" / "store.json").unlink()
    with pytest.raises(WrongFormat, match="not a store, or one whose writing did not end"):
        RegionStore(tmp_path / "store")


@pytest.fixture
def configuration(tmp_path, stored):
    """Captions and questions of the two stored pictures, of one without regions and of one kept out."""

    def record(identity: str) -> dict:
        said = {"mscoco": [f"a dog of {identity}", "a cat"], "vqa": [f"is there a dog in {identity}"]}
        return {"img_id": identity, "sentf": said, "labelf": {"vqa": [{"yes": 1.0, "no": 0.3, "zebra": 1.0}]}}

    names = ("COCO_train2014_000000000042", "9", "10", "COCO_val2014_000000000011")
    (tmp_path / "train.json").write_text(json.dumps([record(name) for name in names]))
    (tmp_path / "minival.json").write_text(json.dumps([record(names[3])]))
    (tmp_path / "answers.json").write_text(json.dumps(["no", "yes"]))
    path = tmp_path / "configuration.json"
    texts = [{"format": "lxmert", "files": ["train.json"]}]
    chosen = {"answers": "answers.json", "kept_out": ["minival.json"], "own_validation": False}
    path.write_text(json.dumps(chosen | {"regions": ["store"], "texts": texts}))
    return path


def test_configuration_becomes_pairs_of_sentence_and_picture(configuration):
    found = published_data(configuration, seed=0)
    assert (found.fate.kept, found.fate.without_regions, found.fate.kept_out) == (6, 3, 3)
    drawn = [found.sentences.draw() for _ in range(400)]
    assert 0.4 < np.mean([one.matches for one in drawn]) < 0.6
    answers = [one.answer for one in drawn if one.answer is not None]
    assert all(one.matches for one in drawn if one.answer is not None)
    assert 0.1 < answers.count(0) / len(answers) < 0.4  # 'no' has 0.3 of 1.3
    # What is said of one picture alone does not fit the other.
    own = {"a dog of 9": 7.0 + 2.0, "a dog of COCO_train2014_000000000042": 2.0}
    assert {one.matches for one in drawn if own.get(one.text) == one.regions.features[0, 0]} == {True}
    texts = json.loads(configuration.read_text()) | {"texts": [{"format": "flickr", "files": []}]}
    configuration.write_text(json.dumps(texts))
    with pytest.raises(WrongFormat, match="format 'flickr' is not among coco-captions"):
        published_data(configuration, seed=0)


def test_paper_recipe_learns_a_batch_by_heart(configuration):
    torch.manual_seed(0)
    found = published_data(configuration, seed=0)
    tokenizer = default_tokenizer()
    model = paper_network(TINY, feature_size=FEATURES, vocabulary_size=len(tokenizer), answer_count=len(found.answers))
    batch = make_paper_batch([found.sentences.draw() for _ in range(12)], tokenizer, random.Random(0))
    assert (batch.features[batch.hidden > 0] == 0.0).all() and batch.hidden.any()
    assert (batch.words != IGNORED).any() and (batch.answers != IGNORED).any()
    optimiser = torch.optim.Adam(model.parameters(), lr=2e-3)
    losses = []
    for _ in range(12):
        loss = paper_loss(model, batch, ask_answers=True)
        loss.backward()
        optimiser.step()
        optimiser.zero_grad()
        losses.append(float(loss.detach()))
    assert losses[-1] < 0.8 * losses[0]
    silent = make_paper_batch(
        [one for one in (found.sentences.draw() for _ in range(60)) if not one.matches], tokenizer, random.Random(0)
    )
    assert torch.isfinite(paper_loss(model, silent, ask_answers=True))


def test_train_command_runs_to_a_checkpoint(tmp_path, configuration, capsys):
    (tmp_path / "vocab").mkdir()
    (tmp_path / "vocab" / "bert_uncased_vocab.txt").write_text("[PAD]\n[UNK]\n[CLS]\n[SEP]\n[MASK]\na\ndog\ncat\nof\n")
    parser = argparse.ArgumentParser()
    published_command.add_arguments(parser)
    chosen = ["--size", "tiny", "--batch", "4", "--epochs", "40", "--answers-from", "1", "--device", "cpu"]
    files = ["--configuration", str(configuration), "--out", str(tmp_path / "out")]
    published_command.run(parser.parse_args([*chosen, *files, "--steps", "3"], argparse.Namespace(data=tmp_path)))
    assert "6 sentences of 2 pictures; left out: 0 repeated, 3 kept out, 3 without regions" in capsys.readouterr().out
    weights = torch.load(tmp_path / "out" / "pretrained.pt", weights_only=True)
    assert set(weights) == published_names(TINY)


def published_names(size: LxmertSize) -> set[str]:
    """Names of the published checkpoint, with as many layers as `size` has."""
    layers = {".layer.*": size.language_layers, ".r_layers.*": size.vision_layers, ".x_layers.*": size.cross_layers}
    found = set()
    for name in json.loads(SHAPES.read_text()):
        count = next((count for part, count in layers.items() if part in name), 1)
        found |= {name.replace("*", str(layer)) for layer in range(count)}
    return found


def published_shapes() -> dict[str, tuple[int, ...]]:
    """Names and shapes of the published pretraining checkpoint; '*' stands for the number of a layer."""
    found = {}
    for name, told in json.loads(SHAPES.read_text()).items():
        for layer in range(told.get("layers", 1)):
            found[name.replace("*", str(layer))] = tuple(told["shape"])
    return found


def test_paper_size_has_the_published_names_and_shapes():
    with torch.device("meta"):
        model = paper_network(PAPER, feature_size=2048, vocabulary_size=30522, answer_count=9500)
    shapes = {name: tuple(value.shape) for name, value in model.state_dict().items()}
    published = published_shapes()
    assert len(published) == 473
    assert shapes == published


def test_check_command_names_what_it_read_and_what_was_wrong(tmp_path, monkeypatch, capsys, configuration):
    def run(*options: str) -> int:
        monkeypatch.setattr("sys.argv", ["published", *options])
        with pytest.raises(SystemExit) as stopped:
            main()
        return stopped.value.code

    files = [str(tmp_path / name) for name in ("train.json", "a.tsv", "answers.json", "minival.json")]
    good = ("check", "--lxmert", files[0], "--features", files[1], "--answers", files[2], "--keep-out", files[3])
    assert run(*good) == 0
    told = capsys.readouterr().out
    assert "lxmert: 12 sentences of 4 pictures, 4 questions, 100.0 % of them with an answer on the list" in told
    assert "regions for 50.0 %" in told and "a.tsv: 3 pictures, 0 repeated" in told
    assert run("check", "--coco-captions", files[0], "--lxmert", files[0]) == 1
    told = capsys.readouterr().out
    assert "FAIL train.json: begins with '[', an object '{' with 'annotations' was expected" in told
    assert "lxmert: 12 sentences" in told
    assert run("store", "--features", files[1], "--out", str(tmp_path / "other")) == 0
    assert "3 pictures, 0 repeated, 16 features" in capsys.readouterr().out
