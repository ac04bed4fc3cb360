"""Readers of published sentences, on small files of each format and on files that are not of it."""

import gzip
import json
from pathlib import Path

import pytest

from models.data.published import json_stream
from models.data.published.answers import AnswerTable, lxmert_form, read_answers, soft_scores, vqa_form
from models.data.published.json_stream import array_entries
from models.data.published.photo_pair_files import nlvr2
from models.data.published.pictures import KeptOut, Pictures, read_genome_pictures, read_picture_ids
from models.data.published.scene_files import genome_scenes, gqa_scenes
from models.data.published.sentences import Sentence, SentenceTable
from models.data.published.text_files import TEXT_FORMATS
from models.data.published.wrong_format import WrongFormat
from models.data.split import is_validation
from models.data.vocabulary import ATTRIBUTE_INDEX

IMAGE_DATA = [
    {"image_id": 7, "url": "u", "width": 100, "height": 50, "coco_id": 42, "flickr_id": None},
    {"image_id": 8, "url": "u", "width": 100, "height": 50, "coco_id": None, "flickr_id": None},
    {"image_id": 9, "url": "u", "width": 100, "height": 50, "coco_id": -1, "flickr_id": 1},
]


def written(path: Path, value: object) -> Path:
    path.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
    return path


@pytest.fixture
def pictures(tmp_path):
    return Pictures(read_genome_pictures(written(tmp_path / "image_data.json", IMAGE_DATA)))


def read(name: str, paths: list[Path], pictures: Pictures | None = None) -> list[Sentence]:
    return list(TEXT_FORMATS[name].read(paths, pictures or Pictures()))


def test_coco_captions(tmp_path):
    captions = [
        {"image_id": 42, "id": 1, "caption": "Ein Hund – 犬 🐕."},
        {"image_id": 9, "id": 2, "caption": "A cat."},
    ]
    file = {"info": {"year": 2014}, "images": [{"id": 42}, {"id": 9}], "licenses": [], "annotations": captions}
    found = read("coco-captions", [written(tmp_path / "captions_train2014.json", file)])
    assert found[0] == Sentence("coco/42", "Ein Hund – 犬 🐕.", "mscoco", identity="1")
    assert [sentence.answers for sentence in found] == [None, None]


def test_genome_regions_and_questions_are_of_coco_pictures_where_they_are(tmp_path, pictures):
    regions = [
        {"id": 7, "regions": [{"region_id": 1, "image_id": 7, "phrase": "a wet dog", "x": 0}]},
        {"id": 8, "regions": [{"region_id": 2, "image_id": 8, "phrase": "sky", "x": 0}]},
    ]
    found = read("vg-regions", [written(tmp_path / "region_descriptions.json", regions)], pictures)
    assert [(one.picture, one.text) for one in found] == [("coco/42", "a wet dog"), ("vg/8", "sky")]
    asked = [{"id": 9, "qas": [{"qa_id": 5, "image_id": 9, "question": "Who?", "answer": "A man."}]}]
    (one,) = read("vg-questions", [written(tmp_path / "question_answers.json", asked)], pictures)
    assert one == Sentence("vg/9", "Who?", "visual7w", (("A man.", 1.0),), "5")


def vqa_files(folder: Path, annotated_image: int = 42) -> list[Path]:
    answers = [{"answer": text, "answer_id": n} for n, text in enumerate(["Two"] * 2 + ["2"] * 5 + ["dogs", "a  dog."])]
    questions = {"questions": [{"image_id": 42, "question": "How many?", "question_id": 420}]}
    annotations = {"annotations": [{"image_id": annotated_image, "question_id": 420, "answers": answers}]}
    return [written(folder / "questions.json", questions), written(folder / "annotations.json", annotations)]


def test_vqa_joins_questions_to_soft_scores(tmp_path):
    (one,) = read("vqa", vqa_files(tmp_path))
    assert one.picture == "coco/42" and one.identity == "420"
    assert dict(one.answers) == pytest.approx({"2": 1.0, "dogs": 1 / 3, "dog": 1 / 3})


def test_vqa_files_that_do_not_belong_together(tmp_path):
    with pytest.raises(WrongFormat, match="question 420 is of image 42, its annotation of 43"):
        read("vqa", vqa_files(tmp_path, annotated_image=43))
    questions, annotations = vqa_files(tmp_path)
    with pytest.raises(WrongFormat, match="come in pairs"):
        read("vqa", [questions])
    written(annotations, {"annotations": []})
    with pytest.raises(WrongFormat, match="no annotation in annotations.json; another split's"):
        read("vqa", [questions, annotations])


def test_gqa_takes_the_balanced_questions(tmp_path, pictures):
    questions = {
        "001": {"imageId": "7", "question": "Is it red?", "answer": "no", "isBalanced": True, "semantic": []},
        "002": {"imageId": "7", "question": "Is it blue?", "answer": "no", "isBalanced": False},
        "003": {"imageId": "n12", "question": "What is it?", "answer": "bed", "isBalanced": True},
    }
    found = read("gqa", [written(tmp_path / "train_balanced_questions.json", questions)], pictures)
    assert [(one.picture, one.identity) for one in found] == [("coco/42", "001"), ("n12", "003")]


