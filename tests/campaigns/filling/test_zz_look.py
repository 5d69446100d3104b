import pytest
from pathlib import Path
from decimal import Decimal
from tests.campaigns.filling.test_pages import *
from tests.campaigns.filling.conftest import *
def test_look(running):
    running.targets(*[TargetRow(f"Chỉ tiêu số {i}: xây dựng mô hình thi đua dân vận khéo", low=Decimal(i)) for i in range(1,18)])
    t = sent(running, superiors_book())
    a = running.page("filling", t.pk, ky="2024-H1", o="5.5")
    Path("/tmp/k6/shots/one.html").write_text(a.text)
    save(running, t, viec="xem-het")
    Path("/tmp/k6/shots/two.html").write_text(running.page("filling", t.pk, ky="2024-H1").text)
    Path("/tmp/k6/shots/list.html").write_text(running.page("fillings").text)
    Path("/tmp/k6/shots/da-dien.xlsx").write_bytes(running.page("filling_download", t.pk, ky="2024-H1").content)
    d = sent(running, superiors_document(), "a.docx"); save(running, d, viec="xem-het")
    Path("/tmp/k6/shots/da-dien.docx").write_bytes(running.page("filling_download", d.pk, ky="2024-H1").content)
    Path("/tmp/k6/shots/chua.docx").write_bytes(superiors_document())
