"""Which pages take files, and how large these may be."""

from service.takeover.sheets.limits import MOST_BYTES

FORM_AROUND_IT = 100_000
MOST_BYTES_BY_PATH = {"/takeover": MOST_BYTES + FORM_AROUND_IT}
"""Bytes of a request by the path that it is sent to; no other page takes a file."""

MOST_BYTES_READ_AWAY = 200_000_000
"""What is too large is read to here, so that the browser hears our answer and not a hang-up."""
