"""'Indoors or outdoors?', 'where was this taken?', 'is this a kitchen?', 'how is the weather?'."""

import random

from models.data.attribute_names import WEATHER
from models.data.questions.grammar import article
from models.data.questions.phrasing import phrase
from models.data.questions.question import Question
from models.data.questions.view import SceneView
from models.data.questions.wordings.place import (
    CHOOSE_INDOORS,
    CHOOSE_PLACE,
    HOW_WEATHER,
    INDOORS,
    OUTDOORS,
    VERIFY_INDOORS,
    VERIFY_PLACE,
    WHERE_TAKEN,
    WHICH_ROOM,
)
from models.data.vocabulary import ATTRIBUTES

ROOMS = frozenset({"kitchen", "bathroom", "bedroom", "living room", "office", "dining room", "hallway", "classroom"})
CONFUSED = {
    "kitchen": ("bathroom", "living room", "restaurant", "bedroom"),
    "bathroom": ("kitchen", "bedroom", "living room"),
    "bedroom": ("living room", "bathroom", "office", "kitchen"),
    "living room": ("bedroom", "office", "kitchen"),
    "office": ("living room", "bedroom", "kitchen"),
    "street": ("parking lot", "park", "train station", "airport"),
    "beach": ("ski slope", "field", "river", "park", "street"),
    "ocean": ("river", "lake", "beach", "field"),
    "field": ("park", "beach", "forest", "zoo", "street"),
    "park": ("street", "field", "zoo", "forest"),
    "zoo": ("field", "park", "forest"),
    "airport": ("train station", "street", "parking lot"),
    "train station": ("airport", "street", "parking lot"),
    "ski slope": ("beach", "field", "forest"),
    "baseball field": ("tennis court", "park", "skate park"),
    "tennis court": ("baseball field", "park", "skate park"),
    "skate park": ("tennis court", "street", "park", "beach"),
    "parking lot": ("street", "airport", "field"),
    "forest": ("beach", "park", "field", "street"),
    "restaurant": ("kitchen", "store", "office"),
    "store": ("kitchen", "restaurant", "office"),
    "road": ("beach", "field", "river", "train station"),
    "river": ("beach", "street", "field"),
    "sidewalk": ("beach", "field", "kitchen"),
    "lake": ("field", "street", "beach"),
}


def indoors_choose(view: SceneView, rng: random.Random) -> Question | None:
    if view.scene.indoors is None:
        return None
    answer = "indoors" if view.scene.indoors else "outdoors"
    return Question(phrase(CHOOSE_INDOORS, rng), answer, "indoors", (), "indoors_choose")


def indoors_verify(view: SceneView, rng: random.Random) -> Question | None:
    if view.scene.indoors is None:
        return None
    asked = rng.random() < 0.5
    text = phrase(
        VERIFY_INDOORS, rng, w=rng.choice(INDOORS if asked else OUTDOORS), adjective="indoor" if asked else "outdoor"
    )
    return Question(text, "yes" if asked == view.scene.indoors else "no", "indoors", (), "indoors_verify", str(asked))


def place_phrase(place: str) -> str:
    return f"the {place}" if place in ("street", "ocean", "beach", "road", "forest") else f"{article(place)} {place}"


def place_query(view: SceneView, rng: random.Random) -> Question | None:
    place = view.scene.place
    if place is None:
        return None
    template = WHICH_ROOM if place in ROOMS and rng.random() < 0.5 else WHERE_TAKEN
    return Question(phrase(template, rng), place, "where", (), "place_query", "room" if template is WHICH_ROOM else "")


def other_place(place: str, rng: random.Random) -> str:
    options = CONFUSED.get(place)
    return (
        rng.choice(options)
        if options and rng.random() < 0.8
        else rng.choice([other for other in CONFUSED if other != place])
    )


def place_verify(view: SceneView, rng: random.Random) -> Question | None:
    place = view.scene.place
    if place is None:
        return None
    positive = rng.random() < 0.5
    asked = place if positive else other_place(place, rng)
    text = phrase(VERIFY_PLACE, rng, p=place_phrase(asked))
    return Question(text, "yes" if positive else "no", "where", (), "place_verify", asked)


def place_choose(view: SceneView, rng: random.Random) -> Question | None:
    place = view.scene.place
    if place is None:
        return None
    options = [place, other_place(place, rng)]
    rng.shuffle(options)
    text = phrase(CHOOSE_PLACE, rng, p=place_phrase(options[0]), q=place_phrase(options[1]))
    return Question(text, place, "where", (), "place_choose", "|".join(sorted(options)))


WEATHER_PAIRS = {
    "clear": ("cloudy", "overcast"),
    "sunny": ("overcast", "cloudy"),
    "cloudy": ("clear", "cloudless"),
    "overcast": ("clear", "sunny"),
    "cloudless": ("cloudy",),
    "hazy": ("clear", "sunny"),
}


def weather(view: SceneView, rng: random.Random) -> Question | None:
    skies = [index for index in view.kept if view.objects[index].class_name == "sky"]
    words = {ATTRIBUTES[i] for index in skies for i in view.objects[index].attributes} & set(WEATHER)
    if len(words) != 1:
        return None
    word = words.pop()
    other = rng.choice(WEATHER_PAIRS[word])
    chance = rng.random()
    if chance < 0.4:
        return Question(phrase(HOW_WEATHER, rng), word, "weather", tuple(skies), "weather_query")
    if chance < 0.7:
        first, second = rng.sample([word, other], 2)
        text = phrase(
            "is (it|the weather|the sky) {p} or {q}|how is the weather, {p} or {q}|does the sky look {p} or {q}",
            rng,
            p=first,
            q=second,
        )
        return Question(text, word, "weather", tuple(skies), "weather_choose", "|".join(sorted((word, other))))
    asked = word if rng.random() < 0.5 else other
    text = phrase(
        "is (it|the weather|the sky) {p}|does the sky (look|appear) {p}|is it {p} (today|outside|in the picture)",
        rng,
        p=asked,
    )
    return Question(text, "yes" if asked == word else "no", "weather", tuple(skies), "weather_verify", asked)
