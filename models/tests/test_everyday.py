import random

from models.data.evaluation import gqa_kind, paraphrased, pointing_questions
from models.data.everyday import everyday_items
from models.data.paraphrases import paraphrases
from models.data.questions import EVERYDAY_KINDS
from models.data.scenes import Scene
from models.tests.scene_making import thing

ROOM = Scene(
    image_id="room",
    source="gqa",
    photo="gqa/room.jpg",
    objects=(
        thing("couch", (0.55, 0.4, 0.98, 0.9), "red"),
        thing("tv", (0.02, 0.3, 0.3, 0.6), "black"),
        thing("cat", (0.6, 0.42, 0.8, 0.65), "white"),
    ),
    place="living room",
    indoors=True,
)


def test_plain_questions_of_every_kind_have_the_answers_of_the_boxes() -> None:
    items = [item for seed in range(30) for item in everyday_items(ROOM, random.Random(seed))]
    assert {item.kind for item in items} == set(EVERYDAY_KINDS)
    answers = {item.question: item.answers for item in items}
    assert answers["How many cats are there?"] == ("1",)
    assert answers["What color is the couch?"][0] == "red"
    assert answers["Which side of the picture is the tv on?"] == ("left",)
    assert answers["Is the cat to the right of the tv?"] == ("yes",)
    assert answers["Where was this picture taken?"][0] == "living room"
    assert "sofa" in answers["What piece of furniture is in the picture?"]
    assert answers["What animal is in the picture?"][0] == "cat"
    assert all(text.count("?") == 1 and text[0].isupper() for text in answers)


def test_questions_about_a_thing_know_where_it_is() -> None:
    items = [item for seed in range(30) for item in everyday_items(ROOM, random.Random(seed))]
    boxes = {record["question"]: record["boxes"] for record in pointing_questions(items)}
    couch, tv, cat = ([list(drawn.box)] for drawn in ROOM.objects)
    assert boxes["What color is the couch?"] == couch
    assert boxes["How many cats are there?"] == cat
    assert boxes["Is there a tv in the picture?"] == tv
    assert boxes["What animal is in the picture?"] == cat
    assert boxes["Is the cat to the right of the tv?"] == cat + tv
    assert not [text for text in boxes if "indoors" in text or "Where was" in text]
    answers = {item.question: item.answers[0] for item in items if item.kind == "exists"}
    assert not [text for text, answer in answers.items() if answer == "no" and text in boxes]


def test_paraphrases_keep_the_answer_and_fill_every_slot() -> None:
    items = list(everyday_items(ROOM, random.Random(1)))
    free = paraphrased(items, random.Random(1))
    assert len(free) >= len(items) - 1
    assert not [item.question for item in free if "{" in item.question]
    assert {item.answers for item in free} <= {item.answers for item in items}


def test_there_are_a_hundred_free_wordings_over_all_kinds() -> None:
    assert len(paraphrases()) >= 100
    assert {entry["kind"] for entry in paraphrases()} == set(EVERYDAY_KINDS)
    assert len({entry["text"] for entry in paraphrases()}) == len(paraphrases())


def test_kinds_of_gqa_questions() -> None:
    assert gqa_kind({"answer": "yes", "operations": ["select", "exist"]}) == "yes/no"
    assert gqa_kind({"answer": "left", "operations": ["select", "choose rel"]}) == "choose"
    assert gqa_kind({"answer": "dog", "operations": ["select", "query"]}) == "open"
