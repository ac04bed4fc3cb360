"""A configuration of published files -> what training draws from.

    {
      "answers": "data/lxmert/all_ans.json",
      "image_data": "visual_genome/image_data.json",
      "kept_out": ["data/lxmert/mscoco_minival.json"],
      "own_validation": true,
      "regions": ["store/coco-train", "store/coco-val", "store/vg"],
      "texts": [{"format": "lxmert", "files": ["data/lxmert/mscoco_train.json"]}]
    }

Paths are relative to the configuration's folder.
"""

import random
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from models.data.published.answers import AnswerTable, read_answers
from models.data.published.json_stream import JsonStream
from models.data.published.photo_pair_files import PhotoPair
from models.data.published.pictures import KeptOut, Pictures, read_genome_pictures, read_picture_ids
from models.data.published.region_store import RegionLabels, RegionStore, RegionStores
from models.data.published.sentences import Sentence, SentenceTable
from models.data.published.text_files import TEXT_FORMATS
from models.data.published.wrong_format import Entry
from models.lxmert.photo_pairs import Pair
from models.lxmert.region_set import RegionSet

MATCHING_SHARE = 0.5


@dataclass(frozen=True)
class Drawn:
    """One picture and one sentence, of this picture or of another."""

    regions: RegionSet
    labels: RegionLabels
    text: str
    matches: bool
    answer: int | None
    """Index into the answer table; None of captions and of sentences of other pictures."""


@dataclass
class Fate:
    """What became of the sentences that were read."""

    kept: int = 0
    kept_out: int = 0
    without_regions: int = 0

    def sift(self, sentences: Iterable[Sentence], kept_out: KeptOut, stores: RegionStores) -> Iterator[Sentence]:
        for sentence in sentences:
            if sentence.picture in kept_out:
                self.kept_out += 1
            elif sentence.picture not in stores:
                self.without_regions += 1
            else:
                self.kept += 1
                yield sentence


class PublishedSentences:
    """Sentence and picture pairs, every sentence as often as any other; half of them with another's sentence."""

    def __init__(self, table: SentenceTable, stores: RegionStores, seed: int) -> None:
        if len(table.pictures) < 2:
            raise ValueError(f"sentences of {len(table.pictures)} pictures with regions; matching needs two at least")
        self.table, self.stores = table, stores
        self.names = list(table.pictures)
        self.random = random.Random(seed)

    def __len__(self) -> int:
        return len(self.table)

    def draw(self) -> Drawn:
        rng = self.random
        row = rng.randrange(len(self.table))
        picture = self.table.picture_of[row]
        name = self.names[picture]
        regions, labels = self.stores.regions(name), self.stores.labels(name)
        if rng.random() < MATCHING_SHARE:
            return Drawn(regions, labels, self.table.text_of(row), True, self.answer(row))
        other = row
        while self.table.picture_of[other] == picture:
            other = rng.randrange(len(self.table))
        return Drawn(regions, labels, self.table.text_of(other), False, None)

    def answer(self, row: int) -> int | None:
        """One of the answers, as likely as its soft score says; another one next time."""
        scored = self.table.answers_of(row)
        if not scored:
            return None
        indices, scores = zip(*scored, strict=True)
        return self.random.choices(indices, scores)[0]


class PublishedPairs:
    """NLVR2's pairs whose two photos have regions, as the two-photo head learns from them."""

    def __init__(self, pairs: Iterable[PhotoPair], stores: RegionStores, seed: int) -> None:
        self.pairs = [pair for pair in pairs if pair.left in stores and pair.right in stores]
        self.stores = stores
        self.random = random.Random(seed)

    def draw(self) -> Pair:
        pair = self.random.choice(self.pairs)
        left, right = self.stores.regions(pair.left), self.stores.regions(pair.right)
        return Pair(left, right, pair.sentence, pair.is_true)


@dataclass(frozen=True)
class PublishedData:
    sentences: PublishedSentences
    answers: AnswerTable
    fate: Fate
    repeated: int

    def lines(self) -> Iterator[str]:
        for source, count, answered in self.sentences.table.counts():
            yield f"{source}: {count:,} sentences, {answered:,} with an answer on the list"
        yield (
            f"{len(self.sentences):,} sentences of {len(self.sentences.names):,} pictures; left out: {self.repeated:,} "
            f"repeated, {self.fate.kept_out:,} kept out, {self.fate.without_regions:,} without regions"
        )


def published_data(configuration: Path, seed: int) -> PublishedData:
    """Reads everything that the configuration names; takes as long as the files are."""
    with JsonStream(configuration) as stream:
        entry = Entry.of(configuration, "", stream.value())
    folder = configuration.parent
    answers = read_answers(folder / entry.text("answers"))
    named = "image_data" in entry.record
    pictures = Pictures(read_genome_pictures(folder / entry.text("image_data")) if named else {})
    listed = [identity for file in entry.array("kept_out") for identity in read_picture_ids(folder / file)]
    kept_out = KeptOut(pictures, listed, bool(entry.record.get("own_validation", True)))
    stores = RegionStores(RegionStore(folder / path) for path in entry.array("regions"))
    table, fate = SentenceTable(answers), Fate()
    for text in entry.entries("texts", "text"):
        name = text.text("format")
        if name not in TEXT_FORMATS:
            raise text.wrong(f"format '{name}' is not among {', '.join(TEXT_FORMATS)}")
        paths = [folder / file for file in text.array("files")]
        table.add(fate.sift(TEXT_FORMATS[name].read(paths, pictures), kept_out, stores))
    table.forget_marks()
    return PublishedData(PublishedSentences(table, stores, seed), answers, fate, table.repeated)
