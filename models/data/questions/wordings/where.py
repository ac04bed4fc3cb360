"""'Which side is the dog on?' {x} is 'the dog', {bare} 'dog', {p} and {q} ends of the picture, {is} the verb."""

from models.data.questions.wordings.fragments import BELIEF, CLAIM, KNOW, KNOW_IF, PICTURE, RIGHT, ways
from models.data.questions.wordings.shapes import heard

_OF = f"( of {PICTURE}| of it|||)"
_HALF = "(half|part|side|portion|hand side|section)"

WHICH_SIDE = ways(
    f"(which|what) side (of {PICTURE} |){{is}} {{x}} on|on which side (of {PICTURE} |){{is}} {{x}}",
    f"on what side (of {PICTURE} |){{is}} {{x}}|{{x}} {{is}} on (which|what) side|on which side is {{bare}}"
    f"|what side {{is}} {{x}} at"
    f"|{KNOW} (which|what) side{_OF} {{x}} {{is}} on|{KNOW} on which side {{x}} {{is}}|(in"
    f"|on) which half{_OF} {{is}} {{x}}"
    f"|which (half|side) of {PICTURE} (has|contains|shows) {{x}}|(to|at|towards) which side {{is}} {{x}}"
    f"|side of {{x}}|which side, {{x}}"
    f"|where {{is}} {{x}} horizontally|which edge{_OF} {{is}} {{x}} (closer|closest|nearer) to"
    f"|{{x}} {{is}} located on which side"
    f"|on which side{_OF} (do|can|would) (you|i|we) (see|find) {{x}}|(which|what) side{_OF} should i look for {{x}}"
    "|is {x} left or right|what side do you see {x} on|{bare}: which side|which way should i look to see {x}"
    f"|in (which|what) direction from the (middle|center){_OF} {{is}} {{x}}|{{x}}: on which side|(which"
    f"|what) half of {PICTURE} {{is}} {{x}} in|do you see {{x}} on one side, which one"
    f"|left or right: where {{is}} {{x}}|where, left or right, {{is}} {{x}}|right or left, where {{is}} {{x}}"
    f"|which side of {PICTURE} should i look at to see {{x}}",
    heard("side"),
)
LEFT_OR_RIGHT = ways(
    f"{{is}} {{x}} on the {{p}} or (on |)the {{q}}( side|){_OF}|{{is}} {{x}} (on|to|at) the {{p}} or {{q}}( side"
    f"|){_OF}",
    f"(on which|which) side {{is}} {{x}}( on|), the {{p}} or the {{q}}|where {{is}} {{x}}, (on the "
    f"|){{p}} or {{q}}|{{x}}, {{p}} or {{q}}"
    f"|{{is}} {{x}} more to the {{p}} or (to |)the {{q}}|{{p}} or {{q}}: where {{is}} {{x}}"
    f"|{KNOW_IF} {{x}} {{is}} on the {{p}} or (on |)the {{q}}"
    f"|{{is}} {{x}} in the {{p}} or (in |)the {{q}} {_HALF}{_OF}"
    f"|{{is}} {{x}} on the {{p}}-hand side or the {{q}}-hand side{_OF}"
    f"|(do|can) you see {{x}} on the {{p}} or (on |)the {{q}}|{{p}} or {{q}} {{bare}}"
    f"|{{x}} {{is}} on the {{p}} or the {{q}}"
    f"|{{is}} {{x}} {{p}} or {{q}}|{{is}} {{x}} closer to the {{p}} or the {{q}} (edge|side|border|end)"
    f"|would you say {{x}} {{is}} {{p}} or {{q}}"
    f"|where can i find {{x}}, {{p}} or {{q}}|should i look {{p}} or {{q}} for {{x}}"
    f"|{{is}} {{x}} on the {{p}} side or on the {{q}}{_OF}"
    f"|in which direction from the (middle|center) {{is}} {{x}}, {{p}} or {{q}}|do (i|we"
    f"|you) find {{x}} on the {{p}} or (on |)the {{q}}|{{do}} {{x}} (sit|stand|appear"
    f"|show up) on the {{p}} or the {{q}}"
    f"|{{x}}: {{is}} {{it}} {{p}} or {{q}}|{{is}} {{x}} towards the {{p}} or (towards |)the {{q}}"
    f"|tell me if {{x}} {{is}} on the {{p}} or the {{q}}",
)
ON_SIDE = ways(
    f"{{is}} {{x}} (on|to) the {{p}}( side|){_OF}|{{is}} {{x}} on the {{p}} (side|hand side)",
    f"(do|can) you see {{x}} on the {{p}}|{{is}} {{x}} in the {{p}} {_HALF} of {PICTURE}"
    f"|{{is}} {{x}} at the {{p}}|{{x}} {{is}} on the {{p}}{_OF}{RIGHT}"
    f"|{KNOW_IF} {{x}} {{is}} (on|in) the {{p}}( side|){_OF}|{{is}} {{x}} (located|positioned|placed) (on"
    f"|at) the {{p}}( side|){_OF}"
    f"|would you say {{x}} {{is}} on the {{p}}|is it true that {{x}} {{is}} on the {{p}}|{{x}} on the {{p}}"
    f"|{{is}} {{x}} {{p}}"
    f"|{{is}} {{x}} near the {{p}} (edge|border|side)|(should|can) i look {{p}} (to see|for) {{x}}"
    f"|if i look {{p}}, do i see {{x}}"
    f"|does the {{p}} {_HALF}{_OF} (show|contain) {{x}}|on the {{p}}{_OF}, is that {{x}}"
    f"|{{is}} {{x}} over on the {{p}}|{{is}} the {{bare}} on the {{p}}-hand side"
    f"|{CLAIM} {{x}} {{is}} on the {{p}}( side|){_OF}|{CLAIM} {{x}} {{is}} on the {{p}}"
    f"|{BELIEF} {{x}} {{is}} on the {{p}}{_OF}{RIGHT}|{{do}} {{x}} (sit|stand|appear|show up"
    f"|lie) on the {{p}}( side|){_OF}"
    f"|do i find {{x}} on the {{p}}|on the {{p}}{_OF}, do you see {{x}}|{{x}}: {{is}} {{it}} on the {{p}}",
)
TOP_OR_BOTTOM = ways(
    f"{{is}} {{x}} (in|at) the {{p}} (part |)or (in |at |)the {{q}}( part|){_OF}|{{is}} {{x}} at the {{p}} or {{q}}",
    f"(in which|which) part of {PICTURE} {{is}} {{x}}( in|), the {{p}} or the {{q}}|where( in {PICTURE}"
    f"|) {{is}} {{x}}, (in "
    f"|at |)the {{p}} or (in |at |)the {{q}}"
    f"|{KNOW_IF} {{x}} {{is}} at the {{p}} or (at |)the {{q}}|{{x}}, {{p}} or {{q}}"
    f"|{{is}} {{x}} in the {{p}} half or the {{q}} half"
    f"|{{is}} {{x}} near the {{p}} or the {{q}}{_OF}|do you see {{x}} at the {{p}} or the {{q}}"
    f"|{{p}} or {{q}}: where {{is}} {{x}}",
)
AT_END = ways(
    f"{{is}} {{x}} (in|at) the {{p}}( part|){_OF}|{{is}} {{x}} in the {{p}} half",
    f"(do|can) you see {{x}} at the {{p}}|{KNOW_IF} {{x}} {{is}} at the {{p}}{_OF}"
    f"|{{x}} {{is}} at the {{p}}{_OF}{RIGHT}|{{is}} {{x}} near the {{p}}{_OF}"
    f"|would you say {{x}} {{is}} at the {{p}}|{{is}} {{x}} (located|placed) (in|at) the {{p}}"
    f"|does the {{p}} half (show|have) {{x}}|{{x}} at the {{p}}",
)
WHERE_IN = ways(
    f"where in {PICTURE} {{is}} {{x}}|where {{is}} {{x}} in {PICTURE}|in (which|what) part of {PICTURE} {{is}} {{x}}",
    f"(which|what) part of {PICTURE} {{is}} {{x}} in|whereabouts( in {PICTURE}|) {{is}} {{x}}"
    f"|what is the position of {{x}}( in {PICTURE}|)"
    f"|where {{is}} {{x}} (located|positioned|placed|situated) in {PICTURE}"
    f"|{KNOW} where in {PICTURE} {{x}} {{is}}|where in {PICTURE} (do|can) (you|i) see {{x}}"
    f"|(name|tell me|describe) the position of {{x}} in {PICTURE}|in which area of {PICTURE} {{is}} {{x}}"
    f"|where should i look in {PICTURE} to see {{x}}"
    f"|{{x}} {{is}} where in {PICTURE}|position of {{x}} in {PICTURE}|which area of {PICTURE} has {{x}}",
)
# The place of a thing by what it is on or in.
WHERE_IS = ways(
    "where {is} {x}|where {is} {x}|where {do} {x} (stand|lie|sit|rest)",
    f"where (can|do) you see {{x}}|where did they put {{x}}|{{x}} {{is}} where|where {{is}} {{x}} (located|placed"
    f"|kept|standing|resting|sitting|at)"
    f"|{KNOW} where {{x}} {{is}}|where (can|could) (i|we) find {{x}}|what is the location of {{x}}"
    f"|where exactly {{is}} {{x}}|what place {{is}} {{x}} in"
    "|where did somebody leave {x}|on what {is} {x}|in what {is} {x}|whereabouts {is} {x}|where would i find {x}"
    "|(tell me|say) where {x} {is}",
)
