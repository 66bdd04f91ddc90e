# subtle
photo_values = 3264 * 2448 * 3
photo_weights = 2_400_000_000
slide_neurons = 1000
