"""The archive and its peers behind one face: build an index of notes, answer a request.

An answer is ten hits (title, snippet where asked), the total and the counts of three facets.
"""

from __future__ import annotations

import sqlite3
from abc import ABC, abstractmethod
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.domain.blocks import text_of
from indexer.domain.note import Note
from indexer.domain.publication import Clearance
from indexer.domain.search import SearchRequest
from indexer.search_index import Archive
from indexer.search_index.rehearsal import rehearse
from tests.benchmarks.archives import build_archive
from tests.benchmarks.council import world
from tests.benchmarks.requests import Request

Answer = tuple[int, int]  # the total, and how many hits are shown
FACETS = ("year", "heading", "officer")


@dataclass(frozen=True, slots=True)
class Document:
    """A note as the peers are given it."""

    slug: str
    year: int
    heading: str
    officers: tuple[str, ...]
    title: str
    body: str

    @classmethod
    def of(cls, note: Note) -> Document:
        """The document of a note."""
        officers = tuple(officer.slug or "" for officer in note.officers)
        title, body = note.title or "", text_of(note.body)
        heading = note.subject_headings[0]
        return cls(note.reference.slug, note.reference.year, heading, officers, title, body)


class Engine(ABC):
    """An open index."""

    @staticmethod
    @abstractmethod
    def build(folder: Path, notes: Iterable[Note]) -> None:
        """Write an index of the notes into an empty folder."""

    @abstractmethod
    def ask(self, request: Request, snippets: bool) -> Answer:
        """Answer one request, as a page needs it."""


class ArchiveEngine(Engine):
    """This project's."""

    @staticmethod
    def build(folder: Path, notes: Iterable[Note]) -> None:
        """One index, in the place that a generation has it in."""
        officers = {officer.slug or "": officer.name for officer in world().officers}
        subjects = {slug: slug.replace("-", " ") for slug in world().headings}
        build_archive(folder, notes, officers, subjects)

    def __init__(self, folder: Path) -> None:
        self._archive = Archive(folder, Clearance.PUBLIC, budget=None)
        rehearse(self._archive)  # as before it is served to readers

    def ask(self, request: Request, snippets: bool) -> Answer:
        """The words go through the query language; OR and AND are left to the found rule."""
        result = self._archive.search(search_request(request), snippets=snippets)
        return result.total, len(result.hits)


def search_request(request: Request) -> SearchRequest:
    """The request as the archive's own page asks it."""
    query = " ".join(request.words)
    if request.kind == "phrase":
        query = f'"{query}"'
    if request.kind == "prefix":
        query += "*"
    return SearchRequest(
        query=query,
        years=frozenset((request.year,)) if request.year else frozenset(),
        officers=frozenset((request.officer,)) if request.officer else frozenset(),
    )


