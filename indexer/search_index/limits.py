"""The figures that search and publication are tuned by, each with its reason."""

from __future__ import annotations

# A note whose number is asked for comes before those that cite it, and those before all others;
# far above any BM25F score of a query of at most `WORDS_READ` words.
SCORE_OF_THE_NOTE = 20_000.0
SCORE_OF_CITING = 10_000.0

# What notes without a subject heading count under.
NOT_CLASSIFIED = "not-classified"

# Queries are cut to these, so that ten thousand pasted characters are answered as fast as ten.
# Over 10,000 notes of 5 KB, 64 words that half of them hold take 17 ms, one takes .6.
WORDS_READ = 64
QUERY_CHARACTERS = 10_000
# Notes in whose words an archive is asked before it is served: six questions each, 11 ms in all.
NOTES_REHEARSED = 2
# Queries kept as they were understood.
QUERIES_REMEMBERED = 256
# Other forms of a query's words: what an ambiguous acronym may stand for, titles read for one that
# is never defined, how many words are looked up printed together or apart (about 10 µs each, 100
# for a word that few notes have).
LONG_FORMS = 2
TITLES_SPELLING_OUT = 5
WORDS_WITH_FORMS = 16
# What one search may take of a processor, in seconds, before it is given up with a message.
SEARCH_SECONDS = 0.5
# How many terms a wildcard or a misspelt word may stand for; a beginning of a word has no limit.
EXPANDED_TERMS = 1_000
# What is found beside a search or a note (another query, suggestions, related notes) may take so
# many seconds each, or is left out. Over 10,000 notes they take 3, 1 and 2 ms of the processor.
ASIDE_SECONDS = 0.2
# Did you mean: a word that so few notes hold may be mistyped, and what is offered finds so many
# times as much. Of 192 words with one slip in them 189 were offered as they had been.
FEW_NOTES = 2
CLEARLY_MORE = 5
# How many words of a query are looked up for it, and how many other queries are tried.
WORDS_CORRECTED = 4
CORRECTIONS_TRIED = 6
# Suggestions as one types: how many, and for a text no longer than that.
SUGGESTIONS = 8
SUGGESTED_CHARACTERS = 100
# Of the titles that begin so the newest are read; what so many of them go on with is suggested,
# up to so many words of it.
TITLES_READ = 100
PHRASE_TITLES = 3
PHRASE_WORDS = 3
# Related notes: how many, how many for one reason, and for how many notes they are kept.
RELATED = 5
RELATED_OF_A_KIND = 3
RELATED_KEPT = 1_000
# What more notes than these cite relates none of them.
CITED_OFTEN = 20
# Text is similar where a note scores so much of what the note itself does for its own most telling
# terms, and holds so many of them. A term that a larger share of all notes holds tells nothing.
SIMILAR_SCORE = 0.42
SIMILAR_WORDS = 4
SIMILAR_TERMS = 12
SIMILAR_SHARE = 0.25
SIMILAR_CHARACTERS = 20_000
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

# Summaries of notes, kept for the next pages that show them: .4 MB.
SUMMARIES_REMEMBERED = 1_024
# Terms whose numbers, by field, and whose weights are kept.
TERMS_REMEMBERED = 1_024

# Generations kept, the current one included: enough to go back over a weekend.
GENERATIONS_KEPT = 3
# Notes of each edition that publication must find again before the swap.
CANARIES = 5
# Processes that build an index, and how many bytes of notes (as JSON) one of them sorts at a time:
# 10 MB take about 150 MB of memory, and a group costs 15 ms of its own, however few its notes.
BUILD_WORKERS = 2
GROUP_BYTES = 10_000_000
# A segment holds no more notes than 16-bit numbers tell apart: its postings take half the room.
SEGMENT_NOTES = 65_536
# So many groups are joined in one segment at most, however long their notes: 65,536 notes of 5 KB
# are 41 groups. A merge holds a file and about a megabyte of terms for each.
SEGMENTS_JOINED = 64
# More segments of a size than this are made one; one with a larger share deleted is rewritten.
SEGMENTS_OF_A_SIZE = 4
DELETED_SHARE = 0.25
