"""Files that hold files: ZIP archives and mails; what is in them is told by content and goes nowhere by its name."""

from __future__ import annotations

import email
import email.policy
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage

from ingest.refusal import Unreadable
from ingest.walk import is_document, is_litter
from ingest.zipped import MOST_MEMBERS, Zipped, names_in

DEEPEST = 3
LARGEST_INSIDE = 400 * 1024 * 1024
_HEADER = re.compile(
    rb"(?:From|To|Date|Subject|Received|Message-ID|MIME-Version|Return-Path|Content-Type|X-[\w-]+):[ \t]", re.IGNORECASE
)
_OFFICE = ("word/document.xml", "xl/workbook.xml", "ppt/presentation.xml", "mimetype", "META-INF/container.xml")
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
_MAIL = "__properties_version1.0".encode("utf-16-le")
_LONGEST_NAME = 200


@dataclass(frozen=True, slots=True)
class Inside:
    """A file in a container: a path that nothing is written to, `container/name`, and its bytes."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Contents:
    """What a container holds: documents, the paths of what is none by its name, and what could not be taken out."""

    documents: tuple[Inside, ...]
    left_out: tuple[str, ...] = ()
    failed: tuple[Unreadable, ...] = ()


def is_container(data: bytes) -> bool:
    """Whether a file is an archive or a mail rather than a document."""
    return _is_archive(data) or _is_outlook(data) or _is_mail(data)


def begins_archive(path: str) -> bool:
    """Whether the file at a path begins as a ZIP archive: it may be larger than a document."""
    try:
        with open(path, "rb") as file:
            return file.read(4) == b"PK\x03\x04"
    except OSError:
        return False


def contents(data: bytes, path: str, depth: int = 0) -> Contents:
    """What is in a container, which lies in `depth` others. `Unreadable` when damaged, locked, too deep or a bomb."""
    if depth >= DEEPEST:
        raise Unreadable(path, f"it lies in more than {DEEPEST} archives or mails", "unpack the outer ones")
    try:
        if _is_archive(data):
            return _archive(data, path)
        return _mail(path, *(_outlook(data) if _is_outlook(data) else _posted(data)))
    except Unreadable:
        raise
    except Exception as problem:
        # A mail may be broken in more ways than its libraries name.
        why = f"it cannot be taken apart ({type(problem).__name__})"
        raise Unreadable(path, why, "save what is attached to it, and give that") from problem


def _is_archive(data: bytes) -> bool:
    if not data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return False
    names = names_in(data)
    return bool(names) and not any(one in names for one in _OFFICE)


def _is_outlook(data: bytes) -> bool:
    return data.startswith(_OLE) and _MAIL in data


def _is_mail(data: bytes) -> bool:
    head = data[:4_096].lstrip(b"\xef\xbb\xbf\r\n")
    lines = head.split(b"\n")[:40]
    if not lines or not _HEADER.match(lines[0]):
        return False
    return len({line.split(b":")[0].lower() for line in lines if _HEADER.match(line)}) >= 3


def _archive(data: bytes, path: str) -> Contents:
    zipped = Zipped(data, path)
    documents: list[Inside] = []
    left_out: list[str] = []
    failed: list[Unreadable] = []
    for name, shown in _named(zipped.shown_names()):
        whole = f"{path}/{shown}"
        if is_litter(shown) or not is_document(shown):
            left_out.append(whole)
            continue
        try:
            documents.append(Inside(whole, zipped.read(name)))
        except Unreadable as problem:
            failed.append(Unreadable(whole, problem.why, problem.advice))
    return Contents(tuple(documents), tuple(left_out), tuple(failed))


def _named(names: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    """Each name with a safe one that is shown, no two of which are the same."""
    seen: dict[str, int] = {}
    for name, said in names:
        shown = safe_name(said)
        count = seen[shown] = seen.get(shown, 0) + 1
        yield name, shown if count == 1 else f"{shown} ({count})"


def safe_name(name: str) -> str:
    """A name without what leads out of its container: "../../etc/a.txt" is "etc/a.txt", "C:\\x\\b.pdf" is "x/b.pdf"."""
    parts = [part.strip() for part in re.split(r"[/\\]+", re.sub(r"[\x00-\x1f\x7f]", "", name))]
    kept = [part[:_LONGEST_NAME] for part in parts if part and part.strip(".") and not re.fullmatch("[A-Za-z]:", part)]
    return "/".join(kept) or "unnamed"


def _posted(data: bytes) -> tuple[list[tuple[str, bytes]], bytes, str]:
    """The attachments of a mail (name, bytes), and its own text with how to call it."""
    message = email.message_from_bytes(data, policy=email.policy.default)
    attached: list[tuple[str, bytes]] = []
    bodies: dict[str, bytes] = {}
    for part in message.walk():
        assert isinstance(part, EmailMessage)
        if part.is_multipart() and part.get_content_type() != "message/rfc822":
            continue
        if len(attached) > MOST_MEMBERS:
            break
        if part.get_content_type() == "message/rfc822":
            attached += [(f"{one.get('Subject') or 'mail'}.eml", one.as_bytes()) for one in part.iter_parts()]
            continue
        content = part.get_payload(decode=True)
        if isinstance(content, bytes):
            name = part.get_filename()
            if name and part.get_content_disposition() != "inline":
                attached.append((name, content))
            elif part.get_content_maintype() == "text":
                bodies.setdefault(part.get_content_subtype(), _as_unicode(content, part.get_content_charset()))
    kind = "html" if "html" in bodies else "plain"
    return attached, bodies.get(kind, b""), f"body.{'html' if kind == 'html' else 'txt'}"


def _as_unicode(content: bytes, charset: str | None) -> bytes:
    try:
        return content.decode(charset or "utf-8").encode()
    except (LookupError, UnicodeDecodeError):
        return content


def _outlook(data: bytes) -> tuple[list[tuple[str, bytes]], bytes, str]:
    from oxmsg import Message

    message = Message.load(io.BytesIO(data))
    attached = [(one.file_name or "unnamed", one.file_bytes or b"") for one in message.attachments]
    if message.html_body:
        return attached, message.html_body.encode(), "body.html"
    return attached, (message.body or "").rstrip("\0").encode(), "body.txt"


def _mail(path: str, attached: list[tuple[str, bytes]], body: bytes, called: str) -> Contents:
    """The documents attached to a mail; where none is, its own text is the document."""
    if sum(len(content) for _, content in attached) > LARGEST_INSIDE:
        raise Unreadable(path, "what is attached to it is too large", "save what is attached to it, and give that")
    shown = list(_named((name, name) for name, _ in attached))
    documents = [
        Inside(f"{path}/{one}", content)
        for (_, one), (_, content) in zip(shown, attached, strict=True)
        if is_document(one) and not is_litter(one)
    ]
    left_out = tuple(f"{path}/{one}" for _, one in shown if not is_document(one) or is_litter(one))
    if not documents and body.strip():
        documents = [Inside(f"{path}/{called}", body)]
    elif body.strip():
        left_out += (f"{path}/{called}",)
    return Contents(tuple(documents), left_out)
