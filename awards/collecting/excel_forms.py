"""What the page of a file asks besides the file."""

from __future__ import annotations

from typing import Any

from awards.collecting.selectors import places_to_send, sender_of
from awards.models import Round
from core.forms import RowByName
from core.import_views import UploadForm

SENDER = "sender"
"""In the options of an import: ``Sender.key``."""


class NomineeUpload(UploadForm):
    sender = RowByName(
        label="Danh sách của",
        required=False,
        unknown="Không có nơi này trong danh sách của đơn vị.",
        help_text="Gõ tên rồi chọn nơi gửi. Để trống nếu tệp có cột «Nơi đề nghị».",
    )

    def __init__(self, *args: Any, found: Round, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        field: Any = self.fields["sender"]
        field.offer(places_to_send(found))

    def options(self) -> dict[str, str]:
        place = self.cleaned_data.get("sender")
        return {SENDER: sender_of(place, self.found).key} if place else {}
