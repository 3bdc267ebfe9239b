"""Words that only the site around a note uses, so that neither links nor length give them away."""

from __future__ import annotations

import re

# What the lines of a site begin with, or are, in lower case as all three patterns are: letters of
# either case would take the patterns twice as long.
_BEGINS = re.compile(
    r"skip to\b|share (?:this|on)\b|print (?:this|page)\b|email this\b|back to (?:the )?top\b"
    r"|(?:return|go) to (?:the )?top\b"
    r"|(?:page )?last (?:updated|modified|reviewed|published)\b|in this section\b"
    r"|you are here\b|related (?:pages|links|content|articles|documents|posts)\b"
    r"|leave a (?:reply|comment)\b|important announcement\b|posted (?:on|in|by)\b"
    r"|filed under\b|accessibility\b|site ?map\b"
    r"|search(?: (?:this|the) (?:site|web ?site)| for| our site)?\W*$|quick links\b|popular\b"
    r"|(?:main )?(?:menu|navigation)$|report it\b|my ?account\b|home\s*[>»/›]"
    r"|(?:next|previous) (?:page|post|article)\b|you (?:may|might) also\b|see also$|related$"
    r"|more (?:from|like|in this)\b|also (?:in|here)\b"
    r"|stay (?:up to date|in touch|connected)\b|get (?:a|our) (?:daily|weekly|monthly)\b"
    r"|you are (?:in|here)\b|tell (?:us what|a friend)\b|top of (?:the )?page\b"
    r"|contact (?:us|the team)$|tagged\b|categor(?:y|ies)$"
    r"|recent (?:posts|news|comments|articles)\b|archives?$|a to z\b|a-z\b|did you find\b"
    r"|listen to this\b|\(?(?:opens|link opens) in new window\)?$|tel(?:ephone)?:?\s[\d\s()]+$"
    r"|(?:read (?:more|next)|see more)(?::|\W*$)|don.t miss$|advert(?:isement)?s?$"
    r"|image \d+ of \d+$"
    r"|fax\b|follow\b.{0,30}$|all services$|services$"
    r"|(?:home|menu|search|close|login|log in|sign in|register|share|print|contents|feedback)$",
)
# What stands anywhere in them, and words of which each of these has one: few lines have any.
_WITHIN = re.compile(
    r"\bcookies?\b|\bjavascript\b|\ball rights reserved\b|\bcopyright\b|©"
    r"|\bprivacy (?:policy|notice)\b|\bskip to (?:main )?content\b"
    r"|\b(?:was|is|did you find) this (?:page|information)\b|\bthis page (?:useful|helpful)\b"
    r"|\bfollow us\b|\bsign up (?:to|for) (?:our|the|e)\b|\bnewsletter\b|\bpowered by\b"
    r"|\bweb ?site (?:is )?(?:designed|maintained)\b|\btextphone\b",
)
_SIGNS = (
    *("cookie", "javascript", "rights reserved", "copyright", "©", "privacy", "skip to"),
    *("this page", "this information", "follow us", "sign up", "newsletter", "powered by"),
    *("site designed", "site maintained", "site is ", "textphone"),
)

# What ends the text of a page: all that follows is the site's, unless numbered text goes on.
_ENDS = re.compile(
    r"^(?:you (?:may|might) also|see also|related\b|more (?:technical notes|news|from|like)|"
    r"other (?:technical notes|briefings|news|pages)|rate this\b|share\b.{0,20}$|keep me posted|"
    r"stay (?:up to date|in touch|connected)|(?:\d+|no) (?:thoughts|comments|replies) on|"
    r"leave a (?:reply|comment)|downloaded from|printed from|source url|file archived on|"
    r"(?:[‹«<←]\s*)?(?:back to|previous(?=:)|next(?=:)|return to)\b|"
    r"(?:page )?last (?:updated|modified|reviewed)|(?:was|is|did you find) this (?:page"
    r"|information)|"
    r"how would you rate|tell us what|print this|email this|sign up|get (?:email|a weekly|our)|"
    r"subscribe|follow us|follow the council)\b",
)
# A link to a document of the note's own.
DOCUMENT_LINK = re.compile(
    r"\bappendi(?:x|ces)\b|\bannex\b|\b(?:pdf|docx?|xlsx?|kb|mb)\b|\bnew window\b",
    re.IGNORECASE,
)
# A postal code: the council's own address stands in no sentence.
POSTAL = re.compile(r"\b[A-Z]{1,2}\d{1,2}[A-Z]?\s?\d[A-Z]{2}\b")


def is_of_the_site(words: str) -> bool:
    """Whether a heading or line is one that sites print around their text."""
    lowered = words.lower()
    if _BEGINS.match(lowered) or _ENDS.match(lowered):
        return True
    return any(sign in lowered for sign in _SIGNS) and bool(_WITHIN.search(lowered))


def ends_the_text(words: str) -> bool:
    """Whether a line is one after which all that follows is the site's."""
    return bool(_ENDS.match(words.lower()))