def test_lxmert_files(tmp_path):
    record = {
        "img_id": "COCO_train2014_000000000042",
        "sentf": {"mscoco": ["A dog."], "vqa": ["Is it wet?"]},
        "labelf": {"vqa": [{"yes": 0.9, "no": 0.3}]},
    }
    found = read("lxmert", [written(tmp_path / "mscoco_train.json", [record])])
    assert [(one.picture, one.source, one.answers) for one in found] == [
        ("coco/42", "mscoco", None),
        ("coco/42", "vqa", (("yes", 0.9), ("no", 0.3))),
    ]
    asked = {"img_id": "8", "label": {"pipe": 1.0}, "question_id": "07333408", "sent": "What is on the wall?"}
    (one,) = read("lxmert-questions", [written(tmp_path / "valid.json", [asked])])
    assert (one.picture, one.source, one.answers) == ("vg/8", "gqa", (("pipe", 1.0),))
    record["labelf"]["vqa"].append({"yes": 1.0})
    with pytest.raises(WrongFormat, match="record 0: 1 sentences of 'vqa' have 2 labels"):
        read("lxmert", [written(tmp_path / "mscoco_train.json", [record])])


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('{"annotations": [{"image_id": 1, "id": 1}]}', "annotation 0: 'caption' is missing; there is image_id, id"),
        ('{"annotations": [{"image_id": "one", "id": 1, "caption": "x"}]}', "'image_id' is a string, a whole number"),
        ('{"annotations": [{"image_id": true, "id": 1, "caption": "x"}]}', "'image_id' is a boolean"),
        ('{"annotations": [{"image_id": 1, "id": 1, "caption": null}]}', "'caption' is null, a string"),
        ('{"annotations": [17]}', "annotation 0: an integer is there, an object was expected"),
        ('{"annotations": {"a": 1}}', "'{' is there, '\\[' was expected"),
        ('{"questions": []}', "'annotations' is missing; there is questions"),
        ("[]", "begins with '\\[', an object '{' with 'annotations' was expected"),
        ("", "begins with '', an object"),
        ('{"annotations": [{"image_id": 1, "id": 1, "cap', "this is not JSON, or the file was cut off"),
        ('{"annotations": [{"image_id": 1, "id": 1, "caption": "x"}', "the file ends, ',' or '\\]' was expected"),
        ('{"annotations": ' + "[" * 200_000, "too deep"),
    ],
)
def test_a_wrong_file_is_told_from_a_right_one(tmp_path, text, reason):
    path = tmp_path / "captions.json"
    path.write_text(text)
    with pytest.raises(WrongFormat, match=reason):
        read("coco-captions", [path])


def test_bytes_that_are_no_text(tmp_path):
    path = tmp_path / "captions.json"
    path.write_bytes(b'{"annotations": [{"caption": "\xff"}]}')
    with pytest.raises(WrongFormat, match="can't decode byte 0xff"):
        read("coco-captions", [path])
    cut = tmp_path / "captions.json.gz"
    cut.write_bytes(gzip.compress(json.dumps({"annotations": list(range(9999))}).encode())[:900])
    with pytest.raises(WrongFormat):
        read("coco-captions", [cut])


def test_streaming_gives_what_decoding_at_once_gives(tmp_path, monkeypatch):
    records = [{"n": n, "text": "x" * n, "inner": {"list": [n, None, 1.5e3]}} for n in range(60)]
    path = written(tmp_path / "records.json", records)
    for chunk in (1, 7, 1 << 20):
        monkeypatch.setattr(json_stream, "CHUNK", chunk)
        assert [entry.record for entry in array_entries(path, "record")] == records


def test_answers_as_the_published_lists_write_them(tmp_path):
    forms = {"A dog.": "dog", "none": "0", "Two": "2", "10,000": "10000", "yes/no": "yes no", "doesnt": "doesn't"}
    assert {raw: vqa_form(raw) for raw in forms} == forms
    assert [lxmert_form(raw) for raw in ("The man.", "a woman", "Grey", "ten")] == ["man", "woman", "gray", "10"]
    assert dict(soft_scores(["no", "No", "no.", "no"])) == {"no": 1.0}
    assert read_answers(written(tmp_path / "a.json", ["b", "a"])).index == {"b": 0, "a": 1}
    published = [{"ans": "b", "dsets": ["vqa"]}, {"ans": "a", "dsets": []}]
    assert read_answers(written(tmp_path / "a.json", published)).answers == ("b", "a")
    assert read_answers(written(tmp_path / "a.json", {"a": 1, "b": 0})).answers == ("b", "a")


@pytest.mark.parametrize(
    ("value", "reason"),
    [(["a", "a"], "'a' is there more than once"), ({"a": 0, "b": 2}, "indices"), (["a", 3], "answer 1"), ([], "list")],
)
def test_a_wrong_answer_list(tmp_path, value, reason):
    with pytest.raises(WrongFormat, match=reason):
        read_answers(written(tmp_path / "answers.json", value))


