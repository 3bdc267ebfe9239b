"""One spelling for words that British and American English, or two good dictionaries, spell apart.

What comes out need not be the better spelling: notes and queries are brought to the same one, and
nobody sees it. A word that no rule names stays as it is.
"""

from __future__ import annotations

import re

_OUR = (
    "arb|ard|arm|behavi|cand|clam|col|demean|endeav|fav|ferv|flav|harb|hon|hum|lab|neighb|od|parl"
    "|ranc|rig|rum|savi|sav|splend|tum|val|vap|vig"
)
_OUR_ENDINGS = (
    "s|ed|er|ers|ing|ings|ful|fully|less|able|ably|al|ally|ist|ists|ite|ites|hood|hoods|ly|y"
)
_SINGLE_L = (
    "cancel|channel|counsel|dial|equal|fuel|funnel|initial|label|level|libel|marshal|model|panel"
    "|pedal|pencil|quarrel|rival|shovel|signal|total|towel|travel|tunnel|unravel"
)
# Each rule takes the first spelling to the second; all that fit a word are applied in turn. A word
# without the letters that a rule begins with is not looked at closer: few have them.
_RULES = tuple(
    (letters, re.compile(pattern), put)
    for letters, pattern, put in (
        # organise, organisation; not supervise, advertise, precise, promise, enterprise, paradise.
        # To this spelling rather than the other: the stemmer knows the ending -ize alone.
        (
            "is",
            r"^(?!(?:compro|de|pre|pro|sur)mis)"
            r"(\w+(?:[aeiouy](?:[glmnprt]|gn|ll|ph|rg|rn|th)|[aeo]s|ic|id|rd))is"
            r"(?=(?:e|ed|er|ers|es|ing|able|ation|ations|ational)$)",
            r"\1iz",
        ),
        ("yz", r"(?<=\w\w)yz(?=(?:e|ed|er|ers|es|ing)$)", "ys"),
        ("or", rf"^((?:dis|un|mis|re|multi)?(?:{_OUR}))or(?=(?:{_OUR_ENDINGS})?$)", r"\1our"),
        ("er", r"^((?:epi)?cent|theat|fib|calib|lust|meag|somb|spect|lit)er(?=s?$)", r"\1re"),
        ("er", r"^((?:centi|kilo|milli)(?:met|lit))er(?=s?$)", r"\1re"),
        ("ll", rf"^({_SINGLE_L})l(?=(?:ed|er|ers|ing|ings|or|ors|ation|ations)$)", r"\1"),
        ("ll", r"^(distil|enrol|fulfil|instil)l(?=s?$|ments?$)", r"\1"),
        ("ll", r"^instal(?=lments?$)", "insta"),
        ("ll", r"^((?:un)?(?:skil|wil))lful(?=ly$|$)", r"\1ful"),
        ("licenc", r"licenc(?=(?:e|ed|es|ing|ee|ees)$)", "licens"),
        ("practis", r"practis(?=(?:e|ed|es|ing)$)", "practic"),
        ("ense", r"^(def|off|pret)ense(?=s?$|less$)", r"\1ence"),
        ("programme", r"programme(?=s?$)", "program"),
        ("gray", r"^gray(?=(?:s|ed|er|ing|ish)?$)", "grey"),
        ("dgment", r"dgment(?=(?:s|al)?$)", "dgement"),
        ("enquir", r"^(re)?enquir", r"\1inquir"),
        ("log", r"^((?:ana|cata|dia|mono|epi|pro)log)(?=s?$)", r"\1ue"),
        ("ae", r"^(an|arch|encyclop|gyn|h|leuk|medi|orthop|p)ae(?=[cdmosv])", r"\1e"),
    )
)
# Words that follow no rule, and plurals that the stemmer does not bring to their singular.
_WORDS = dict(
    pair.split(">")
    for pair in """
    aging>ageing airplane>aeroplane airplanes>aeroplanes aluminum>aluminium artifact>artefact
    artifacts>artefacts burned>burnt byelaw>bylaw byelaws>bylaws centered>centred
    centering>centring cozy>cosy diarrhea>diarrhoea draftsman>draughtsman dreamed>dreamt
    fetal>foetal fetus>foetus gaol>jail jewelry>jewellery leaned>leant learned>learnt
    maneuver>manoeuvre maneuvers>manoeuvres mold>mould molds>moulds moldy>mouldy
    mustache>moustache pajamas>pyjamas plow>plough plows>ploughs skeptic>sceptic
    skeptical>sceptical spelled>spelt spoiled>spoilt sulfur>sulphur toward>towards
    woolen>woollen
    buses>bus busses>bus children>child gases>gas knives>knife mice>mouse shelves>shelf teeth>tooth
    wives>wife women>woman
    """.split()
)


def one_spelling(word: str) -> str:
    """The spelling that a folded word (without case and accents) is indexed and looked up in."""
    if word in _WORDS:
        return _WORDS[word]
    for letters, pattern, put in _RULES:
        # To look first is quicker: what is put is prepared before it is known to be needed.
        if letters in word and pattern.search(word):
            word = pattern.sub(put, word)
    return word
