"""'What shape is it?', 'how tall is it?', 'are there more dogs than cats?'. Slots as in the other wordings."""

from models.data.questions.wordings.fragments import IN_PICTURE, KNOW, KNOW_IF, PICTURE, ways

WHAT_SHAPE = ways(
    "what shape {is} {x}|what is the shape of {x}",
    f"which shape {{is}} {{x}}|{KNOW} what shape {{x}} {{is}}|{{x}} {{is}} (of |)what shape"
    f"|what shape {{do}} {{x}} have|what is {{x}}'s shape"
    "|which shape {do} {x} have|how {is} {x} shaped|what form {is} {x}|in what shape {is} {x}|name the shape of {x}",
)
HOW_IS = ways(
    "how {h} {is} {x}",
    f"how {{h}} {{do}} {{x}} (look|appear|seem)( to be|)|{KNOW} how {{h}} {{x}} {{is}}|{{x}} {{is}} how {{h}}"
    f"|how {{h}} would you say {{x}} {{is}}"
    f"|how {{h}} do you think {{x}} {{is}}|in {PICTURE}, how {{h}} {{is}} {{x}}",
)
MORE = ways(
    "are there {w} {p} than {q}",
    f"are there {{w}} {{p}} than {{q}}{IN_PICTURE}|{KNOW_IF} there are {{w}} {{p}} than {{q}}"
    f"|do you see {{w}} {{p}} than {{q}}"
    f"|does {PICTURE} (show|have|contain) {{w}} {{p}} than {{q}}|would you say there are {{w}} {{p}} than {{q}}"
    f"|{{w}} {{p}} than {{q}}"
    "|is it true that there are {w} {p} than {q}",
)
MORE_OR_MORE = ways(
    "are there more {p} or {q}|are there more {p} or more {q}",
    f"what are there more of, {{p}} or {{q}}|which are there more of, {{p}} or {{q}}"
    f"|do you see more {{p}} or {{q}}|more {{p}} or more {{q}}"
    f"|does {PICTURE} show more {{p}} or {{q}}|{KNOW_IF} there are more {{p}} or more {{q}}"
    f"|which is there more of, {{p}} or {{q}}"
    "|(what|which) is more numerous, {p} or {q}",
)
RELATED_CHOOSE = ways(
    "what {is} {x} {w}, {p} or {q}|{is} {x} {w} {p} or {q}",
    f"{KNOW_IF} {{x}} {{is}} {{w}} {{p}} or {{q}}|which (one |thing |){{is}} {{x}} {{w}}, {{p}} or {{q}}"
    f"|{{x}} {{is}} {{w}} what, {{p}} or {{q}}"
    "|what would you say {x} {is} {w}, {p} or {q}|{is} it {p} or {q} that {x} {is} {w}"
    "|is that {p} or {q} that {x} {is} {w}",
)
WHAT_BESIDE = ways(
    "what is {w} {x}|what is {w} {x}|what (object|thing) is {w} {x}",
    f"what (do|can) you see {{w}} {{x}}|{KNOW} what is {{w}} {{x}}|what is the (object|thing|item) {{w}} {{x}}"
    f"|{{w}} {{x}} is what|{{w}} {{x}}, what (is there|do you see)"
    f"|what is (found|located|placed|standing|visible) {{w}} {{x}}|which (object|thing) is {{w}} {{x}}"
    f"|name the (object|thing) {{w}} {{x}}|what can be (seen|found) {{w}} {{x}}"
    "|identify the thing {w} {x}|what is directly {w} {x}|what is right {w} {x}|what is the first thing {w} {x}",
)
