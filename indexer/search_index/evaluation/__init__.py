"""Whoosh queries answered over arrays: the same documents and scores, a block at a time.

`matching` finds and scores the documents of one segment, with `phrases` and `expansion` beside it;
`ranking` is what a match is worth; `best` picks the page, `reranking` looks at its contenders once
more; `deadline` ends what takes too long.
"""