class Tantivy(Engine):
    """tantivy with its English stemmer, fast fields and aggregations."""

    @staticmethod
    def _schema() -> Any:
        import tantivy

        builder = tantivy.SchemaBuilder()
        builder.add_text_field("slug", stored=True, tokenizer_name="raw")
        builder.add_integer_field("year", stored=True, fast=True, indexed=True)
        for name in ("heading", "officer"):
            builder.add_text_field(
                name, stored=True, tokenizer_name="raw", fast=True, index_option="basic"
            )
        for name in ("title", "body"):
            builder.add_text_field(name, stored=True, tokenizer_name="en_stem")
        return builder.build()

    @staticmethod
    def build(folder: Path, notes: Iterable[Note]) -> None:
        """With two threads and 256 MB."""
        import tantivy

        index = tantivy.Index(Tantivy._schema(), path=str(folder))
        writer = index.writer(256_000_000, 2)
        for document in map(Document.of, notes):
            added = tantivy.Document()
            added.add_text("slug", document.slug)
            added.add_integer("year", document.year)
            added.add_text("heading", document.heading)
            for officer in document.officers:
                added.add_text("officer", officer)
            added.add_text("title", document.title)
            added.add_text("body", document.body)
            writer.add_document(added)
        writer.commit()
        writer.wait_merging_threads()

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._tantivy = tantivy
        self._index = tantivy.Index.open(str(folder))
        self._index.reload()
        self._searcher = self._index.searcher()
        sizes = {"year": 20, "heading": 60, "officer": 150}
        self._counts = {
            name: {"terms": {"field": name, "size": size}} for name, size in sizes.items()
        }

    def _query(self, request: Request) -> Any:
        query, schema = self._tantivy.Query, self._index.schema
        words = request.words
        match request.kind:
            case "all":
                return query.all_query()
            case "prefix":
                return query.regex_query(schema, "body", f"{words[0]}.*")
            case "phrase":
                return self._index.parse_query(f'"{" ".join(words)}"', ["body"])
            case "or" | "and" as kind:
                return self._index.parse_query(f" {kind.upper()} ".join(words), ["body"])
        found = self._index.parse_query(words[0], ["body"])
        if request.year:
            chosen = query.term_query(schema, "year", request.year)
        elif request.officer:
            chosen = query.term_query(schema, "officer", request.officer)
        else:
            return found
        must = self._tantivy.Occur.Must
        return query.boolean_query([(must, found), (must, query.const_score_query(chosen, 0.0))])

    def ask(self, request: Request, snippets: bool) -> Answer:
        """Facets by aggregation."""
        query = self._query(request)
        result = self._searcher.search(query, limit=10, count=True)
        counts = self._searcher.aggregate(query, self._counts)
        _ = {name: {b["key"]: b["doc_count"] for b in counts[name]["buckets"]} for name in FACETS}
        documents = [self._searcher.doc(address) for _, address in result.hits]
        if snippets and request.kind != "all":
            generator = self._tantivy.SnippetGenerator.create(
                self._searcher, query, self._index.schema, "body"
            )
            for document in documents:
                generator.snippet_from_doc(document).to_html()
        return result.count, len(documents)


class Sqlite(Engine):
    """SQLite FTS5 with its porter stemmer; what is found goes through a temporary table."""

    @staticmethod
    def _connect(folder: Path) -> sqlite3.Connection:
        connection = sqlite3.connect(folder / "notes.db", isolation_level=None)
        connection.executescript(
            "pragma journal_mode=wal; pragma synchronous=normal; pragma cache_size=-200000;"
            "pragma mmap_size=2000000000; pragma temp_store=memory"
        )
        return connection

    @staticmethod
    def build(folder: Path, notes: Iterable[Note]) -> None:
        """In one transaction, then optimised."""
        connection = Sqlite._connect(folder)
        connection.executescript(
            "create virtual table texts using fts5(title, body, tokenize='porter unicode61');"
            "create table notes(id integer primary key, slug text, year int, heading text);"
            "create table people(id int, officer text, primary key(id, officer)) without rowid;"
            "create index by_officer on people(officer, id); create index by_year on notes(year)"
        )
        connection.execute("begin")
        for at, note in enumerate(map(Document.of, notes), 1):
            connection.execute(
                "insert into texts(rowid, title, body) values(?,?,?)", (at, note.title, note.body)
            )
            connection.execute(
                "insert into notes values(?,?,?,?)", (at, note.slug, note.year, note.heading)
            )
            connection.executemany(
                "insert into people values(?,?)", [(at, officer) for officer in note.officers]
            )
        connection.execute("commit")
        connection.execute("insert into texts(texts) values('optimize')")
        connection.execute("pragma wal_checkpoint(truncate)")
        connection.close()

    def __init__(self, folder: Path) -> None:
        self._connection = self._connect(folder)
        self._connection.execute("create temp table found(id integer primary key)")

    def ask(self, request: Request, snippets: bool) -> Answer:
        """Rank, snippet and count in SQL."""
        run = self._connection.execute
        if request.kind == "all":
            top = run("select rowid, title from texts order by rowid desc limit 10").fetchall()
            (total,) = run("select count(*) from notes").fetchone()
            for name in ("year", "heading"):
                run(f"select {name}, count(*) from notes group by {name}").fetchall()
            run("select officer, count(*) from people group by officer").fetchall()
            return total, len(top)
        where, values = self._where(request)
        run("delete from found")
        run(f"insert into found select rowid from texts where texts match ? {where}", values)
        columns = "rowid, title" + (
            ", snippet(texts, 1, '<b>', '</b>', '…', 40)" if snippets else ""
        )
        top = run(
            f"select {columns} from texts where texts match ? {where} order by rank limit 10",
            values,
        ).fetchall()
        (total,) = run("select count(*) from found").fetchone()
        for name in ("year", "heading"):
            run(f"select {name}, count(*) from found join notes using(id) group by 1").fetchall()
        run("select officer, count(*) from found join people using(id) group by 1").fetchall()
        return total, len(top)

    @staticmethod
    def _where(request: Request) -> tuple[str, list[Any]]:
        words = request.words
        match request.kind:
            case "or" | "and" as kind:
                asked = f" {kind.upper()} ".join(words)
            case "phrase":
                asked = f'"{" ".join(words)}"'
            case "prefix":
                asked = f"{words[0]}*"
            case _:
                asked = words[0]
        values: list[Any] = [f"body: ({asked})" if request.kind != "phrase" else f"body: {asked}"]
        where = ""
        if request.year:
            where = "and rowid in (select id from notes where year = ?)"
            values.append(request.year)
        if request.officer:
            where = "and rowid in (select id from people where officer = ?)"
            values.append(request.officer)
        return where, values


