"""The labels that a council adds to the built-in ones: [labels] in technotes.toml."""

from __future__ import annotations

from indexer.toml import Table

LABELS = (
    "number",
    "subject",
    "report_by",
    "responsible_officers",
    "publication",
    "distribution",
    "date",
    "details",
)
# Longer words at the head of a line are not taken for a label.
LONGEST_LABEL = 60
_MARKS = " :.*•"


def labels_of(table: Table) -> dict[str, tuple[str, ...]]:
    """The labels of each key of `LABELS`; those that no note could show are mistakes."""
    table.know_only(LABELS)
    labels = {key: table.texts(key, ()) for key in LABELS if key in table}
    keys: dict[str, str] = {}
    for key, forms in labels.items():
        for form in forms:
            _check(table, key, form, keys)
    return labels


def _check(table: Table, key: str, form: str, keys: dict[str, str]) -> None:
    """Note what is wrong with one label; `keys` has the key of each that came before."""
    bare = " ".join(form.casefold().strip(_MARKS).split())
    if len(form) > LONGEST_LABEL:
        remedy = "A label is the few words before a colon."
        wrong = f'the label "{form[:LONGEST_LABEL]}…" is over {LONGEST_LABEL} characters long'
        table.wrong(key, wrong, remedy)
    elif ":" in bare:
        remedy = "A label ends at its colon: leave out what follows."
        table.wrong(key, f'the label "{form}" has a colon inside it', remedy)
    elif form and not bare:
        table.wrong(key, f'the label "{form}" has no word', "Write the words before the colon.")
    elif keys.setdefault(bare, key) != key:
        remedy = "Keep it under one of the two."
        table.wrong(key, f'the label "{form}" stands under "{keys[bare]}" too', remedy)
