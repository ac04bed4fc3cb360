"""Where the parts of a region vector lie: class probabilities | attribute probabilities | embedding."""

from models.data.vocabulary import ATTRIBUTES, OBJECTS

EMBEDDING = 128

CLASSES = slice(0, len(OBJECTS))
ATTRIBUTE_PART = slice(CLASSES.stop, CLASSES.stop + len(ATTRIBUTES))
EMBEDDING_PART = slice(ATTRIBUTE_PART.stop, ATTRIBUTE_PART.stop + EMBEDDING)
FEATURE_SIZE = EMBEDDING_PART.stop
