"""What ranking weighs, and the measurement behind each weight.

The figures are the mean nDCG@10 over four public test collections (aerodynamics, library science,
computing, financial rules) with that weight changed and all others as they stand: .532.
docs/ranking.md tells how they were found.
"""

from __future__ import annotations

from indexer.search_index.evaluation.ranking import Ranking

# How often the words of a title, a subject line and the officers count among all that a note says.
TEXT_WEIGHTS = {"title": 2, "subject": 1, "officers": 1}

RANKING = Ranking(
    k1=1.0,  # .8 .532, 1.2 .530, 1.6 .525, 2.5 .514: the least that all four do well with
    b=0.65,  # .55 .531, .75 .527
    k3=8.0,  # each word once .512, 3 .528, 30 .532: long questions repeat what they are about
    dwelling=0.5,  # none .519, .3 .525, .7 .532
)

# The found rule. Without it .531; over nine collections notes with all words strictly first .554,
# ranking alone .560, this rule .561; short queries gain most, .591 to .606.
ENOUGH_WITH_ALL_WORDS = 10
ALL_WORDS_FACTOR = 1.1

# So many of the best notes are looked at for words that stand together as in the query. A pair
# counts this share of its rarer word: none .521, .15 .528, .5 .528.
PAIRED = 100
PAIR = 0.3

# So many of the best are then drawn by this share towards the few among them most like each: none
# .517; a share of .2 .522, .5 .529; 32 notes .527, 100 .534 but dearer; towards 3 .524, 8 .527.
ALIKE = 64
ALIKE_NOTES = 5
ALIKE_SHARE = 0.4
# Of a query of fewer words, which notes are alike says little.
ALIKE_WORDS = 3

# How much the words of a place's name count again where they stand together in a note.
WORTH_OF_A_NAME = 0.5
# What the score of a note is multiplied by whose own year the query says (`bridge 2024`). Of 256
# known items over 44 notes, 1.0 to 1.15 put 96 to 97% first, 1.3 and 1.5 one or two more.
YEAR_FACTOR = 1.3
