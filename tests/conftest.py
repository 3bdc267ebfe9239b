"""What every test can use: another user's eyes, and the rules for skipping and for long runs."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Generator, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest
from hypothesis import settings

# Two cores are shared with whatever else runs, so no example fails for being slow.
settings.register_profile("default", deadline=None, max_examples=100)
settings.register_profile("soak", deadline=None, max_examples=20_000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "default"))

NOBODY = 65534


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """With CI=true a skipped test is a failure, unless it needs what only some machines have."""
    report = yield
    if report.skipped and not hasattr(report, "wasxfail"):
        _refuse_to_skip(report, excused=item.get_closest_marker("real_notes") is not None)
    return report


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(
    collector: pytest.Collector,
) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
    """With CI=true a module that skips itself is a failure too."""
    report = yield
    if report.skipped:
        marks = getattr(collector, "own_markers", [])
        _refuse_to_skip(report, excused=any(mark.name == "real_notes" for mark in marks))
    return report


def _refuse_to_skip(report: pytest.TestReport | pytest.CollectReport, *, excused: bool) -> None:
    if os.environ.get("CI") != "true" or excused:
        return
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
    report.outcome = "failed"
    report.longrepr = f"With CI=true no test may skip, and this one did: {reason}"


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A temporary folder that every user may enter, unlike pytest's own."""
    with tempfile.TemporaryDirectory(prefix="technotes-test-") as name:
        folder = Path(name)
        folder.chmod(0o777)
        yield folder


@pytest.fixture
def unprivileged() -> Callable[[], AbstractContextManager[None]]:
    """A block under `with unprivileged():` runs as a user whom permissions bind, even for root."""

    @contextmanager
    def as_another_user() -> Iterator[None]:
        if os.geteuid() != 0:
            yield
            return
        os.setegid(NOBODY)
        os.seteuid(NOBODY)
        try:
            yield
        finally:
            os.seteuid(0)
            os.setegid(0)

    return as_another_user
