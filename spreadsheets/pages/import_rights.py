"""Who may import what: those who may add and change the records that a sheet writes."""

from django.contrib import admin
from django.core.exceptions import FieldDoesNotExist

from .. import registry


def model_admin(resource_name, site=admin.site):
    """Return the admin of the records that a sheet writes."""
    return site.get_model_admin(registry.model_of(resource_name))


def may_import(request, resource_name):
    records = model_admin(resource_name)
    return records.has_add_permission(request) and records.has_change_permission(request)


def may_undo(request, job):
    """Undoing deletes what an import made: one's own, else with the right to delete.

    What a command of its own imported has no plan to go back by.
    """
    if job.resource in registry.commands():
        return False
    is_own = job.owner_id is not None and job.owner_id == request.user.pk
    return may_import(request, job.resource) and (
        is_own or model_admin(job.resource).has_delete_permission(request)
    )


def importable(request):
    """Return the names of the sheets that the user may import."""
    return [name for name in registry.names() if may_import(request, name)]


def visible(request):
    """Return the names of the imports the user may look at, those of commands too."""
    return [*importable(request), *(n for n in registry.commands() if may_import(request, n))]


def readonly_attnames(request, resource_name):
    """Return which columns the user sees in the admin and may not edit there."""
    records = model_admin(resource_name)
    found = set()
    for name in records.get_readonly_fields(request):
        try:
            field = records.opts.get_field(name)
        except FieldDoesNotExist:
            continue
        found.add(field.name if field.many_to_many else field.attname)
    return frozenset(found)


def may_name(request, resource, column, site=admin.site):
    """Whether the user may give the records that a column names another name."""
    finder = getattr(getattr(resource.fields.get(column), "widget", None), "finder", None)
    if finder is None or not hasattr(finder.model.objects, "remember_name"):
        return False
    return site.get_model_admin(finder.model).has_change_permission(request)
