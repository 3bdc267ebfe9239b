"""The figures that search and publication are tuned by, each with its reason."""

from __future__ import annotations

# What a word counts in each field: titles and subject lines are chosen words, so a match there says
# more than one in the body; a name must not outweigh a note that is about the words.
FIELD_BOOSTS = {"title": 2.5, "subject": 1.5, "body": 1.0, "officers": 1.0}

# The found rule. Measured over nine public test collections (mean nDCG@10): ranking alone .5596,
# notes with all words strictly first .554, this rule .561; short queries gain most, .591 to .606.
ENOUGH_WITH_ALL_WORDS = 10
ALL_WORDS_FACTOR = 1.1

# A note whose number is asked for comes before those that cite it, and those before all others;
# far above any BM25F score of a query of at most `WORDS_READ` words.
SCORE_OF_THE_NOTE = 20_000.0
SCORE_OF_CITING = 10_000.0

# Queries are cut to these, so that ten thousand pasted characters are answered as fast as ten.
# Measured over 2,000 notes of 480 words: 64 of the commonest words take 240 ms, one takes 15.
WORDS_READ = 64
QUERY_CHARACTERS = 10_000
# The longest text that may be a note's number: "Technical Notes 2023, Issue 00064" with room.
REFERENCE_CHARACTERS = 80

# A term longer than this is a run of rubbish; it is cut, in notes and queries alike.
TERM_CHARACTERS = 64

# A snippet fills two to three lines of a hit: at least, at most, in characters.
SNIPPET_SHORTEST = 200
SNIPPET_LONGEST = 240
# How much of a body is read for a snippet: some 60,000 words, which take about 100 ms. Words beyond
# it still find the note; they are not shown.
SNIPPET_READS = 400_000

# Generations kept, the current one included: enough to go back over a weekend.
GENERATIONS_KEPT = 3
# Notes of each edition that publication must find again before the swap.
CANARIES = 5
# Memory that the writer may fill before it sorts to disk, in MB.
WRITER_MEMORY = 128
