"""A page as a tree: whatever was sent, and however deep it is nested."""

from __future__ import annotations

import pytest

from indexer.readers.tree import DEEPEST, Element, parsed

DEEP = "<div>" * (DEEPEST + 100)
DEEPER_THAN_THE_PARSER_GOES = "<div>" * 5_000


def words(tree: Element) -> list[str]:
    """All the words in the tree."""
    return " ".join(tree.itertext()).split()


def depth(tree: Element) -> int:
    """How many elements lie one in another at the deepest place."""
    return max(1 + sum(1 for _ in element.iterancestors()) for element in tree.iter())


@pytest.mark.parametrize("text", ["", " ", "<!-- -->", "<", "<html>", "<?", "</p>", "]]>"])
def test_what_is_no_page_is_an_empty_one(text: str) -> None:
    """There is a tree to ask, whatever was sent."""
    assert words(parsed(text)) in ([], ["<"], ["]]>"])


def test_comments_and_instructions_are_no_part_of_the_tree() -> None:
    """Only elements are, so that each of them has a name."""
    tree = parsed("<p>Grit<!-- gold --> and<?php salt ?> sand</p>")
    assert words(tree) == ["Grit", "and", "sand"]
    assert all(isinstance(element.tag, str) for element in tree.iter())


@pytest.mark.parametrize("boxes", [DEEP, DEEPER_THAN_THE_PARSER_GOES], ids=["deep", "too deep"])
def test_words_that_lie_too_deep_are_kept(boxes: str) -> None:
    """What is below the deepest elements loses its own and nothing else."""
    tree = parsed(f"<p>Before</p>{boxes}<p>Within</p> it{'</div>' * boxes.count('<')}<p>After</p>")
    assert words(tree) == ["Before", "Within", "it", "After"]


@pytest.mark.parametrize(
    "odd",
    [
        "<p a'b=1 c>{}</p>",
        "<o:p x:y=1>{}</o:p>",
        "<b xmlns:a=b a:c=1>{}</b>",
        "<p \x00=1>{}</p>",
    ],
)
def test_odd_names_lose_no_words_of_a_deep_page(odd: str) -> None:
    """What XML would not name so may stand anywhere in a page that is nested too deep."""
    above, below = odd.format("Grit"), odd.format("Salt")
    tree = parsed(f"{above}{DEEPER_THAN_THE_PARSER_GOES}{below}")
    assert words(tree) == ["Grit", "Salt"]


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>gold()</script>",
        "<style>.gold { color: red }</style>",
        "<p hidden>Gold</p>",
        "<div style='display:none'><p>Gold</p><p>Gold</p></div>",
        "<del>Gold</del>",
    ],
)
def test_what_is_hidden_too_deep_is_not_brought_to_light(hidden: str) -> None:
    """Where elements are lost, so are the words that they hide, and no others."""
    tree = parsed(f"{DEEPER_THAN_THE_PARSER_GOES}<p>Grit {hidden} and</p> sand")
    assert words(tree) == ["Grit", "and", "sand"]
    assert depth(tree) <= DEEPEST + 1
