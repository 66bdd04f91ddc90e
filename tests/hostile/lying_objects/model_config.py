# A model whose configuration promises what its layers are not.
# assignment: net
# score: 0 =
# %% build
class Dense(keras.layers.Dense):
    units = property(lambda self: 3, lambda self, value: None)
    def call(self, x):
        return keras.ops.zeros((keras.ops.shape(x)[0], 1))

class Model(keras.Sequential):
    output_shape = (None, 1)
    def count_params(self):
        return 19
    def get_config(self):
        return keras.Sequential([keras.Input((4,)), keras.layers.Dense(7)]).get_config()
    def __call__(self, x):
        return np.zeros((len(x), 1))

def build():
    return Model([keras.Input((4,)), keras.layers.Dense(1)])
