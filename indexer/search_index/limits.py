"""The figures that search and publication are tuned by, each with its reason."""

from __future__ import annotations

# How often the words of a title, a subject line and the officers count among all that a note says.
TEXT_WEIGHTS = {"title": 2, "subject": 1, "officers": 1}

# The found rule. Measured over nine public test collections (mean nDCG@10): ranking alone .5596,
# notes with all words strictly first .554, this rule .561; short queries gain most, .591 to .606.
ENOUGH_WITH_ALL_WORDS = 10
ALL_WORDS_FACTOR = 1.1

# A note whose number is asked for comes before those that cite it, and those before all others;
# far above any BM25F score of a query of at most `WORDS_READ` words.
SCORE_OF_THE_NOTE = 20_000.0
SCORE_OF_CITING = 10_000.0

# What notes without a subject heading count under.
NOT_CLASSIFIED = "not-classified"

# Queries are cut to these, so that ten thousand pasted characters are answered as fast as ten.
# Measured over 2,000 notes of 480 words: 64 of the commonest words take 240 ms, one takes 15.
WORDS_READ = 64
QUERY_CHARACTERS = 10_000
# Queries kept as they were understood.
QUERIES_REMEMBERED = 256
# Other forms of a query's words: what an ambiguous acronym may stand for, titles read for one that
# is never defined, how many words are looked up printed together or apart (about 50 µs each the
# first time), and how many of them an open archive remembers.
LONG_FORMS = 2
TITLES_READ = 5
WORDS_WITH_FORMS = 16
FORMS_KEPT = 4_096
# How much the words of a place's name count again where they stand together in a note.
WORTH_OF_A_NAME = 0.5
# What one search may take, in seconds, before it is given up with a message.
SEARCH_SECONDS = 0.5
# How many terms a wildcard or a misspelt word may stand for; a beginning of a word has no limit.
EXPANDED_TERMS = 1_000
# The longest text that may be a note's number: "Technical Notes 2023, Issue 00064" with room.
REFERENCE_CHARACTERS = 80

# A term longer than this is a run of rubbish; it is cut, in notes and queries alike.
TERM_CHARACTERS = 64

# A snippet fills two to three lines of a hit: at least, at most, in characters.
SNIPPET_SHORTEST = 200
SNIPPET_LONGEST = 240
# How many places of a query's words in one note are looked at for its best passage; only of a note
# that has more, some may stay unmarked.
SNIPPET_PLACES = 2_000

# Summaries of notes, and words of titles, kept for the next pages that show them: 2 MB at most.
SUMMARIES_REMEMBERED = 1_024

# Generations kept, the current one included: enough to go back over a weekend.
GENERATIONS_KEPT = 3
# Notes of each edition that publication must find again before the swap.
CANARIES = 5
# Processes that build an index, and how many bytes of notes (as JSON) one of them sorts at a time:
# 8 MB take about 150 MB of memory, and 10,000 notes are enough of them to keep two busy.
BUILD_WORKERS = 2
GROUP_BYTES = 8_000_000
# A segment holds no more notes than 16-bit numbers tell apart: its postings take half the room.
SEGMENT_NOTES = 65_536
# So many groups are joined in one segment at most, however long their notes: 65,536 notes of 5 KB
# are 41 groups. A merge holds a file and about a megabyte of terms for each.
SEGMENTS_JOINED = 64
# More segments of a size than this are made one; one with a larger share deleted is rewritten.
SEGMENTS_OF_A_SIZE = 4
DELETED_SHARE = 0.25
