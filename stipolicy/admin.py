from django.contrib import admin
from django.utils.translation import gettext_lazy as _

admin.site.site_header = _("stipolicy 編集")
admin.site.site_title = _("stipolicy 編集")
admin.site.index_title = _("記録と章")
