"""Two editors of one note on SQLite's own file, and one beside a writer that does not end.

Run by test_two_editors.py in a process of its own: the tests' database has one connection only.
Prints {"rounds": [[statuses, stored, words of the stopped page]], "locked": …} as JSON.
"""

import json
import sqlite3
import threading

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import setup_test_environment  # noqa: E402

from tests.admin_forms import form_data  # noqa: E402
from tests.cast import cast  # noqa: E402


def main():
    setup_test_environment()
    call_command("migrate", verbosity=0)
    note = cast().chapter.footnotes.first()
    address = f"/admin/chapters/footnote/{note.pk}/change/"
    clients = {name: Client() for name in ("tanaka", "sato")}
    for name, client in clients.items():
        client.force_login(User.objects.create_superuser(name))
    rounds = [at_once(note, address, clients, number) for number in range(20)]
    print(json.dumps({"rounds": rounds, "locked": beside_a_writer(address, clients["sato"])}))


def at_once(note, address, clients, number):
    typed = {name: form_data(client.get(address)) for name, client in clients.items()}
    start, pages = threading.Barrier(2), {}

    def save(name):
        start.wait()
        pages[name] = clients[name].post(address, typed[name] | {"body_ja": f"{name}{number}"})
        connection.close()

    threads = [threading.Thread(target=save, args=[name]) for name in clients]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    note.refresh_from_db()
    stopped = [page.content.decode() for page in pages.values() if page.status_code == 200]
    kept = [name for name in clients if stopped and f"{name}{number}</textarea>" in stopped[0]]
    return sorted(page.status_code for page in pages.values()), note.body_ja, kept, number


def beside_a_writer(address, client):
    typed = form_data(client.get(address)) | {"body_ja": "待つ語"}
    connection.close()
    connection.settings_dict["OPTIONS"]["timeout"] = 1
    writer = sqlite3.connect(connection.settings_dict["NAME"])
    writer.execute("BEGIN IMMEDIATE")
    forms = [
        client.post(address, typed),
        client.post(address.replace("change", "delete"), {"post": "yes"}),
    ]
    writer.rollback()
    forms.append(client.post(address, typed))
    return [[form.status_code, form.content.decode()] for form in forms]


main()
