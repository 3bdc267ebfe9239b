"""technotes.toml: what each key does, where the file is found, and every mistake at once."""

from __future__ import annotations

import time
from pathlib import Path

import pytest

from indexer.config import Config, Source, check_places, load_config
from indexer.config.labels import LONGEST_LABEL
from indexer.domain.blocks import BlockKind
from indexer.domain.errors import ConfigError
from indexer.domain.reference import TECHNICAL_NOTES, Series
from indexer.domain.search import Council
from indexer.extraction.labels import LabelSet, Line

WHOLE = """\
[council]
name = "Strathallan Council"
site = "https://www.strathallan.example/"

[series]
name = "Elected Member Briefing Note"
titles = [
    "Elected Member Briefing Note",
    "Briefing Note",
]
prefix = "EMBN"

[labels]
number = ["EMBN Number"]
details = ["Briefing information"]

[archive]
data = "var/archive"

[[sources]]
folder = "open"
published = true

[[sources]]
folder = "closed"
"""

WRONG = """\
# Everything that can be wrong, once.
[council]
nmae = "Strathallan Council"
site = "www.strathallan.example"
name = ""

[series]
titles = [
    "Technical Note",
    7,
    " ",
]
prefix = true

[labels]
report_from = ["Author"]
number = "TN Number"

[[sources]]
folder = "notes"
published = "yes"

[[sources]]
folder = "./notes"

[[sources]]
folder = "notes/2023"

[[sources]]
folder = "absent"

[[sources]]
published = true

[archive]
data = "technotes.toml"

[sauces]
"""

# The name of the file stands before each of these.
REPORT = """\
3: "nmae" is not a known key in [council]. Did you mean "name"?
4: "www.strathallan.example" is not a web address. Write it in full, like "https://www.example.org".
5: "name" is empty. Write name = "…", or leave it out.
8: "titles" holds a number, not only texts. Write titles = ["…", "…"].
8: "titles" holds an empty text. Write titles = ["…", "…"].
13: "prefix" is true or false, not text. Write prefix = "…", or leave it out.
16: "report_from" is not a known key in [labels]. Did you mean "report_by"?
17: "number" is text, not a list of texts. Write number = ["…", "…"].
21: "published" is text, not true or false. Write published = true or published = false, \
without quotation marks.
24: the source folder "./notes" is named twice. Name each source once.
27: the source folder "notes/2023" overlaps another source. \
Name folders that lie apart; the folders inside one are read with it.
30: the source folder "absent" is not there. Make the folder absent, or name another.
32: this source has no folder. Add a line folder = "…".
36: "technotes.toml" is a file. Name a folder; it is made where it is absent.
38: "sauces" is not a known key of this file. Did you mean "sources"?
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working folder, so that no configuration of the checkout is found."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("TECHNOTES_CONFIG", raising=False)
    return tmp_path


def mistakes_in(text: str | bytes) -> tuple[str, ...]:
    file = Path("technotes.toml")
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(ConfigError) as caught:
        load_config()
    return caught.value.mistakes


def test_every_key_has_a_default(here: Path) -> None:
    """Without a file, the series is the Technical Note and nothing is a source."""
    assert load_config() == Config()
    Path("technotes.toml").write_text("")
    assert load_config() == Config(file=Path("technotes.toml"))


def test_every_key_is_read(here: Path) -> None:
    """A whole file becomes a whole record; paths are relative to the file's folder."""
    folder = here / "etc"
    for name in ("open", "closed"):
        (folder / name).mkdir(parents=True)
    (folder / "technotes.toml").write_text(WHOLE)
    assert load_config(Path("etc/technotes.toml")) == Config(
        council=Council("Strathallan Council", "https://www.strathallan.example"),
        series=Series(
            "Elected Member Briefing Note",
            ("Elected Member Briefing Note", "Briefing Note"),
            "EMBN",
        ),
        labels={"number": ("EMBN Number",), "details": ("Briefing information",)},
        sources=(Source(Path("etc/open"), published=True), Source(Path("etc/closed"))),
        data=Path("etc/var/archive"),
        file=Path("etc/technotes.toml"),
    )


