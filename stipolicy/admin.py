from django.contrib import admin
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm, UserChangeForm
from django.contrib.auth.models import Group, User
from django.utils.translation import gettext_lazy as _

from records.admin.bounded_search import BoundedSearch
from records.admin.saving_in_turn import SavesInTurn
from records.admin.shown_values import ShownForm

admin.site.site_header = _("stipolicy 編集")
admin.site.site_title = _("stipolicy 編集")
admin.site.index_title = _("記録と章")
admin.site.unregister([Group, User])


class AccountForm(ShownForm, UserChangeForm):
    pass


class NewAccountForm(ShownForm, AdminUserCreationForm):
    pass


@admin.register(User)
class AccountAdmin(BoundedSearch, SavesInTurn, UserAdmin):
    form = AccountForm
    add_form = NewAccountForm
    readonly_fields = ["last_login", "date_joined"]  # signing in is no editing


@admin.register(Group)
class AccountGroupAdmin(BoundedSearch, SavesInTurn, GroupAdmin):
    form = ShownForm
