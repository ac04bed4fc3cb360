"""Photos without human boxes as scenes: what the teacher, the original bottom-up-attention detector, is sure of."""

from dataclasses import replace
from pathlib import Path

from models.data import object_names
from models.data.photos import Teacher, TeacherRegions, load_photos
from models.data.relations import RelationPriors
from models.data.scenes import Scene, read_scene
from models.data.split import is_validation

SURE = 0.5
# Below this the teacher does not see the thing; between the two, nothing is asked about it.
UNSEEN = 0.1
SURE_OF_ATTRIBUTE = 0.35
# It boxes one thing twice, and not every one of several.
UNCOUNTED = frozenset({"count_class", "count_category", "count_coloured", "compare_counts"})


def teacher_scenes(data: Path) -> list[Scene]:
    """Of training photos, in a fixed order."""
    teacher = Teacher(data)
    photos = [photo for photo in load_photos(data) if not photo.objects and not is_validation(photo.key)]
    seen = [(photo.key, teacher.regions[photo.key]) for photo in photos if photo.key in teacher.regions]
    scenes = [scene_of(teacher, key, regions) for key, regions in seen]
    return [scene for scene in scenes if scene.objects]


def scene_of(teacher: Teacher, photo: str, regions: TeacherRegions) -> Scene:
    objects, doubtful = [], set()
    for row, score in enumerate(regions.object_scores):
        name = teacher.object_names[regions.objects[row]]
        if score >= SURE:
            sure = regions.attribute_scores[row] >= SURE_OF_ATTRIBUTE
            attributes = [teacher.attribute_names[regions.attributes[row]]] if sure else []
            objects.append({"name": name, "box": regions.boxes[row].tolist(), "attributes": attributes})
        elif score >= UNSEEN:
            doubtful.update(object_names.fold(one) for one in name.split(","))
    scene = read_scene({"photo": photo, "objects": objects}, RelationPriors.count([]))
    return replace(scene, other_names=scene.other_names | doubtful)
