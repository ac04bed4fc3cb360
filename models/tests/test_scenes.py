import gzip
import json
from pathlib import Path

import pytest

from models.data.places import infer_indoors, infer_place
from models.data.relations import RelationPriors, rebuild_relations
from models.data.scenes import load_scenes
from models.data.split import is_among, is_validation


def drawn(
    name: str, box: list[float], relations: list[str] | None = None, related: list[str] | None = None, **more: object
) -> dict:
    return {"name": name, "box": box, "relations": relations or [], "related": related or [], **more}


RIDERS = [
    {
        "objects": [
            drawn("man", [0.3, 0.1, 0.6, 0.7], ["riding"], ["horse"]),
            drawn("horse", [0.2, 0.3, 0.8, 0.9]),
            drawn("sky", [0, 0, 1, 0.3]),
        ]
    }
    for _ in range(5)
]


def test_a_relation_points_to_the_name_that_explains_it() -> None:
    priors = RelationPriors.count(RIDERS)
    scene = [
        drawn("man", [0.3, 0.1, 0.6, 0.7], ["riding", "to the left of"], ["horse", "tree"]),
        drawn("horse", [0.2, 0.3, 0.7, 0.9]),
        drawn("tree", [0.8, 0.1, 0.95, 0.9]),
    ]
    assert list(rebuild_relations(scene, priors)) == [(0, "riding", 1)]


def test_of_several_targets_the_touching_one_is_meant() -> None:
    priors = RelationPriors.count(RIDERS)
    scene = [
        drawn("man", [0.3, 0.1, 0.5, 0.7], ["riding"], ["horse"]),
        drawn("horse", [0.7, 0.3, 0.95, 0.9]),
        drawn("horse", [0.25, 0.4, 0.55, 0.9]),
    ]
    assert list(rebuild_relations(scene, priors)) == [(0, "riding", 2)]


def test_a_target_that_does_not_touch_is_not_taken() -> None:
    priors = RelationPriors.count(RIDERS)
    scene = [drawn("man", [0.0, 0.1, 0.1, 0.7], ["riding"], ["horse"]), drawn("horse", [0.7, 0.3, 0.95, 0.9])]
    assert list(rebuild_relations(scene, priors)) == []


@pytest.mark.parametrize(
    ("names", "place"),
    [
        ({"oven", "refrigerator", "sink"}, "kitchen"),
        ({"toilet", "sink"}, "bathroom"),
        ({"bed", "pillow", "lamp"}, "bedroom"),
        ({"couch", "tv"}, "living room"),
        ({"road", "car", "sidewalk"}, "street"),
        ({"skis", "snow"}, "ski slope"),
        ({"dog"}, None),
        ({"oven", "bed"}, None),
    ],
)
def test_a_place_is_named_only_when_the_objects_agree(names: set[str], place: str | None) -> None:
    assert infer_place("coco", names, []) == place


@pytest.mark.parametrize(
    ("names", "indoors"),
    [
        ({"couch", "tv", "rug", "floor"}, True),
        ({"sky", "tree", "grass"}, False),
        ({"dog", "person"}, None),
        ({"bed", "window", "tree", "sky", "car"}, None),
    ],
)
def test_indoors_is_said_only_when_sure(names: set[str], indoors: bool | None) -> None:
    assert infer_indoors("coco", names, None) is indoors


def ids_on_side(*, validation: bool, count: int) -> list[str]:
    return [str(number) for number in range(1000) if is_validation(str(number)) == validation][:count]


def test_scenes_are_read_from_both_files_and_split(tmp_path: Path) -> None:
    photo_id, kept_id = ids_on_side(validation=False, count=1)[0], ids_on_side(validation=True, count=1)[0]
    box = [0.1, 0.2, 0.5, 0.9]
    photos = [
        {
            "photo": f"coco/{photo_id}.jpg",
            "objects": [{"name": "tvmonitor", "box": box}, {"name": "quantum flux", "box": box}],
            "captions": ["A set."],
        },
        {"photo": "coco/unlabelled.jpg"},
    ]
    (tmp_path / "photos.json").write_text(json.dumps(photos))
    with gzip.open(tmp_path / "gqa_scenes.jsonl.gz", "wt") as lines:
        lines.write(
            json.dumps({"image": kept_id, "objects": [drawn("dogs", box, attributes=["dark brown", "unheard of"])]})
            + "\n"
        )
    training = load_scenes(tmp_path)
    assert [(scene.image_id, scene.source, scene.photo) for scene in training] == [
        (photo_id, "coco", f"coco/{photo_id}.jpg")
    ]
    assert [thing.class_name for thing in training[0].objects] == ["tv"]
    assert training[0].other_names == {"quantum flux"}
    assert training[0].captions == ("A set.",)
    (kept,) = load_scenes(tmp_path, validation=True)
    assert kept.validation
    assert kept.photo is None
    (dogs,) = kept.objects
    assert (dogs.class_name, dogs.plural, dogs.centre) == ("dog", True, (0.3, 0.55))
    assert len(dogs.attributes) == 1
    assert len(load_scenes(tmp_path, validation=None)) == 2
    assert len(load_scenes(tmp_path, validation=None, with_photo_only=True)) == 1


def test_a_smaller_share_of_the_photos_is_part_of_a_larger_one():
    photos = [f"coco/{number}.jpg" for number in range(2000)]
    quarter, half = ({photo for photo in photos if is_among(photo, share)} for share in (0.25, 0.5))
    assert quarter < half and all(is_among(photo, 1.0) for photo in photos)
    assert abs(len(quarter) - 500) < 60 and abs(len(half) - 1000) < 70
    # Neither follows from which photos are kept for validation.
    kept = [photo for photo in photos if is_validation(photo)]
    assert 0.35 < sum(photo in half for photo in kept) / len(kept) < 0.65
