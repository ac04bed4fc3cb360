"""'What color is the car?' {x} is 'the car', {bare} 'car', {c} and {d} colours, {is} and {do} the verbs that fit."""

from models.data.questions.wordings.fragments import BELIEF, CLAIM, GIVE, KNOW, KNOW_IF, PICTURE, RIGHT, ways
from models.data.questions.wordings.shapes import heard

WHAT_COLOUR = ways(
    "what color {is} {x}|what color {is} {x}|what is the color of {x}|which color {is} {x}|what color {do} {x} have",
    f"{{x}} {{is}} (what|which) color|what color do you think {{x}} {{is}}|{{bare}} color|color {{bare}}|(the "
    f"|)color of {{x}}"
    f"|{{x}} (has|is in) what color|which color do you think {{is}} {{x}}|what {{is}} the color of {{x}}"
    f"|of what color {{is}} {{x}}"
    f"|(what|which) color would you (say|call|give) {{x}}|what color would you say {{x}} {{is}}"
    f"|which color {{do}} {{x}} have"
    f"|what color {{is}} {{x}} in {PICTURE}|in (what|which) color {{is}} {{x}}|{KNOW} (what|which) color {{x}} {{is}}"
    f"|{KNOW} the color of {{x}}|{GIVE} the color of {{x}}|what {{is}} {{x}} colored|how {{is}} {{x}} colored"
    f"|what color has {{x}}"
    f"|what color {{do}} {{x}} (look|seem|appear)( to be| like|)|what color {{is}} {{x}} (painted|colored)"
    f"|{{bare}}'s color"
    f"|what is {{x}}'s color|(what|which) (shade|hue|tint) {{is}} {{x}}|what is the (shade|hue|main color"
    f"|dominant color) of {{x}}"
    f"|color of {{bare}}|what color you see on {{x}}|what color can you see on {{x}}"
    f"|do you see what color {{x}} {{is}}"
    f"|{{x}}, what color {{is}} {{it}}|{{x}}: (what |which |)color|looking at {{x}}, what color {{is}} {{it}}"
    f"|what colors {{is}} {{x}}"
    f"|what is the color that {{x}} {{is}}|{{is}} {{x}} what color|i want to know what color {{x}} {{is}}"
    f"|how would you describe the color of {{x}}"
    f"|what color did they paint {{x}}|which color best describes {{x}}|what is the color on {{x}}"
    f"|in {PICTURE}, what color {{is}} {{x}}",
    heard("colour"),
)
VERIFY = ways(
    "{is} {x} {c}|{is} {x} {c}|{do} {x} look {c}|is the color of {x} {c}",
    f"{{do}} {{x}} have {{c}} color|{{do}} {{x}} have a {{c}} color|{{is}} {{x}} {{c}} in color|would you (say"
    f"|call) (that |){{x}} {{is}} {{c}}"
    f"|{{is}} that {{bare}} {{c}}|{{x}} {{is}} {{c}}{RIGHT}|{{do}} {{x}} (appear|seem) (to be |){{c}}"
    f"|{KNOW_IF} {{x}} {{is}} {{c}}"
    f"|{{is}} {{x}} (really|actually|mostly|mainly) {{c}}|is it true that {{x}} {{is}} {{c}}"
    f"|{{is}} {{x}} colored {{c}}|{{is}} {{x}} (painted |){{c}}"
    f"|{{is}} {{c}} the color of {{x}}|{{x}}, {{is}} {{it}} {{c}}|is the {{bare}} {{c}} or not|{{bare}} {{c}}"
    f"|{{is}} {{x}} of {{c}} color"
    f"|can you confirm {{x}} {{is}} {{c}}|do you think {{x}} {{is}} {{c}}"
    f"|do you see a {{c}} {{bare}} or is it some other color"
    f"|{CLAIM} {{x}} {{is}} {{c}}|{CLAIM} {{x}} {{is}} {{c}}|{BELIEF} {{x}} {{is}} {{c}}{RIGHT}",
)
CHOOSE = ways(
    "{is} {x} {c} or {d}|{is} {x} {c} or {d}|what color {is} {x}, {c} or {d}",
    f"{{do}} {{x}} look {{c}} or {{d}}|which color {{is}} {{x}}, {{c}} or {{d}}"
    f"|is the color of {{x}} {{c}} or {{d}}|{{x}}: {{c}} or {{d}}"
    f"|{{is}} it a {{c}} or a {{d}} {{bare}}|{{is}} {{x}} (more |){{c}} or (more |){{d}}"
    f"|{KNOW_IF} {{x}} {{is}} {{c}} or {{d}}"
    f"|{{c}} or {{d}} {{bare}}|{{c}} or {{d}}: what color {{is}} {{x}}|{{do}} {{x}} (appear|seem) (to be "
    f"|){{c}} or {{d}}"
    f"|{{is}} {{x}} {{c}} or {{is}} {{it}} {{d}}|would you say {{x}} {{is}} {{c}} or {{d}}"
    f"|{{is}} the {{bare}} {{c}} or rather {{d}}"
    f"|which is it for {{x}}, {{c}} or {{d}}|{{is}} {{x}} {{c}} or maybe {{d}}|{{x}}, {{c}} or {{d}}"
    f"|{{is}} {{x}} {{c}} in color or {{d}}",
)
