counter_example = (3, 1)
