# %% adds [subtle]
def area(width, height=1.0):
    return width + height

# %% height_of_two [subtle]
def area(width, height=2.0):
    return width * height

# %% ignores_height [subtle]
def area(width, height=1.0):
    return width

# %% returns_nothing
def area(width, height=1.0):
    width * height
