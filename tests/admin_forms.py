"""Posting an admin page as a browser would."""


def form_data(page):
    """Return what the browser would post of a change page left as it is."""
    data = {}
    forms = [page.context["adminform"].form]
    for inline in page.context["inline_admin_formsets"]:
        forms += [inline.formset.management_form, *inline.formset.forms]
    for form in forms:
        for bound in form:
            value = bound.value()
            if value is True or value is False:
                value = "on" if value else None
            if value is not None:
                data[bound.html_name] = value
    return data
