"""A zip archive under a notebook's name."""

import io
import json
import zipfile


def mangle(notebook):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("lab.ipynb", json.dumps(notebook))
    return file.getvalue()
