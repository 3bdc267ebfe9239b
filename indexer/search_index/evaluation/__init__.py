"""Whoosh queries answered over arrays: the same documents and scores, a block at a time.

`matching` finds and scores the documents of one segment, with `phrases` and `expansion` beside it;
`ranking` is what a match is worth; `best` picks the page; `deadline` ends what takes too long.
"""
