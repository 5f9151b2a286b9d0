"""From a document's text to its reading: header, citations, relations, tasks, keys, in that order."""

from __future__ import annotations
