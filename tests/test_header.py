"""Headers are read from the layouts in which documents come."""

from __future__ import annotations

import unicodedata

import pytest

from graph.model import Header
from ingest.clean import clean
from ingest.header import read_header


def header(text: str) -> Header:
    return read_header(clean(text))


# Each: what it is, the document, the fields that are looked at.
LAYOUTS: list[tuple[str, str, dict[str, object]]] = [
    (
        "two columns set apart by blanks",
        """UBND TỈNH QUẢNG NINH            CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
      SỞ Y TẾ                        Độc lập - Tự do - Hạnh phúc

Số: 1234/SYT-NVY                 Quảng Ninh, ngày 05 tháng 7 năm 2023
V/v tăng cường công tác
phòng, chống sốt xuất huyết

        Kính gửi: Trung tâm Y tế các huyện, thị xã, thành phố.

Thực hiện Công văn số 55/UBND-VX, Sở Y tế yêu cầu các đơn vị triển khai./.

Nơi nhận:                                  KT. GIÁM ĐỐC
- Như trên;                                PHÓ GIÁM ĐỐC
- UBND tỉnh (báo cáo);
- Lưu: VT, NVY.
                                           Nguyễn Minh Tuấn
""",
        {
            "number": "1234/SYT-NVY",
            "type": "Công văn",
            "issuer": "Sở Y tế tỉnh Quảng Ninh",
            "date": "2023-07-05",
            "subject": "tăng cường công tác phòng, chống sốt xuất huyết",
            "signer": "Nguyễn Minh Tuấn",
            "recipients": ("Như trên", "UBND tỉnh (báo cáo)"),
            "capacity": "KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC",
            "place": "tỉnh Quảng Ninh",
        },
    ),
    (
        "letterhead and signature on the lines of the other column",
        """UBND TỈNH QUẢNG NINH CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
SỞ Y TẾ Độc lập - Tự do - Hạnh phúc
Số: 1234/SYT-NVY Quảng Ninh, ngày 05 tháng 7 năm 2023
V/v tăng cường công tác phòng, chống sốt xuất huyết

Kính gửi: Trung tâm Y tế các huyện, thị xã, thành phố.

Sở Y tế yêu cầu các đơn vị triển khai./.

Nơi nhận: KT. GIÁM ĐỐC
- Như trên; PHÓ GIÁM ĐỐC
- UBND tỉnh (báo cáo);
- Lưu: VT, NVY.
Nguyễn Minh Tuấn
""",
        {
            "number": "1234/SYT-NVY",
            "issuer": "Sở Y tế tỉnh Quảng Ninh",
            "date": "2023-07-05",
            "subject": "tăng cường công tác phòng, chống sốt xuất huyết",
            "signer": "Nguyễn Minh Tuấn",
            "recipients": ("Như trên", "UBND tỉnh (báo cáo)"),
            "capacity": "KT. GIÁM ĐỐC / PHÓ GIÁM ĐỐC",
        },
    ),
    (
        "Party letterhead with an asterisk",
        """TỈNH ỦY HƯNG YÊN                         ĐẢNG CỘNG SẢN VIỆT NAM
        *                            Hưng Yên, ngày 26 tháng 01 năm 2018
Số 40-CTr/TU

CHƯƠNG TRÌNH HÀNH ĐỘNG
thực hiện Nghị quyết số 20-NQ/TW, ngày 25/10/2017 của Ban Chấp hành
Trung ương Đảng khóa XII
-----

Thực hiện Nghị quyết số 20-NQ/TW, Ban Chấp hành Đảng bộ tỉnh ban hành Chương trình hành động.

Nơi nhận:                          T/M BAN THƯỜNG VỤ
- Ban Bí thư Trung ương Đảng,          PHÓ BÍ THƯ
- Các huyện ủy, thành ủy,
- Lưu Văn phòng Tỉnh ủy.

                                   Nguyễn Văn Phóng
""",
        {
            "number": "40-CTr/TU",
            "type": "Chương trình hành động",
            "issuer": "Tỉnh ủy Hưng Yên",
            "date": "2018-01-26",
            "subject": "thực hiện Nghị quyết số 20-NQ/TW, ngày 25/10/2017 của Ban Chấp hành Trung ương Đảng khóa XII",
            "signer": "Nguyễn Văn Phóng",
            "recipients": ("Ban Bí thư Trung ương Đảng", "Các huyện ủy, thành ủy"),
            "capacity": "T/M BAN THƯỜNG VỤ / PHÓ BÍ THƯ",
        },
    ),
    (
        "stamps of arrival and of the copy, urgency",
        """ĐẾN
Số: 812
Ngày: 24/11/2025
Chuyển: Phòng TH

HỎA TỐC

ỦY BAN NHÂN DÂN
TỈNH LÀO CAI

CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc

Số: 2077/UBND-NLN
Lào Cai, ngày 23 tháng 11 năm 2025

V/v ứng phó mưa lũ

Kính gửi: Ủy ban nhân dân các xã, phường.

Việc KHẨN trương là cần thiết.

Nơi nhận:
- Như trên;
- Lưu: VT.

KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
(Đã ký)
Hoàng Quốc Bảo

SAO Y BẢN CHÍNH
Số: 15/SY-SNN
Lào Cai, ngày 25 tháng 11 năm 2025
""",
        {
            "number": "2077/UBND-NLN",
            "date": "2025-11-23",
            "issuer": "Ủy ban nhân dân tỉnh Lào Cai",
            "urgency": "HỎA TỐC",
            "secrecy": None,
            "stamps": ("ĐẾN số 812 ngày 2025-11-24", "SAO Y số 15/SY-SNN ngày 2025-11-25"),
            "signer": "Hoàng Quốc Bảo",
            "subject": "ứng phó mưa lũ",
        },
    ),
    (
        "a law",
        """QUỐC HỘI
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Luật số: 64/2025/QH15

LUẬT
BAN HÀNH VĂN BẢN QUY PHẠM PHÁP LUẬT

Căn cứ Hiến pháp nước Cộng hòa xã hội chủ nghĩa Việt Nam đã được sửa đổi, bổ sung;
Quốc hội ban hành Luật Ban hành văn bản quy phạm pháp luật.

Điều 72. Hiệu lực thi hành
1. Luật này có hiệu lực thi hành từ ngày 01 tháng 4 năm 2025.
2. Luật Ban hành văn bản quy phạm pháp luật số 80/2015/QH13 hết hiệu lực kể từ ngày Luật này có hiệu lực thi hành.

Luật này được Quốc hội nước Cộng hòa xã hội chủ nghĩa Việt Nam khóa XV, Kỳ họp bất thường lần thứ 9
thông qua ngày 19 tháng 02 năm 2025.

CHỦ TỊCH QUỐC HỘI
Trần Thanh Mẫn
""",
        {
            "number": "64/2025/QH15",
            "type": "Luật",
            "issuer": "Quốc hội",
            "date": "2025-02-19",
            "inferred": ("date",),
            "subject": "BAN HÀNH VĂN BẢN QUY PHẠM PHÁP LUẬT",
            "effective_from": "2025-04-01",
            "effective_to": None,
            "signer": "Trần Thanh Mẫn",
        },
    ),
    (
        "two ministries",
        """BỘ Y TẾ - BỘ TÀI CHÍNH
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 37/2015/TTLT-BYT-BTC
Hà Nội, ngày 29 tháng 10 năm 2015

THÔNG TƯ LIÊN TỊCH
QUY ĐỊNH THỐNG NHẤT GIÁ DỊCH VỤ KHÁM BỆNH, CHỮA BỆNH BẢO HIỂM Y TẾ

Căn cứ Luật Giá;

Điều 5. Thông tư liên tịch này có hiệu lực thi hành kể từ ngày 01 tháng 3 năm 2016.

KT. BỘ TRƯỞNG
BỘ TÀI CHÍNH
THỨ TRƯỞNG
Nguyễn Văn Hiếu

KT. BỘ TRƯỞNG
BỘ Y TẾ
THỨ TRƯỞNG
Phạm Lê Tuấn

Nơi nhận:
- Văn phòng Quốc hội;
- Lưu: VT Bộ Y tế, Bộ Tài chính.
""",
        {
            "number": "37/2015/TTLT-BYT-BTC",
            "type": "Thông tư liên tịch",
            "issuer": "Bộ Y tế, Bộ Tài chính",
            "date": "2015-10-29",
            "effective_from": "2016-03-01",
            "recipients": ("Văn phòng Quốc hội",),
        },
    ),
    (
        "a telegram",
        """THỦ TƯỚNG CHÍNH PHỦ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 222/CĐ-TTg
Hà Nội, ngày 20 tháng 11 năm 2025

CÔNG ĐIỆN
VỀ VIỆC TẬP TRUNG ỨNG PHÓ MƯA LŨ LỚN TẠI MIỀN TRUNG
THỦ TƯỚNG CHÍNH PHỦ điện:
- Bộ trưởng các Bộ: Quốc phòng, Công an;
- Chủ tịch Ủy ban nhân dân các tỉnh Khánh Hòa, Đắk Lắk.

Trong những ngày qua có mưa lớn.

Nơi nhận:
- Như trên;
- Lưu: VT, NN (2).
KT. THỦ TƯỚNG
PHÓ THỦ TƯỚNG

Trần Hồng Hà
""",
        {
            "number": "222/CĐ-TTg",
            "type": "Công điện",
            "issuer": "Thủ tướng Chính phủ",
            "date": "2025-11-20",
            "subject": "VỀ VIỆC TẬP TRUNG ỨNG PHÓ MƯA LŨ LỚN TẠI MIỀN TRUNG",
            "signer": "Trần Hồng Hà",
        },
    ),
    (
        "a Markdown table with breaks in its cells",
        """| UBND TỈNH HÒA BÌNH<br>**VĂN PHÒNG** | **CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**<br>Độc lập - Tự do |
|---|---|
| Số: 45/TB-VPUBND | *Hòa Bình, ngày 12 tháng 3 năm 2024* |

**THÔNG BÁO**

**Kết luận của Phó Chủ tịch Ủy ban nhân dân tỉnh Quách Tất Liêm tại cuộc họp**

Ngày 10/3/2024, tại Trụ sở Ủy ban nhân dân tỉnh, đồng chí Phó Chủ tịch chủ trì họp.

| **Nơi nhận:**<br>- Như trên;<br>- Chánh VP;<br>- Lưu: VT. | KT. CHÁNH VĂN PHÒNG<br>PHÓ VP<br><br>**Nguyễn Ngọc Tú** |
|---|---|
""",
        {
            "number": "45/TB-VPUBND",
            "type": "Thông báo",
            "issuer": "Văn phòng Ủy ban nhân dân tỉnh Hòa Bình",
            "date": "2024-03-12",
            "subject": "Kết luận của Phó Chủ tịch Ủy ban nhân dân tỉnh Quách Tất Liêm tại cuộc họp",
            "signer": "Nguyễn Ngọc Tú",
            "recipients": ("Như trên", "Chánh VP"),
        },
    ),
    (
        "a secret Party report",
        """ĐẢNG BỘ TỈNH LONG AN                     ĐẢNG CỘNG SẢN VIỆT NAM
BAN THƯỜNG VỤ TỈNH ỦY
*
Số 12-BC/TU                        Tân An, ngày 02 tháng 02 năm 2021
MẬT

BÁO CÁO
kết quả công tác bảo vệ bí mật nhà nước năm 2020
-----
Kính gửi: Ban Bí thư.

Nơi nhận:
- Như trên,
- Lưu VPTU.
T/M BAN THƯỜNG VỤ
BÍ THƯ
Nguyễn Văn Được
""",
        {
            "number": "12-BC/TU",
            "issuer": "Ban Thường vụ Tỉnh ủy Long An",
            "date": "2021-02-02",
            "secrecy": "MẬT",
            "urgency": None,
            "subject": "kết quả công tác bảo vệ bí mật nhà nước năm 2020",
            "signer": "Nguyễn Văn Được",
        },
    ),
    (
        "a commune's decision, recipients without bullets",
        """**ỦY BAN NHÂN DÂN**
**PHƯỜNG HẢI CHÂU**

**CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM**
**Độc lập – Tự do – Hạnh phúc**

Số: 05/2025/QĐ-UBND

*Hải Châu, ngày 01 tháng 9 năm 2025*

# QUYẾT ĐỊNH

**Ban hành Quy chế làm việc của Ủy ban nhân dân phường Hải Châu**
**nhiệm kỳ 2021 - 2026**

**ỦY BAN NHÂN DÂN PHƯỜNG HẢI CHÂU**

*Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;*

**QUYẾT ĐỊNH:**

**Điều 1.** Ban hành kèm theo Quyết định này Quy chế làm việc.

**Điều 2.** Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 01/2021/QĐ-UBND.

Nơi nhận

Như Điều 3;

Đảng ủy phường;

Lưu: VT, VP.

TM. ỦY BAN NHÂN DÂN
CHỦ TỊCH

(đã ký)
Nguyễn Văn Duy
""",
        {
            "number": "05/2025/QĐ-UBND",
            "issuer": "Ủy ban nhân dân phường Hải Châu",
            "subject": "Ban hành Quy chế làm việc của Ủy ban nhân dân phường Hải Châu nhiệm kỳ 2021 - 2026",
            "effective_from": "2025-09-01",
            "recipients": ("Như Điều 3", "Đảng ủy phường"),
            "signer": "Nguyễn Văn Duy",
            "capacity": "TM. ỦY BAN NHÂN DÂN / CHỦ TỊCH",
        },
    ),
    (
        "blank number and day, a rank before the name",
        """UBND THÀNH PHỐ HÀ NỘI
SỞ GIÁO DỤC VÀ ĐÀO TẠO
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số:         /SGDĐT-GDPT
Hà Nội, ngày     tháng 9 năm 2025
V/v hướng dẫn thực hiện nhiệm vụ năm học
Kính gửi:
- Trưởng phòng Văn hóa - Xã hội các xã, phường;

Thực hiện Thông tư số 09/2025/TT-BGDĐT.
Nơi nhận:
- Như trên;
- Bộ GD&ĐT (để báo cáo);
- Lưu: VT, GDPT.
KT. GIÁM ĐỐC
PHÓ GIÁM ĐỐC



PGS.TS. Vương Hương Giang
""",
        {
            "number": None,
            "type": "Công văn",
            "issuer": "Sở Giáo dục và Đào tạo thành phố Hà Nội",
            "date": "2025-09",
            "signer": "Vương Hương Giang",
            "recipients": ("Như trên", "Bộ GD&ĐT (để báo cáo)"),
        },
    ),
    (
        "the Politburo under the Committee's letterhead",
        """BAN CHẤP HÀNH TRUNG ƯƠNG
*
ĐẢNG CỘNG SẢN VIỆT NAM
Hà Nội, ngày 22 tháng 8 năm 2025
Số 71-NQ/TW

NGHỊ QUYẾT
CỦA BỘ CHÍNH TRỊ
về đột phá phát triển giáo dục và đào tạo
-----
Giáo dục và đào tạo là quốc sách hàng đầu.

Nơi nhận:
- Các tỉnh ủy, thành ủy,
- Lưu Văn phòng Trung ương Đảng.
T/M BỘ CHÍNH TRỊ
TỔNG BÍ THƯ
Tô Lâm
""",
        {
            "number": "71-NQ/TW",
            "type": "Nghị quyết",
            "issuer": "Bộ Chính trị",
            "date": "2025-08-22",
            "subject": "về đột phá phát triển giáo dục và đào tạo",
            "signer": "Tô Lâm",
            "capacity": "T/M BỘ CHÍNH TRỊ / TỔNG BÍ THƯ",
        },
    ),
]


@pytest.mark.parametrize(("text", "fields"), [row[1:] for row in LAYOUTS], ids=[row[0] for row in LAYOUTS])
def test_layouts(text: str, fields: dict[str, object]) -> None:
    said = header(text)
    assert {name: getattr(said, name) for name in fields} == fields


@pytest.mark.parametrize(("text", "fields"), [row[1:] for row in LAYOUTS], ids=[row[0] for row in LAYOUTS])
def test_layouts_with_other_line_ends_and_decomposed_letters(text: str, fields: dict[str, object]) -> None:
    said = header(unicodedata.normalize("NFD", text).replace("\n", "\r\n"))
    assert {name: getattr(said, name) for name in fields} == fields
