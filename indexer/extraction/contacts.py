"""Telephone numbers, e-mail addresses and pronouns, which are no part of a person's post."""

from __future__ import annotations

import re

# What separates contacts from the words before them goes with them. No pattern gives back what it
# has taken, or begins inside a run, so that a line of nothing but commas is read once.
_BEFORE = r"(?:(?<![\s,;(–-])[\s,;(–-]++)?"
_LABEL = (
    r"(?:\b(?:(?:direct\s++)?(?:tel(?:ephone)?|phone|dial)|contact|mob(?:ile)?|ext(?:ension)?|[tmd])\b"
    r"[.:]?\s*+(?:(?:no\b\.?|number)[.:]?\s*+)?)"
)
# A whole number, or a local one in the grouping of seven figures.
_NUMBER = r"(?:(?:\+44[\s(0)]{0,16}|\(?0)\d[\d\s()-]{6,}\d\)?|\b\d{3}\s\d{4}\b)"
_EXTENSION = r"(?:\b(?:ext(?:ension)?\b\.?:?\s*+(?:no\.?\s*+)?|x\s?)\d{3,6}\b)"
_PHONE = re.compile(
    rf"{_BEFORE}(?:{_LABEL}?{_NUMBER}|{_EXTENSION})"
    rf"(?:\s*+(?:(?:\bor\b|\band\b|[/,;&])\s*+)?(?:{_LABEL}?{_NUMBER}|{_EXTENSION}))*+\)?",
    re.IGNORECASE,
)
_EMAIL = re.compile(
    r"(?:(?<![\s,;(])[\s,;(]++)?(?:e-?mail:?\s*+)?"
    r"(?<![\w.+-])[\w.+-]{1,64}+@[\w-]{1,64}+\.[\w.-]{1,255}+\)?",
    re.IGNORECASE,
)
_PRONOUNS = re.compile(
    r"(?:(?<!\s)\s++)?[(\[]\s*+(?:he|him|she|her|they|them)\s*+/\s*+\w{1,16}+"
    r"(?:\s*+/\s*+\w{1,16}+)?\s*+[)\]]",
    re.IGNORECASE,
)


def without_contacts(raw: str) -> str:
    """`raw` without telephone numbers and e-mail addresses."""
    return _EMAIL.sub("", _PHONE.sub("", raw)).strip(" \t\n,;–-")


def without_pronouns(raw: str) -> str:
    """`raw` without the pronouns that people add to their names: `(she/her)`."""
    return _PRONOUNS.sub("", raw)