def test_another_series_does_not_inherit_the_titles_of_this_one(here: Path) -> None:
    """A name alone is enough: the titles are the name and the prefix its initials."""
    Path("technotes.toml").write_text('[series]\nname = "Member Briefing"\n')
    assert load_config().series == Series("Member Briefing", ("Member Briefing",), "MB")
    Path("technotes.toml").write_text('[series]\nname = "Technical Note"\n')
    assert load_config().series == TECHNICAL_NOTES


def test_the_file_given_wins_over_the_variable_and_the_folder(
    here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """--config, then $TECHNOTES_CONFIG, then ./technotes.toml."""
    for name in ("technotes", "variable", "given"):
        Path(f"{name}.toml").write_text(f'[council]\nname = "{name}"\n')
    assert load_config().council.name == "technotes"
    monkeypatch.setenv("TECHNOTES_CONFIG", "variable.toml")
    assert load_config().council.name == "variable"
    assert load_config(Path("given.toml")).council.name == "given"


def test_every_mistake_is_reported_at_once(here: Path) -> None:
    """The whole report, as a keeper sees it."""
    (here / "notes" / "2023").mkdir(parents=True)
    expected = [f"technotes.toml:{sentence}" for sentence in REPORT.splitlines()]
    assert list(mistakes_in(WRONG)) == expected


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ('[council]\nname = "Strathallan\n', "technotes.toml:2: Illegal character"),
        ("[council]\nname =\n", "technotes.toml:2: Invalid value"),
        ('[series]\ntitles = ["a",\n', "technotes.toml:2: "),
        ('[council]\nname = "a"\nname = "b"\n', "technotes.toml:3: this key has a value already"),
        ("[council]\n\n[council]\n", "technotes.toml:3: the table [council] stands twice"),
        ("[a.b]\n[a.b]\n", "technotes.toml:2: the table [a.b] stands twice"),
        ("\na = " + "[" * 5000 + "]" * 5000, "technotes.toml:2: this value is nested too deep"),
        ("\n" + "a." * 3000 + "b = 1", "technotes.toml:2: this value is nested too deep"),
        ("a = [\n1\n]\nb = " + "1" * 5000, "technotes.toml:4: this value is nested too deep"),
        ('[archive]\ndata = "a\\u0000"\n', 'technotes.toml:2: "a\\x00" cannot be the name'),
        (f'[archive]\ndata = "{"a" * 5000}"\n', f'technotes.toml:2: "{"a" * 60}…" cannot be'),
        ('[[sources]]\nfolder = "a\\u0000"\n', 'technotes.toml:2: "a\\x00" cannot be the name'),
        (f'[[sources]]\nfolder = "{"a" * 5000}"', f'technotes.toml:2: "{"a" * 60}…" cannot be'),
        ('[series]\nprefix = "20"\n', 'technotes.toml:2: "20" does not begin with a letter'),
        ('[series]\nname = "!!! 20"\n', 'technotes.toml:2: "!!! 20" has no words to make'),
        (
            '[labels]\nnumber = ["Ref"]\nsubject = ["ref:"]\n',
            'technotes.toml:3: the label "ref:" stands under "number" too',
        ),
        (f'[labels]\nnumber = ["{"x" * 61}"]\n', f'technotes.toml:2: the label "{"x" * 60}…"'),
        ('[labels]\nnumber = ["Ref: no"]\n', 'technotes.toml:2: the label "Ref: no" has a colon'),
        ('[labels]\nnumber = [":"]\n', 'technotes.toml:2: the label ":" has no word'),
        (b'[council]\nname = "\x92"\n', "technotes.toml:2: a character is not in UTF-8"),
        ('council = "Strathallan"\n', 'technotes.toml:1: "council" is text, not a table'),
        ("\nsources = [1]\n", 'technotes.toml:2: "sources" is a list, not a list of tables'),
        ("[archive]\ndata = 2024-01-01\n", 'technotes.toml:2: "data" is a date or time, not text'),
        ('sources = [{folder = "a"}]\n', 'technotes.toml:1: the source folder "a" is not there'),
        ('[council]\nsite = "https://[x"\n', 'technotes.toml:2: "https://[x" is not a web address'),
    ],
)
def test_a_file_that_is_no_configuration_is_refused_by_line(
    here: Path, text: str | bytes, start: str
) -> None:
    """What TOML itself forbids has its line and remedy too."""
    (sentence,) = mistakes_in(text)
    assert sentence.startswith(start)
    assert sentence.endswith((".", "…"))


