"""Errors that carry a whole message for a person: what, where, what to do."""


class TechnotesError(Exception):
    """Any failure that the person running the archive can do something about."""


class ConfigError(TechnotesError):
    """The configuration holds mistakes; every one of them is in `mistakes`."""

    def __init__(self, mistakes: tuple[str, ...]) -> None:
        super().__init__("\n".join(mistakes))
        self.mistakes = mistakes


class Unreadable(TechnotesError):
    """A source document cannot become blocks; `reason` says why and what would help."""

    def __init__(self, locator: str, reason: str) -> None:
        super().__init__(f"{locator}: {reason}")
        self.locator = locator
        self.reason = reason


class GenerationError(TechnotesError):
    """A generation is absent, damaged or of a format this program does not know."""


class SearchTooLong(TechnotesError):
    """A search was given up: it would have taken longer than one may."""

    def __init__(self, seconds: float) -> None:
        super().__init__(
            f"this search takes longer than {seconds * 1000:.0f} ms and was given up: ask for fewer"
            " or rarer words, or for longer beginnings of words"
        )


class RunInProgress(TechnotesError):
    """Another run holds the lock on the data folder."""
