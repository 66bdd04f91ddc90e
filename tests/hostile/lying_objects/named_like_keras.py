# A function of the student's with the name of a function of Keras, which does something else.
# assignment: net
# score: 0 =
# %% build
def relu(x):
    return x * 2

def build():
    return keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, relu), keras.layers.Dense(1)])