def test_a_file_that_is_not_there_is_refused(here: Path) -> None:
    """A file that was named is never silently replaced by the defaults."""
    with pytest.raises(ConfigError, match=r"absent\.toml: there is no such file\. Write one"):
        load_config(Path("absent.toml"))


def test_a_file_saved_by_a_windows_editor_is_read(here: Path) -> None:
    """A byte order mark and \\r\\n are no mistakes, and lines are still counted right."""
    Path("technotes.toml").write_bytes(b'\xef\xbb\xbf[council]\r\nname = "A"\r\n')
    assert load_config().council.name == "A"
    assert mistakes_in(b"\xef\xbb\xbf[council]\r\n\r\nname = 1\r\n")[0].startswith(
        "technotes.toml:3: "
    )


@pytest.mark.parametrize(
    ("folder", "data", "problem"),
    [
        ("kept/generations", "kept", "lies in the folder that the archive itself fills"),
        ("kept/generations/.notes", "kept", "lies in the folder that the archive itself fills"),
        ("notes", "notes/generations/kept", 'would lie in the folder "generations" of the source'),
    ],
)
def test_notes_and_generations_lie_apart(here: Path, folder: str, data: str, problem: str) -> None:
    """Each run clears the folder of the generations, and a source is never written to."""
    Path(folder).mkdir(parents=True)
    text = f'[[sources]]\nfolder = "{folder}"\n[archive]\ndata = "{data}"\n'
    (sentence,) = mistakes_in(text)
    assert sentence.startswith("technotes.toml:2: ")
    assert problem in sentence
    with pytest.raises(ConfigError, match=problem):
        check_places(Config(sources=(Source(Path(folder)),), data=Path(data)))


def test_notes_may_lie_beside_the_generations(here: Path) -> None:
    """In the data folder, or the data folder among the notes: neither is in the other's way."""
    Path("kept/notes").mkdir(parents=True)
    Path("technotes.toml").write_text(
        '[[sources]]\nfolder = "kept/notes"\n[archive]\ndata = "kept"\n'
    )
    check_places(load_config())
    check_places(Config(sources=(Source(Path("kept")),), data=Path("kept/notes")))


def test_labels_are_as_long_as_extraction_reads_them(here: Path) -> None:
    """The longest that is no mistake is found in a note."""
    label = "x" * LONGEST_LABEL
    assert mistakes_in(f'[labels]\nnumber = ["{label}x"]\n')
    Path("technotes.toml").write_text(f'[labels]\nnumber = ["{label}"]\n')
    labels = LabelSet(TECHNICAL_NOTES, load_config().labels)
    line = Line(f"{label}: 064-23", 0, BlockKind.PARAGRAPH)
    assert labels.of(line) == ("number", "064-23")


def test_a_long_array_is_read_once(here: Path) -> None:
    """Its lines are still counted right, whatever its strings hold."""
    strings = "".join(f'  "label {number} [",  # a comment ]\n' for number in range(3000))
    text = f'[labels]\nnumber = [\n{strings}]\nsubject = """\n[x]\n"""\nsubjects = 1\n'
    begun = time.perf_counter()
    mistakes = mistakes_in(text)
    assert time.perf_counter() - begun < 2
    assert [mistake.split(" ")[0] for mistake in mistakes] == [
        "technotes.toml:3004:",
        "technotes.toml:3007:",
    ]
