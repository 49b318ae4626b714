"""Workbooks and zips, opened in the bounded child. Pure; `child` is the process itself."""
