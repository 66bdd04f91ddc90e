"""Pictures for lessons and labs, each with its alt text.

``number_grid``     a matrix with its numbers in the cells (also a confusion matrix)
``sliding_window``  one step of a convolution: window, kernel, products, sum
``kernels``         named kernels side by side, weights in the cells
``feature_maps``    named signed maps on one scale, signs marked
``kernel_responses``  an image, a kernel, its response: signed, absolute, clipped
``channel_sums``    channels, slices of filters, sums channel by channel, maps
``image_grid``      grey or colour images with captions
``window_places``   where a window is laid: stride, padding, ignored cells, output size
``pixel_usage``     how many windows read each pixel of an image
``pool_bench``      max, average, stride-only and global pooling of one grid
``pool_gradients``  which cells get the gradient behind max and average pooling
``shift_microscope``  a pattern, shifted, max pooled, and what the shift changes
``curves``          lines over steps or epochs: loss, accuracy
``bars``            named values as bars on one scale from 0
``log_bars``        values of very different size, on powers of ten
``training_monitor``  loss and accuracy by epoch, and the first layer's filters
``model_comparison``  accuracy with its margin, parameters and seconds of models
``digit_diagnosis``  an image, and how probable the model finds each class
``error_browser``   a confusion matrix, and a cell's images with their heat maps
``dense_wiring``    a dense layer: a line from each input to each output
``compare_wirings`` dense beside local beside local and shared connections
``weights_meter``   parameters, memory and work of a dense and a conv layer
``architecture``    a network's layers: shapes, parameters, work, receptive fields
``inspect_unit``    one unit of a convolution: its patch, kernel, products, sum, ReLU

Each returns a ``Picture``: the last line of a cell shows it, ``display(picture)``
shows it from anywhere, and a screen reader speaks ``picture.alt``. Pass ``alt``
to replace the description that is made from the data.

Panels are light on purpose and opaque, so that they read the same in a light
and a dark theme. No fact is in the colour alone: numbers, signs, outlines,
dashes and captions carry it too.
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
