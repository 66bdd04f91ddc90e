"""Figures for lessons and labs, each described in words.

``number_grid``     a matrix with its numbers in the cells (also a confusion matrix)
``sliding_window``  one step of a convolution: window, kernel, products, sum
``kernels``         named kernels side by side, weights in the cells
``feature_maps``    named maps on one colour scale, their signs marked
``kernel_responses``  an image, a kernel and the response: signed, absolute, clipped
``channel_sums``    how filters add up their results over the channels
``image_grid``      grey or colour images with captions
``window_places``   all positions of a window: stride, padding, output size
``pixel_usage``     how many windows read each pixel of an image
``pool_bench``      max, average, stride-only and global pooling of one grid
``pool_gradients``  which cells get a gradient through max and average pooling
``shift_microscope``  how a shift of a pattern changes its max pooling
``curves``          lines over steps or epochs: loss, accuracy
``bars``            named values as bars on one scale from 0
``log_bars``        values of very different size as bars on a logarithmic scale
``training_monitor``  loss and accuracy by epoch, and the first layer's filters
``model_comparison``  accuracy, parameters and training time of several models
``digit_diagnosis``  an image, and the probability of each class
``error_browser``   a confusion matrix, and the images of one of its cells
``dense_wiring``    the connections of a dense layer
``compare_wirings`` dense, local, and local shared connections side by side
``weights_meter``   parameters, memory and multiply-adds of two layers
``architecture``    a network's layers: shapes, parameters, receptive fields
``inspect_unit``    one unit of a convolution: patch, kernel, products, sum, ReLU

Each function returns a ``Picture``. Jupyter shows it if it is the value of a cell's
last line; ``display(picture)`` shows it from anywhere. A screen reader reads
``picture.alt`` aloud, which is one sentence; ``picture.description`` has the numbers
and opens below the figure. Pass ``alt`` to replace the sentence made from the data.

Figures consist of pieces that wrap in a narrow window, and they take their text colour
from the page, so that they suit light and dark themes. In images of digits and in
photographs, light stands for high values. Colour is never the only sign of a fact:
numbers, signs, outlines, dashes or captions show it too.
"""

from cnnlab.figures._picture import Picture
from cnnlab.figures.architecture import architecture
from cnnlab.figures.channels import channel_sums
from cnnlab.figures.diagnosis import digit_diagnosis, error_browser
from cnnlab.figures.grids import kernels, number_grid, sliding_window
from cnnlab.figures.images import feature_maps, image_grid, kernel_responses
from cnnlab.figures.plots import bars, curves, log_bars
from cnnlab.figures.pooling import pool_bench, pool_gradients
from cnnlab.figures.shapes import pixel_usage, window_places
from cnnlab.figures.shifts import shift_microscope
from cnnlab.figures.training import model_comparison, training_monitor
from cnnlab.figures.units import inspect_unit
from cnnlab.figures.wiring import compare_wirings, dense_wiring, weights_meter

__all__ = [
    "Picture",
    "architecture",
    "bars",
    "channel_sums",
    "compare_wirings",
    "curves",
    "dense_wiring",
    "digit_diagnosis",
    "error_browser",
    "feature_maps",
    "image_grid",
    "inspect_unit",
    "kernel_responses",
    "kernels",
    "log_bars",
    "model_comparison",
    "number_grid",
    "pixel_usage",
    "pool_bench",
    "pool_gradients",
    "shift_microscope",
    "sliding_window",
    "training_monitor",
    "weights_meter",
    "window_places",
]
