"""Tells what looks like an order and is none: names alone, titles, what a person is given."""

from __future__ import annotations

from ingest.bodies import read_bodies
from ingest.bodies_words import Words, words_pattern
from ingest.tasks_marks import cue_pattern, has_cue

_SHORT = 120


def only_names(words: Words, start: int, end: int) -> bool:
    """The item is a name or a list of them: "- Bộ Tài chính;" below "Các bộ, ngành:"."""
    bodies = read_bodies(words, start, end)
    return bodies is not None and not words.flat[bodies.end : end].strip(" .;,:*_")


def handed_to_person(words: Words, start: int, end: int) -> bool:
    """ "Giao đồng chí A, Phó Chủ tịch …", "Giao Phó Thủ tướng B …": the bodies above are not told to do it."""
    cue = cue_pattern().match(words.low, start, end)
    person = words_pattern("tasks", "officers", r"\s+(?:@)(?![^\W_])")
    return cue is not None and person.match(words.low, cue.end(), end) is not None


def is_title(words: Words, start: int, end: int) -> bool:
    """ "2. Tổ chức thực hiện" above its items: short, and closed by no mark."""
    said = words.flat[start:end].rstrip(" *_")
    return len(said) < _SHORT and not said.endswith((".", ";", "!"))


def is_cell_title(words: Words, start: int, end: int) -> bool:
    """ "Cơ quan chủ trì thẩm tra", "Bộ Xây dựng hướng dẫn": a short cell that is no sentence and hands out nothing."""
    said = words.flat[start:end].rstrip()
    return len(said) < _SHORT // 2 and not said.endswith((".", ";", ":")) and not has_cue(words, start, end)
