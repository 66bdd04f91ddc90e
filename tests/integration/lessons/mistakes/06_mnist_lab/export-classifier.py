# %% no_softmax
# says: it gives logits: a softmax must follow
def export_classifier(classifier, folder):
    raw = keras.Input((28, 28), dtype="uint8")
    ready = keras.layers.Reshape((28, 28, 1))(raw)
    logits = classifier(keras.layers.Rescaling(1 / 255)(ready))
    service = keras.Model(raw, logits)
    service.export(folder, verbose=False)


from cnnlab.lab import ask  # tests use it: leave this line here


# %% not_scaled
# says: it does not scale: divide by 255
def export_classifier(classifier, folder):
    raw = keras.Input((28, 28), dtype="uint8")
    ready = keras.layers.Reshape((28, 28, 1))(raw)
    logits = classifier(keras.layers.Rescaling(1)(ready))
    service = keras.Model(raw, keras.layers.Softmax()(logits))
    service.export(folder, verbose=False)


from cnnlab.lab import ask  # tests use it: leave this line here


# %% divides_by_256
# says: it divides by 256, not by 255
def export_classifier(classifier, folder):
    raw = keras.Input((28, 28), dtype="uint8")
    ready = keras.layers.Reshape((28, 28, 1))(raw)
    logits = classifier(keras.layers.Rescaling(1 / 256)(ready))
    service = keras.Model(raw, keras.layers.Softmax()(logits))
    service.export(folder, verbose=False)


from cnnlab.lab import ask  # tests use it: leave this line here


# %% no_dtype
# says: give its Input the shape (28, 28) and dtype="uint8"
def export_classifier(classifier, folder):
    raw = keras.Input((28, 28), dtype="float32")
    ready = keras.layers.Reshape((28, 28, 1))(raw)
    logits = classifier(keras.layers.Rescaling(1 / 255)(ready))
    service = keras.Model(raw, keras.layers.Softmax()(logits))
    service.export(folder, verbose=False)


from cnnlab.lab import ask  # tests use it: leave this line here


# %% saves_a_keras_file
# says: write it with `export`, not `save`
def export_classifier(classifier, folder):
    raw = keras.Input((28, 28), dtype="uint8")
    ready = keras.layers.Reshape((28, 28, 1))(raw)
    logits = classifier(keras.layers.Rescaling(1 / 255)(ready))
    service = keras.Model(raw, keras.layers.Softmax()(logits))
    service.save(f"{folder}.keras")


from cnnlab.lab import ask  # tests use it: leave this line here


# %% softmax_twice
# says: it applies softmax twice
def export_classifier(classifier, folder):
    raw = keras.Input((28, 28), dtype="uint8")
    ready = keras.layers.Reshape((28, 28, 1))(raw)
    logits = classifier(keras.layers.Rescaling(1 / 255)(ready))
    service = keras.Model(raw, keras.layers.Softmax()(keras.layers.Softmax()(logits)))
    service.export(folder, verbose=False)


from cnnlab.lab import ask  # tests use it: leave this line here
