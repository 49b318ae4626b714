"""Imports as records: what was uploaded, what was planned, what was written, by whom."""

from urllib.parse import quote

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .planning.understood import Understood


class UnderstoodField(models.JSONField):
    """An Understood, stored as JSON; None in the row of a join that found none."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{**kwargs, "default": Understood, "blank": True})

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.JSONField", args, kwargs | {"default": dict}

    def from_db_value(self, value, expression, connection):
        stored = super().from_db_value(value, expression, connection)
        return None if stored is None else Understood.from_json(stored)

    def get_db_prep_value(self, value, connection, prepared=False):
        return super().get_db_prep_value(_stored(value), connection, prepared)

    def to_python(self, value):
        return Understood.from_json(value) if isinstance(value, dict) else value

    def validate(self, value, model_instance):
        super().validate(_stored(value), model_instance)

    def value_to_string(self, obj):
        return _stored(self.value_from_object(obj))


def _stored(value):
    return value.as_json() if isinstance(value, Understood) else value


class ImportJobQuerySet(models.QuerySet):
    def already_applied(self, resource, sha256):
        """Return the last job that wrote a file of these bytes and was not undone, or None."""
        jobs = self.filter(resource=resource, sha256=sha256, state=ImportJob.State.APPLIED)
        return jobs.filter(undo_of=None).select_related("owner").order_by("-applied_at").first()


class ImportJob(models.Model):
    """One sheet on its way into the records. Its rows are planned before any is written."""

    class State(models.TextChoices):
        PLANNED = "planned", _("確認待ち")
        APPLIED = "applied", _("取込み済み")
        UNDONE = "undone", _("取消し済み")
        REFUSED = "refused", _("読めない")

    resource = models.CharField(_("表"), max_length=40)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("取り込んだ人"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    created_at = models.DateTimeField(_("開始"), auto_now_add=True)
    applied_at = models.DateTimeField(_("取込み日時"), null=True, blank=True)
    state = models.CharField(_("状態"), max_length=10, choices=State, default=State.PLANNED)
    filename = models.CharField(_("ファイル"), max_length=255, blank=True)
    sha256 = models.CharField("SHA-256", max_length=64, blank=True)
    options = models.JSONField(_("読み方の指定"), default=dict, blank=True)
    understood = UnderstoodField(_("読み取った形"))
    counts = models.JSONField(_("件数"), default=dict, blank=True)
    undo_of = models.OneToOneField(
        "self",
        verbose_name=_("取り消す取込み"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="undone_by",
    )

    objects = ImportJobQuerySet.as_manager()

    class Meta:
        verbose_name = _("取込み")
        verbose_name_plural = pgettext_lazy("plural", "取込み")
        ordering = ["-id"]

    def __str__(self):
        return f"#{self.pk} {self.filename}"

    def get_absolute_url(self):
        return reverse("admin:spreadsheets_importjob_change", args=[self.pk])

    @property
    def is_written(self):
        return self.state in (self.State.APPLIED, self.State.UNDONE)


class ImportFile(models.Model):
    """The bytes as uploaded, kept to be read again with other options and given back marked."""

    job = models.OneToOneField(ImportJob, on_delete=models.CASCADE, related_name="file")
    content = models.BinaryField()

    class Meta:
        verbose_name = _("取り込んだファイル")
        verbose_name_plural = pgettext_lazy("plural", "取り込んだファイル")

    def __str__(self):
        return str(self.job)


class ErrorFile(models.Model):
    """The file of a job with what is wrong in each row, made once for a plan and a language."""

    job = models.OneToOneField(ImportJob, on_delete=models.CASCADE, related_name="error_file")
    plan = models.CharField(max_length=16)
    language = models.CharField(max_length=10)
    filename = models.CharField(_("ファイル"), max_length=300)
    content_type = models.CharField(max_length=100)
    content = models.BinaryField()

    class Meta:
        verbose_name = _("誤りの一覧")
        verbose_name_plural = pgettext_lazy("plural", "誤りの一覧")

    def __str__(self):
        return self.filename

    @property
    def disposition(self):
        return f"attachment; filename*=UTF-8''{quote(self.filename)}"


class PlannedRows(models.Model):
    """Up to 500 planned rows of one kind, in the order of the sheet.

    `rows` is zlib-compressed JSON: what planning/planned.py reads and writes.
    """

    class Kind(models.TextChoices):
        NEW = "new", _("新規")
        CHANGED = "changed", _("変更")
        UNCHANGED = "unchanged", _("変更なし")
        REFUSED = "refused", _("誤り")
        DELETED = "deleted", _("削除")

    job = models.ForeignKey(ImportJob, on_delete=models.CASCADE, related_name="planned_rows")
    kind = models.CharField(max_length=10, choices=Kind)
    number = models.PositiveIntegerField()
    count = models.PositiveIntegerField()
    rows = models.BinaryField()

    class Meta:
        verbose_name = _("予定の行")
        verbose_name_plural = pgettext_lazy("plural", "予定の行")
        ordering = ["job", "kind", "number"]
        constraints = [
            models.UniqueConstraint(fields=["job", "kind", "number"], name="planned_rows_unique"),
        ]

    def __str__(self):
        return f"{self.job} {self.kind} {self.number}"


class ColumnMemory(models.Model):
    """What was decided about a heading nobody knew: a column of the sheet, or "" to leave it."""

    resource = models.CharField(_("表"), max_length=40)
    heading_key = models.CharField(_("見出し"), max_length=200)
    column = models.CharField(_("列"), max_length=80, blank=True)

    class Meta:
        verbose_name = _("見出しの覚え")
        verbose_name_plural = pgettext_lazy("plural", "見出しの覚え")
        ordering = ["resource", "heading_key"]
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "heading_key"],
                name="column_memory_unique",
                violation_error_message=_("この見出しの扱いはすでに決めてあります。"),
            ),
        ]

    def __str__(self):
        return f"{self.heading_key} → {self.column or '−'}"


class ImportedHistory(models.Model):
    """Base of every history row: names the import that wrote it, if one did."""

    import_job = models.ForeignKey(
        ImportJob,
        verbose_name=_("取込み"),
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )

    class Meta:
        abstract = True
