"""Reads published files and says what is in them, or puts their regions where training finds them.

python -m models.data.published check --coco-captions captions_train2014.json --features train2014_obj36.tsv
python -m models.data.published store --features train2014_obj36.tsv val2014_obj36.tsv --out store/coco
"""

import argparse
import sys
from collections.abc import Callable, Iterator
from functools import partial
from itertools import chain
from pathlib import Path

from models.data.published.answers import AnswerTable, read_answers
from models.data.published.feature_files import read_features
from models.data.published.photo_pair_files import nlvr2
from models.data.published.pictures import KeptOut, Pictures, read_genome_pictures, read_picture_ids
from models.data.published.region_store import CONTENTS, REGIONS, RegionStore, bytes_per_picture, write_store
from models.data.published.scene_files import genome_scenes, gqa_scenes
from models.data.published.sentences import Sentence
from models.data.published.text_files import TEXT_FORMATS


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    verbs = parser.add_subparsers(dest="verb", required=True)
    check = verbs.add_parser("check", help="read files whole and print what was in them")
    store = verbs.add_parser("store", help="write the regions of feature files into a folder of arrays")
    for verb in (check, store):
        verb.add_argument("--image-data", type=Path, help="Visual Genome's image_data.json: which pictures are COCO's")
        verb.add_argument("--features", type=Path, nargs="+", default=[], help=".tsv, .npz, GQA's folder, a store")
    for name, text_format in TEXT_FORMATS.items():
        check.add_argument(f"--{name}", type=Path, nargs="+", default=[], help=text_format.files, metavar="FILE")
    check.add_argument("--gqa-scenes", type=Path, nargs="+", default=[], help="train_sceneGraphs.json")
    check.add_argument("--vg-scenes", type=Path, help="scene_graphs.json")
    check.add_argument("--vg-attributes", type=Path, help="attributes.json, for --vg-scenes")
    check.add_argument("--nlvr2", type=Path, nargs="+", default=[], help="train.json, dev.json, test1.json")
    check.add_argument("--answers", type=Path, help="all_ans.json, trainval_label2ans.json")
    check.add_argument("--keep-out", type=Path, nargs="+", default=[], help="mscoco_minival.json, or a list of ids")
    store.add_argument("--regions", type=int, default=REGIONS, help="per picture; the first ones")
    store.add_argument("--out", type=Path, required=True)
    arguments = parser.parse_args()
    sys.exit(run_check(arguments) if arguments.verb == "check" else run_store(arguments))


def run_store(arguments: argparse.Namespace) -> int:
    try:
        pictures = Pictures(read_genome_pictures(arguments.image_data) if arguments.image_data else {})
        found = chain.from_iterable(read_features(path) for path in arguments.features)
        written, repeated = write_store(arguments.out, found, pictures, arguments.regions)
        size = RegionStore(arguments.out).feature_size
    except ValueError as error:
        print(f"FAIL {error}")
        return 1
    gigabytes = written * bytes_per_picture(arguments.regions, size) / 1e9
    print(f"{arguments.out}: {written:,} pictures, {repeated:,} repeated, {size} features, {gigabytes:.3f} GB")
    return 0


class Check:
    """Every file is read, also after one that was wrong."""

    def __init__(self) -> None:
        self.failed = False

    def tell(self, say: Callable[[], str]) -> None:
        try:
            print(say(), flush=True)
        except (ValueError, OSError) as error:
            self.failed = True
            print(f"FAIL {error}", flush=True)


