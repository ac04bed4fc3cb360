"""How raw object names of the data sources become one plain singular name."""

import re

# Names whose final s belongs to them.
PLURAL_ONLY = frozenset({
    "glasses", "pants", "shorts", "jeans", "scissors", "skis", "clothes", "goggles", "headphones", "stairs", "blinds",
    "toppings", "sprinkles", "teeth", "tongs", "bleachers", "weeds", "bus", "grass", "glass", "dress", "cross", "moss",
    "mattress", "canvas", "fries", "french fries", "christmas", "tennis", "eye glasses", "sunglasses", "power lines",
    "train tracks", "tracks", "lips", "peas", "octopus", "cactus", "binoculars", "news", "gas", "compass", "spices",
})

# Names of several things that have no singular of their own.
PLURAL_WORDS = frozenset({"people", "crowd", "group", "couple", "family", "audience", "cattle", "weeds", "fries"})

IRREGULAR = {
    "men": "man", "women": "woman", "children": "child", "leaves": "leaf", "knives": "knife", "feet": "foot",
    "shelves": "shelf", "geese": "goose", "mice": "mouse", "scarves": "scarf", "shoes": "shoe", "cookies": "cookie",
    "ties": "tie", "pies": "pie", "hooves": "hoof", "loaves": "loaf", "wolves": "wolf", "calves": "calf",
    "movies": "movie", "buses": "bus", "toes": "toe", "canoes": "canoe", "horseshoes": "horseshoe", "axes": "axe",
    "oxen": "ox", "halves": "half", "hoodies": "hoodie", "veggies": "vegetable", "cheeses": "cheese",
    "horses": "horse", "houses": "house", "roses": "rose", "vases": "vase", "blouses": "blouse", "noses": "nose",
    "purses": "purse", "cases": "case", "nurses": "nurse", "hoses": "hose", "suitcases": "suitcase",
    "bookcases": "bookcase", "oranges": "orange",
}

