"""What a query asks for: numbers of notes and reports, fields, phrases, signs and words.

`reading` puts it together: `references` finds the numbers, `tokens` cuts the text, `fields` reads
values, `words` plain words, `syntax` signs and brackets; `tree` is what comes of it.
"""

from indexer.search_index.question.reading import QuestionReader, printable
from indexer.search_index.question.references import means_years, whole_reference
from indexer.search_index.question.tree import (
    AllOf,
    AnyOf,
    Clause,
    Form,
    Having,
    Named,
    Part,
    Question,
    Report,
    Spoken,
    Without,
    leaves,
)

__all__ = [
    "AllOf",
    "AnyOf",
    "Clause",
    "Form",
    "Having",
    "Named",
    "Part",
    "Question",
    "QuestionReader",
    "Report",
    "Spoken",
    "Without",
    "leaves",
    "means_years",
    "printable",
    "whole_reference",
]
