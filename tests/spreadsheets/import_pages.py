"""The import's pages as a browser uses them: uploads, presses buttons, reads what is shown."""

import re
from html import unescape

from django.contrib.auth.models import Permission, User
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from spreadsheets.models import ImportJob


def import_url(model):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_import")


def step_url(job, step):
    return reverse(f"admin:spreadsheets_importjob_{step}", args=[job.pk])


def upload(client, model, content, filename="sheet.csv", blank="keep"):
    """Upload a file, or paste cells when content is text, and return (job, the page after it)."""
    form = {"blank": blank}
    if isinstance(content, bytes):
        form["file"] = SimpleUploadedFile(filename, content)
    else:
        form["pasted"] = content
    response = client.post(import_url(model), form)
    assert response.status_code == 302, response.content.decode()
    return ImportJob.objects.first(), client.get(response.url)


def press(client, job, step, **form):
    """Press a button of a job and return the page it leads to."""
    return client.post(step_url(job, step), form, follow=True)


def confirm(client, job, **form):
    job.refresh_from_db()
    return press(client, job, "apply", plan=job.understood.plan, **form)


def words(response):
    """Return what a reader of the page's main part reads, spaces folded."""
    html = response.content.decode()
    main = html[html.index('id="content"') :]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", main)))


def staff(client, *permissions, name="sato"):
    user = User.objects.create_user(name, is_staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    client.force_login(user)
    return user
