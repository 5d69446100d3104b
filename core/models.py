"""What every app stands on: audit entries, stored files, long jobs, heartbeats.

A unit is kept as its bare id and a user through ``settings.AUTH_USER_MODEL``, so that
this app imports none of the others.
"""

from __future__ import annotations

from django.conf import settings
from django.db import models

from core.text import fold

SYSTEM_CHAIN = 0
"""Unit id of the entries that belong to no unit."""


class Searchable(models.Model):
    """Keeps ``search``, the folded words of the row, so that both databases find text without its marks."""

    search_fields: tuple[str, ...] = ()
    search = models.TextField(editable=False, blank=True, default="")

    class Meta:
        abstract = True

    def fill_search(self) -> None:
        """Called by ``save``; rows made in bulk call it themselves."""
        self.search = fold(" ".join(str(getattr(self, name) or "") for name in self.search_fields))

    def save(self, *args, **kwargs) -> None:
        self.fill_search()
        if (fields := kwargs.get("update_fields")) is not None:
            kwargs["update_fields"] = {*fields, "search"}
        super().save(*args, **kwargs)


class AuditEntry(models.Model):
    """One act, written in the transaction that did it; never changed and never deleted.

    Entries of a unit form a chain: each carries the hash of the one before, so that a gap
    or a changed row is found (``core.audit.first_broken_link``).
    """

    unit_id = models.BigIntegerField("đơn vị", default=SYSTEM_CHAIN)
    position = models.PositiveBigIntegerField("thứ tự")
    at = models.DateTimeField("thời điểm")
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người thực hiện", null=True, related_name="+"
    )
    code = models.CharField("việc", max_length=80)
    subject_type = models.CharField("loại đối tượng", max_length=80)
    subject_id = models.BigIntegerField("đối tượng")
    subject_label = models.CharField("tên đối tượng", max_length=300)
    changes = models.JSONField("thay đổi", default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        verbose_name = "mục nhật ký"
        verbose_name_plural = "nhật ký"
        ordering = ["-id"]
        constraints = [models.UniqueConstraint(fields=["unit_id", "position"], name="audit_chain_without_fork")]
        indexes = [models.Index(fields=["subject_type", "subject_id", "-id"], name="audit_by_subject")]

    def __str__(self) -> str:
        return f"{self.code} {self.subject_label}"


class StoredFile(models.Model):
    """A file as it was uploaded or made here; its bytes lie under their SHA-256 and are never changed."""

    unit_id = models.BigIntegerField("đơn vị")
    name = models.CharField("tên tệp", max_length=255)
    sha256 = models.CharField(max_length=64, db_index=True)
    size = models.PositiveBigIntegerField("dung lượng")
    media_type = models.CharField("loại", max_length=100, help_text="Đọc từ nội dung, không theo đuôi tệp.")
    created_at = models.DateTimeField("lúc", auto_now_add=True)
    created_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="người tải lên", null=True)

    class Meta:
        verbose_name = "tệp"
        verbose_name_plural = "tệp"

    def __str__(self) -> str:
        return self.name


class Job(models.Model):
    """Long work that runs in a worker and can be left and found again."""

    class State(models.TextChoices):
        WAITING = "waiting", "Đang chờ"
        RUNNING = "running", "Đang làm"
        DONE = "done", "Đã xong"
        FAILED = "failed", "Không xong"

    unit_id = models.BigIntegerField("đơn vị")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="người yêu cầu")
    title = models.CharField("việc", max_length=300)
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.WAITING)
    done = models.PositiveIntegerField("đã làm", default=0)
    total = models.PositiveIntegerField("tổng số", default=0)
    message = models.TextField("thông báo", blank=True)
    back_url = models.CharField("trang trước", max_length=300, blank=True)
    result = models.ForeignKey(StoredFile, models.SET_NULL, verbose_name="kết quả", null=True, blank=True)
    created_at = models.DateTimeField("lúc", auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "việc chạy nền"
        verbose_name_plural = "việc chạy nền"
        ordering = ["-id"]
        indexes = [models.Index(fields=["owner", "-id"], name="job_by_owner")]

    def __str__(self) -> str:
        return self.title

    @property
    def percent(self) -> int:
        return min(100, self.done * 100 // self.total) if self.total else 0

    @property
    def is_over(self) -> bool:
        return self.state in {self.State.DONE, self.State.FAILED}


class SheetImport(models.Model):
    """A list that came in a sheet: looked at first, written only when the person says so (``core.importing``)."""

    class State(models.TextChoices):
        CHECKING = "checking", "Đang kiểm tra"
        CHECKED = "checked", "Đã kiểm tra"
        WRITING = "writing", "Đang nhận"
        WRITTEN = "written", "Đã nhận"

    unit_id = models.BigIntegerField("đơn vị")
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, verbose_name="người nhập")
    kind = models.CharField("danh sách", max_length=40)
    target_id = models.BigIntegerField("nhập vào", help_text="Đơn vị hoặc kế hoạch mà các dòng được ghi vào.")
    options = models.JSONField("cách nhập", default=dict)
    file = models.ForeignKey(StoredFile, models.PROTECT, verbose_name="tệp", related_name="+")
    state = models.CharField("trạng thái", max_length=10, choices=State, default=State.CHECKING)
    job = models.ForeignKey(Job, models.SET_NULL, verbose_name="việc chạy nền", null=True, related_name="+")
    report = models.JSONField("kết quả kiểm tra", default=dict)
    digest = models.CharField(max_length=64, blank=True)
    created_at = models.DateTimeField("lúc", auto_now_add=True)

    class Meta:
        verbose_name = "lần nhập từ tệp"
        verbose_name_plural = "lần nhập từ tệp"
        ordering = ["-id"]

    def __str__(self) -> str:
        return self.file.name


class Heartbeat(models.Model):
    """When a worker of a queue last answered the beat."""

    queue = models.CharField(max_length=40, primary_key=True)
    at = models.DateTimeField()

    class Meta:
        verbose_name = "nhịp"
        verbose_name_plural = "nhịp"

    def __str__(self) -> str:
        return f"{self.queue} {self.at:%H:%M:%S}"
