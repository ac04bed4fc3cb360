"""'What animal is this?', 'what is the man holding?' {k} is a category, {x} a thing, {w} how they stand."""

from models.data.questions.wordings.fragments import KNOW, KNOW_IF, PICTURE, RIGHT, ways
from models.data.questions.wordings.shapes import heard

_KIND = "(kind|type|sort|kind|type)"
WHAT_KIND = ways(
    f"what {{k}} is (this|it|that|in {PICTURE}|shown|here|there|visible)|what {_KIND} of {{k}} is (this|it|that"
    f"|in {PICTURE}|shown|here)"
    f"|which {_KIND} of {{k}} is (this|it|that)",
    f"which {{k}} (is|can be seen) in {PICTURE}|what {{k}} (do|can) you see|what is the {{k}}( called||)"
    f"|name (the|this|that) {{k}}|what is this {{k}}"
    f"|what is the {{k}} in {PICTURE}|what {{k}} (am i looking at|does {PICTURE} show|are we looking at)"
    f"|identify (the|this) {{k}}"
    f"|which {{k}} is (this|it|that|shown|pictured)|what is the name of the {{k}}( in {PICTURE}|)|{KNOW} (what"
    f"|which) {{k}} (this|that|it) is"
    f"|{KNOW} what {_KIND} of {{k}} (this|that|it) is|{{k}} type|what is that {{k}}"
    f"|what would you call this {{k}}|which {{k}} do you see( here|)"
    f"|(there is|i see) (a|some) {{k}}, (which|what) (one|is it)|the {{k}} here is what"
    f"|what {{k}} did they photograph|{{k}} name"
    f"|what do you call the {{k}} in {PICTURE}|what species or {_KIND} of {{k}} is this"
    f"|which {_KIND} of {{k}} can you see|what kinda {{k}} is (this|that)"
    f"|{KNOW} the name of the {{k}}|what {{k}} is it that you see|i need the name of the {{k}}"
    f"|say which {{k}} this is",
    heard("what"),
)
WHAT_IS_THIS = ways(
    f"what is (this|that|it)|what is (this|it) a (picture|photo) of|what is (shown|seen|visible) (here"
    f"|in {PICTURE})|what do you see( here|)",
    f"what is the main (thing|object|subject|item)( in {PICTURE}|)|what (am i|are we) looking at"
    f"|what is this (thing|object|item)|what is in {PICTURE}"
    f"|what does {PICTURE} show|what is this called|what is that (thing|object)|name (this|the) (object|thing"
    f"|item)|{KNOW} what (this|that|it) is"
    f"|{KNOW} what (you see|is shown|is in {PICTURE})|what (can|could) (you|we|i) see( here| in {PICTURE}|)"
    f"|identify (this|the object|the thing)"
    f"|(which|what) object is (this|it|shown|here|that)|what would you call this|what kind of (thing"
    f"|object) is (this|it)|what is {PICTURE} (of|about|showing)"
    f"|what did they (photograph|take a picture of)|describe (the main object|what you see)|the thing (here"
    f"|in {PICTURE}) is what|what might this be|what could this be"
    f"|what is the (biggest|largest|most prominent) (thing|object)( here|)|what catches the eye|what is pictured"
    f"|what thing is this|what is the thing",
)
CHOOSE_NAME = ways(
    "is (this|it|that) {p} or {q}|what {k} is (this|it), {p} or {q}|which kind of {k} is (this|it), {p} or {q}",
    f"what is (this|it|that), {{p}} or {{q}}|do you see {{p}} or {{q}}|does {PICTURE} show {{p}} or {{q}}"
    f"|which one is it, {{p}} or {{q}}|{{p}} or {{q}}"
    f"|{KNOW_IF} (this|it|that) is {{p}} or {{q}}|would you say (this|it) is {{p}} or {{q}}"
    f"|is the {{k}} {{p}} or {{q}}|is there {{p}} or {{q}} in {PICTURE}"
    f"|{{p}} or {{q}}, what is it|what type of {{k}} is that, {{p}} or {{q}}|is it {{p}} or rather {{q}}"
    f"|which of these is it, {{p}} or {{q}}"
    "|does it look like {p} or {q}|am i looking at {p} or {q}|is what i see {p} or {q}",
)
VERIFY_NAME = ways(
    "is (this|that|it) {p}|is the {k} {p}|is (this|that|it) (really |)(a picture of |){p}",
    f"could (this|that|it) be {{p}}|{KNOW_IF} (this|that|it) is {{p}}|would you (say|call) (this|it) {{p}}|(this"
    f"|that|it) is {{p}}{RIGHT}|does (this|it) look like {{p}}"
    f"|is it {{p}} (that we see|i see|in {PICTURE})|am i looking at {{p}}|is that thing {{p}}|do you think (this"
    f"|it) is {{p}}|is {{p}} what this is"
    f"|is the {{k}} here {{p}}|{{p}}{RIGHT}|does {PICTURE} show {{p}}|might (this|it) be {{p}}",
)
WHAT_AT_SIDE = ways(
    "what {k} is {w} {x}|what (kind|type) of {k} is {w} {x}|which kind of {k} is {w} {x}",
    f"what is the {{k}} {{w}} {{x}}( called|)|which {{k}} is {{w}} {{x}}"
    f"|what is the {{k}} that is {{w}} {{x}}( called|)|what is the name of the {{k}} {{w}} {{x}}"
    f"|what {{k}} (do|can) you see {{w}} {{x}}|{{w}} {{x}} is what {{k}}|{{w}} {{x}}, what {{k}} is (there|that)"
    f"|{KNOW} what {{k}} is {{w}} {{x}}"
    f"|name the {{k}} {{w}} {{x}}|the {{k}} {{w}} {{x}} is what|what {{k}} (stands|is located"
    f"|can be found) {{w}} {{x}}|identify the {{k}} {{w}} {{x}}",
)
WHO_IS = ways(
    "who is {w} {x}|who is {w} {x}",
    f"who do you think is {{w}} {{x}}|which person is {{w}} {{x}}|{KNOW} who is {{w}} {{x}}|who (can"
    f"|do) you see {{w}} {{x}}|who is the person {{w}} {{x}}"
    f"|who is it that is {{w}} {{x}}|{{w}} {{x}} is who|who in {PICTURE} is {{w}} {{x}}|what person is {{w}} {{x}}"
    "|the person {w} {x} is who|who here is {w} {x}|what kind of person is {w} {x}",
)
WHO_DOES = (
    "who {v} {x}|who {v} {x}|who in the (picture|photo|image) {v} {x}|which person {v} {x}|who do you think {v} {x}"
    "|the person who {v} {x} is who"
)
WHAT_IS = ways(
    "what is {w} {x}|what is {w} {x}|what (object|thing) is {w} {x}|what (are|is) the (objects|object|things"
    "|thing) {w} {x}",
    f"what (do|can) you see {{w}} {{x}}|what can be seen {{w}} {{x}}|what do you think is {{w}} {{x}}"
    f"|what is that {{w}} {{x}}|{KNOW} what is {{w}} {{x}}"
    f"|what is (found|located|placed|present|there|kept|seen) {{w}} {{x}}|{{w}} {{x}} is what"
    f"|{{w}} {{x}} there is what|what is the (object|thing|item) {{w}} {{x}}"
    f"|name the (object|thing) {{w}} {{x}}|{{w}} {{x}}, what (is there|do you see)|what is it that is {{w}} {{x}}"
    f"|which (object|thing|item) is {{w}} {{x}}"
    f"|(something|a thing) is {{w}} {{x}}, what is it|identify the thing {{w}} {{x}}|whats {{w}} {{x}}"
    f"|what did they put {{w}} {{x}}|what lies {{w}} {{x}}",
)
WHAT_TARGET = ways(
    "{what} {is} {x} {w}|{what} {is} {x} {w}",
    f"{{x}} {{is}} {{w}} {{what}}|{{what}} do you think {{x}} {{is}} {{w}}|{KNOW} {{what}} {{x}} {{is}} {{w}}"
    f"|what (thing|object) {{is}} {{x}} {{w}}"
    f"|{{what}} is it that {{x}} {{is}} {{w}}|{{x}}, {{what}} {{is}} {{it}} {{w}}"
    f"|{{what}} would you say {{x}} {{is}} {{w}}"
    f"|{{what}} exactly {{is}} {{x}} {{w}}|{{w}} {{what}} {{is}} {{x}}|name what {{x}} {{is}} {{w}}"
    f"|do you see {{what}} {{x}} {{is}} {{w}}"
    f"|looking at {{x}}, {{what}} {{is}} {{it}} {{w}}|{{what}} does it look like {{x}} {{is}} {{w}}",
)
WHAT_DOES = ways(
    "what {do} {x} {v}|what {do} {x} {v}|what (thing|object) {do} {x} {v}",
    f"{KNOW} what {{x}} {{is}} {{w}}|{{x}} {{is}} {{w}} what|what do you think {{x}} {{is}} {{w}}"
    f"|what is it that {{x}} {{is}} {{w}}|what item {{do}} {{x}} {{v}}",
)
WHAT_KIND_TARGET = ways(
    "what {k} {is} {x} {w}|which {k} {is} {x} {w}|what (kind|type) of {k} {is} {x} {w}",
    f"{KNOW} (what|which) {{k}} {{x}} {{is}} {{w}}|{{x}} {{is}} {{w}} (what|which) {{k}}"
    f"|what is the {{k}} {{x}} {{is}} {{w}}( called|)"
    "|what is the name of the {k} (that |){x} {is} {w}|(what|which) {k} do you think {x} {is} {w}"
    "|name the {k} {x} {is} {w}",
)
