"""Values of which each document has some, in memory: the words of its title, its officers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from indexer.search_index.codec.sections import Array, SectionWriter, narrowest


class Runs:
    """One document's values after another's; `counts` says how many each has.

    Where each document's begin is `at`: theirs are `values[at[document] : at[document + 1]]`, which
    every page asks for so often that it is no method.
    """

    def __init__(self, values: Array, counts: Array) -> None:
        self.values = values
        self.counts = counts
        at = np.concatenate(([0], np.cumsum(counts, dtype=np.int64)))
        self.at = at.astype(narrowest(len(values))).data

    @classmethod
    def joined(cls, parts: Sequence[Runs]) -> Runs:
        """The values of some documents and of those after them."""
        return cls(
            np.concatenate([part.values for part in parts]),
            np.concatenate([part.counts for part in parts]),
        )

    def of(self, kept: Array) -> Runs:
        """The values of the documents of which a mask is true."""
        return Runs(self.values[np.repeat(kept, self.counts)], self.counts[kept])

    def renumbered(self, numbers: Array) -> Runs:
        """The same with another number for each value."""
        return Runs(numbers[self.values], self.counts)

    def write(self, writer: SectionWriter, name: str) -> None:
        """Write the values and the counts, each as narrow as can be."""
        writer.put_narrow(name, self.values)
        writer.put_narrow(counts_of(name), self.counts)


def counts_of(name: str) -> str:
    """The section that says how many values each document has in the section `name`."""
    return f"{name}.counts"
