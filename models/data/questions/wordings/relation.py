"""'Is the dog to the left of the car?' {x} and {y} are things, {w} says how they stand, {p} and {q} are two ways."""

from models.data.questions.wordings.fragments import BELIEF, CLAIM, KNOW, KNOW_IF, PICTURE, RIGHT, SEE, ways
from models.data.questions.wordings.shapes import heard

# How people say 'to the left of'.
SIDEWAYS = (
    "to the {side} of",
    "to the {side} of",
    "to the {side} of",
    "on the {side} of",
    "on the {side} side of",
    "{side} of",
    "{side} of",
    "at the {side} of",
    "to the {side} side of",
    "on the {side}-hand side of",
    "further {side} than",
    "more to the {side} than",
    "at the {side} side of",
    "over to the {side} of",
    "just {side} of",
    "{side} from",
    "{side} to",
    "towards the {side} of",
    "off to the {side} of",
    "on the {side} hand side of",
    "to the {side} hand side of",
)
HIGHER = ("above", "higher than", "above", "higher up than", "over", "further up than", "somewhere above")
LOWER = ("below", "lower than", "underneath", "below", "beneath", "lower down than", "under", "further down than")

# Another way of saying a relation that means no less and no more.
RELATION_WORDS: dict[str, tuple[str, ...]] = {
    "on": ("on", "on", "on top of", "resting on", "placed on", "upon"),
    "on top of": ("on top of", "on", "atop", "resting on"),
    "in": ("in", "in", "inside", "within", "inside of"),
    "inside": ("inside", "in", "within", "inside of"),
    "next to": ("next to", "beside", "by", "close to", "right next to", "alongside", "near"),
    "beside": ("beside", "next to", "by", "at the side of", "alongside"),
    "near": ("near", "close to", "by", "not far from", "next to"),
    "by": ("by", "next to", "beside", "near"),
    "behind": ("behind", "behind", "in back of", "at the back of"),
    "in front of": ("in front of", "in front of", "before", "ahead of"),
    "above": ("above", "over", "higher than"),
    "below": ("below", "under", "underneath", "beneath", "lower than"),
    "under": ("under", "underneath", "below", "beneath"),
    "wearing": ("wearing", "wearing", "dressed in", "in", "having on"),
    "holding": ("holding", "holding", "carrying", "gripping", "holding on to"),
    "carrying": ("carrying", "holding", "carrying around"),
    "sitting on": ("sitting on", "seated on", "sat on", "on"),
    "standing on": ("standing on", "on"),
    "lying on": ("lying on", "laying on", "on"),
    "riding": ("riding", "riding on", "on"),
    "looking at": ("looking at", "watching", "facing"),
    "watching": ("watching", "looking at"),
    "eating": ("eating", "chewing on", "having"),
    "hanging on": ("hanging on", "on", "hung on"),
    "parked on": ("parked on", "on", "standing on"),
    "covered by": ("covered by", "covered with", "under"),
    "using": ("using", "working with"),
}
# 'Does the man wear a hat?'
DOES_WORDS = {
    "wearing": ("wear", "have on"),
    "holding": ("hold",),
    "carrying": ("carry",),
    "riding": ("ride",),
    "eating": ("eat",),
    "looking at": ("look at",),
    "watching": ("watch",),
    "using": ("use",),
    "sitting on": ("sit on",),
    "standing on": ("stand on",),
    "lying on": ("lie on", "lay on"),
    "pulling": ("pull",),
    "throwing": ("throw",),
    "hitting": ("hit",),
    "catching": ("catch",),
}
LEFT_RIGHT_VERIFY = ways(
    "{is} {x} {w} {y}",
    f"{KNOW_IF} {{x}} {{is}} {{w}} {{y}}|{SEE} {{x}} {{w}} {{y}}|{{x}} {{is}} {{w}} {{y}}{RIGHT}"
    f"|would you say( that|) {{x}} {{is}} {{w}} {{y}}"
    f"|is it true that {{x}} {{is}} {{w}} {{y}}|{{is}} {{x}} (located|placed|positioned|situated|found|somewhere"
    f"|standing) {{w}} {{y}}|{{x}} {{w}} {{y}}"
    f"|{{is}} {{x}} {{w}} {{y}} (or not|in {PICTURE}|here)|can {{x}} be seen {{w}} {{y}}|{{do}} {{x}} (appear"
    f"|stand) {{w}} {{y}}"
    f"|if you look {{w}} {{y}}, (do you see|is there) {{x}}|{{w}} {{y}}, is that {{x}}"
    f"|do we find {{x}} {{w}} {{y}}|is it {{x}} that is {{w}} {{y}}"
    f"|in {PICTURE}, {{is}} {{x}} {{w}} {{y}}"
    f"|{CLAIM} {{x}} {{is}} {{w}} {{y}}|{CLAIM} {{x}} {{is}} {{w}} {{y}}|{BELIEF} {{x}} {{is}} {{w}} {{y}}{RIGHT}"
    f"|{{do}} {{x}} (sit|lie|come|show up|appear|stand|rest) {{w}} {{y}}"
    f"|comparing {{x}} and {{y}}, {{is}} {{x}} the one (on|to) the {{side}}"
    f"|{{is}} {{x}} the one on the {{side}} and {{y}} the one on the {{other}}"
    f"|{{is}} {{x}} on the {{side}} and {{y}} on the {{other}}"
    f"|{{x}}: {{is}} {{it}} {{w}} {{y}}|of {{x}} and {{y}}, is {{x}} (further|more) (to the |){{side}}|do i (see"
    f"|find) {{x}} {{w}} {{y}}"
    f"|{{is}} {{x}} (more|further) {{side}} than {{y}}|with respect to {{y}}, {{is}} {{x}} (to|on) the {{side}}"
    f"|{{w}} {{y}}, do you see {{x}}"
    f"|from {{y}}, do i look {{side}} to see {{x}}|{{is}} {{y}} on the {{other}} and {{x}} on the {{side}}"
    f"|{{w}} {{y}} {{is}} {{x}}{RIGHT}"
    f"|{{is}} {{x}} (closer|nearer) to the {{side}} (edge|border|side|end)( of {PICTURE}|) than {{y}}"
    f"|(going|reading|looking|counting) from {{side}} to {{other}}, {{do}} {{x}} come (before|ahead of) {{y}}"
    f"|{{x}} on the {{side}} and {{y}} on the {{other}}{RIGHT}"
    f"|starting (at|from) the {{side}}, {{do}} {{x}} come before {{y}}"
    f"|(do|would|should) (i|you|we) look {{side}} of {{y}} to (see|find) {{x}}"
    f"|with {{y}} in the middle, {{is}} {{x}} {{side}}"
    f"|{{is}} {{x}} (on|to|at) {{y}}'s {{side}}( side|)|seen from {{y}}, {{is}} {{x}} (on|to) the {{side}}",
    heard("verify_side"),
)
LEFT_RIGHT_CHOOSE = ways(
    "{is} {x} to the {p} or (to |)the {q} of {y}|{is} {x} (to|on) the {p} or {q} of {y}|{is} {x} {p} or {q} of {y}",
    f"{{is}} {{x}} on the {{p}} or {{q}} side of {{y}}|where {{is}} {{x}}, {{p}} or {{q}} of {{y}}|(which"
    f"|what) side of {{y}} {{is}} {{x}} on"
    f"|on which side of {{y}} {{is}} {{x}}|{KNOW_IF} {{x}} {{is}} (to the |){{p}} or (to the |){{q}} of {{y}}"
    f"|{KNOW} on which side of {{y}} {{x}} {{is}}"
    f"|{{x}}, {{p}} or {{q}} of {{y}}|{{is}} {{x}} further {{p}} or further {{q}} than {{y}}"
    f"|would you say {{x}} {{is}} {{p}} or {{q}} of {{y}}|compared (to|with) {{y}}, {{is}} {{x}} (more |)(to the "
    f"|on the |){{p}} or {{q}}"
    f"|{{x}} {{is}} on (which|what) side of {{y}}|{{p}} or {{q}} of {{y}}: where {{is}} {{x}}"
    f"|relative to {{y}}, {{is}} {{x}} on the {{p}} or (on |)the {{q}}"
    f"|in {PICTURE}, {{is}} {{x}} {{p}} or {{q}} of {{y}}"
    f"|in (which|what) direction (from|of) {{y}} {{is}} {{x}}"
    f"|{{is}} {{x}} on the {{p}} hand or the {{q}} hand of {{y}}|(which|what) direction is it from {{y}} to {{x}}"
    f"|from {{y}}, do i look {{p}} or {{q}} to see {{x}}|do you find {{x}} {{p}} or {{q}} of {{y}}"
    f"|comparing {{x}} with {{y}}, {{is}} {{x}} (further |more |){{p}} or {{q}}"
    f"|on which side of {{y}} (do|can|would) (you|i|we) (see|find) {{x}}|{{y}} has {{x}} on which side"
    f"|how {{is}} {{x}} placed relative to {{y}}, {{p}} or {{q}}"
    f"|{{do}} {{x}} (sit|lie|stand|appear) {{p}} or {{q}} of {{y}}"
    f"|with respect to {{y}}, where {{is}} {{x}}, {{p}} or {{q}}|tell me if {{x}} {{is}} {{p}} or {{q}} of {{y}}",
    heard("choose_side"),
)
RELATED_VERIFY = ways(
    "{is} {x} {w} {y}",
    f"{KNOW_IF} {{x}} {{is}} {{w}} {{y}}|{SEE} {{x}} {{w}} {{y}}|{{x}} {{is}} {{w}} {{y}}{RIGHT}"
    f"|would you say( that|) {{x}} {{is}} {{w}} {{y}}"
    f"|is it true that {{x}} {{is}} {{w}} {{y}}|{{x}} {{w}} {{y}}|is it {{y}} that {{x}} {{is}} {{w}}"
    f"|{{is}} {{x}} really {{w}} {{y}}"
    f"|do you think {{x}} {{is}} {{w}} {{y}}|in {PICTURE}, {{is}} {{x}} {{w}} {{y}}"
    f"|{{is}} {{x}} {{w}} {{y}} or not|does it look like {{x}} {{is}} {{w}} {{y}}"
    f"|{CLAIM} {{x}} {{is}} {{w}} {{y}}|{CLAIM} {{x}} {{is}} {{w}} {{y}}|{BELIEF} {{x}} {{is}} {{w}} {{y}}{RIGHT}"
    f"|{{x}}: {{is}} {{it}} {{w}} {{y}}"
    f"|do we see {{x}} {{w}} {{y}}|can {{x}} be seen {{w}} {{y}}|looking at {{x}}, {{is}} {{it}} {{w}} {{y}}"
    f"|what about {{x}}, {{is}} {{it}} {{w}} {{y}}",
)
ABOVE_VERIFY = ways(
    "{is} {x} {w} {y}",
    f"{KNOW_IF} {{x}} {{is}} {{w}} {{y}}|{SEE} {{x}} {{w}} {{y}}|{{x}} {{is}} {{w}} {{y}}{RIGHT}"
    f"|would you say {{x}} {{is}} {{w}} {{y}}"
    "|is it true that {x} {is} {w} {y}|{x} {w} {y}|{is} {x} (located|positioned|placed) {w} {y}"
    "|if you look {w} {y}, do you see {x}"
    f"|{CLAIM} {{x}} {{is}} {{w}} {{y}}|{CLAIM} {{x}} {{is}} {{w}} {{y}}|{BELIEF} {{x}} {{is}} {{w}} {{y}}{RIGHT}"
    f"|{{do}} {{x}} (sit|lie|appear|hang|come) {{w}} {{y}}"
    f"|do we see {{x}} {{w}} {{y}}|comparing {{x}} and {{y}}, {{is}} {{x}} {{w}} {{y}}",
)
TWO_WAYS = ways(
    "{is} {x} {p} or {q} {y}",
    "where {is} {x}, {p} or {q} {y}|would you say {x} {is} {p} or {q} {y}|{x}, {p} or {q} {y}"
    "|can you tell whether {x} {is} {p} or {q} {y}"
    "|{is} {x} {p} {y} or {q} it|tell me if {x} {is} {p} or {q} {y}|{x} {is} {p} or {q} {y}"
    "|do you see {x} {p} or {q} {y}",
)