class Whoosh(Engine):
    """Whoosh as it comes: its codec, writer, searcher, facets and highlighter."""

    @staticmethod
    def build(folder: Path, notes: Iterable[Note]) -> None:
        """In one process with 256 MB."""
        from whoosh import analysis, fields, index

        words = analysis.StemmingAnalyzer(cachesize=-1)
        schema = fields.Schema(
            slug=fields.ID(stored=True, unique=True),
            year=fields.NUMERIC(stored=True, sortable=True),
            heading=fields.ID(stored=True, sortable=True),
            officer=fields.KEYWORD(stored=True, commas=True),
            title=fields.TEXT(stored=True, analyzer=words),
            body=fields.TEXT(stored=True, analyzer=words),
        )
        writer = index.create_in(str(folder), schema).writer(limitmb=256)
        for note in map(Document.of, notes):
            writer.add_document(
                slug=note.slug,
                year=note.year,
                heading=note.heading,
                officer=",".join(note.officers),
                title=note.title,
                body=note.body,
            )
        writer.commit()

    def __init__(self, folder: Path) -> None:
        from whoosh.index import open_dir
        from whoosh.qparser import QueryParser

        index = open_dir(str(folder))
        self._searcher = index.searcher()
        self._schema = index.schema
        self._parser = QueryParser("body", index.schema)

    def ask(self, request: Request, snippets: bool) -> Answer:
        """With a filter and three groupings."""
        from whoosh import query, sorting

        words = request.words
        chosen = None
        match request.kind:
            case "all":
                asked = query.Every()
            case "or" | "and" as kind:
                asked = self._parser.parse(f" {kind.upper()} ".join(words))
            case "phrase":
                asked = self._parser.parse(f'"{" ".join(words)}"')
            case "prefix":
                asked = self._parser.parse(f"{words[0]}*")
            case _:
                asked = self._parser.parse(words[0])
        if request.year:
            chosen = query.Term("year", self._schema["year"].to_bytes(request.year))
        if request.officer:
            chosen = query.Term("officer", request.officer)
        groups = {
            name: sorting.FieldFacet(name, allow_overlap=name == "officer", maptype=sorting.Count)
            for name in FACETS
        }
        marked = snippets and request.kind != "all"
        results = self._searcher.search(
            asked, limit=10, filter=chosen, groupedby=groups, terms=marked
        )
        _ = [Counter(results.groups(name)) for name in FACETS]
        shown = [(hit["title"], hit.highlights("body") if marked else "") for hit in results[:10]]
        return len(results), len(shown)


ENGINES: dict[str, type[Engine]] = {
    "archive": ArchiveEngine,
    "tantivy": Tantivy,
    "sqlite": Sqlite,
    "whoosh": Whoosh,
}
