"""Parts of sentences that questions of many types share. See `phrasing` for the notation."""

_PICTURE_WORD = "(picture|photo|image|picture|photo|image|pic|photograph|shot|scene|snapshot)"
PICTURE = f"(the|the|this) {_PICTURE_WORD}"
IN_PICTURE = f"( in {PICTURE}| here| in it| anywhere in {PICTURE}| on {PICTURE}| in there||||)"
WHO_LOOKS = "(you|you|you|we|one|i|u)"
SEE = f"((do|can|do|can) {WHO_LOOKS} (see|see|see|spot|find|notice|make out))"
_ASK = (
    "(can you (tell me|say|tell|see|check|make out)|could you (tell me|check|say)|do you know|i (want|need) to know"
    "|i would like to know|i'd like to know|i wonder|i'm wondering|tell me|please tell me|let me know|any idea|check"
    "|please say|say|i can't tell|i'm not sure|just tell me|would you know|help me figure out|please check|wondering)"
)
KNOW_IF = f"{_ASK} (if|whether)"
KNOW = (
    "(can you (tell me|say|tell|see)|could you (tell me|say)|do you know|i (want|need) to know|i would like to know"
    "|i'd like to know|i wonder|tell me|tell me|please tell me|let me know|any idea|please say|say"
    "|just tell me|guess|would you know)"
)
GIVE = "(tell me|give me|name|state|say|please name|please give|i want|i need|what about|describe|identify)"
RIGHT = "(, right|, correct|, yes or no|, true or false|, is that right|, is that true|, or not|, no| right| yes or no)"
# Before a statement whose truth is asked for.
CLAIM = (
    "(is it true that|is it correct that|is it the case that|am i right that|can we say( that|)|would you say( that|)"
    "|do you think( that|)|would you agree that|can you confirm that|is it right that|does it look like"
    "|does it seem like"
    "|do you agree that|is it fair to say that|could it be that|do you believe|true or false:|yes or no:)"
)
# A statement that waits for agreement.
BELIEF = (
    "(i think|i believe|i guess|looks like|it looks as if|i would say|i'd say|seems like|apparently"
    "|to me it looks like||)"
)


def ways(plain: str, free: str, shaped: str = "") -> str:
    """A template that gives two plain wordings to three free ones; shaped: of the free ones, more than a half."""
    if shaped:
        return f"(({plain})|({plain})|({free})|{shaped}|{shaped})"
    return f"(({plain})|({plain})|({free})|({free})|({free}))"
