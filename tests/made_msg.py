"""An Outlook mail (MSG) made for tests: a compound file with the storages and properties that a reader looks for."""

from __future__ import annotations

import struct
from dataclasses import dataclass, field

_SECTOR = 512
_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
_STRING, _BINARY, _INTEGER = 0x001F, 0x0102, 0x0003
_ROOT, _STORAGE, _STREAM = 5, 1, 2
# Shorter streams would lie in a part of the file that these tests do without.
_LEAST = 4_096


@dataclass(slots=True)
class _Entry:
    name: str
    kind: int
    data: bytes = b""
    kids: list[_Entry] = field(default_factory=list)


def msg(body: str, *attached: tuple[str, bytes]) -> bytes:
    """A mail with that text and attachments of at least 4,096 bytes each."""
    kids = _storage(32, {(0x1000, _STRING): body.encode("utf-16-le")})
    for number, (name, data) in enumerate(attached):
        assert len(data) >= _LEAST
        parts = {(0x3707, _STRING): name.encode("utf-16-le"), (0x3701, _BINARY): data}
        kids.append(_Entry(f"__attach_version1.0_#{number:08X}", _STORAGE, kids=_storage(8, parts)))
    return _written(_Entry("Root Entry", _ROOT, kids=kids))


def _storage(header: int, values: dict[tuple[int, int], bytes]) -> list[_Entry]:
    rows = [struct.pack("<HHII4x", kind, id, 6, len(data)) for (id, kind), data in values.items()]
    filler = struct.pack("<HHIi4x", _INTEGER, 0x3705, 6, 1)
    rows += [filler] * ((_LEAST - header) // 16 + 1 - len(rows))
    properties = _Entry("__properties_version1.0", _STREAM, bytes(header) + b"".join(rows))
    parts = [
        _Entry(f"__substg1.0_{id:04X}{kind:04X}", _STREAM, data.ljust(_LEAST, b"\0"))
        for (id, kind), data in values.items()
    ]
    return [properties, *parts]


def _written(root: _Entry) -> bytes:
    entries = [root]
    for entry in entries:
        entries += entry.kids
    size = [-(-len(one.data) // _SECTOR) for one in entries]
    directory = -(-len(entries) * 128 // _SECTOR)
    tables = 1
    while tables * (_SECTOR // 4) < tables + directory + sum(size):
        tables += 1
    chain = [_FAT] * tables
    starts = []
    for count in (directory, *size):
        starts.append(len(chain) if count else _END)
        chain += [len(chain) + at + 1 for at in range(count - 1)] + ([_END] if count else [])
    chain += [_FREE] * (tables * (_SECTOR // 4) - len(chain))
    head = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", bytes.fromhex("D0CF11E0A1B11AE1"), 0x3E, 3, 0xFFFE, 9, 6, 0, tables, starts[0], 0,
        _LEAST, _END, 0, _END, 0,
    )  # fmt: skip
    head += struct.pack(f"<{109}I", *range(tables), *[_FREE] * (109 - tables))
    rows = b"".join(_row(entries, at, starts[1:][at]) for at in range(len(entries)))
    content = b"".join(one.data.ljust(count * _SECTOR, b"\0") for one, count in zip(entries, size, strict=True))
    return head + struct.pack(f"<{len(chain)}I", *chain) + rows.ljust(directory * _SECTOR, b"\0") + content


def _row(entries: list[_Entry], at: int, start: int) -> bytes:
    entry = entries[at]
    name = (entry.name + "\0").encode("utf-16-le")
    below = entries.index(entry.kids[0]) if entry.kids else _FREE
    siblings = next((one.kids for one in entries if entry in one.kids), [entry])
    where = siblings.index(entry)
    after = entries.index(siblings[where + 1]) if where + 1 < len(siblings) else _FREE
    return struct.pack(
        "<64sHBBIII16xI16xIQ", name, len(name), entry.kind, 1, _FREE, after, below, 0, start, len(entry.data)
    )
