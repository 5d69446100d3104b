"""A commune on 13 May 2026 with its officer, a colleague without the right, a stranger; and papers that came in."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import pytest

from plans.duties.proposing import PaperHead
from plans.duties.services import receive_text, take_duties
from plans.duties.values import DutyData
from plans.models import Incoming, Task
from tests.factories import MembershipFactory, PersonFactory, UnitFactory, UserFactory
from units.models import Person, Unit, User

TODAY = dt.date(2026, 5, 13)
LETTER = """SỞ NỘI VỤ
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 1479/SNV-TĐKT
Vĩnh Hà, ngày 05 tháng 5 năm 2026
Kính gửi: UBND các xã, phường.

Để kịp thời tổng hợp, Sở Nội vụ đề nghị UBND các xã, phường thực hiện như sau:

1. Gửi báo cáo sơ kết công tác thi đua về Sở Nội vụ trước ngày 10/7 hằng năm.

2. Rà soát, kiện toàn Hội đồng Thi đua - Khen thưởng cấp xã, hoàn thành trước ngày 30/5/2026.

3. Giao Phòng Thi đua tổng hợp kết quả của các xã trước ngày 20/7/2026.

Nơi nhận:
- Như trên;
- Lưu: VT.
"""


@dataclass
class Desk:
    unit: Unit
    person: Person
    an: User
    """Officer."""
    binh: User
    """A colleague who may only read."""
    cuong: User
    """Officer of another commune."""

    def letter(self, text: str = LETTER) -> Incoming:
        return receive_text(text, unit=self.unit, actor=self.an)

    def duty(self, what: str = "Gửi báo cáo sơ kết", **fields) -> Task:
        """Taken from a letter that was typed for it."""
        head = PaperHead("Công văn", "1479/SNV-TĐKT", dt.date(2026, 5, 5), 2026, "Sở Nội vụ", "")
        incoming = Incoming.objects.create(unit=self.unit, by=self.an, read_at=dt.datetime.now(dt.UTC))
        [task] = take_duties(incoming, actor=self.an, head=head, rows=[DutyData(what, **fields)])
        return task


@pytest.fixture(autouse=True)
def _today(time_machine):
    time_machine.move_to(dt.datetime(2026, 5, 13, 2, 0, tzinfo=dt.UTC))


@pytest.fixture
def desk(db) -> Desk:
    unit = UnitFactory(parent=UnitFactory(province=True), name="Vân Khê")
    person = PersonFactory(unit=unit, full_name="Lò Thị Mây")
    an = UserFactory(username="an", role="officer", unit=unit, person=person)
    binh = UserFactory(username="binh")
    MembershipFactory(user=binh, unit=unit, role="council_member")
    cuong = UserFactory(username="cuong", role="officer", unit=UnitFactory())
    return Desk(unit, person, an, binh, cuong)
