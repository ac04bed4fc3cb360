"""Which object class is an animal, a vehicle, food ...: the words people ask with.

An object may belong to several categories (an apple is fruit and food). Names that are not in the
vocabulary are ignored, so this table may run ahead of the data.
"""

_FRUIT = (
    "banana, apple, orange, strawberry, lemon, pineapple, grape, pear, berry, fruit, blueberry, watermelon, peach, "
    "lime, pomegranate"
)
_VEGETABLES = (
    "broccoli, carrot, tomato, onion, lettuce, pepper, potato, cucumber, mushroom, vegetable, olive, spinach, "
    "cabbage, pea, corn, bean, cauliflower, zucchini, squash, artichoke, pumpkin"
)
_BIRDS = "bird, duck, goose, seagull, pigeon, ostrich, eagle, owl, peacock, parrot, swan, flamingo, penguin"
_NAMES = {
    "person": (
        "person, people, man, woman, boy, girl, child, baby, player, surfer, skier, skateboarder, snowboarder, "
        "batter, catcher, umpire, spectator, driver, passenger, pitcher, cyclist, police officer, skater, pedestrian, "
        "diver"
    ),
    "animal": (
        "dog, cat, horse, cow, sheep, elephant, giraffe, zebra, bear, bull, goat, fish, animal, lion, monkey, rabbit, "
        "butterfly, frog, deer, panda, polar bear, shark, lizard, turtle, crocodile, dinosaur, snake, spider, insect, "
        "kangaroo, koala, jellyfish, snail, crab, lobster, whale, seal, wolf, fox, leopard, tiger, cheetah, bee, "
        f"starfish, hamster, hedgehog, squirrel, pig, hippo, buffalo, camel, llama, gorilla, {_BIRDS}"
    ),
    "bird": _BIRDS,
    "vehicle": (
        "car, bus, truck, train, airplane, boat, motorcycle, bicycle, van, taxi, suv, scooter, vehicle, train car, "
        "cart, ship, sailboat, helicopter, tractor, jeep, carriage, trailer, ambulance, canoe, fire truck, forklift, "
        "golf cart, snowmobile, tram, submarine, tank"
    ),
    "aircraft": "airplane, helicopter, rocket",
    "furniture": (
        "chair, table, couch, bed, desk, shelf, cabinet, bench, drawer, dresser, nightstand, coffee table, bookshelf, "
        "stool, ottoman, armchair, headboard, end table, tv stand, cupboard, crib"
    ),
    "fruit": _FRUIT,
    "vegetable": _VEGETABLES,
    "dessert": "cake, donut, cookie, cupcake, pie, dessert, ice cream, chocolate",
    "food": (
        "pizza, sandwich, hot dog, bread, cheese, meat, chicken, rice, egg, salad, soup, food, cake, donut, cookie, "
        "cupcake, pie, dessert, french fries, bacon, shrimp, pasta, sausage, pepperoni, bun, pastry, ham, muffin, "
        "bagel, sushi, burger, meal, pancake, candy, ice cream, pretzel, burrito, chocolate, "
        f"{_FRUIT}, {_VEGETABLES}"
    ),
    "drink": "wine, beer, coffee, juice, drink, soda, tea, milk",
    "clothing": (
        "shirt, pants, jacket, hat, shoe, shorts, jeans, cap, coat, helmet, dress, sweater, vest, tie, sock, glove, "
        "boot, skirt, suit, scarf, belt, uniform, jersey, wetsuit, tank top, sandal, clothes, apron, robe, blouse, "
        "swimsuit, outfit, sweatshirt, hoodie, headband, bikini, pajamas, bib, diaper, armor"
    ),
    "device": (
        "laptop, computer, tv, cell phone, keyboard, mouse, remote, camera, monitor, screen, clock, speaker, "
        "controller, printer, radio, headphones, microphone, watch, phone, telephone, projector, router, atm"
    ),
    "appliance": (
        "refrigerator, oven, microwave, stove, toaster, dishwasher, blender, coffee maker, hair drier, fan, washing "
        "machine, heater, air conditioner, vacuum, iron, sewing machine"
    ),
    "instrument": "guitar, piano, violin, drum, trumpet, flute, harp, saxophone, accordion",
    "tool": (
        "hammer, axe, drill, screwdriver, shovel, ruler, paintbrush, chainsaw, lawn mower, scissors, broom, mop, "
        "plunger, ladder, wheelbarrow, toolbox"
    ),
    "weapon": "gun, sword, cannon, shield",
    "sports equipment": (
        "skateboard, surfboard, snowboard, skis, tennis racket, baseball bat, baseball glove, frisbee, ball, helmet, "
        "net, tennis ball, baseball, basketball, soccer ball, dumbbell, fishing rod, sled, paddle"
    ),
    "toy": "teddy bear, doll, kite, toy, frisbee, balloon, puzzle",
    "utensil": "fork, knife, spoon, utensil, spatula",
    "container": (
        "bottle, cup, bowl, box, basket, vase, pot, bucket, jar, container, trash can, can, wine glass, tray, crate, "
        "pan, barrel, jug, teapot"
    ),
    "bag": "bag, backpack, handbag, suitcase, wallet",
    "building": (
        "building, house, tower, store, barn, church, skyscraper, garage, castle, lighthouse, mosque, temple, "
        "greenhouse, library, restaurant"
    ),
    "plant": "tree, flower, bush, grass, plant, potted plant, palm tree, pine tree",
}
CATEGORIES: dict[str, tuple[str, ...]] = {category: tuple(names.split(", ")) for category, names in _NAMES.items()}
