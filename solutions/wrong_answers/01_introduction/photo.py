# %% biases_included
photo_values = 3264 * 2448 * 3
photo_weights = 3264 * 2448 * 3 * 100 + 100
slide_neurons = 1000

# %% exponent_for_power
photo_values = 3264 * 2448 * 3
photo_weights = 3264 * 2448 * 3 * 100
slide_neurons = 3

# %% four_channels
photo_values = 3264 * 2448 * 4
photo_weights = 3264 * 2448 * 4 * 100
slide_neurons = 1000

# %% fraction
photo_values = 3264 * 2448 * 3
photo_weights = 3264 * 2448 * 3 * 100
slide_neurons = 23e9 / (3264 * 2448 * 3)

# %% in_quotes
photo_values = 3264 * 2448 * 3
photo_weights = '2,397,081,600'
slide_neurons = 1000

# %% not_a_power_of_ten
photo_values = 3264 * 2448 * 3
photo_weights = 3264 * 2448 * 3 * 100
slide_neurons = 960

# %% off_by_a_factor
photo_values = 3264 * 2448 * 3
photo_weights = 10
slide_neurons = 1000

# %% pixels_only
photo_values = 3264 * 2448
photo_weights = 3264 * 2448 * 100
slide_neurons = 1000

# %% rounded
photo_values = 3264 * 2448 * 3
photo_weights = 2_400_000_000
slide_neurons = 1000

# %% slide_left_right
photo_values = 3264 * 2448 * 3
photo_weights = 3264 * 2448 * 3 * 100
slide_neurons = 100

# %% slide_not_answered
photo_values = 3264 * 2448 * 3
photo_weights = 3264 * 2448 * 3 * 100
slide_neurons = None

# %% slides_figure_exact
photo_values = 3264 * 2448 * 3
photo_weights = 23_970_816_000
slide_neurons = 1000

# %% slides_own_figure
photo_values = 3264 * 2448 * 3
photo_weights = 23e9
slide_neurons = 1000

# %% ten_thousand
photo_values = 3264 * 2448 * 3
photo_weights = 3264 * 2448 * 3 * 100
slide_neurons = 10_000

# %% values_are_pixels
photo_values = 3264 * 2448
photo_weights = 3264 * 2448 * 3 * 100
slide_neurons = 1000

# %% values_rounded
photo_values = 24_000_000
photo_weights = 2_397_081_600
slide_neurons = 1000

# %% weights_from_pixels_only
photo_values = 3264 * 2448 * 3
photo_weights = 3264 * 2448 * 100
slide_neurons = 1000
