photo_values = 3264 * 2448 * 3
photo_weights = '2,397,081,600'
slide_neurons = 1000
