"""Saved by Colab to GitHub: format 4.0, no cell ids, a badge first, personal data."""


def mangle(notebook):
    notebook["nbformat_minor"] = 0
    for number, cell in enumerate(notebook["cells"]):
        del cell["id"]
        cell["metadata"]["id"] = f"aB3xYz{number:06d}"
        if cell["cell_type"] == "code":
            cell["metadata"]["outputId"] = "0f1e2d3c-1234-4aaa-8bbb-123456789abc"
            cell["metadata"]["executionInfo"] = {
                "elapsed": 3,
                "user": {"displayName": "Nomen Nescio", "userId": "0123456789"},
            }
            cell["outputs"] = [
                {"output_type": "stream", "name": "stdout", "text": ["Nomen Nescio"]}
            ]
    badge = "https://colab.research.google.com/assets/colab-badge.svg"
    notebook["cells"].insert(
        0,
        {
            "cell_type": "markdown",
            "metadata": {"id": "view-in-github", "colab_type": "text"},
            "source": [f'<a href="#"><img src="{badge}" alt="Open In Colab"/></a>'],
        },
    )
    notebook["metadata"] |= {"colab": {"provenance": []}, "accelerator": "GPU"}
    return notebook
