# %% adds_up_everything
def exercise_name(values):
    return sum(values)


# %% counts_them
def exercise_name(values):
    return len([value for value in values if value > 0])


# %% fails_on_an_empty_list [subtle]
def exercise_name(values):
    return values[0] + sum(v for v in values[1:] if v > 0)
