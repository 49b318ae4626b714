"""What the server loads: `granian --interface wsgi stipolicy.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "stipolicy.settings")

application = get_wsgi_application()
