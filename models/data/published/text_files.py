"""Sentences and questions of COCO, Visual Genome, VQA v2, GQA and LXMERT's own files, one reader each.

A reader takes the files of its format and yields every sentence once per time that it is in them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from models.data.published.answers import soft_scores
from models.data.published.json_stream import array_entries, named_entries
from models.data.published.pictures import Pictures
from models.data.published.sentences import Sentence
from models.data.published.wrong_format import Entry, WrongFormat


def coco_captions(paths: list[Path], pictures: Pictures) -> Iterator[Sentence]:
    """captions_train2014.json: {"annotations": [{"image_id", "id", "caption"}], "images": …}."""
    for path in paths:
        for entry in array_entries(path, "annotation", "annotations"):
            picture = pictures.coco(entry.identity("image_id"))
            yield Sentence(picture, entry.text("caption"), "mscoco", identity=str(entry.identity("id")))


def genome_regions(paths: list[Path], pictures: Pictures) -> Iterator[Sentence]:
    """region_descriptions.json: [{"id", "regions": [{"region_id", "phrase", "image_id", x, y, width, height}]}]."""
    for path in paths:
        for entry in array_entries(path, "image"):
            picture = pictures.of_genome(entry.identity(entry.first_of("image_id", "id")))
            for region in entry.entries("regions", "region"):
                identity = str(region.identity(region.first_of("region_id", "id")))
                yield Sentence(picture, region.text("phrase"), "vg", identity=identity)


def genome_questions(paths: list[Path], pictures: Pictures) -> Iterator[Sentence]:
    """question_answers.json: [{"id", "qas": [{"qa_id", "question", "answer", "image_id"}]}]."""
    for path in paths:
        for entry in array_entries(path, "image"):
            picture = pictures.of_genome(entry.identity(entry.first_of("image_id", "id")))
            for asked in entry.entries("qas", "question"):
                answers = ((asked.text("answer"), 1.0),)
                identity = str(asked.identity("qa_id"))
                yield Sentence(picture, asked.text("question"), "visual7w", answers, identity)


def vqa(paths: list[Path], pictures: Pictures) -> Iterator[Sentence]:
    """Questions, annotations, questions, annotations …: pairs of files of the same split, joined by question_id."""
    if len(paths) % 2:
        raise WrongFormat(paths[-1], "", "VQA's files come in pairs: questions, then the annotations of that split")
    for questions, annotations in zip(paths[::2], paths[1::2], strict=True):
        given = {}
        for entry in array_entries(annotations, "annotation", "annotations"):
            answers = soft_scores(answer.text("answer") for answer in entry.entries("answers", "answer"))
            given[entry.identity("question_id")] = entry.identity("image_id"), answers
        for entry in array_entries(questions, "question", "questions"):
            number, image = entry.identity("question_id"), entry.identity("image_id")
            if number not in given:
                raise entry.wrong(f"question {number} has no annotation in {annotations.name}; another split's?")
            annotated, answers = given[number]
            if annotated != image:
                raise entry.wrong(f"question {number} is of image {image}, its annotation of {annotated}")
            yield Sentence(pictures.coco(image), entry.text("question"), "vqa", answers, str(number))


def gqa(paths: list[Path], pictures: Pictures) -> Iterator[Sentence]:
    """train_balanced_questions.json: {id: {"imageId", "question", "answer", "isBalanced", …}}.

    Of the unbalanced files, the balanced part. Test questions have no answer: they are of no use here.
    """
    for path in paths:
        for identity, entry in named_entries(path, "question"):
            if entry.record.get("isBalanced") is False:
                continue
            answers = ((entry.text("answer"), 1.0),)
            yield Sentence(pictures.named(entry.text("imageId")), entry.text("question"), "gqa", answers, identity)


def labels_of(entry: Entry, value: object) -> tuple[tuple[str, float], ...]:
    """{answer: score} of LXMERT's files."""
    labels = Entry.of(entry.path, f"{entry.where}, label", value)
    scored = tuple((answer, labels.number(answer)) for answer in labels.record)
    wrong = [score for _, score in scored if not 0.0 <= score <= 1.0]
    if wrong:
        raise labels.wrong(f"score {wrong[0]:g} is not between 0 and 1")
    return scored


def lxmert_pretraining(paths: list[Path], pictures: Pictures) -> Iterator[Sentence]:
    """mscoco_train.json: [{"img_id", "sentf": {source: [text]}, "labelf": {source: [{answer: score}]}}]."""
    for path in paths:
        for entry in array_entries(path, "record"):
            picture = pictures.named(entry.text("img_id"))
            said, labelled = entry.object("sentf"), entry.object("labelf")
            for source in said.record:
                texts = said.array(source)
                labels = labelled.array(source) if source in labelled.record else [None] * len(texts)
                if len(labels) != len(texts):
                    raise entry.wrong(f"{len(texts)} sentences of '{source}' have {len(labels)} labels")
                for index, (text, label) in enumerate(zip(texts, labels, strict=True)):
                    if not isinstance(text, str):
                        raise said.wrong(f"sentence {index} of '{source}' is not a string")
                    answers = None if label is None else labels_of(entry, label)
                    yield Sentence(picture, text, source, answers, f"{entry.text('img_id')} {source} {index}")


def lxmert_questions(paths: list[Path], pictures: Pictures) -> Iterator[Sentence]:
    """LXMERT's VQA and GQA files: [{"img_id", "sent", "question_id", "label": {answer: score}}]."""
    for path in paths:
        for entry in array_entries(path, "question"):
            text, picture = entry.text("sent"), pictures.named(entry.text("img_id"))
            source = "vqa" if picture.startswith("coco/") and "question_type" in entry.record else "gqa"
            yield Sentence(
                picture, text, source, labels_of(entry, entry.value("label")), str(entry.value("question_id"))
            )


Reader = Callable[[list[Path], Pictures], Iterator[Sentence]]


@dataclass(frozen=True)
class TextFormat:
    read: Reader
    files: str  # what to give


TEXT_FORMATS = {
    "coco-captions": TextFormat(coco_captions, "captions_train2014.json, captions_val2014.json"),
    "vg-regions": TextFormat(genome_regions, "region_descriptions.json"),
    "vg-questions": TextFormat(genome_questions, "question_answers.json"),
    "vqa": TextFormat(vqa, "v2_OpenEnded_mscoco_*_questions.json v2_mscoco_*_annotations.json, in pairs"),
    "gqa": TextFormat(gqa, "train_balanced_questions.json, val_balanced_questions.json"),
    "lxmert": TextFormat(lxmert_pretraining, "mscoco_train.json, mscoco_nominival.json, vgnococo.json"),
    "lxmert-questions": TextFormat(lxmert_questions, "train.json, nominival.json, valid.json of its VQA and GQA"),
}