# One plain name for each thing; plural forms need no line here.
SYNONYMS: dict[str, str] = {}
for _name, _others in {
    "airplane": "plane, aeroplane, aircraft, jet, airliner, jumbo jet, passenger plane",
    "baby": "infant, toddler",
    "backpack": "back pack, bookbag, knapsack",
    "ball": "sports ball, soccer ball, basketball, football",
    "baseball bat": "bat",
    "baseball glove": "mitt, baseball mitt, catcher's mitt",
    "bathtub": "bath tub, tub, bath",
    "bicycle": "bike, pushbike, mountain bike",
    "blanket": "comforter, bedspread, quilt, throw blanket, bed cover, duvet",
    "blinds": "blind, windowblind, window-blind, window blind, shutter",
    "boat": "canoe, kayak, sailboat, sail boat, ship, raft, yacht, motorboat, rowboat, sailing boat",
    "bookshelf": "bookcase, book shelf",
    "bird": "seagull, pigeon, goose, parrot, swan, eagle, flamingo, ostrich, owl, crow, gull, sparrow",
    "bear": "polar bear, panda, panda bear, cub, brown bear, black bear",
    "bed": "mattress, bunk bed",
    "boot": "ski boot, snow boot",
    "branch": "tree branch, twig, limb",
    "bottle": "water bottle, wine bottle, beer bottle, soda bottle",
    "box": "cardboard, cardboard box, carton",
    "boy": "little boy, young boy",
    "building": "skyscraper, apartment, apartment building, office building",
    "bush": "shrub, hedge",
    "cabinet": "cabinetry, cupboard, cabinet door, kitchen cabinet, closet, wardrobe",
    "cake": "birthday cake, chocolate cake, wedding cake, cheesecake",
    "can": "tincan, tin can, soda can, beer can",
    "cap": "baseball cap, ball cap",
    "car": "sedan, automobile, jeep, station wagon, police car",
    "cat": "kitten, kitty",
    "cell phone": "cellphone, phone, telephone, mobile phone, smartphone, iphone, smart phone, mobile, cellular telephone",
    "chair": "office chair, beach chair, lounge chair, folding chair, rocking chair, armchair, arm chair, desk chair, recliner",
    "child": "kid",
    "clock": "alarm clock, wall clock, clock face",
    "clothes": "clothing, outfit",
    "coat": "overcoat, trench coat, lab coat",
    "coffee table": "coffeetable",
    "cone": "traffic cone, safety cone",
    "couch": "sofa, loveseat, love seat",
    "counter": "countertop, counter top, kitchen counter",
    "cow": "cattle, calf, ox",
    "cup": "mug, coffee cup, coffee mug, teacup, tea cup",
    "curtain": "drape, drapes",
    "desk": "computer desk",
    "dirt": "soil, mud",
    "dog": "puppy",
    "donut": "doughnut",
    "door": "glass door, front door, sliding door, garage door, oven door, doorway",
    "dresser": "chest of drawers",
    "faucet": "tap",
    "fan": "ceiling fan",
    "flag": "american flag",
    "flower": "rose, wildflower, bouquet, daisy, tulip, sunflower",
    "fence": "wire fence, fencing, railing, rail, guard rail, hand rail, handrail, chain link fence",
    "field": "playingfield, playing field, baseball field, soccer field, grass field, pasture, meadow, lawn",
    "fire hydrant": "hydrant",
    "floor": "floor-wood, wood floor, tile floor, flooring, hardwood floor",
    "food": "meal, produce",
    "french fries": "fries, fry, french fry",
    "frosting": "icing",
    "girl": "little girl, young girl",
    "glasses": "eye glasses, eyeglasses, sunglasses, spectacles, sun glasses",
    "grass": "turf",
    "grill": "barbecue",
    "hair drier": "hair dryer, blow dryer, hairdryer",
    "handbag": "purse, hand bag",
    "hat": "cowboy hat, beanie, sun hat, straw hat",
    "heater": "radiator",
    "hill": "hillside, mound, hill side",
    "horse": "pony, foal",
    "hot dog": "hotdog",
    "house": "cabin, cottage, home",
    "jacket": "suit jacket, blazer, safety jacket, ski jacket",
    "jeans": "jean",
    "lamp": "floor lamp, table lamp, desk lamp",
    "laptop": "laptop computer",
    "leaf": "foliage",
    "light": "light fixture, ceiling light, light bulb, lantern, chandelier",
    "man": "guy, male, gentleman, policeman",
        "microwave": "microwave oven",
    "monitor": "computer monitor, computer screen",
    "motorcycle": "motorbike, moped, dirt bike, motor bike, motor cycle",
    "mountain": "mountain range, mountainside, cliff",
    "mouse": "computer mouse",
    "mustache": "moustache",
    "nightstand": "night stand, bedside table",
    "ocean": "sea, ocean water",
    "oven": "stove oven",
    "painting": "artwork, drawing, art",
    "pants": "trousers, slacks, trouser, sweatpants, pant, snow pants, ski pants",
    "paper": "sheet of paper",
    "pan": "frying pan, skillet",
    "person": "adult, cyclist, biker, motorcyclist, rider, skater, worker, chef",
    "player": "baseball player, tennis player, soccer player",
    "people": "crowd, couple, group, family, audience",
    "pepper": "bell pepper, green pepper, red pepper",
    "picture": "pictureframe, picture frame, photo, photograph, picture-frame, framed picture",
    "pillow": "cushion, throw pillow, couch cushion",
    "pizza": "pizza slice, slice of pizza",
    "plate": "dinner plate, paper plate, platter",
    "pole": "light pole, telephone pole, utility pole, power pole, flag pole, lamp post, street pole, flagpole, lamppost, post, fence post",
    "potted plant": "pottedplant, planter, houseplant, house plant",
    "power lines": "power line",
    "refrigerator": "fridge, freezer",
    "remote": "remote control, wii controller, game controller, controller, wii remote, wii",
    "road": "highway, roadway, driveway, dirt road, paved road",
    "rock": "boulder, stone",
    "rug": "carpet, mat, area rug, bath mat",
    "sandal": "flip flop",
    "shelf": "shelves",
    "sheep": "lamb, ram",
    "shirt": "t-shirt, tee shirt, polo shirt, dress shirt, blouse, t shirt, tshirt, undershirt, sweat shirt",
    "shoe": "sneaker, athletic shoe, tennis shoe, cleat, running shoe",
    "shore": "shoreline, coast",
    "shorts": "trunks, swim trunks, short",
    "sign": "traffic sign, billboard, banner",
    "skis": "ski",
        "station": "train station, bus station",
    "stairs": "step, staircase, stair, stairway",
    "statue": "sculpture, figurine",
    "store": "shop",
    "stove": "stove top, stovetop, burner, cooktop",
    "street light": "streetlight, street lamp, streetlamp",
    "suitcase": "luggage, suit case, briefcase, baggage",
    "sweater": "sweatshirt, hoodie, pullover",
    "swimsuit": "bikini, bathing suit, swim suit",
    "table": "dining table, diningtable, kitchen table, picnic table, table top, tabletop, side table, end table",
    "tablecloth": "table cloth",
    "taxi": "cab, taxi cab, taxicab",
    "teddy bear": "stuffed bear, teddy, stuffed animal, plush toy",
    "tennis racket": "racket, tennis racquet, racquet",
    "tie": "necktie, bow tie, neck tie",
    "toilet": "toilet bowl, urinal",
    "towel": "hand towel, bath towel, paper towel",
    "traffic light": "stoplight, stop light, traffic signal, signal light",
    "train": "locomotive, train engine, passenger train, subway train",
    "train tracks": "train track, railroad, track, railroad tracks, railway, railroad track, tracks, rail track",
    "trash can": "wastecontainer, garbage can, trash bin, trashcan, bin, waste container, wastebasket, dumpster, recycling bin",
    "truck": "pickup truck, pick-up truck, pickup, fire truck, semi truck, firetruck",
    "tree trunk": "trunk",
    "tv": "television, tvmonitor, tv monitor, tv screen, television set",
    "umbrella": "parasol",
    "utensil": "silverware, cutlery",
    "van": "minivan",
    "wall": "wall-tile, wall-wood, wall-brick, wall-stone, brick wall, stone wall, rock wall",
    "watch": "wristwatch, wrist watch",
    "water": "river, lake, pond",
    "wetsuit": "wet suit",
    "window": "glass window, side window",
    "wine glass": "wineglass",
    "wire": "cord, cable",
    "woman": "lady, female",
    "wrist band": "wristband",
}.items():
    for _other in _others.split(", "):
        SYNONYMS[_other] = _name

