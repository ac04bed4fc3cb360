"""'Indoors or outdoors?', 'where was this taken?' {w} is 'indoors', {adjective} 'indoor', {p} and {q} 'a kitchen'."""

from models.data.questions.wordings.fragments import KNOW, KNOW_IF, PICTURE, RIGHT, ways
from models.data.questions.wordings.shapes import heard

# How people say 'indoors' and 'outdoors'.
INDOORS = (
    "indoors",
    "inside",
    "indoors",
    "inside",
    "in a building",
    "inside a building",
    "in a room",
    "within four walls",
    "under a roof",
    "inside somewhere",
)
OUTDOORS = (
    "outdoors",
    "outside",
    "outdoors",
    "outside",
    "in the open",
    "out in the open",
    "in the open air",
    "out of doors",
    "under the open sky",
    "outside somewhere",
    "outside of a building",
)
_WITHIN = "(in a building|inside a building|in a room|under a roof|inside a house|within walls)"
_OUT = "(outside|outdoors|in the open|out in the open|in the open air|under the sky)"
_EITHER = (
    "(indoors or outdoors|outdoors or indoors|inside or outside|outside or inside"
    f"|{_WITHIN} or {_OUT}|{_OUT} or {_WITHIN})"
)
_SCENE = "(scene|photo|picture|place|setting|image|shot)"
CHOOSE_INDOORS = ways(
    f"(is|was) (this|it|{PICTURE}) (taken |){_EITHER}|{_EITHER}|is it {_EITHER}( here| in the picture|)",
    f"is (this|it) an (indoors or outdoors|outdoors or indoors|indoor or outdoor|outdoor or indoor) {_SCENE}"
    f"|are (we|they) {_EITHER}|(was|is) (the photo|the picture|this|it) (shot|taken|made|photographed|set"
    f"|snapped) {_EITHER}"
    f"|does {PICTURE} show (the inside or the outside|an indoor or an outdoor scene|an outdoor or an indoor place)"
    f"|{KNOW_IF} (this|it|{PICTURE}) (is|was taken) {_EITHER}|(an |)(indoor or outdoor"
    f"|outdoor or indoor)( {_SCENE}|)|{_EITHER}, which is it"
    f"|did they (take|shoot) (this|it|{PICTURE}) {_EITHER}|does this take place {_EITHER}"
    f"|would you say this is {_EITHER}"
    f"|does (this|it) look like (it is |){_EITHER}|is (the|this) (setting|location|place|scene) {_EITHER}"
    f"|is (this|it) (an interior or an exterior"
    f"|an exterior or an interior)( {_SCENE}|)|is the photographer {_EITHER}|was the (camera"
    f"|photographer) {_EITHER}|are we looking at something {_EITHER}"
    f"|{PICTURE}, {_EITHER}|is everything {_EITHER}( here|)|is this happening {_EITHER}"
    f"|which one is it, {_EITHER}|is this {_EITHER}, (what do you think|tell me)",
    heard("indoors"),
)
VERIFY_INDOORS = ways(
    f"(is|was) (this|it|{PICTURE}) (taken |){{w}}|is (this|it) {{w}}|is it an {{adjective}} {_SCENE}",
    f"are (we|they) {{w}}|was (this|{PICTURE}) (shot|made|snapped|photographed) {{w}}"
    f"|does this look like it is {{w}}|is the scene {{w}}"
    f"|{KNOW_IF} (this|it) (is|was taken) {{w}}|this (is|was taken) {{w}}{RIGHT}|is (this"
    f"|that) an {{adjective}} {_SCENE}"
    f"|would you say (this|it) is {{w}}|did they (take|shoot) (this|it) {{w}}|is this happening {{w}}"
    f"|does this take place {{w}}|{{w}}, yes or no"
    f"|{{adjective}} {_SCENE}{RIGHT}|is the (photographer|camera) {{w}}|is everything {{w}} here"
    f"|is it true that this is {{w}}|was it {{w}}"
    f"|does {PICTURE} show an {{adjective}} (scene|place|setting)|looks {{w}} to me{RIGHT}"
    f"|do you think this is {{w}}",
)
WHERE_TAKEN = ways(
    f"where was (this|it|{PICTURE}) taken|where is this|where are we|what (kind of |type of |)place is (this|it"
    f"|shown|pictured)",
    f"which place is (it|this)|what is the place called|where was (this|it)( photo|) (shot|made|photographed"
    f"|snapped)|what does {PICTURE} show"
    f"|what location is this|what is the (location|setting|place)( here| of {PICTURE}|)|where (could|might"
    f"|would) this be"
    f"|what place (was|is) {PICTURE} taken (at|in)|where is this( scene|) (happening|taking place|set|located"
    f"|going on)"
    f"|what (kind of |sort of |type of |)(setting|scene|environment|location) is this|which place (is shown"
    f"|do you see|is pictured)"
    f"|in what place are we|where did they take (this|it|{PICTURE})|{KNOW} where (this|it|{PICTURE}) (is"
    f"|was taken|was shot|was made)"
    f"|{KNOW} what (kind of |)place this is|(name|tell me|identify|describe) the (place|location"
    f"|setting)( shown here| in {PICTURE}|)"
    f"|where (do you think|would you say) (this|it) (is|was taken)|at what (place|kind of place) was this taken"
    f"|where are (they|these people)"
    f"|what (kind of |)place do you see|location|place of {PICTURE}|where at|where does this take place"
    f"|where might {PICTURE} have been taken"
    f"|where was the (photographer|camera)|what sort of place are we (in|looking at)"
    f"|what place does {PICTURE} show|this place is called what",
    heard("place"),
)
WHICH_ROOM = ways(
    "what room is (this|it|shown)|which room is (this|it)|what (kind|type|sort) of room is (this|it|shown)",
    f"(what|which) room are we (in|looking at)|(what|which) room was (this|it) taken in|room type"
    f"|what room do you see|{KNOW} (what|which) room this is"
    f"|name (the|this) room|in (what|which) room (is this|are we|was this taken)|which room (of the house"
    f"|) is (this|shown)|what is this room( called|)"
    f"|what room is in {PICTURE}|what is the room called|what kind of room|which room does {PICTURE} show"
    f"|this is what room|the room is what",
)
VERIFY_PLACE = ways(
    f"is (this|it) {{p}}|is (this|{PICTURE}) (taken in|taken at) {{p}}|are we (in|at) {{p}}|was this taken (in"
    f"|at) {{p}}",
    f"is (this|{PICTURE}) (showing|of) {{p}}|(could|might) (this|the place|it) be {{p}}|does (this"
    f"|it) look like {{p}}|is (this|that) (place |){{p}}"
    f"|does {PICTURE} (show|depict) {{p}}|is it a picture of {{p}}|{KNOW_IF} this is {{p}}|this is {{p}}{RIGHT}"
    f"|would you say this is {{p}}"
    f"|are they (in|at) {{p}}|is the place {{p}}|do you think this is {{p}}|is {{p}} what we see here"
    f"|do we see {{p}} here|did they take this (in|at) {{p}}"
    "|is this happening (in|at) {p}|is the setting {p}|does this take place (in|at) {p}",
)
CHOOSE_PLACE = ways(
    "is (this|it) {p} or {q}|was this taken (at|in) {p} or {q}|are we in {p} or {q}",
    f"is {PICTURE} showing {{p}} or {{q}}|which place is it, {{p}} or {{q}}|what place is this, {{p}} or {{q}}"
    f"|does this look like {{p}} or {{q}}"
    f"|{KNOW_IF} this is {{p}} or {{q}}|{{p}} or {{q}}|could the place be {{p}} or maybe {{q}}"
    f"|is it more like {{p}} or {{q}}|do you see {{p}} or {{q}}"
    f"|where is this, {{p}} or {{q}}|was {PICTURE} taken in {{p}} or in {{q}}"
    f"|would you say this is {{p}} or {{q}}|{{p}} or {{q}}, which is it",
)
HOW_WEATHER = ways(
    "how is the weather( today||)|what is the weather like|what is the weather",
    f"how does the weather look|what kind of weather is it|how is the sky|describe the weather"
    f"|{KNOW} what the weather is( like|)"
    "|what weather (is it|do you see|do they have)|how does the sky look|what is it like (outside|out there)"
    "|weather|what are the weather conditions"
    "|how was the weather (that day|when this was taken)|what is the sky like|name the weather"
    "|what does the sky look like",
)
