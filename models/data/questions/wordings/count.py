"""'How many dogs are there?' {many} is 'dogs'."""

from models.data.questions.wordings.fragments import IN_PICTURE, KNOW, PICTURE, ways
from models.data.questions.wordings.shapes import heard

HOW_MANY = ways(
    f"how many {{many}} are in {PICTURE}|how many {{many}} are (there|there|visible|shown)( in {PICTURE}|)"
    f"|how many {{many}} are here|how many {{many}}( are there| do you see| can you see||)",
    f"what is the (number|total number|count|quantity|exact number) of {{many}}{IN_PICTURE}"
    f"|(number of|count the|amount of|count all|count|total|count up the) {{many}}{IN_PICTURE}|{{many}} count"
    f"|{{many}}, how many"
    f"|how many {{many}} (does {PICTURE} (show|have|contain|include)|do you count|can be (seen|counted|found)"
    f"|can i see)"
    f"|count of {{many}}|there are how many {{many}}{IN_PICTURE}|how many different {{many}} are there"
    f"|how many {{many}} (in total|altogether|in all|overall|exactly)|{KNOW} how many {{many}} (there are|you see"
    f"|you can see|are there)"
    f"|{KNOW} how many {{many}} are (in|on) {PICTURE}|how many {{many}} (appear|show up|are present|are pictured"
    f"|exist){IN_PICTURE}"
    f"|{KNOW} the number of {{many}}|(can|could) you count the {{many}}( for me|{IN_PICTURE})"
    f"|please count the {{many}}"
    f"|give me the (number|count) of {{many}}|of {{many}}, how many (are there|do you see)"
    f"|in {PICTURE}, how many {{many}} are there"
    f"|how many of the {{many}} (can you see|are visible)|how many {{many}} has {PICTURE} got"
    f"|how many {{many}} (do|can) (we|i|u|you) (see|find|spot)"
    f"|what number of {{many}} (do you see|are there|is shown)|how many {{many}} is there|how much {{many}} are there"
    f"|you see how many {{many}}|count how many {{many}} there are|how many {{many}} were (photographed|there)"
    f"|how many {{many}} all together"
    f"|what is the {{many}} count|how many are there, i mean {{many}}|tell me the total of {{many}}"
    f"|{PICTURE} shows how many {{many}}"
    f"|i count the {{many}}, how many do you get|do you know the number of {{many}}"
    f"|how many {{many}} would you say there are"
    f"|how numerous are the {{many}}{IN_PICTURE}|how many {{many}} (make up|are part of) (the scene|the picture)"
    f"|what would be the number of {{many}}|how many is the number of {{many}}"
    f"|in figures, how many {{many}} are there|if you count the {{many}}, (what do you get|how many are there)"
    f"|how many {{many}} (stand|sit|are placed|are seen) in {PICTURE}|how many {{many}} did they photograph"
    f"|{{many}}: (count|number|how many|total)|count every one of the {{many}}"
    f"|are there one, two or more {{many}}, how many exactly",
    heard("count"),
)
