"""Answers that are neither an object's name nor an attribute."""

FIXED_ANSWERS = (
    "yes", "no",
    "0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "10",
    "left", "right", "top", "bottom", "center", "middle",
    "indoors", "outdoors",
)