# Names that say nothing to a person who looks at a photo.
DROPPED = frozenset({"air", "display", "symbol", "liquid", "toppings", "topping", "room", "pitcher"})

# Everyday things that the scene graphs show less often than the threshold.
WANTED = (
    "goat", "duck", "guitar", "toaster", "salad", "toothbrush", "cookie", "cupcake", "soup", "coffee", "beer", "doll",
    "stool", "church", "swimming pool", "ice cream", "grape", "blender", "candle", "newspaper", "magazine", "soap",
    "butterfly", "bell", "radio", "tractor", "helicopter", "snowboarder", "skateboarder",
    "coffee maker", "french fries", "bacon", "pasta", "pineapple", "cutting board", "lighthouse", "stroller",
    "restaurant", "living room", "bedroom", "balloon", "deer", "monkey", "piano",
)


def plain(raw: str) -> str:
    """Lower case, single spaces; 'wall-other-merged' of the stuff labels is a wall."""
    name = re.sub(r"\s+", " ", raw.strip().lower().replace("_", " "))
    return re.sub(r"-(other-merged|merged|stuff|other)$", "", name)


def singular(name: str) -> str:
    """'tennis shoes' -> 'tennis shoe'; leaves names alone that have no singular."""
    if name in PLURAL_ONLY:
        return name
    head, _, last = name.rpartition(" ")
    prefix = head + " " if head else ""
    if last in IRREGULAR:
        return prefix + IRREGULAR[last]
    if last in PLURAL_ONLY or len(last) < 4 or not last.endswith("s") or last.endswith(("ss", "us", "is")):
        return name
    if last.endswith("ies"):
        return prefix + last[:-3] + "y"
    if last.endswith(("ches", "shes", "xes", "sses", "oes", "zzes")):
        return prefix + last[:-2]
    return prefix + last[:-1]


def fold(raw: str) -> str:
    """The plain singular name that stands for `raw`, whether or not the vocabulary has it."""
    name = plain(raw)
    for candidate in (name, singular(name)):
        if candidate in SYNONYMS:
            return SYNONYMS[candidate]
    return singular(name)
