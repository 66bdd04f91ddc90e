# %% pixels_for_values
# says: photo_values: those are the pixels; each has a value in each channel
photo_values = 3264 * 2448
photo_weights = photo_values * 100
slide_neurons = 1000

# %% believes_the_slide
# says: photo_weights: the slide's figure is wrong
photo_values = 3264 * 2448 * 3
photo_weights = 23_000_000_000
slide_neurons = 100

# %% with_biases
# says: photo_weights: without biases
photo_values = 3264 * 2448 * 3
photo_weights = (photo_values + 1) * 100
slide_neurons = 1000

# %% rounded
# says: 100.122 for each value of the photo, not one for each neuron; do not round
# wrong answer: rounded

# %% exponent
# says: slide_neurons must be 1, 10, 100, 1000 or another power of ten
photo_values = 3264 * 2448 * 3
photo_weights = photo_values * 100
slide_neurons = 3

# %% as_on_the_slide
# says: slide_neurons: 100 neurons have 2.4 billion weights, not 23 billion
photo_values = 3264 * 2448 * 3
photo_weights = photo_values * 100
slide_neurons = 100

# %% commas_in_a_number
# says: photo_values: one number, without commas
photo_values = 23,970,816
photo_weights = 2_397_081_600
slide_neurons = 1000

# %% quoted
# says: photo_values: a number, without quotes
photo_values = "23970816"
photo_weights = 2_397_081_600
slide_neurons = 1000

# %% one_left_out
# says: slide_neurons is still None
photo_values = 3264 * 2448 * 3
photo_weights = photo_values * 100
slide_neurons = None
