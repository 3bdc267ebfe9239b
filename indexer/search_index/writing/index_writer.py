"""One clearance's index: written anew, or brought up to date from the one before it."""

from __future__ import annotations

import hashlib
import os
import shutil
import tempfile
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import accumulate, chain, islice, pairwise
from pathlib import Path

from indexer.domain.blocks import text_of
from indexer.domain.errors import GenerationError
from indexer.domain.note import Note
from indexer.search_index.codec.contents import SegmentEntry, read_contents, write_contents
from indexer.search_index.codec.segment import DIGEST_BYTES, SegmentFile
from indexer.search_index.codec.stored import DICTIONARY_SAMPLES, trained_dictionary
from indexer.search_index.limits import BUILD_WORKERS, GROUP_BYTES, SEGMENT_NOTES, SEGMENTS_JOINED
from indexer.search_index.records import reference_key, stored_note
from indexer.search_index.writing.encoding import Digests, encoded
from indexer.search_index.writing.merging import merge
from indexer.search_index.writing.policy import to_merge
from indexer.search_index.writing.recipe import RECIPE
from indexer.search_index.writing.sources import Source
from indexer.search_index.writing.workers import Group, build_segments

Progress = Callable[[Note], None]
_SAMPLE_BYTES = 8_000_000


def write_index(folder: Path, notes: Iterable[Note], progress: Progress | None = None) -> None:
    """Write the index of `notes`, in the order of their references, into `folder`.

    The memory it takes does not grow with their number. `progress` is told of each note. Raises
    GenerationError naming a note that cannot be indexed.
    """
    with _scratch(folder) as name:
        built = _build(Path(name), _told(notes, progress))
        write_contents(folder, _joined(folder, built, Path(name)), RECIPE)


def update_index(
    folder: Path,
    notes: Sequence[Note],
    previous: Path,
    progress: Progress | None = None,
    digests: Digests | None = None,
) -> None:
    """Write the index of `notes` into `folder` with what the one in `previous` has of them.

    Segments are shared with it by hard link, only what changed is built, and a note that changed is
    marked as deleted where it was. Where a note is gone altogether, nothing is shared: no trace of
    it stays, be it in the dictionary that texts are compressed with. `digests` are those of notes
    that other indexes hold too. The same errors as `write_index`.
    """
    before = _Before.of(previous)
    if before is None or before.lost(notes):
        if before is not None:
            before.close()
        write_index(folder, notes, progress)
        return
    with _scratch(folder) as name:
        scratch = Path(name)
        changed = before.changed(_told(notes, progress), digests or Digests())
        built = _build(scratch, changed, before.largest)
        before.close()
        entries = [*before.shared(folder), *_joined(folder, built, scratch)]
        while chosen := to_merge(entries):
            merged = _merged(folder, chosen, scratch)
            entries = [entry for entry in entries if entry not in chosen]
            if merged is not None:
                entries.append(merged)
        write_contents(folder, entries, RECIPE)


def _scratch(folder: Path) -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(dir=folder, prefix=".building-")


def _told(notes: Iterable[Note], progress: Progress | None) -> Iterator[Note]:
    for note in notes:
        yield note
        if progress is not None:
            progress(note)


def _build(scratch: Path, notes: Iterator[Note], others: SegmentFile | None = None) -> list[Path]:
    """Build segments of the notes in `scratch`; `others` is the one that holds most of them."""
    if others is not None:
        groups = _groups(scratch, map(encoded, notes))
        return list(build_segments(groups, others.dictionary, others))
    samples = _samples(notes)
    dictionary = trained_dictionary([_stored(note, line) for note, line in samples])
    groups = _groups(scratch, chain((line for _, line in samples), map(encoded, notes)))
    return list(build_segments(groups, dictionary))


def _stored(note: Note, encoded: bytes) -> bytes:
    """All that is compressed of a note."""
    return text_of(note.body).encode() + stored_note(note, encoded)


def _samples(notes: Iterator[Note]) -> list[tuple[Note, bytes]]:
    """The first notes and their JSON: as many as are enough to train a dictionary on."""
    samples = []
    size = 0
    for note in islice(notes, DICTIONARY_SAMPLES):
        samples.append((note, encoded(note)))
        size += len(samples[-1][1])
        if size >= _SAMPLE_BYTES:
            break
    return samples


def _groups(scratch: Path, notes: Iterator[bytes]) -> Iterator[Group]:
    """Groups of the notes, each of about `GROUP_BYTES` at most, written to files."""
    for number, share in enumerate(_shares(notes)):
        lines = scratch / f"{number}.notes"
        lines.write_bytes(b"\n".join(share))
        yield Group(lines, scratch / f"{number}")


def _shares(notes: Iterator[bytes]) -> Iterator[Sequence[bytes]]:
    """The notes in rounds, each shared out evenly, so that all processes end at the same time.

    The first round is the smallest, as nothing is built meanwhile; where it is all, it is one.
    """
    taken = _taken(notes, GROUP_BYTES)
    following = next(notes, None)
    if following is None:
        yield from [taken] if taken else []
        return
    notes = chain((following,), notes)
    while taken:
        yield from _evenly(taken, BUILD_WORKERS)
        taken = _taken(notes, BUILD_WORKERS * GROUP_BYTES)


