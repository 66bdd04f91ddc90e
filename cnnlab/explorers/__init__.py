"""Explorers: interactive pictures that compute in the browser.

``Shapes``   where windows are placed: shape, padding, stride, dilation

Each is live in JupyterLab, Notebook 7, VS Code and Colab, and on a page without a
kernel. Where no JavaScript runs, its static picture is shown. All work by keyboard: Tab
goes from one control to the next, arrow keys move within a grid.
"""

from cnnlab.explorers.shapes import Shapes

__all__ = ["Shapes"]
