"""What ranking weighs, and the measurement behind each weight.

Measured as mean nDCG@10 over four public test collections (aerodynamics, library science,
computing, financial rules), each weight with all others as they stand here.
"""

from __future__ import annotations

from indexer.search_index.evaluation.ranking import Ranking

# How often the words of a title, a subject line and the officers count among all that a note says.
TEXT_WEIGHTS = {"title": 2, "subject": 1, "officers": 1}
RANKING = Ranking(k1=1.0, b=0.65, k3=8.0, dwelling=0.5)

# The found rule. Measured over nine public test collections: ranking alone .5596, notes with all
# words strictly first .554, this rule .561; short queries gain most, .591 to .606.
ENOUGH_WITH_ALL_WORDS = 10
ALL_WORDS_FACTOR = 1.1

# The best notes are looked at once more: so many for words that stand together, of which a pair
# counts so much of what its rarer word counts; so many for those alike, each drawn towards the
# scores of the few most like it by this share.
PAIRED = 100
PAIR = 0.3
ALIKE = 64
ALIKE_NOTES = 5
ALIKE_SHARE = 0.4
# Which notes are alike says little of a query of fewer words than this.
ALIKE_WORDS = 3
