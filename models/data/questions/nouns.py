"""What the classes are to a questioner: parts, stuff, look-alikes, other words for the same thing."""

from functools import cache

from models.data.categories import CATEGORIES
from models.data.questions.surfaces import SURFACES
from models.data.vocabulary import OBJECT_INDEX, OBJECTS


def _classes(names: str) -> frozenset[int]:
    return frozenset(OBJECT_INDEX[name] for name in names.split(", ") if name in OBJECT_INDEX)


BODY_PARTS = _classes(
    "leg, hand, head, hair, ear, eye, arm, nose, foot, tail, face, mouth, neck, finger, wing, fur, paw, horn, mane, "
    "beak, lips, tongue, wrist, thumb, skin, teeth, beard, mustache, feather"
)
PARTS = BODY_PARTS | _classes(
    "wheel, tire, windshield, license plate, leaf, branch, tree trunk, collar, pocket, letter, number, word, logo, "
    "frame, seat, lid, spot, paint, tile, brick, arrow, tag, label, crust, cockpit, propeller, star, heart, sail, "
    "drain, seed, lock, hook, cross, chain, antenna, pipe, wire, roof, chimney, cord, ring, game, barrier, "
    "headboard, sticker, light switch, outlet, decoration, skin, faucet"
)
STUFF = _classes(
    "sky, grass, water, snow, sand, dirt, ground, floor, wall, ceiling, road, street, sidewalk, field, ocean, beach, "
    "hill, mountain, pavement, gravel, food, hair, fur, city, park, forest, kitchen, bathroom, bedroom, living room, "
    "parking lot, airport, station, shore, walkway, path, weeds, moss, smoke, skin, cloud, sun, tree, bush, rock, "
    "building, window, door, fence, leaf, air, restaurant, store, runway, platform, balcony, porch, doorway, counter, "
    "train tracks, power lines, crosswalk, clothes, paint, sauce, trash"
)
GENERIC = _classes(
    "animal, vehicle, food, fruit, vegetable, person, people, clothes, utensil, container, drink, toy, player, plant"
)
PEOPLE = frozenset(OBJECT_INDEX[name] for name in CATEGORIES["person"] if name in OBJECT_INDEX)
CLOTHES = frozenset(OBJECT_INDEX[name] for name in CATEGORIES["clothing"] if name in OBJECT_INDEX)

