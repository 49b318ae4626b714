"""Posting an admin page as a browser would."""

import re


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


def deletion(client, url, **chosen):
    """Return what the browser would post of a page of deletion: of a record, or of `chosen`."""
    page = client.post(url, chosen) if chosen else client.get(url)
    shown = re.search(r'name="shown_records" value="(\w+)"', page.content.decode())
    return chosen | {"post": "yes", "shown_records": shown[1] if shown else ""}