def run_check(arguments: argparse.Namespace) -> int:
    check = Check()
    genome, listed, answers, seen = {}, [], [], set()

    def learn_pictures() -> str:
        genome.update(read_genome_pictures(arguments.image_data))
        both = sum(one.coco is not None for one in genome.values())
        return f"{arguments.image_data.name}: {len(genome):,} pictures, {both:,} of them COCO's too"

    def learn_answers() -> str:
        answers.append(read_answers(arguments.answers))
        return f"{arguments.answers.name}: {len(answers[0]):,} answers"

    if arguments.image_data:
        check.tell(learn_pictures)
    if arguments.answers:
        check.tell(learn_answers)
    pictures = Pictures(genome)
    for path in arguments.keep_out:
        check.tell(partial(keep_out_line, path, listed))
    for path in arguments.features:
        check.tell(partial(features_line, path, pictures, seen))
    kept_out = KeptOut(pictures, listed)
    for name, text_format in TEXT_FORMATS.items():
        if paths := getattr(arguments, name.replace("-", "_")):
            tally = Tally(answers[0] if answers else None, kept_out, seen if arguments.features else None)
            check.tell(partial(tally.line, name, text_format.read(paths, pictures)))
    for path in arguments.gqa_scenes:
        check.tell(partial(scenes_line, path, gqa_scenes(path)))
    if arguments.vg_scenes:
        scenes = genome_scenes(arguments.vg_scenes, arguments.vg_attributes, pictures)
        check.tell(partial(scenes_line, arguments.vg_scenes, scenes))
    for path in arguments.nlvr2:
        check.tell(partial(pairs_line, path, seen if arguments.features else None))
    return int(check.failed)


class Tally:
    def __init__(self, answers: AnswerTable | None, kept_out: KeptOut, regions: set[str] | None) -> None:
        """regions: the pictures that the feature files have; None when there are no such files."""
        self.answers, self.kept_out, self.regions = answers, kept_out, regions

    def line(self, name: str, sentences: Iterator[Sentence]) -> str:
        pictures: set[str] = set()
        marks: set[int] = set()
        count = questions = listed = out = matched = 0
        for sentence in sentences:
            count += 1
            pictures.add(sentence.picture)
            marks.add(hash((sentence.source, sentence.identity)))
            out += sentence.picture in self.kept_out
            matched += self.regions is not None and sentence.picture in self.regions
            if sentence.answers is not None:
                questions += 1
                listed += bool(self.answers and self.answers.scored(sentence.answers))
        parts = [f"{name}: {count:,} sentences of {len(pictures):,} pictures", f"{questions:,} questions"]
        if self.answers:
            parts.append(f"{share(listed, questions)} of them with an answer on the list")
        parts += [f"{count - len(marks):,} ids repeated", f"{out:,} sentences kept out"]
        if self.regions is not None:
            parts.append(f"regions for {share(matched, count)}")
        return ", ".join(parts)


def share(part: int, whole: int) -> str:
    return f"{100.0 * part / max(1, whole):.1f} %"


def keep_out_line(path: Path, listed: list[str]) -> str:
    ids = read_picture_ids(path)
    listed += ids
    return f"{path.name}: {len(ids):,} pictures to keep out"


def features_line(path: Path, pictures: Pictures, seen: set[str]) -> str:
    """Adds the file's pictures to `seen`."""
    if (path / CONTENTS).exists():
        stored = RegionStore(path)
        seen |= stored.counts.keys()
        return f"{path.name}: a store of {len(stored):,} pictures, {stored.feature_size} features"
    names: set[str] = set()
    count = regions = named = size = 0
    for picture in read_features(path):
        count += 1
        regions += len(picture.boxes)
        named += int((picture.objects >= 0).sum())
        size = picture.features.shape[1]
        names.add(pictures.named(picture.identity))
    seen |= names
    gigabytes = len(names) * bytes_per_picture(REGIONS, size) / 1e9
    return (
        f"{path.name}: {count:,} pictures, {count - len(names):,} repeated, {regions / max(1, count):.1f} regions "
        f"each, {share(named, regions)} of them named, {size} features; {gigabytes:.3f} GB when stored"
    )


def scenes_line(path: Path, scenes) -> str:
    count = things = relations = validation = 0
    for scene in scenes:
        count += 1
        things += len(scene.objects)
        relations += len(scene.relations)
        validation += scene.validation
    return (
        f"{path.name}: {count:,} scenes, {things:,} things whose name is known, {relations:,} relations between them, "
        f"{validation:,} scenes for validation"
    )


def pairs_line(path: Path, regions: set[str] | None) -> str:
    pairs = list(nlvr2(path))
    sentences = {tuple(pair.identity.rsplit("-", 2)[::2]) for pair in pairs}
    text = f"{path.name}: {len(pairs):,} pairs, {len(sentences):,} sentences, {sum(p.is_true for p in pairs):,} true"
    if regions is None:
        return text
    matched = sum(pair.left in regions and pair.right in regions for pair in pairs)
    return f"{text}, regions for {share(matched, len(pairs))}"


if __name__ == "__main__":
    main()