# When one of a group is drawn, another of it may be meant: absence of the others is not certain.
LOOKALIKES: tuple[frozenset[int], ...] = (
    PEOPLE | BODY_PARTS | CLOTHES | _classes("necklace, bracelet, earring, watch, glasses, goggles, mask"),
    *(
        _classes(group)
        for group in (
            "car, suv, taxi, van, truck, vehicle, wheel, tire, windshield, license plate",
            "bus, vehicle, train, van",
            "train, train car, vehicle",
            "motorcycle, scooter, bicycle, vehicle",
            "boat, sail, vehicle",
            "airplane, wing, vehicle, propeller, cockpit",
            "cart, wheel, vehicle",
            "cup, glass, wine glass, bottle, jar, container, can, bowl, pot, vase, planter",
            "bowl, plate, dish, tray, saucer, pan",
            "bag, handbag, backpack, suitcase, basket, box",
            "hat, cap, helmet, headband",
            "shirt, jacket, coat, sweater, vest, jersey, suit, uniform, clothes, tank top, dress",
            "pants, jeans, shorts, skirt, clothes",
            "shoe, boot, sandal, sock, foot",
            "road, street, pavement, sidewalk, walkway, path, ground, runway, parking lot, crosswalk, dirt, gravel",
            "tree, palm tree, pine tree, bush, plant, potted plant, leaf, branch, tree trunk, forest, flower, weeds",
            "grass, field, ground, park, weeds, hill, hay",
            "table, desk, counter, coffee table, nightstand, shelf",
            "monitor, tv, screen, computer, laptop, keyboard",
            "rock, brick, gravel, hill, mountain, ground",
            "ocean, water, beach, shore, sand, river",
            "sand, dirt, ground, beach, snow",
            "snow, hill, mountain, ground",
            "picture, painting, poster, sign, frame, logo, mirror",
            "lamp, light, street light, candle",
            "floor, ground, rug, tile",
            "chair, couch, seat, bench, stool",
            "bed, blanket, pillow, sheet, headboard, couch",
            "cabinet, drawer, shelf, bookshelf, door, counter, desk",
            "window, windshield, glass, mirror, doorway, door",
            "sign, street sign, stop sign, letter, word, number, logo, label, tag, sticker, poster, arrow",
            "pole, street light, traffic light, stick, pipe, fence, street sign, ski pole",
            "building, house, tower, store, church, wall, roof, window",
            "skis, snowboard, snow",
            "surfboard, paddle",
            "ball, baseball, tennis ball",
            "tie, collar, suit",
            "bird, feather, wing, beak, duck",
            "cow, bull, horn, animal",
            "sheep, goat, animal",
            "horse, mane, animal",
            "dog, cat, animal, fur, paw",
            "bear, animal, teddy bear, toy",
            "elephant, animal",
            "giraffe, animal",
            "zebra, animal",
            "donut, cake, pastry, bread, bun, cookie, frosting, dessert, food",
            "sandwich, bread, bun, hot dog, meat, food",
            "pizza, cheese, crust, pepperoni, food",
            "banana, apple, orange, lemon, fruit, food, strawberry, grape, blueberry",
            "carrot, broccoli, tomato, onion, lettuce, pepper, potato, cucumber, vegetable, salad, food, olive",
            "mushroom, olive, onion, pepper, vegetable, food",
            "cabbage, lettuce, cauliflower, broccoli, artichoke, zucchini, squash, pumpkin, cucumber, corn, vegetable",
            "burger, sandwich, hot dog, bun, burrito, bagel, donut, bread, pretzel",
            "pie, cake, dessert, ice cream, cookie, chocolate, pizza, pastry",
            "pomegranate, apple, orange, tomato, fruit",
            "ship, boat, canoe, sailboat, sail, submarine, vehicle",
            "fire truck, truck, ambulance, jeep, tank, car, suv, van, tractor, vehicle, golf cart",
            "tram, bus, train, train car, vehicle",
            "carriage, cart, wheel, vehicle, wheelbarrow",
            "snowmobile, sled, motorcycle, scooter, vehicle",
            "rocket, airplane, tower",
            "crane, forklift, tractor, truck, pole, vehicle",
            "eagle, owl, parrot, bird, peacock, ostrich, penguin, flamingo, chicken, wing, feather, beak",
            "goose, swan, duck, bird",
            "wolf, fox, dog, animal",
            "lion, tiger, leopard, cheetah, cat, animal",
            "panda, polar bear, bear, koala, animal",
            "pig, hippo, cow, animal",
            "buffalo, bull, cow, animal, horn",
            "camel, llama, horse, sheep, animal",
            "gorilla, monkey, animal",
            "rabbit, hamster, hedgehog, squirrel, animal",
            "shark, whale, seal, fish, animal",
            "frog, lizard, turtle, crocodile, dinosaur, snake, animal",
            "spider, insect, bee, butterfly, animal, spider web",
            "crab, lobster, starfish, jellyfish, snail, seashell, shrimp, animal",
            "robe, dress, coat, apron, pajamas, clothes, towel, bib, armor, diaper",
            "basketball, soccer ball, ball, baseball, tennis ball",
            "guitar, violin, harp",
            "trumpet, saxophone, flute, horn",
            "drum, barrel, bucket, trash can",
            "castle, church, temple, mosque, barn, building, house, tower, dome, lighthouse, greenhouse, monument",
            "monument, statue, arch, fountain, tower",
            "library, store, restaurant, bookshelf",
            "carousel, swing, stage",
            "crib, bed, dresser, cabinet, drawer, nightstand",
            "jug, teapot, bottle, vase, cup, coffee maker, pot",
            "salt shaker, soap dispenser, bottle, jar, container",
            "vacuum, broom, mop, shovel, stick, pole, brush, paintbrush",
            "washing machine, dishwasher, oven, safe, box",
            "shopping cart, cart, basket, stroller",
            "wallet, handbag, bag, toolbox, box",
            "hammer, axe, screwdriver, drill, knife, sword, scissors",
            "gun, cannon, drill",
            "telephone, cell phone, remote, router, radio, speaker, microphone",
            "printer, projector, typewriter, computer, microwave, keyboard",
            "envelope, menu, paper, book, card, magazine, newspaper, sign",
            "mailbox, box, parking meter, trash can, birdhouse, fire hydrant, gas pump, atm, vending machine",
            "manhole cover, drain, compass, clock, watch, magnifying glass, shield, plate",
            "lipstick, lighter, match, pen, torch, candle, ruler, eraser",
            "crutch, tripod, stick, pole, fishing rod",
            "satellite dish, antenna, bowl",
            "scoreboard, sign, screen, number",
            "parachute, kite, balloon, umbrella",
            "spatula, spoon, utensil",
            "yarn, rope, wire",
            "puzzle, toy, game, card",
            "acorn, nut, seed",
            "bubble, ball, balloon, water",
            "soup, salad, food",
            "remote, cell phone, mouse",
            "sink, faucet, bathtub, toilet, drain",
            "towel, blanket, curtain, napkin, tablecloth, rug, sheet, paper, toilet paper",
            "curtain, blinds, window",
            "oven, stove, microwave, toaster, dishwasher",
            "fork, knife, spoon, utensil, scissors",
            "book, magazine, paper, newspaper",
            "wire, rope, pole, power lines, chain, fence",
            "fence, gate, barrier, net, wall, pole",
            "flag, kite, sign, banner",
            "statue, person, toy, doll, teddy bear",
            "cloud, sky, smoke",
            "stairs, ladder",
        )
    ),
)

