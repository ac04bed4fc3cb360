"""'Is there a dog?' {one} is 'a dog', {any} 'any dog', {many} 'dogs'."""

from models.data.questions.wordings.fragments import BELIEF, CLAIM, IN_PICTURE, KNOW_IF, PICTURE, RIGHT, SEE, ways
from models.data.questions.wordings.shapes import heard

SINGLE = ways(
    f"is there {{one}}{IN_PICTURE}|is there {{one}}{IN_PICTURE}|(do|can) you see {{one}}{IN_PICTURE}"
    f"|does {PICTURE} (show|have|contain) {{one}}|is there {{any}}{IN_PICTURE}",
    f"is {{one}} (visible|shown|present|pictured|to be seen|there|here|around)( in {PICTURE}|)"
    f"|is {{one}} (in|on|part of|anywhere in|somewhere in) {PICTURE}"
    f"|there is {{one}}{IN_PICTURE}{RIGHT}|{{one}}{IN_PICTURE}|{{any}}{IN_PICTURE}"
    f"|{KNOW_IF} there is {{one}}{IN_PICTURE}"
    f"|{KNOW_IF} {PICTURE} (has|shows|contains|includes) {{one}}|{KNOW_IF} you (see|can see|spot"
    f"|find) {{one}}{IN_PICTURE}"
    f"|{SEE} {{one}}{IN_PICTURE}|{SEE} {{any}}{IN_PICTURE}|(does|did) {PICTURE} (include|feature|depict|show) {{one}}"
    f"|can {{one}} be (seen|found|spotted){IN_PICTURE}|does {{one}} (appear|show up){IN_PICTURE}"
    f"|has {PICTURE} got {{one}}( in it|)|would you say there is {{one}}{IN_PICTURE}"
    f"|is it true that there is {{one}}{IN_PICTURE}"
    f"|is there {{one}} or not|is there maybe {{one}}{IN_PICTURE}|see {{one}}( here| anywhere|)"
    f"|{{one}} or no {{bare}}"
    f"|is {{one}} something you (can |)see{IN_PICTURE}|does it (have|show|contain) {{one}}( in it|)"
    f"|do we have {{one}} here"
    f"|is there really {{one}}{IN_PICTURE}|was there {{one}}{IN_PICTURE}|(did|could) you (see|notice|spot"
    f"|find) {{one}}{IN_PICTURE}"
    f"|looking at {PICTURE}, is there {{one}}|in {PICTURE}, is there {{one}}|is there {{one}} (around|nearby"
    f"|somewhere|at all)"
    f"|does anything here look like {{one}}|is one of the (things|objects){IN_PICTURE} {{one}}|is that {{one}} i see"
    f"|find {{one}}|is there no {{bare}} or is there {{one}}|{{bare}}{IN_PICTURE}"
    f"|i am looking for {{one}}, is there one"
    f"|can you point out {{one}}|do you happen to see {{one}}{IN_PICTURE}|anything like {{one}} here"
    f"|{CLAIM} there is {{one}}{IN_PICTURE}|{BELIEF} there is {{one}}{IN_PICTURE}{RIGHT}|{CLAIM} {PICTURE} (has"
    f"|shows|contains) {{one}}|{{one}}: is there one{IN_PICTURE}"
    f"|is {{one}} among the things{IN_PICTURE}|am i seeing {{one}}|would i find {{one}}{IN_PICTURE}"
    f"|is there an instance of {{one}}|do i see {{one}}{IN_PICTURE}",
    heard("exists"),
)
SEVERAL = ways(
    f"are there (any |some ||any ){{many}}{IN_PICTURE}|any {{many}}( here| in {PICTURE}||)"
    f"|(do|can) you see (any |){{many}}{IN_PICTURE}|does {PICTURE} (show|have|contain) (any |){{many}}",
    f"are (there |)(any |some |){{many}} (visible|shown|present|around|here|pictured)|{{many}}{IN_PICTURE}"
    f"|any {{many}}{IN_PICTURE}"
    f"|(are|r) there {{many}} (in it|around|at all|anywhere)|{KNOW_IF} there are (any |some |){{many}}{IN_PICTURE}"
    f"|{KNOW_IF} {PICTURE} (has|shows|contains) (any |some |){{many}}|{KNOW_IF} you (see|can see|spot) (any "
    f"|some |){{many}}"
    f"|{SEE} (any |some |){{many}}{IN_PICTURE}|(does|did) {PICTURE} (include|feature|depict) (any |some |){{many}}"
    f"|can (any |some |){{many}} be (seen|found){IN_PICTURE}|do (any |some |){{many}} (appear|show up){IN_PICTURE}"
    f"|has {PICTURE} got (any |some |){{many}}( in it|)|would you say there are (any |){{many}}{IN_PICTURE}"
    f"|there are (some |){{many}}{IN_PICTURE}{RIGHT}|is it true that there are (some |){{many}}{IN_PICTURE}"
    f"|are there {{many}} or not|see any {{many}}( here|)|does it (have|show) (any |some |){{many}}"
    f"|do we have (any |){{many}} here"
    f"|were there (any |){{many}}{IN_PICTURE}|(did|could) you (see|notice|spot) (any |){{many}}"
    f"|got any {{many}}( here| in {PICTURE}|)"
    f"|in {PICTURE}, are there (any |){{many}}|looking at {PICTURE}, are there (any |){{many}}|{{many}} anywhere"
    f"|is there any {{many}}{IN_PICTURE}|are any {{many}} (in|on) {PICTURE}|{{many}} yes or no"
    f"|{CLAIM} there are (any |some |){{many}}{IN_PICTURE}|{BELIEF} there are {{many}}{IN_PICTURE}{RIGHT}"
    f"|{CLAIM} {PICTURE} (has|shows|contains) (some |){{many}}"
    f"|are (any |){{many}} among the things{IN_PICTURE}|would i find (any |){{many}}{IN_PICTURE}|do i see (any "
    f"|some |){{many}}{IN_PICTURE}",
)
ANYBODY = (
    "is (there |)(anyone|anybody|somebody|someone)( there| here| in {picture}| around| visible|)"
    "|(do|can) you see (anyone|anybody|someone|a person|people)( here|)|are there any people( here| in {picture}|)"
    "|is {picture} empty of people or is (anyone|somebody) there|does {picture} (show|have) (anyone|anybody"
    "|people) in it"
    f"|{KNOW_IF} (anyone|anybody|somebody|someone) is (here|there|in {{picture}})|any (people|humans|persons"
    f"|ppl)( here| in {{picture}}|)"
    "|(anyone|anybody) (here|there|around|in {picture})|did they photograph (anyone|anybody)"
    "|are there humans in {picture}"
)
RELATED_SINGLE = ways(
    "is there {one} {w} {x}|(do|can) you see {one} {w} {x}|is there {any} {w} {x}",
    f"{KNOW_IF} there is {{one}} {{w}} {{x}}|{SEE} {{one}} {{w}} {{x}}|is {{one}} {{w}} {{x}}|{{any}} {{w}} {{x}}"
    f"|there is {{one}} {{w}} {{x}}{RIGHT}|does {PICTURE} show {{one}} {{w}} {{x}}|{{w}} {{x}}, is there {{one}}"
    "|is there maybe {one} {w} {x}|is it {one} that is {w} {x}|would you say there is {one} {w} {x}|{one} {w} {x}",
)
RELATED_SEVERAL = ways(
    "are there (any |){many} {w} {x}|(do|can) you see (any |){many} {w} {x}|any {many} {w} {x}",
    f"{KNOW_IF} there are (any |){{many}} {{w}} {{x}}|{SEE} (any |some |){{many}} {{w}} {{x}}|are (any |some "
    f"|){{many}} {{w}} {{x}}"
    f"|there are {{many}} {{w}} {{x}}{RIGHT}|does {PICTURE} show (any |){{many}} {{w}} {{x}}"
    f"|{{w}} {{x}}, are there (any |){{many}}"
    "|{many} {w} {x}",
)
