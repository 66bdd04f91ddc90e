# %% a_model_of_its_own
def export_classifier(classifier, folder):
    """Write a service that reads raw images."""
    raw = keras.Input((28, 28), dtype="uint8")
    ready = keras.layers.Reshape((28, 28, 1))(raw)
    logits = keras.models.clone_model(classifier)(keras.layers.Rescaling(1 / 255)(ready))
    service = keras.Model(raw, keras.layers.Softmax()(logits))
    service.export(folder, verbose=False)


from cnnlab.lab import ask  # tests use it: leave this line here

# %% classifier_alone
def export_classifier(classifier, folder):
    """Write a service that reads raw images."""
    classifier.export(folder, verbose=False)


from cnnlab.lab import ask  # tests use it: leave this line here

# %% divides_by_256
def export_classifier(classifier, folder):
    """Write a service that reads raw images."""
    raw = keras.Input((28, 28), dtype="uint8")
    ready = keras.layers.Reshape((28, 28, 1))(raw)
    logits = classifier(keras.layers.Rescaling(1 / 256)(ready))
    service = keras.Model(raw, keras.layers.Softmax()(logits))
    service.export(folder, verbose=False)


from cnnlab.lab import ask  # tests use it: leave this line here

# %% floats_wanted
def export_classifier(classifier, folder):
    """Write a service that reads raw images."""
    raw = keras.Input((28, 28), dtype="float32")
    ready = keras.layers.Reshape((28, 28, 1))(raw)
    logits = classifier(keras.layers.Rescaling(1 / 255)(ready))
    service = keras.Model(raw, keras.layers.Softmax()(logits))
    service.export(folder, verbose=False)


from cnnlab.lab import ask  # tests use it: leave this line here

# %% keras_file
def export_classifier(classifier, folder):
    """Write a service that reads raw images."""
    raw = keras.Input((28, 28), dtype="uint8")
    ready = keras.layers.Reshape((28, 28, 1))(raw)
    logits = classifier(keras.layers.Rescaling(1 / 255)(ready))
    service = keras.Model(raw, keras.layers.Softmax()(logits))
    service.save(f"{folder}.keras")


from cnnlab.lab import ask  # tests use it: leave this line here

# %% logits
def export_classifier(classifier, folder):
    """Write a service that reads raw images."""
    raw = keras.Input((28, 28), dtype="uint8")
    ready = keras.layers.Reshape((28, 28, 1))(raw)
    logits = classifier(keras.layers.Rescaling(1 / 255)(ready))
    service = keras.Model(raw, logits)
    service.export(folder, verbose=False)


from cnnlab.lab import ask  # tests use it: leave this line here

# %% not_scaled
def export_classifier(classifier, folder):
    """Write a service that reads raw images."""
    raw = keras.Input((28, 28), dtype="uint8")
    ready = keras.layers.Reshape((28, 28, 1))(raw)
    logits = classifier(keras.layers.Rescaling(1.0)(ready))
    service = keras.Model(raw, keras.layers.Softmax()(logits))
    service.export(folder, verbose=False)


from cnnlab.lab import ask  # tests use it: leave this line here

# %% nothing_written
def export_classifier(classifier, folder):
    """Write a service that reads raw images."""
    raw = keras.Input((28, 28), dtype="uint8")
    ready = keras.layers.Reshape((28, 28, 1))(raw)
    logits = classifier(keras.layers.Rescaling(1 / 255)(ready))
    service = keras.Model(raw, keras.layers.Softmax()(logits))


from cnnlab.lab import ask  # tests use it: leave this line here

# %% rows_and_columns_swapped
def export_classifier(classifier, folder):
    """Write a service that reads raw images."""
    raw = keras.Input((28, 28), dtype="uint8")
    ready = keras.layers.Reshape((28, 28, 1))(keras.layers.Permute((2, 1))(raw))
    logits = classifier(keras.layers.Rescaling(1 / 255)(ready))
    service = keras.Model(raw, keras.layers.Softmax()(logits))
    service.export(folder, verbose=False)


from cnnlab.lab import ask  # tests use it: leave this line here

# %% scaled_twice
def export_classifier(classifier, folder):
    """Write a service that reads raw images."""
    raw = keras.Input((28, 28), dtype="uint8")
    ready = keras.layers.Reshape((28, 28, 1))(raw)
    logits = classifier(keras.layers.Rescaling(1 / 255**2)(ready))
    service = keras.Model(raw, keras.layers.Softmax()(logits))
    service.export(folder, verbose=False)


from cnnlab.lab import ask  # tests use it: leave this line here

# %% sigmoid
def export_classifier(classifier, folder):
    """Write a service that reads raw images."""
    raw = keras.Input((28, 28), dtype="uint8")
    ready = keras.layers.Reshape((28, 28, 1))(raw)
    logits = classifier(keras.layers.Rescaling(1 / 255)(ready))
    service = keras.Model(raw, keras.layers.Activation("sigmoid")(logits))
    service.export(folder, verbose=False)


from cnnlab.lab import ask  # tests use it: leave this line here

# %% softmax_twice
def export_classifier(classifier, folder):
    """Write a service that reads raw images."""
    raw = keras.Input((28, 28), dtype="uint8")
    ready = keras.layers.Reshape((28, 28, 1))(raw)
    logits = classifier(keras.layers.Rescaling(1 / 255)(ready))
    service = keras.Model(raw, keras.layers.Softmax()(keras.layers.Softmax()(logits)))
    service.export(folder, verbose=False)


from cnnlab.lab import ask  # tests use it: leave this line here

# %% the_courses_own
export_classifier = ours.export_classifier


from cnnlab.lab import ask  # tests use it: leave this line here
