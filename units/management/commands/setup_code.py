from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from core.commands import JsonCommand
from units.founding import setup_code


class Command(JsonCommand):
    help = "In mã mở trang thiết lập lần đầu; mã lập một lần và chỉ dùng khi chưa có tài khoản nào."

    def answer(self, **options: Any) -> dict[str, str]:
        code = setup_code()
        return {"code": code, "url": f"{settings.SITE_URL}{reverse('setup')}?ma={code}"}
