"""Parts of every list page."""

from django import template

register = template.Library()


@register.inclusion_tag("_pagination.html", takes_context=True)
def pagination(context, page_obj):
    """Links to the pages of a list, long ranges cut short; the query string is kept."""
    numbers = page_obj.paginator.get_elided_page_range(page_obj.number, on_each_side=2, on_ends=1)
    return {"page_obj": page_obj, "page_range": list(numbers), "request": context["request"]}


@register.filter
def grouped(number):
    """12345 → 12,345."""
    return f"{number:,}"


@register.filter
def conditions(form):
    """What a checked filter form asks for: the label and the words of each field that says so."""
    return [
        (field.label, str(value))
        for field in form
        if (value := form.cleaned_data.get(field.name)) is not None and str(value)
    ]
