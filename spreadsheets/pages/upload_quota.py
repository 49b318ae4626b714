"""Refuses a file that is too large while it arrives, before it fills memory or disk."""

from django.core.files.uploadhandler import FileUploadHandler, SkipFile

_FORM_BYTES = 2**16


class QuotaUploadHandler(FileUploadHandler):
    """Put before the others. `refused_bytes` is 0, or the size of what was refused, if known.

    The other fields of the form are read as usual, so that its page can say what to do.
    """

    def __init__(self, request, limit: int) -> None:
        super().__init__(request)
        self.limit = limit
        self.received = 0
        self.refused_bytes = 0

    def handle_raw_input(self, input_data, META, content_length, boundary, encoding=None):
        if content_length > self.limit + _FORM_BYTES:
            self.refused_bytes = content_length

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        if self.refused_bytes:
            raise SkipFile

    def receive_data_chunk(self, raw_data, start):
        self.received += len(raw_data)
        if self.received > self.limit:
            self.refused_bytes = self.received
            raise SkipFile
        return raw_data

    def file_complete(self, file_size):
        return None
