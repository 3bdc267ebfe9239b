"""What ranking weighs, and the measurement behind each weight.

The figures are the mean nDCG@10 over four public test collections (aerodynamics, library science,
computing, financial rules) with that weight changed and all others as they stand: .530.
docs/ranking.md tells how they were found.
"""

from __future__ import annotations

from indexer.search_index.evaluation.ranking import Ranking

# How often the words of a title, a subject line and the officers count among all that a note says.
TEXT_WEIGHTS = {"title": 2, "subject": 1, "officers": 1}

RANKING = Ranking(
    k1=1.0,  # .8 .531, 1.2 .526, 1.6 .523, 2.5 .511: the least that all four do well with
    b=0.65,  # .55 .531, .75 .526
    k3=8.0,  # each word once .509, 3 .528, 30 .527: long questions repeat what they are about
    dwelling=0.5,  # none .520, .3 .527, .7 .528
)

# The found rule. Without it .529; over nine collections notes with all words strictly first .554,
# ranking alone .560, this rule .561; short queries gain most, .591 to .606.
ENOUGH_WITH_ALL_WORDS = 10
ALL_WORDS_FACTOR = 1.1

# So many of the best notes are looked at for words that stand together as in the query. A pair
# counts this share of its rarer word: none .523, .15 .527, .5 .527.
PAIRED = 100
PAIR = 0.3

# So many of the best are then drawn by this share towards the few among them most like each: none
# .517; a share of .2 .523, .5 .528; 32 notes .526, 100 .531 but dearer; towards 3 .524, 8 .527.
ALIKE = 64
ALIKE_NOTES = 5
ALIKE_SHARE = 0.4
# Of a query of fewer words, which notes are alike says little.
ALIKE_WORDS = 3

# How much the words of a place's name count again where they stand together in a note.
WORTH_OF_A_NAME = 0.5
