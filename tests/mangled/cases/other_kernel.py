"""No kernelspec, another language, and an empty language_info."""


def mangle(notebook):
    notebook["metadata"] = {"language_info": {}, "kernelspec": {"language": "julia"}}
    return notebook
