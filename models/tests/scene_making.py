"""Things of scenes that tests write down."""

from models.data.scenes import SceneObject
from models.data.vocabulary import ATTRIBUTE_INDEX, canonical_object


def thing(name: str, box: tuple[float, float, float, float], *attributes: str) -> SceneObject:
    object_class = canonical_object(name)
    assert object_class is not None
    return SceneObject(name, object_class, box, tuple(ATTRIBUTE_INDEX[word] for word in attributes))
