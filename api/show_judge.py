"""Doubts and decisions as people read them in a terminal."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from api.show import named
from queries.answer import Candidate
from queries.review import Doubtful, Mentioned, Review

_QUOTE = 300


def show_review(console: Console, answer: Review) -> None:
    """Each doubt with its mentions (source:start, for `vanban judge`), the words, and the candidates."""
    for one in answer.doubts:
        console.print(_doubt(one))
    if not answer.doubts:
        console.print("Nothing to look at.")
    if answer.next is not None:
        console.print(f"more: --cursor {answer.next}", highlight=False)
    console.print(f"[dim]{answer.corpus.text}[/]", highlight=False)


def _doubt(one: Doubtful) -> Tree:
    head = named(one.document) if one.document else Text(one.key, "bold")
    tree = Tree(Text.assemble((f"{one.cited_by} × {one.kind}: ", "cyan"), head))
    tree.add(Text(one.why.en, "yellow"))
    if one.judgement:
        tree.add(f"judgement {one.judgement}")
    if one.other:
        tree.add(Text(f"and {one.other}"))
    for source in one.sources:
        tree.add(Text(f"source {source}", "dim"))
    for mention in one.mentions:
        _mention(tree, mention)
    if one.more:
        tree.add(f"{one.more} more mentions")
    _candidates(tree, one.candidates)
    return tree


def _mention(tree: Tree, mention: Mentioned) -> None:
    citing = mention.citing.name if mention.citing else "a document not in the graph"
    leaf = tree.add(Text.assemble((f"{mention.source}:{mention.start} ", "dim"), f"{citing}: "))
    leaf.add(Text(" ".join(mention.quote.split())[:_QUOTE], "italic"))


def _candidates(tree: Tree, candidates: Iterable[Candidate]) -> None:
    for one in candidates:
        leaf = tree.add(Text.assemble((f"{one.score:.2f} ", "green"), named(one.document)))
        leaf.add(Text("; ".join(reason.en for reason in one.reasons), "dim"))
