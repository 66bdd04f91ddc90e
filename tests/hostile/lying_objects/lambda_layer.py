# A model with a Lambda layer: its code must not run where the tests are.
# assignment: net
# score: 0 =
# %% build
def build():
    def spy(x):
        import os
        for place in ("/tmp", os.getcwd(), os.path.expanduser("~")):
            try:
                open(place + "/hostile-mark-lambda", "w").write("ran")
            except OSError:
                pass
        return x
    return keras.Sequential(
        [keras.Input((4,)), keras.layers.Dense(3, "relu"), keras.layers.Dense(1), keras.layers.Lambda(spy)]
    )