def _taken(notes: Iterator[bytes], size: int) -> list[bytes]:
    """The next notes, of `size` bytes together."""
    taken = []
    for note in notes:
        taken.append(note)
        size -= len(note)
        if size <= 0:
            break
    return taken


def _evenly(notes: Sequence[bytes], shares: int) -> Iterator[Sequence[bytes]]:
    """The notes in shares of about as many bytes, none of them empty."""
    ends = list(accumulate(map(len, notes)))
    bounds = [bisect_left(ends, ends[-1] * share / shares) for share in range(shares)]
    for start, stop in pairwise([*bounds, len(notes)]):
        if start < stop:
            yield notes[start:stop]


def _joined(folder: Path, built: Iterable[Path], scratch: Path) -> list[SegmentEntry]:
    """Join the segments built into as few as may be, in `folder`."""
    entries: list[SegmentEntry] = []
    together: list[SegmentFile] = []
    for path in built:
        segment = SegmentFile(path, fresh=True)
        full = sum(each.size for each in together) + segment.size > SEGMENT_NOTES
        if together and (full or len(together) == SEGMENTS_JOINED):
            entries.append(_moved(folder, together, scratch))
            together = []
        together.append(segment)
    if together:
        entries.append(_moved(folder, together, scratch))
    return entries


def _moved(folder: Path, segments: Sequence[SegmentFile], scratch: Path) -> SegmentEntry:
    """Make one segment of several, or take one as it is, under the name of its content."""
    path = segments[0].path
    if len(segments) > 1:
        path = scratch / "merged"
        merge([Source(segment) for segment in segments], path)
    for segment in segments:
        segment.close()
    return _named(folder, path)


def _merged(folder: Path, entries: Sequence[SegmentEntry], scratch: Path) -> SegmentEntry | None:
    """Make one segment of several in `folder`, without their deleted documents."""
    live = [entry for entry in entries if entry.live]
    if live:
        segments = [SegmentFile(entry.path(folder)) for entry in live]
        path = scratch / "merged"
        pairs = zip(segments, live, strict=True)
        merge([Source(segment, entry.deleted) for segment, entry in pairs], path)
        for segment in segments:
            segment.close()
    for entry in entries:
        entry.path(folder).unlink()
    return _named(folder, path) if live else None


def _named(folder: Path, path: Path) -> SegmentEntry:
    """Move a segment into `folder`, named for the notes in it, down to the disk."""
    segment = SegmentFile(path, fresh=True)
    name = hashlib.blake2b(segment.all_digests().tobytes(), digest_size=16).hexdigest()
    entry = SegmentEntry(name, segment.size)
    segment.close()
    with path.open("rb") as file:
        os.fsync(file.fileno())
    path.replace(entry.path(folder))
    return entry


def _share(file: Path, other: Path) -> None:
    """Have a file under another name too; as a copy where it cannot be linked."""
    try:
        os.link(file, other)
    except OSError:  # another user's file, or a disk without links
        shutil.copyfile(file, other)


class _Before:
    """The index that another takes over from: its notes by reference, and which of them changed."""

    def __init__(self, folder: Path, entries: Sequence[SegmentEntry]) -> None:
        self._folder = folder
        self._entries = entries
        self._deleted = [set(entry.deleted) for entry in entries]
        self._held: dict[int, tuple[int, int, bytes]] = {}
        self.largest: SegmentFile | None = None
        for number, entry in enumerate(entries):
            segment = SegmentFile(entry.path(folder))
            digests = segment.all_digests().tobytes()
            for document, key in enumerate(segment.references.tolist()):
                if document not in self._deleted[number]:
                    start = document * DIGEST_BYTES
                    self._held[key] = number, document, digests[start : start + DIGEST_BYTES]
            smaller: SegmentFile | None = segment
            if self.largest is None or segment.size > self.largest.size:
                smaller, self.largest = self.largest, segment
            if smaller is not None:
                smaller.close()

    def close(self) -> None:
        """Close its files; what is there to be shared stays known."""
        if self.largest is not None:
            self.largest.close()

    @classmethod
    def of(cls, folder: Path) -> _Before | None:
        """The index in `folder`; None where it cannot be read or was made in another way."""
        try:
            contents = read_contents(folder)
            return cls(folder, contents.segments) if contents.recipe == RECIPE else None
        except GenerationError:
            return None

    def lost(self, notes: Iterable[Note]) -> bool:
        """Whether it holds a note that is not among `notes`."""
        return not self._held.keys() <= {reference_key(note.reference) for note in notes}

    def changed(self, notes: Iterable[Note], digests: Digests) -> Iterator[Note]:
        """Those of `notes` that it lacks or holds otherwise; the latter count as deleted in it."""
        for note in notes:
            held = self._held.get(reference_key(note.reference))
            if held is not None:
                number, document, digest = held
                if digest == digests.of(note):
                    continue
                self._deleted[number].add(document)
            yield note

    def shared(self, folder: Path) -> list[SegmentEntry]:
        """Link its segments into `folder`, but for those of which nothing is left."""
        entries = []
        for entry, deleted in zip(self._entries, self._deleted, strict=True):
            if len(deleted) < entry.notes:
                _share(entry.path(self._folder), entry.path(folder))
                entries.append(SegmentEntry(entry.name, entry.notes, tuple(sorted(deleted))))
        return entries
