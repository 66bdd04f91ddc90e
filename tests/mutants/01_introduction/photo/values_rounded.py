# subtle
photo_values = 24_000_000
photo_weights = 2_397_081_600
slide_neurons = 1000
