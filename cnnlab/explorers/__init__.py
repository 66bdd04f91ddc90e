"""Explorers: interactive pictures that compute in the browser.

``ArchitectureBuilder``  a network from layers: shapes, parameters, work, what units see
``ChannelMixer``         how filters mix the channels of a picture: one map for each
``DrawDigit``            draw a digit, and see what a network answers, and why;
                         ``draw_digit(model)`` shows your own network
``ErrorBrowser``         a confusion matrix, and the images of each of its cells
``FeatureMaps``          all maps of a network for an image, and each unit's numbers;
                         ``FeatureMaps.of(model, image)`` shows your own network
``KernelPainter``        a kernel, painted by you, on a picture; three views of its map
``PixelShuffle``         one order of pixels for all pictures: which layer notices
``PoolBench``            kinds of pooling, gradients, and what a shift by one changes
``Shapes``               where windows are placed: shape, padding, stride, dilation
``ShiftMicroscope``      what a shift changes behind convolution and each pooling
``SlidingWindow``        one convolution step by step: products, sums over channels
``TrainingMonitor``      curves that grow while a model is trained: a Keras callback
``WeightsMeter``         what a dense and a convolutional layer cost on an image

Each is live in JupyterLab, Notebook 7, VS Code and Colab, and on a page without a
kernel. Where no JavaScript runs, its static picture is shown. All work by keyboard: Tab
goes from one control to the next, arrow keys move within a grid.
"""

from cnnlab.explorers.architecture import ArchitectureBuilder
from cnnlab.explorers.draw import DrawDigit, draw_digit
from cnnlab.explorers.errors import ErrorBrowser
from cnnlab.explorers.maps import FeatureMaps
from cnnlab.explorers.meter import WeightsMeter
from cnnlab.explorers.mixer import ChannelMixer
from cnnlab.explorers.monitor import TrainingMonitor
from cnnlab.explorers.painter import KernelPainter
from cnnlab.explorers.pooling import PoolBench
from cnnlab.explorers.shapes import Shapes
from cnnlab.explorers.shift import ShiftMicroscope
from cnnlab.explorers.shuffle import PixelShuffle
from cnnlab.explorers.window import SlidingWindow

__all__ = [
    "ArchitectureBuilder",
    "ChannelMixer",
    "DrawDigit",
    "ErrorBrowser",
    "FeatureMaps",
    "KernelPainter",
    "PixelShuffle",
    "PoolBench",
    "Shapes",
    "ShiftMicroscope",
    "SlidingWindow",
    "TrainingMonitor",
    "WeightsMeter",
    "draw_digit",
]
