"""Makes documents that cite documents with colliding numbers, and the truth of what each mention means."""

from __future__ import annotations

import random
from dataclasses import dataclass

from graph.model import Header

PLACES = {
    "Bình Thuận": ("tỉnh", "binh-thuan", "lam-dong.2025"),
    "Lâm Đồng": ("tỉnh", "lam-dong", "lam-dong.2025"),
    "Bắc Ninh": ("tỉnh", "bac-ninh", "bac-ninh.2025"),
    "Bắc Giang": ("tỉnh", "bac-giang", "bac-ninh.2025"),
    "Quảng Ninh": ("tỉnh", "quang-ninh", "quang-ninh"),
    "Hà Nội": ("thành phố", "ha-noi", "ha-noi"),
    "Hải Phòng": ("thành phố", "hai-phong", "hai-phong.2025"),
    "Cần Thơ": ("thành phố", "can-tho", "can-tho.2025"),
    "Sơn La": ("tỉnh", "son-la", "son-la"),
}
LASTING = ("Lâm Đồng", "Bắc Ninh", "Quảng Ninh", "Hà Nội", "Hải Phòng", "Cần Thơ", "Sơn La")
NATIONAL = {10: (2007, 2010), 11: (2012, 2015), 12: (2017, 2020), 13: (2022, 2025)}
ROMAN = {10: "X", 11: "XI", 12: "XII", 13: "XIII"}
STATE = {"QĐ": ("Quyết định", "qd"), "KH": ("Kế hoạch", "kh"), "CT": ("Chỉ thị", "ct")}
PARTY = {"NQ": ("Nghị quyết", "nq"), "CT": ("Chỉ thị", "ct"), "KL": ("Kết luận", "kl")}
SUBJECTS = ("chăm sóc sức khỏe nhân dân", "chuyển đổi số", "cải cách hành chính", "phát triển du lịch", "bảo vệ rừng")


@dataclass(frozen=True, slots=True)
class Truth:
    """A mention: the number as printed, what it means, and whether the document tells."""

    number: str
    key: str
    decided: bool


@dataclass(frozen=True, slots=True)
class Made:
    """A document made up: its header and text, and the truth of its mentions in order."""

    header: Header
    raw: str
    truths: tuple[Truth, ...]


@dataclass(frozen=True, slots=True)
class _Day:
    year: int
    month: int
    day: int

    @property
    def iso(self) -> str:
        return f"{self.year}-{self.month:02}-{self.day:02}"

    @property
    def printed(self) -> str:
        return (
            f"{self.day:02}/{self.month}/{self.year}"
            if self.month > 2
            else f"{self.day:02}/{self.month:02}/{self.year}"
        )


def document(seed: int) -> Made:
    """The document of this seed: a body of a place or of the whole country citing two to five others."""
    chance = random.Random(seed)
    new = chance.random() < 0.5
    day = _Day(2025, chance.randint(8, 12), chance.randint(1, 28)) if new else _Day(2024, chance.randint(1, 12), 15)
    name = chance.choice(LASTING if new else list(PLACES))
    kind = PLACES[name][0]
    central = chance.random() < 0.25
    header = Header(issuer="Bộ Y tế" if central else f"Ủy ban nhân dân {kind} {name}", date=day.iso, type="Kế hoạch")
    makers = [_central, _party, _other_place, _law] + ([] if central else [_own, _own_party])
    said = [chance.choice(makers)(chance, name, day) for _ in range(chance.randint(2, 5))]
    numbers = [truth.number for _, truth in said]
    kept = [one for one in said if numbers.count(one[1].number) == 1]
    return Made(header, " ".join(f"{sentence}." for sentence, _ in kept), tuple(truth for _, truth in kept))


def _central(chance: random.Random, _: str, day: _Day) -> tuple[str, Truth]:
    code = chance.choice(("QĐ", "CT"))
    word, segment = STATE[code]
    number, year = chance.randint(1, 40), chance.randint(2012, day.year - 1)
    normative = code == "QĐ" and chance.random() < 0.3
    symbol = f"{number:02}/{year}/QĐ-TTg" if normative else f"{number:02}/{code}-TTg"
    dated = chance.random() < 0.8
    when = f" ngày {_Day(year, chance.randint(1, 12), 9).printed}" if dated else ""
    key = f"vn:state:ttg:{'qdn' if normative else segment}:{year}:{number}"
    sentence = f"Thực hiện {word} số {symbol}{when} của Thủ tướng Chính phủ về {chance.choice(SUBJECTS)}"
    return sentence, Truth(symbol, key, dated or normative)


