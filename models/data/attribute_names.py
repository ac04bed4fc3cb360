"""How raw attribute words become one plain word, and which of them are colours, materials, weather, size."""

COLOURS = (
    "white",
    "black",
    "blue",
    "green",
    "brown",
    "red",
    "gray",
    "yellow",
    "orange",
    "silver",
    "pink",
    "tan",
    "purple",
    "gold",
    "beige",
    "blond",
)
MATERIALS = (
    "wood",
    "metal",
    "glass",
    "brick",
    "plastic",
    "concrete",
    "stone",
    "leather",
    "paper",
    "stainless steel",
    "ceramic",
    "porcelain",
    "rubber",
    "cardboard",
    "wicker",
    "marble",
    "denim",
    "chain-link",
)
WEATHER = ("clear", "cloudy", "sunny", "overcast", "hazy", "cloudless")
SIZES = ("large", "small", "little", "huge", "tiny")

# Words of one group that exclude each other: the wrong option of a choice comes from the same group.
OPPOSITES = (
    ("large", "small"),
    ("tall", "short"),
    ("long", "short"),
    ("open", "closed"),
    ("old", "young"),
    ("wet", "dry"),
    ("clean", "dirty"),
    ("full", "empty"),
    ("thick", "thin"),
    ("standing", "sitting"),
    ("light", "dark"),
    ("walking", "standing"),
    ("bright", "dark"),
    ("happy", "sad"),
    ("bare", "leafy"),
    ("round", "square"),
    ("standing", "lying"),
    ("sitting", "walking"),
    ("straight", "curly"),
    ("lit", "off"),
    ("striped", "plaid"),
    ("clear", "cloudy"),
)

SYNONYMS: dict[str, str] = {}
for _name, _others in {
    "gray": "grey, dark gray, light gray, dark grey, light grey",
    "blue": "light blue, dark blue, bright blue, deep blue, navy blue, navy, teal, turquoise",
    "brown": "light brown, dark brown, brunette, golden brown",
    "green": "dark green, light green, lime green, bright green, neon green, greenish",
    "red": "maroon, dark red, burgundy, bright red",
    "pink": "light pink, hot pink",
    "orange": "bright orange",
    "yellow": "bright yellow, neon yellow",
    "beige": "cream colored, cream, ivory, off-white, off white",
    "tan": "khaki",
    "gold": "golden",
    "blond": "blonde",
    "purple": "dark purple, light purple, violet",
    "colorful": "multi colored, multi-colored, multicolored, rainbow colored, rainbow",
    "wood": "wooden, hardwood",
    "metal": "metallic, steel, iron, chrome, aluminum, brass",
    "concrete": "cement",
    "brick": "bricked",
    "stainless steel": "stainless, stainless-steel",
    "large": "big",
    "huge": "giant, gigantic",
    "long sleeved": "long sleeve, long-sleeved",
    "short sleeved": "short sleeve, short-sleeved",
    "tiled": "tile",
    "lying": "laying, laying down, lying down",
    "snowy": "snow covered, snow-covered",
    "sandy": "sand",
    "pointy": "pointed",
    "round": "circular",
    "rectangular": "rectangle",
    "striped": "stripes",
    "lit": "illuminated",
    "dark": "dark colored",
    "light": "light colored",
    "rocky": "rock",
    "electric": "electrical",
    "eating": "chewing",
    "skateboarding": "skating",
    "chain-link": "chain link, chainlink",
    "leafless": "leaf less",
    "sleeping": "asleep",
    "checkered": "checked",
    "grassy": "grass",
    "beautiful": "pretty",
    "smiling": "laughing",
}.items():
    for _other in _others.split(", "):
        SYNONYMS[_other] = _name

# Words that are not visible or repeat the object's own name.
DROPPED = frozenset(
    {
        "on",
        "up",
        "down",
        "off",
        "baseball",
        "tennis",
        "ski",
        "covered",
        "of",
        "chocolate",
        "baby",
        "attached",
        "water",
        "wire",
        "high",
        "low",
    }
)


def plain(raw: str) -> str:
    name = " ".join(raw.strip().lower().replace("_", " ").split())
    return SYNONYMS.get(name, name)


def opposites_of(word: str) -> tuple[str, ...]:
    """Words that cannot hold together with `word`: the other side of a pair, or every other colour."""
    if word in COLOURS:
        return tuple(colour for colour in COLOURS if colour != word)
    return tuple(two if one == word else one for one, two in OPPOSITES if word in (one, two))
