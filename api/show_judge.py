"""Doubts and decisions as people read them in a terminal."""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.console import Console
from rich.text import Text
from rich.tree import Tree

from api.show import named
from ingest.bring_in import Taken
from ingest.judging import Judged, Undone
from queries.answer import Candidate
from queries.judgements import Judgements
from queries.review import Accepted, Doubtful, Mentioned, Review

_QUOTE, _LINES = 300, 50
_FRACTION = re.compile(r"\.\d+")


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


def show_judgements(console: Console, answer: Judgements) -> None:
    """One judgement a line with its id, who and when, and why."""
    for one in answer.judgements:
        said = one.judgement
        where = said.source and (said.source if said.start is None else f"{said.source}:{said.start}")
        what = [said.what, where, said.key, said.other, said.field, said.value]
        line = Text.assemble((one.id, "dim"), " ", (" ".join(part for part in what if part), "bold"))
        line.append(f"  {said.who} {_FRACTION.sub('', said.when)}", "cyan")
        console.print(line.append("" if one.stands else "  (a later one counts)", "yellow"))
        for words in filter(None, (said.note, said.quote)):
            console.print(Text(f"  {' '.join(words.split())[:_QUOTE]}", "dim"))
    if not answer.judgements:
        console.print("Nothing was judged.")
    if answer.next is not None:
        console.print(f"more: --cursor {answer.next}", highlight=False)


def show_judged(console: Console, outcome: Judged) -> None:
    """How many judgements are new, and those that cannot be applied here."""
    known = f", {outcome.known} known already" if outcome.known else ""
    console.print(f"{outcome.new} judgements kept{known}", highlight=False)
    for judgement, why in outcome.dangling:
        words = f"kept, not applied: {judgement.id} on {judgement.source}: {why}"
        console.print(Text(words, "yellow"))


def show_undone(console: Console, outcome: Undone) -> None:
    """What was forgotten, and what there is none of."""
    for id in outcome.undone:
        console.print(f"undone: {id}", highlight=False)
    for id in outcome.unknown:
        console.print(Text(f"unknown: {id} is no judgement kept here", "red"))


def show_accepted(console: Console, outcome: Accepted) -> None:
    """How many mentions were judged, and how many were left."""
    console.print(
        f"{len(outcome.judgements)} mentions accepted; left: {outcome.tied} whose best candidates score the same, "
        f"{outcome.below} below the score",
        highlight=False,
    )


def show_taken(console: Console, taken: Taken) -> None:
    """How many lines came in, and those that were left out with the reasons."""
    said = f"{taken.name}: {taken.lines} lines taken in as {taken.source}"
    said += ", all known already" if taken.known else ""
    said += f", {taken.doubles} doubles" if taken.doubles else ""
    console.print(f"{said}, {taken.left_out_all} left out", highlight=False, markup=False)
    for line, why in taken.left_out[:_LINES]:
        console.print(Text(f"  line {line}: {why}", "yellow"))
    if taken.left_out_all > _LINES:
        console.print(f"  {taken.left_out_all - _LINES} more; --json lists the first 1,000", highlight=False)
    if taken.judged and (taken.judged.new or taken.judged.known or taken.judged.dangling):
        show_judged(console, taken.judged)
