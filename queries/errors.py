"""What a question can fail with; the doors turn each into a status and an exit code."""

from __future__ import annotations

from queries.answer import Candidate


class QuestionError(Exception):
    """A question that has no answer as asked; the message says what is wrong and what to do."""


class BadQuestion(QuestionError):
    """A parameter that cannot be used; `parameter` is its name."""

    def __init__(self, parameter: str, reason: str) -> None:
        super().__init__(f"{parameter}: {reason}")
        self.parameter = parameter
        self.reason = reason


class NamesNothing(BadQuestion):
    """Words that cannot be read as a document or a body, or that name none there is."""


class UnknownDocument(QuestionError):
    """No document of the graph is meant by the words, which were read as `key`."""

    def __init__(self, words: str, key: str | None, parameter: str = "document") -> None:
        read_as = f" (read as {key})" if key else " (not read as the number, name or key of a document)"
        super().__init__(f"{words!r}{read_as} is neither held here nor cited by what is held.")
        self.words = words
        self.key = key
        self.parameter = parameter


class AmbiguousDocument(QuestionError):
    """Several documents may be meant; they are listed, none is guessed."""

    def __init__(self, words: str, key: str, candidates: tuple[Candidate, ...]) -> None:
        super().__init__(f"{words!r} may mean any of {len(candidates)} documents; ask by one of their keys.")
        self.words = words
        self.key = key
        self.candidates = candidates
