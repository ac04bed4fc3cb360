"""Which answers count as right beside the canonical one."""

from models.data import object_synonyms
from models.data.questions.grammar import plural
from models.data.questions.nouns import SURFACES
from models.data.vocabulary import CATEGORIES, OBJECTS

NEAR_COLOURS = {
    "gray": ("grey", "silver", "dark gray", "light gray"),
    "silver": ("gray", "grey"),
    "tan": ("beige", "brown", "light brown"),
    "beige": ("tan", "cream", "light brown", "cream colored"),
    "gold": ("yellow", "golden"),
    "blond": ("blonde", "yellow", "light brown"),
    "brown": ("tan", "dark brown", "light brown"),
    "blue": ("dark blue", "light blue"),
    "green": ("dark green", "light green"),
    "red": ("maroon", "dark red"),
    "white": ("cream",),
    "purple": ("violet",),
    "pink": ("light pink",),
}
NEAR_PLACES = {
    "bathroom": ("restroom", "toilet"),
    "living room": ("lounge", "room", "house", "home"),
    "bedroom": ("room", "hotel", "hotel room"),
    "street": ("road", "city", "sidewalk", "town"),
    "road": ("street", "highway"),
    "ocean": ("sea", "beach", "water"),
    "beach": ("ocean", "shore", "sea"),
    "field": ("pasture", "farm", "grass", "park", "meadow"),
    "ski slope": ("snow", "mountain", "hill"),
    "baseball field": ("field", "stadium", "park", "baseball"),
    "tennis court": ("court", "tennis"),
    "office": ("desk", "room"),
    "train station": ("station", "platform", "train tracks"),
    "airport": ("runway",),
    "park": ("field", "garden", "skate park"),
    "kitchen": ("restaurant",),
    "parking lot": ("street",),
    "zoo": ("park",),
    "sidewalk": ("street",),
    "river": ("water", "lake"),
}
NEAR_THINGS = {
    "person": CATEGORIES["person"],
    "people": CATEGORIES["person"],
    "man": ("person", "guy", "player"),
    "woman": ("person", "lady"),
    "cup": ("mug", "glass"),
    "table": ("dining table", "desk"),
    "handbag": ("bag", "purse"),
    "bicycle": ("bike",),
    "sandwich": ("burger", "food"),
    "truck": ("pickup", "fire truck"),
    "laptop": ("computer",),
    "monitor": ("screen", "computer monitor"),
    "motorcycle": ("motorbike", "bike"),
    "oven": ("stove",),
    "chair": ("armchair",),
    "horse": ("pony",),
    "sheep": ("lamb",),
    "cabinet": ("cupboard", "cabinetry"),
    "airplane": ("plane", "jet"),
    "cow": ("cattle", "bull"),
    "boat": ("ship",),
}


def accepted_objects(name: str, raw: str = "") -> list[str]:
    """The class name first, then its other words in singular and plural."""
    words = [name, raw, *SURFACES.get(name, ()), *NEAR_THINGS.get(name, ())]
    if name in OBJECTS:
        words += [other for other, folded in object_synonyms.SYNONYMS.items() if folded == name]
    words += [plural(word) for word in words if word]
    return list(dict.fromkeys(word for word in words if word))


def accepted_colours(name: str) -> list[str]:
    return [name, *NEAR_COLOURS.get(name, ())]


def accepted_places(name: str) -> list[str]:
    return [name, *NEAR_PLACES.get(name, ())]
