# A layer of a class of the student's whose output has another shape at each call.
# assignment: net
# score: 0 =
# %% build
class Changing(keras.layers.Layer):
    def __init__(self):
        super().__init__()
        self.units, self.times = 1, 0
    def compute_output_shape(self, shape):
        return (shape[0], 1)
    def call(self, x):
        self.times += 1
        return keras.ops.ones((len(x), self.times)) if hasattr(x, "numpy") else x[:, :1]

def build():
    return keras.Sequential([keras.Input((4,)), keras.layers.Dense(3, "relu"), Changing()])
