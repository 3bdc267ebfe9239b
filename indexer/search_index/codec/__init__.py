"""The index on disk: files of named arrays, and Whoosh's codec interface over them.

`sections` is the file format, `segment` the notes and postings in such a file, `stored` the texts
kept beside them, `contents` the list of an index's segments. `whoosh_index` and `whoosh_matcher`
show all of it to Whoosh, whose own Searcher can search what our evaluation searches.
"""