COCO_THINGS = _classes(
    "person, bicycle, car, motorcycle, airplane, bus, train, truck, boat, traffic light, fire hydrant, stop sign, "
    "parking meter, bench, bird, cat, dog, horse, sheep, cow, elephant, bear, zebra, giraffe, backpack, umbrella, "
    "handbag, tie, suitcase, frisbee, skis, snowboard, ball, kite, baseball bat, baseball glove, skateboard, "
    "surfboard, tennis racket, bottle, wine glass, cup, fork, knife, spoon, bowl, banana, apple, sandwich, orange, "
    "broccoli, carrot, hot dog, pizza, donut, cake, chair, couch, potted plant, bed, table, toilet, tv, laptop, "
    "mouse, remote, keyboard, cell phone, microwave, oven, toaster, sink, refrigerator, book, clock, vase, scissors, "
    "teddy bear, hair drier, toothbrush"
)
INDOOR_THINGS = _classes(
    "chair, cabinet, table, pillow, cup, book, potted plant, door, can, picture, coffee table, couch, counter, tv, "
    "faucet, blinds, bowl, sink, heater, vase, trash can, bottle, backpack, doll, remote, bed, bookshelf, nightstand, "
    "person, shelf"
)
# Things that scene graphs draw one by one, as a rule all of them.
COUNTABLE = (COCO_THINGS - _classes("book, table, sink, tv, tie, potted plant, mouse, orange, broccoli")) | _classes(
    "man, woman, boy, girl, pillow, lamp, candle, flag, boat, horse, balloon, picture, cone, drawer, "
    "basket, mirror, street light"
)


@cache
def doubtful_when_present(object_class: int) -> frozenset[int]:
    """Classes whose absence is not certain once `object_class` is in the scene."""
    found = {object_class}
    for group in LOOKALIKES:
        if object_class in group:
            found |= group
    for members in CATEGORIES.values():
        if OBJECTS[object_class] in members:
            found |= {OBJECT_INDEX[name] for name in members if name in OBJECT_INDEX} & GENERIC
    return frozenset(found)


def surfaces(object_class: int) -> tuple[str, ...]:
    name = OBJECTS[object_class]
    return (name, *SURFACES.get(name, ()))