def _party(chance: random.Random, _: str, day: _Day) -> tuple[str, Truth]:
    code = chance.choice(list(PARTY))
    word, segment = PARTY[code]
    number, term = chance.randint(1, 40), chance.choice([10, 11, 12, 13])
    year = chance.randint(NATIONAL[term][0], min(NATIONAL[term][1], day.year - 1))
    how = chance.choice(("date", "term", "both", "none"))
    when = f" ngày {_Day(year, chance.randint(2, 12), 9).printed}" if how in ("date", "both") else ""
    which = f" khóa {ROMAN[term]}" if how in ("term", "both") else ""
    sentence = f"Quán triệt {word} số {number}-{code}/TW{when} của Ban Chấp hành Trung ương Đảng{which}"
    return sentence, Truth(f"{number}-{code}/TW", f"vn:party:tw:{segment}:k{term}:{number}", how != "none")


def _other_place(chance: random.Random, own: str, day: _Day) -> tuple[str, Truth]:
    name = chance.choice([one for one in PLACES if one != own])
    kind, before, after = PLACES[name]
    number, year = chance.randint(1, 40), chance.choice([2022, 2023, 2024, 2025])
    year = min(year, day.year)
    month = chance.randint(8, 10) if year == 2025 and name in LASTING and day.month > 10 else chance.randint(1, 6)
    when = _Day(year, month, 5)
    past = when.iso > day.iso
    when = _Day(2023, 3, 5) if past else when
    where = after if when.iso >= "2025-07-01" else before
    sentence = f"Căn cứ Quyết định số {number}/QĐ-UBND ngày {when.printed} của Ủy ban nhân dân {kind} {name}"
    return sentence, Truth(f"{number}/QĐ-UBND", f"vn:state:ubnd@{where}:qd:{when.year}:{number}", True)


def _own(chance: random.Random, name: str, day: _Day) -> tuple[str, Truth]:
    kind, before, after = PLACES[name]
    code = chance.choice(("KH", "CT"))
    word, segment = STATE[code]
    number = chance.randint(41, 90)
    when = chance.choice([_Day(2022, 5, 5), _Day(2023, 9, 9), _Day(day.year, day.month, 1)])
    merged = before != after
    era = after if when.iso >= "2025-07-01" else before
    named = chance.random() < 0.4
    body = f"Ủy ban nhân dân {kind} {name}" if named else f"UBND {kind}"
    decided = named or not merged or day.iso < "2025-07-01" or when.iso >= "2025-07-01"
    sentence = f"Tiếp tục {word} số {number}/{code}-UBND ngày {when.printed} của {body} về {chance.choice(SUBJECTS)}"
    return sentence, Truth(f"{number}/{code}-UBND", f"vn:state:ubnd@{era}:{segment}:{when.year}:{number}", decided)


def _own_party(chance: random.Random, name: str, day: _Day) -> tuple[str, Truth]:
    kind, before, after = PLACES[name]
    committee = "Thành ủy" if kind == "thành phố" else "Tỉnh ủy"
    number = chance.randint(91, 130)
    when = chance.choice([_Day(2018, 1, 26), _Day(2020, 7, 7), _Day(2021, 3, 3), _Day(2023, 6, 6)])
    term = {2018: "n2015", 2020: "n2015", 2021: "n2020", 2023: "n2020"}[when.year]
    named = chance.random() < 0.5
    decided = when.year != 2020 and (named or before == after or day.iso < "2025-07-01")
    sentence = f"Theo Chương trình số {number}-CTr/TU, ngày {when.printed} của {committee}{f' {name}' if named else ''}"
    return sentence, Truth(f"{number}-CTr/TU", f"vn:party:tu@{before}:ctr:{term}:{number}", decided)


def _law(chance: random.Random, _: str, day: _Day) -> tuple[str, Truth]:
    name, key = chance.choice(
        (
            ("Luật Lâm nghiệp", "vn:na:qh:luat:qh14:16"),
            ("Luật Trẻ em", "vn:na:qh:luat:qh13:102"),
            ("Luật Du lịch", "vn:na:qh:luat:qh14:9"),
            ("Luật Khám bệnh, chữa bệnh", "vn:na:qh:luat:qh15:15"),
        )
    )
    return f"Căn cứ {name}", Truth(name, key, True)
