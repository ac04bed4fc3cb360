"""Which kind of place a scene shows, and whether it is indoors: only said when the objects leave little doubt."""

from collections.abc import Iterable, Sequence
from typing import Protocol


class Boxed(Protocol):
    """The part of a SceneObject that is looked at here."""

    @property
    def name(self) -> str: ...
    @property
    def area(self) -> float: ...


# Annotators draw these as a box over most of the picture.
NAMED_PLACES = {
    "kitchen": "kitchen",
    "bathroom": "bathroom",
    "restroom": "bathroom",
    "bedroom": "bedroom",
    "living room": "living room",
    "beach": "beach",
    "street": "street",
    "field": "field",
    "park": "park",
    "parking lot": "parking lot",
    "airport": "airport",
    "train station": "train station",
    "zoo": "zoo",
    "restaurant": "restaurant",
    "store": "store",
    "shop": "store",
    "skate park": "skate park",
    "forest": "forest",
    "office": "office",
    "tennis court": "tennis court",
    "baseball field": "baseball field",
    "farm": "farm",
    "pasture": "field",
    "ski slope": "ski slope",
    "dining room": "dining room",
    "hallway": "hallway",
    "classroom": "classroom",
    "museum": "museum",
    "library": "library",
    "harbor": "harbor",
    "garden": "garden",
    "river": "river",
    "lake": "lake",
    "road": "road",
    "highway": "road",
    "ocean": "ocean",
    "sea": "ocean",
    "market": "market",
    "gas station": "gas station",
    "stadium": "stadium",
    "sidewalk": "sidewalk",
}
LARGE = 0.25
INDOOR_PLACES = frozenset(
    {
        "kitchen",
        "bathroom",
        "bedroom",
        "living room",
        "office",
        "restaurant",
        "store",
        "dining room",
        "hallway",
        "classroom",
        "museum",
        "library",
    }
)
OUTDOOR_PLACES = frozenset(NAMED_PLACES.values()) - INDOOR_PLACES - {"train station", "airport", "stadium", "market"}
# When several named places cover the picture, the more telling one is meant.
TELLING = (
    "kitchen",
    "bathroom",
    "bedroom",
    "living room",
    "office",
    "restaurant",
    "store",
    "zoo",
    "airport",
    "train station",
    "skate park",
    "tennis court",
    "baseball field",
    "beach",
    "parking lot",
    "park",
    "forest",
)

INDOOR_SIGNS = frozenset(
    {
        "ceiling",
        "bed",
        "couch",
        "refrigerator",
        "oven",
        "microwave",
        "stove",
        "dishwasher",
        "toilet",
        "bathtub",
        "tv",
        "nightstand",
        "coffee table",
        "keyboard",
        "desk",
        "sink",
        "faucet",
        "cabinet",
        "drawer",
        "rug",
        "toaster",
        "fireplace",
        "light switch",
        "outlet",
        "heater",
        "counter",
        "bookshelf",
        "monitor",
        "shower",
        "toilet paper",
        "blanket",
        "curtain",
        "blinds",
        "headboard",
        "floor",
        "mouse",
    }
)
OUTDOOR_SIGNS = frozenset(
    {
        "sky",
        "cloud",
        "tree",
        "grass",
        "road",
        "street",
        "sidewalk",
        "car",
        "bus",
        "truck",
        "traffic light",
        "ocean",
        "mountain",
        "hill",
        "snow",
        "sand",
        "beach",
        "street light",
        "giraffe",
        "zebra",
        "elephant",
        "cow",
        "sheep",
        "fire hydrant",
        "stop sign",
        "parking meter",
        "skis",
        "snowboard",
        "surfboard",
        "boat",
        "airplane",
        "train",
        "building",
        "crosswalk",
        "sun",
        "bush",
        "palm tree",
        "pine tree",
        "roof",
        "kite",
        "motorcycle",
        "runway",
        "train tracks",
        "dirt",
        "rock",
        "field",
        "power lines",
        "taxi",
        "van",
        "hay",
        "wave",
    }
)


def _rules(names: set[str]) -> Iterable[str]:
    """Every place that the objects point to."""

    def some(*words: str) -> int:
        return sum(word in names for word in words)

    cooking = some("oven", "stove", "refrigerator", "microwave", "dishwasher")
    if (cooking >= 2 or (cooking and some("sink", "counter", "cabinet"))) and not some("bed", "toilet"):
        yield "kitchen"
    if some("toilet", "bathtub", "shower", "toilet paper") and not some("bed", "couch", "oven", "sky", "tree"):
        yield "bathroom"
    if "bed" in names and some("pillow", "nightstand", "blanket", "lamp", "headboard") and not some("couch", "oven"):
        yield "bedroom"
    cosy = some("coffee table", "rug", "lamp", "curtain", "fireplace", "pillow", "picture", "bookshelf")
    if "couch" in names and ("tv" in names or cosy >= 2) and not some("bed", "sky", "refrigerator", "oven", "toilet"):
        yield "living room"
    if (
        some("keyboard", "mouse", "monitor", "computer", "laptop") >= 2
        and some("desk", "chair")
        and not some("bed", "couch", "oven", "tree")
    ):
        yield "office"
    if some("tennis racket", "tennis ball") and some("court", "net", "tennis court", "player", "person"):
        yield "tennis court"
    if some("baseball bat", "baseball glove", "home plate", "umpire", "catcher", "batter") >= 2:
        yield "baseball field"
    if some("skis", "snowboard", "skier") and "snow" in names:
        yield "ski slope"
    if "sand" in names and some("ocean", "surfboard", "wave", "water", "shore") and not some("elephant", "zebra"):
        yield "beach"
    if some("surfboard", "surfer") and some("ocean", "wave", "water") and not some("sand", "beach"):
        yield "ocean"
    if (
        some("road", "street", "crosswalk")
        and some("car", "bus", "truck", "motorcycle", "traffic light", "taxi")
        and (some("sidewalk", "building", "traffic light", "street sign", "crosswalk", "street light", "store"))
    ):
        yield "street"
    if "airplane" in names and some("runway", "airport", "pavement", "cart"):
        yield "airport"
    if "train" in names and some("platform", "station", "train station"):
        yield "train station"
    if some("cow", "sheep", "horse", "goat") and some("grass", "field", "hay") and not some("road", "car", "building"):
        yield "field"


def infer_place(source: str, names: set[str], objects: Sequence[Boxed]) -> str | None:
    """The one place that the annotators named or the objects point to, else None."""
    named = {NAMED_PLACES[o.name] for o in objects if o.name in NAMED_PLACES and o.area >= LARGE}
    named |= {NAMED_PLACES[name] for name in names - {o.name for o in objects} if name in NAMED_PLACES}
    telling = [place for place in TELLING if place in named]
    if len(telling) == 1:
        return telling[0]
    if telling:
        return None
    pointed = set(_rules(names))
    if len(pointed) == 1:
        return pointed.pop()
    if not pointed and len(named) == 1 and source == "gqa":
        return named.pop()
    return None


def infer_indoors(source: str, names: set[str], place: str | None) -> bool | None:
    if source == "indoor" or place in INDOOR_PLACES:
        return True
    inside, outside = len(names & INDOOR_SIGNS), len(names & OUTDOOR_SIGNS)
    if place in OUTDOOR_PLACES and inside <= 1:
        return False
    if inside >= 3 and outside <= inside // 4:
        return True
    if outside >= 3 and inside <= outside // 6:
        return False
    if "sky" in names and outside >= 2 and inside == 0:
        return False
    return None
