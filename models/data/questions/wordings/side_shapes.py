"""Shapes of questions about sides and comparisons; `shapes.py` says how they are written and which are heard."""

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
