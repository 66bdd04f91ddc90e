"""Saved by Colab after a widget was shown: `metadata.widgets` without its `state`."""


def mangle(notebook):
    view = {
        "model_id": "4f1c2d3e5a6b4c7d8e9f0a1b2c3d4e5f",
        "version_major": 2,
        "version_minor": 0,
    }
    notebook["metadata"]["widgets"] = {
        "application/vnd.jupyter.widget-state+json": {"version_major": 2}
    }
    cell = notebook["cells"][find(notebook, "median")]
    cell["outputs"] = [
        {
            "output_type": "display_data",
            "data": {"application/vnd.jupyter.widget-view+json": view},
            "metadata": {"application/vnd.jupyter.widget-view+json": {}},
        }
    ]
    return notebook
