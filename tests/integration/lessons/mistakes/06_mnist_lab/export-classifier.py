# %% no_softmax
# says: it gives logits: a softmax must follow
# wrong answer: logits


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
# wrong answer: divides_by_256


# %% no_dtype
# says: give its Input the shape (28, 28) and dtype="uint8"
# wrong answer: floats_wanted


# %% saves_a_keras_file
# says: write it with `export`, not `save`
# wrong answer: keras_file


# %% softmax_twice
# says: it applies softmax twice
# wrong answer: softmax_twice
