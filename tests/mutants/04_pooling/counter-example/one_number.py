counter_example = 3
