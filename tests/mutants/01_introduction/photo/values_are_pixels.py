# subtle
photo_values = 3264 * 2448
photo_weights = 3264 * 2448 * 3 * 100
slide_neurons = 1000
