"""Ways in which people ask, one syntactic shape a line; one in five is never trained on, to measure what is unheard.

The slots are those of the kind's other wordings. {c} is a comparative that fits after 'is', {s} and {t} a side and the other.
`python -m models.data.evaluation` asks the everyday questions in heard and in unheard shapes.
"""

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
SIDE = """
which side is {x} nearer to
is {x} closer to the left edge or the right edge
nearer which edge {is} {x}
left or right for {x}
{x}: left or right
on which half {is} {x}
on the left or on the right, where {is} {x}
to which side {is} {x}
does one see {x} on the left or on the right
{x} - which side
{x} would be on which side
{is} {x} off to the left or to the right
looking at the picture, on which side {is} {x}
which side has {x}
do i find {x} left or right
{is} {x} in the left half or in the right half
where {do} {x} appear, left or right
tell me the side {x} {is} on
which of the two sides {is} {x} on
would {x} be left or right of the middle
{is} {x} left of the middle or right of it
on what side should i look for {x}
which edge {do} {x} come closer to, left or right
if i fold it in half, which half shows {x}
{do} {x} stand more to the left or more to the right
which hand side {is} {x} on
at which edge {is} {x}
left side or right side for {x}
{x} {is} located left or right
is it on the left or the right that you see {x}
where can {x} be seen, to the left or to the right
{is} {x} over on the left or on the right
which side of the frame {is} {x} at
should i turn left or right to see {x}
{is} {x} on the left-hand or the right-hand side
"""
VERIFY_SIDE = """
{doy} {y} have {x} to {its} {s}
{doy} {y} have {x} on {its} {s}
has {y} got {x} to {its} {s}
{doy} {y} have {x} on the {s} side
is {x} to {y}'s {s}
is it {x} that is {w} {y}
{x} {is} {w} {y}, isn't it
{is} {x} nearer the {s} edge than {y}
so {is} {x} {w} {y}
walking from {y} to {x}, would i go {s}
going from {y} to {x}, do i move {s}
when i look at {y}, {is} {x} to {its} {s}
next to {y} on the {s}, is that {x}
of the two, {x} and {y}, {is} {x} the {s} one
{is} {x} the one further {s}, compared with {y}
{do} {x} come after {y} from {t} to {s}
would you find {x} on {y}'s {s}
could {x} be {w} {y}
{is} {y} {wt} {x}
say whether {x} {is} {w} {y}
{x} {w} {y}, yes or no
{w} {y}, is that where {x} {is}
on {y}'s {s}, do i see {x}
as seen here, {is} {x} {w} {y}
looking from {y}, {is} {x} on the {s}
can you confirm that {x} {is} {w} {y}
{is} {x} closer to the {s} border than {y}
is the {s} of {y} where {x} {is}
{do} {x} lie more to the {s} than {y}
between {x} and {y}, {is} {x} the one on the {s}
{is} {x} on the {s} when you compare it with {y}
from {x} to {y}, is it {t}
{y} {isy} {wt} {x}, right
did they put {x} {w} {y}
{is} {x} further over to the {s} than {y}
moving {s} from {y}, do you come to {x}
{is} {x} left or right of {y}, i think {s}, correct
i believe {x} {is} {w} {y}, true
"""
CHOOSE_SIDE = """
to which side of {y} {is} {x}
{x} relative to {y}: {p} or {q}
which side of {y} has {x}
{is} {x} to {y}'s {p} or {q}
{doy} {y} have {x} to {its} {p} or {its} {q}
{x} {is} {p} of {y} or {q} of {y}
compared with {y}, which side {is} {x} on
looking at {y}, {is} {x} {p} or {q}
going from {y} to {x}, do i go {p} or {q}
{is} {x} on {y}'s {p} or {q} side
{x} - {p} or {q} of {y}
on the {p} or on the {q} of {y}, where {is} {x}
from {y} to {x}, is it {p} or {q}
seen from {y}, where {is} {x}, {p} or {q}
do you see {x} {p} or {q} of {y}
say {p} or {q}: where {is} {x} from {y}
{is} {x} further to the {p} or to the {q} than {y}
{y} {isy} here, {is} {x} {p} or {q} of it
next to {y}, {is} {x} on the {p} or on the {q}
what side of {y} would i find {x}
"""
WHICH = """
which is {c}, {x} or {y}
which one is {c}, {x} or {y}
what is {c}, {x} or {y}
between {x} and {y}, which is {c}
between {x} and {y}, which one is {c}
of {x} and {y}, which is {c}
{x} or {y}: which is {c}
{x} or {y}, which is {c}
which of the two is {c}, {x} or {y}
is it {x} or {y} that is {c}
is {x} or {y} {c}
comparing {x} and {y}, which is {c}
comparing {x} with {y}, what is {c}
out of {x} and {y}, which one is {c}
tell me which is {c}, {x} or {y}
can you tell me what is {c}, {x} or {y}
which thing is {c}: {x} or {y}
looking at {x} and {y}, which one is {c}
{c}: {x} or {y}
{x} and {y}: which is {c}
would you say {x} or {y} is {c}
do you think {x} or {y} is {c}
in the picture, which is {c}, {x} or {y}
what do you see {c}, {x} or {y}
name the one that is {c}, {x} or {y}
i see {x} and {y}, which is {c}
which is {c} in the photo, {x} or {y}
what's {c}, {x} or {y}
if you compare {x} and {y}, which one is {c}
which of them is {c}: {x} or {y}
{x} vs {y}, which is {c}
which is the one that is {c}, {x} or {y}
which out of {x} and {y} is {c}
please say which one is {c}, {x} or {y}
what would you find {c}, {x} or {y}
there are {x} and {y}, what is {c}
who or what is {c}, {x} or {y}
{x} or {y} - what is {c}
is the one that is {c} {x} or {y}
which one here is {c}, {x} or rather {y}
what appears {c}, {x} or {y}
does {x} or {y} appear {c}
so which is {c}, {x} or {y}
which is located {c}, {x} or {y}
"""
WHICH_FROM_SIDE = """
counting from the {s}, which comes first, {x} or {y}
going from {s} to {t}, what comes first, {x} or {y}
coming from the {s}, do i meet {x} or {y} first
{x} or {y}: which comes first from the {s}
starting at the {s} edge, which do you see first, {x} or {y}
reading from {s} to {t}, which is first, {x} or {y}
which comes last from {t} to {s}, {x} or {y}
from the {s}, what is first, {x} or {y}
is {x} or {y} first when you look from {s} to {t}
if i look from the {s}, which one do i see first, {x} or {y}
"""
EXTREME = """
what is the {e} {k}
which {k} is {f}
what {k} is {f}
which is the {e} {k}
name the {e} {k}
the {e} {k} is what
what is the {k} that is {f}
of all the {ks}, which is {f}
tell me what the {e} {k} is
which of the {ks} is {f}
what kind of {k} is {f}
among the {ks}, what is {f}
the {k} that is {f}, what is it
what {k} do you see {f}
{e} {k}
which {k} would be {f}
the {e} {k}: what is it
can you tell me which {k} is {f}
what sort of {k} is the {e} one
{f}, which {k} is that
"""
AT_SIDE = """
what is on the {s}
what is on the {s} side
what do you see on the {s}
on the {s}, what is there
what is on the {s} side of the picture
what can be seen on the {s} of the photo
what stands on the {s}
which thing is on the {s}
the thing on the {s} is what
what's on the {s} of this picture
what is there on the {s} hand side
tell me what is on the {s}
what fills the {s} half
what object is on the {s} side
name what you see on the {s}
on the {s} side of the image there is what
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
    name.lower(): _split(text)
    for name, text in list(globals().items())
    if name.isupper() and isinstance(text, str) and name[0] != "_"
}


def heard(name: str) -> str:
    """A template of all shapes that are trained on."""
    return "(" + "|".join(SHAPES[name][0]) + ")"


def unheard(name: str) -> tuple[str, ...]:
    """Shapes that nothing is trained on."""
    return SHAPES[name][1]
