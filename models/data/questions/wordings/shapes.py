"""Ways in which people ask, one syntactic shape a line; one in five is never trained on, to measure what is unheard.

The slots are those of the kind's other wordings. {c} is a comparative that fits after 'is', {s} and {t} a side and the other.
`python -m models.data.evaluation` asks the everyday questions in heard and in unheard shapes.
"""

from models.data.questions.wordings import side_shapes

HELD_OUT_EVERY, HELD_OUT_AT = 5, 3


EXISTS = """
is {one} in shot
could there be {one} in it
any chance there is {one}
{one} anywhere
i can't find {one}, is there one
there is {one}, isn't there
got {one}
spot {one}
is {one} hiding in the photo
have they got {one}
tell me if there is {one}
did {one} make it into the picture
is there something like {one}
somewhere in there, is there {one}
do you notice {one}
is {one} part of this
could you find me {one}
{one}, is there one
any {many}
would you see {one} if you looked
is {one} what i see
there should be {one}, is there
{many} in the picture
look, is that {one}
is it true there is {one}
do i see {one} or not
does the picture have {one} in it
so is there {one}
{one} here
was {one} photographed
can anyone see {one}
is at least one {bare} there
can you make out {one}
any {many} to be seen
please check for {one}
is there {one} in there somewhere
have you spotted {one}
there are no {many}, or is there one
is {one} visible to you
see {many}
"""
COUNT = """
how many {many} can be counted
number of {many}
count {many}
how many {many} exactly
what is the total number of {many}
how many {many} do we have
{many}: how many
total {many}
how many {many} r there
tell me how many {many}
how many {many} would that be
can you count {many} for me
and how many {many}
the {many}, how many of them are there
how many {many} did you find
what number of {many} is there
give me a number: how many {many}
in total, how many {many}
how many {many} all in all
i see {many}, how many
{many} in number
do you know how many {many} there are
how many of these are {many}
how many {many} make up the picture
please count the {many} here
of {many} there are how many
what count of {many} do you get
are there many {many}, how many
how many {many} at most
how many {many} are standing there
your count of the {many}
how many {many} come into view
there are some {many}, exactly how many
count up every one of the {many}
how many {many}, please
"""
WHAT = """
what {k} do we have here
which {k} is in view
the {k}, what is it
do you know this {k}
what {k} could this be
what {k} might that be
that {k} is what
can you name the {k}
which {k} am i looking at
what do you call this {k}
what sort of {k} do you see
{k}: which one
tell me the {k}
what is the {k} you see
i see a {k}, what is it
is there a {k} and if so which
what {k} is it exactly
what {k} have they photographed
there is a {k} here, which one
what {k} would you say this is
please identify the {k}
what {k} is to be seen
could you tell what {k} this is
so what {k} is it
what type of {k} have we here
the {k} in the picture is called
what {k} shows up here
which {k} appears in the photo
name of the {k}
whats this {k}
what {k} can you make out
guess the {k}
which {k} would that be
what {k} did they take a picture of
what is this {k} known as
"""
COLOUR = """
{x}: colour
what's the colour of {x}
can you see what colour {x} {is}
colour wise, what {is} {x}
{x} {is} what colour
{x} looks what colour
what colour would you say for {x}
tell me {x}'s colour
in which colour do you see {x}
{is} {x} any particular colour, which
which colour do you give {x}
{bare} colour
what colour of {bare} is that
the {bare}, what colour
name the colour of {x}
what's {x}'s colour
which colour did {x} get
what colour is it, {x} i mean
how would you name the colour of {x}
what colour is shown on {x}
what is {x} in terms of colour
so what colour {is} {x}
which colour has {x}
what colour {do} {x} come in
i want the colour of {x}
please tell me what colour {x} {is}
which color would match {x}
the colour that {x} {is} is which
what colour can {x} be
what colour {is} {x} mostly
of what color {is} {x} here
what colour do i see on {x}
guess the colour of {x}
do you know {x}'s colour
{x} - what colour
"""
INDOORS = """
inside or out
in or out of doors, which is it
is that indoors or outdoors
outdoors or in
are they inside or outside
is the scene set inside or outside
indoors or not, i mean or outdoors
inside, or is it outdoors
were they outside or inside
is this place indoors or out in the open
did this happen outside or inside a building
does it look more like indoors or outdoors
indoor or outdoor picture
tell me: outside or inside
was the picture taken indoors or out
is what we see inside or outdoors
photo taken outside or inside
is there a ceiling above or is it outdoors
are we in a room or outdoors
open air or indoors
is it an inside or an outside shot
"""
PLACE = """
where was it shot
what place are we looking at
where is all this
what is this place
which place would this be
in which place was it taken
where did they make this photo
where does this picture come from, what kind of place
the place is what
what kind of a place do we see
where would you say we are
so where was this taken
tell me where this is
which sort of place is it
the photo was taken where
where am i here
what setting is it
at which place are they
name this place
where could this photo be from
"""


def _split(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    shapes = text.replace("colour", "color").strip().split("\n")
    heard = tuple(shape for at, shape in enumerate(shapes) if at % HELD_OUT_EVERY != HELD_OUT_AT)
    return heard, tuple(shapes[HELD_OUT_AT::HELD_OUT_EVERY])


SHAPES = {
    "exists": _split(EXISTS),
    "count": _split(COUNT),
    "what": _split(WHAT),
    "side": _split(side_shapes.SIDE),
    "verify_side": _split(side_shapes.VERIFY_SIDE),
    "choose_side": _split(side_shapes.CHOOSE_SIDE),
    "which": _split(side_shapes.WHICH),
    "which_from_side": _split(side_shapes.WHICH_FROM_SIDE),
    "extreme": _split(side_shapes.EXTREME),
    "at_side": _split(side_shapes.AT_SIDE),
    "colour": _split(COLOUR),
    "indoors": _split(INDOORS),
    "place": _split(PLACE),
}


def heard(name: str) -> str:
    """A template of all shapes that are trained on."""
    return "(" + "|".join(SHAPES[name][0]) + ")"


def unheard(name: str) -> tuple[str, ...]:
    """Shapes that nothing is trained on."""
    return SHAPES[name][1]
