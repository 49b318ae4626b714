from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from records.fields import DerivedTextField
from records.models import CodedModel, PairedText
from spreadsheets.models import ImportedHistory
from values.corporate_number import is_corporate_number

from ..names import search_key
from .names import NamedQuerySet, name_key_field


def validate_corporate_number(value):
    if not is_corporate_number(value):
        raise ValidationError(
            _("法人番号「%(value)s」は正しくありません。数字13桁と検査数字を確かめてください。"),
            code="corporate_number",
            params={"value": value},
        )


def organization_search_key(organization):
    return search_key(organization.name_ja, organization.name_en, organization.short_name)


class OrganizationQuerySet(NamedQuerySet):
    abbreviation = "short_name"
    has_other_names = False


class Organization(CodedModel):
    """A ministry, agency or other body that runs programmes or holds events."""

    name_ja = models.CharField(_("名称"), max_length=200, unique=True)
    name_en = models.CharField(_("英語名称"), max_length=200, blank=True)
    short_name = models.CharField(_("略称"), max_length=60, blank=True, help_text=_("例 JST"))
    corporate_number = models.CharField(
        _("法人番号"),
        max_length=13,
        blank=True,
        validators=[validate_corporate_number],
        help_text=_("13桁。1桁目は検査数字です。"),
    )
    parent = models.ForeignKey(
        "self",
        verbose_name=_("上位組織"),
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
    )
    search_key = DerivedTextField(_("検索用の名"), derive=organization_search_key)
    name_ja_key = name_key_field("name_ja")
    name_en_key = name_key_field("name_en")
    short_name_key = name_key_field("short_name")

    name = PairedText("name")
    objects = OrganizationQuerySet.as_manager()
    history = HistoricalRecords(
        bases=[ImportedHistory],
        excluded_fields=["search_key", "name_ja_key", "name_en_key", "short_name_key"],
    )

    class Meta:
        verbose_name = _("組織")
        verbose_name_plural = pgettext_lazy("plural", "組織")
        ordering = ["code"]
        indexes = [
            models.Index(fields=["name_ja_key"], name="organization_name_ja_key"),
            models.Index(fields=["name_en_key"], name="organization_name_en_key"),
            models.Index(fields=["short_name_key"], name="organization_short_name_key"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["corporate_number"],
                condition=~models.Q(corporate_number=""),
                name="organization_corporate_number_unique",
                violation_error_message=_("同じ法人番号の組織がすでにあります。"),
            ),
            models.CheckConstraint(
                condition=~models.Q(parent=models.F("id")),
                name="organization_not_its_own_parent",
                violation_error_message=_("組織は自分自身の下には置けません。"),
            ),
        ]

    def __str__(self):
        return self.name

    def clean(self):
        ancestor, seen = self.parent, {self.pk}
        while ancestor is not None:
            if ancestor.pk in seen:
                raise ValidationError(
                    {
                        "parent": _("上位組織「%(name)s」をたどると元に戻ります。")
                        % {"name": self.parent.name_ja}
                    }
                )
            seen.add(ancestor.pk)
            ancestor = ancestor.parent
