"""Cut off within the last answer: what there is of it is kept."""

import json


def mangle(notebook):
    text = json.dumps(notebook, indent=1)
    return text[: text.index("since one palace")].encode()
