"""Answers that are neither an object's name nor an attribute."""

from models.data.places import NAMED_PLACES

FIXED_ANSWERS = (
    "yes", "no",
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10",
    "left", "right", "top", "bottom", "center", "middle",
    "indoors", "outdoors",
    "above", "below", "behind", "in front of",
    *dict.fromkeys(NAMED_PLACES.values()),
)
# GQA's own words for things that the vocabulary folds together; they are frequent answers there.
GQA_WORDS = (
    "bike", "television", "sofa", "phone", "remote control", "racket", "computer mouse", "guy", "lady", "kid", "cows", "cars",
    "trees", "flowers", "bananas", "donuts", "apples", "carrots", "oranges", "vegetables", "fruits", "sneakers", "boots",
    "gloves", "horses", "elephants", "giraffes", "zebras", "computer monitor", "trash bin", "carpet", "fries", "purse",
    "luggage", "cupboard", "closet", "end table", "dining table", "picnic table", "bookcase", "armchair", "office chair",
    "pasture", "highway", "sea", "lake", "river", "sweatshirt", "t-shirt", "blouse", "hoodie", "trousers", "sunglasses",
    "running", "jumping", "surfing", "skiing", "skateboarding", "snowboarding", "swimming", "talking", "waiting", "sleeping",
    "posing", "looking down", "resting", "drinking", "reading", "sleeveless", "short sleeved", "long sleeved", "pointing",
    "iron", "steel", "styrofoam", "cloth", "cotton", "brass", "granite", "maroon", "khaki", "dark blue", "light blue",
    "light brown", "dark brown", "cream colored", "rainy", "snow", "garage", "courtyard", "museum", "hotel", "farm",
    "color", "material", "shape", "octagonal", "triangular", "oval", "sausage", "ham", "muffin", "bagel", "juice", "tea",
    "pear", "pie", "dessert", "spinach", "corn", "cabbage", "seagull", "pigeon", "goose", "lion", "rabbit", "panda",
    "ship", "sailboat", "canoe", "jeep", "fire truck", "locomotive", "dresser", "ottoman", "barn", "sweet", "apron", "swing",
)