def test_table_keeps_sentences_once_and_their_best_score():
    table = SentenceTable(AnswerTable(["man", "2"]))
    asked = Sentence("coco/1", "Who?", "visual7w", (("A man.", 0.3), ("man", 1.0), ("zebra", 1.0)))
    table.add([asked, Sentence("coco/1", "who? ", "visual7w", asked.answers), Sentence("coco/2", "Ça va, 犬", "vg")])
    assert len(table) == 2 and table.repeated == 1
    assert [table.text_of(row) for row in range(2)] == ["Who?", "Ça va, 犬"]
    assert table.answers_of(0) == [(0, 1.0)] and table.answers_of(1) == []
    assert list(table.counts()) == [("visual7w", 1, 1), ("vg", 1, 0)]


def test_a_kept_out_picture_is_kept_out_under_all_its_names(tmp_path, pictures):
    for identity in ("COCO_val2014_000000000042", "coco/42.jpg", "7", "gqa/7.jpg", "vg/7"):
        assert pictures.named(identity) == "coco/42"
    minival = written(tmp_path / "minival.json", [{"img_id": "COCO_val2014_000000000042", "sentf": {}, "labelf": {}}])
    kept_out = KeptOut(pictures, read_picture_ids(minival), own_validation=False)
    assert pictures.of_genome(7) in kept_out and "vg/8" not in kept_out
    ours = next(n for n in range(100, 1000) if is_validation(str(n)) and not is_validation(str(n + 5000)))
    both = Pictures({ours: pictures.genome[7].__class__(1, 1, ours + 5000)})
    assert both.of_genome(ours) in KeptOut(both) and both.of_genome(ours) not in KeptOut(both, own_validation=False)
    with pytest.raises(WrongFormat, match="image 7 is there a second time"):
        read_genome_pictures(written(tmp_path / "twice.json", [IMAGE_DATA[0]] * 2))


def test_scene_graphs_keep_the_relations_that_were_drawn(tmp_path, pictures):
    man = {"name": "man", "x": 10, "y": 5, "w": 20, "h": 60, "attributes": ["tall"]}
    relations = [{"name": "riding", "object": "2"}, {"name": "near", "object": "3"}]
    relations.append({"name": "to the left of", "object": "2"})
    horse = {"name": "horse", "x": 0, "y": 20, "w": 50, "h": 30, "attributes": ["brown"], "relations": []}
    odd = horse | {"name": "qwertz", "attributes": []}
    graph = {"width": 100, "height": 50, "objects": {"1": man | {"relations": relations}, "3": odd, "2": horse}}
    (scene,) = gqa_scenes(written(tmp_path / "train_sceneGraphs.json", {"8": graph}))
    assert [(r.subject, r.name, r.target) for r in scene.relations] == [(0, "riding", 1)]
    assert scene.objects[0].box == (0.1, 0.1, 0.3, 1.0)
    assert ATTRIBUTE_INDEX["brown"] in scene.objects[1].attributes

    things = [{"object_id": 5, "names": ["man"], "x": 10, "y": 5, "w": 20, "h": 30}]
    things.append({"object_id": 6, "names": ["horse"], "x": 0, "y": 20, "w": 50, "h": 30})
    drawn = [{"relationship_id": 1, "predicate": "Riding", "subject_id": 5, "object_id": 6}]
    graphs = written(tmp_path / "graphs.json", [{"image_id": 7, "objects": things, "relationships": drawn}])
    told = [{"image_id": 7, "attributes": [{"object_id": 6, "names": ["horse"], "attributes": ["brown"]}]}]
    (scene,) = genome_scenes(graphs, written(tmp_path / "attributes.json", told), pictures)
    assert [(r.subject, r.name, r.target) for r in scene.relations] == [(0, "riding", 1)]
    assert ATTRIBUTE_INDEX["brown"] in scene.objects[1].attributes
    with pytest.raises(WrongFormat, match="image 7 is not in image_data.json"):
        list(genome_scenes(graphs, None, Pictures()))


def test_nlvr2_lines_name_their_two_photos(tmp_path):
    path = tmp_path / "dev.json"
    lines = [{"identifier": f"dev-850-{n}-0", "sentence": "Two dogs.", "label": ("True", "False")[n]} for n in range(2)]
    path.write_text("\n".join(map(json.dumps, lines)) + "\n")
    found = list(nlvr2(path))
    assert (found[1].left, found[1].right) == ("dev-850-1-img0", "dev-850-1-img1")
    assert [pair.is_true for pair in found] == [True, False]
    ours = [{"identifier": "dev-1-0-0", "img0": "dev-1-0-img0", "img1": "dev-1-0-img1", "label": 1, "sent": "x"}]
    assert next(nlvr2(written(tmp_path / "valid.json", ours))).is_true
    path.write_text(json.dumps(lines[0] | {"label": "maybe"}))
    with pytest.raises(WrongFormat, match="line 1: label 'maybe' is neither True nor False"):
        list(nlvr2(path))
    path.write_text(json.dumps(lines[0]) + "\n{cut")
    with pytest.raises(WrongFormat, match="line 2: this is not JSON"):
        list(nlvr2(path))
