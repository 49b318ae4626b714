"""What kind of file this is, by its first bytes; its name does not count. Pure."""

from .reasons import refused

_OLE2 = bytes.fromhex("D0CF11E0A1B11AE1")
_ENCRYPTED_STREAM = "EncryptedPackage".encode("utf-16-le")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_OTHERS = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"GIF8": "GIF",
    b"\x1f\x8b": "gzip",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"Rar!": "RAR",
    b"{\\rtf": "RTF",
    b"\x7fELF": "ELF",
    b"SQLite format 3": "SQLite",
}
_HTML = (b"<!doctype html", b"<html", b"<table", b"<head", b"<meta", b"<body", b"<style")


def is_archive(data: bytes) -> bool:
    """Return whether the data is a zip (XLSX and ODS are); else it is text.

    Raises ReadError for what is known to be neither: an old or protected workbook, a web page, …
    """
    if data.startswith(_ZIP):
        return True
    if data.startswith(_OLE2):
        raise refused("file.password" if _ENCRYPTED_STREAM in data else "file.ole2")
    for magic, name in _OTHERS.items():
        if data.startswith(magic):
            raise refused("file.not_a_sheet", name)
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if head.startswith(_HTML):
        raise refused("file.html")
    if head.startswith(b"<?xml"):
        raise refused("file.html" if b"<html" in head else "file.xml")
    return False
