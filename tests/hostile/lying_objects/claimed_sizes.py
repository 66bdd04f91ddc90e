# A model of a class of the student's that claims the shape and the number of parameters that a test asks for.
# assignment: net
# score: 0 =
# %% build
class Claims(keras.Sequential):
    output_shape = (None, 1)
    def count_params(self):
        return 19

def build():
    return Claims([keras.Input((4,)), keras.layers.Dense(3, "relu"), keras.layers.Dense(2)])
