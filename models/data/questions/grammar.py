"""Articles, plurals and verbs for the nouns of the vocabulary."""

from functools import cache

MASS = frozenset(
    {
        "grass",
        "water",
        "snow",
        "sand",
        "dirt",
        "hair",
        "food",
        "fur",
        "gravel",
        "smoke",
        "bread",
        "cheese",
        "meat",
        "rice",
        "frosting",
        "wine",
        "graffiti",
        "trash",
        "moss",
        "hay",
        "soup",
        "beer",
        "coffee",
        "pasta",
        "bacon",
        "chicken",
        "salad",
        "broccoli",
        "lettuce",
        "shrimp",
        "paper",
        "toilet paper",
        "soap",
        "skin",
        "paint",
        "luggage",
        "pavement",
        "sauce",
        "ice cream",
        "corn",
        "glass",
        "fruit",
        "armor",
        "yarn",
        "chocolate",
        "cabbage",
        "cauliflower",
        "squash",
        "zucchini",
    }
)
ALWAYS_PLURAL = frozenset(
    {
        "people",
        "glasses",
        "pants",
        "shorts",
        "jeans",
        "scissors",
        "skis",
        "clothes",
        "goggles",
        "stairs",
        "blinds",
        "train tracks",
        "power lines",
        "weeds",
        "teeth",
        "lips",
        "french fries",
        "sprinkles",
        "headphones",
        "sunglasses",
        "eye glasses",
        "trousers",
        "fries",
        "pajamas",
        "pyjamas",
        "binoculars",
        "folks",
        "persons",
        "eyeglasses",
        "spectacles",
        "specs",
        "woods",
    }
)
IRREGULAR_PLURALS = {
    "man": "men",
    "woman": "women",
    "child": "children",
    "person": "people",
    "foot": "feet",
    "tooth": "teeth",
    "knife": "knives",
    "leaf": "leaves",
    "shelf": "shelves",
    "bookshelf": "bookshelves",
    "sheep": "sheep",
    "fish": "fish",
    "deer": "deer",
    "mouse": "mice",
    "scarf": "scarves",
    "wine glass": "wine glasses",
    "aircraft": "aircraft",
    "broccoli": "broccoli",
    "fruit": "fruits",
    "hair drier": "hair driers",
    "police officer": "police officers",
    "goose": "geese",
    "calf": "calves",
    "snowman": "snowmen",
    "wolf": "wolves",
    "buffalo": "buffalo",
}


@cache
def plural(noun: str) -> str:
    if noun in ALWAYS_PLURAL:
        return noun
    if noun in IRREGULAR_PLURALS:
        return IRREGULAR_PLURALS[noun]
    head, _, last = noun.rpartition(" ")
    if last in IRREGULAR_PLURALS:
        return f"{head} {IRREGULAR_PLURALS[last]}".strip()
    if noun.endswith("y") and noun[-2] not in "aeiou":
        return noun[:-1] + "ies"
    if noun.endswith(("s", "x", "ch", "sh", "potato", "tomato")):
        return noun + "es"
    return noun + "s"


@cache
def article(noun: str) -> str:
    """'a', 'an' or 'some', for the first word of a noun phrase."""
    return "an" if noun[0] in "aeiou" and not noun.startswith(("uni", "one", "ute")) else "a"


@cache
def a(noun: str, head: str | None = None) -> str:
    """'a dog', 'an old dog', 'grass', 'scissors'. `head` is the bare noun when `noun` carries adjectives."""
    bare = head or noun
    return noun if bare in MASS or bare in ALWAYS_PLURAL else f"{article(noun)} {noun}"


def be(is_plural: bool) -> str:
    return "are" if is_plural else "is"


def do(is_plural: bool) -> str:
    return "do" if is_plural else "does"


def verbs(is_plural: bool) -> dict[str, str]:
    """The slots {is}, {do} and {it} of a template."""
    return {"is": be(is_plural), "do": do(is_plural), "it": "they" if is_plural else "it"}


def third_person(verb: str) -> str:
    """'wear' -> 'wears', 'watch' -> 'watches', 'have' -> 'has'"""
    if verb == "have":
        return "has"
    if verb.endswith(("ch", "sh", "ss")):
        return verb + "es"
    return verb[:-1] + "ies" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + "s"


# How a material is said in front of a noun or after 'is'.
MATERIAL_ADJECTIVES = {"wood": "wooden", "metal": "metallic"}


def as_adjective(word: str) -> str:
    """'wooden' for wood; other attributes are adjectives already."""
    return MATERIAL_ADJECTIVES.get(word, word)
