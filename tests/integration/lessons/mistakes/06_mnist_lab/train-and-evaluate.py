# %% returns_nothing
# says: return two, classifier and history, not NoneType
def train_and_evaluate(classifier, train_spec, eval_spec):
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    train = feed(train_spec["images"], train_spec["labels"], size, True)
    val = feed(eval_spec["images"], eval_spec["labels"], size, False)
    checkpoint = keras.callbacks.ModelCheckpoint(
        best, save_best_only=True, save_weights_only=True
    )
    stop = keras.callbacks.EarlyStopping(patience=eval_spec["patience"])
    run = classifier.fit(
        train,
        validation_data=val,
        epochs=train_spec["epochs"],
        callbacks=[checkpoint, stop, training_log(folder)],
        verbose=0,
        shuffle=False,
    )
    classifier.load_weights(best)
    print(run.history)


from cnnlab.lab import stored  # tests use it: leave this line here


# %% returns_the_history_only
# says: return two, classifier and history, not dict
def train_and_evaluate(classifier, train_spec, eval_spec):
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    train = feed(train_spec["images"], train_spec["labels"], size, True)
    val = feed(eval_spec["images"], eval_spec["labels"], size, False)
    checkpoint = keras.callbacks.ModelCheckpoint(
        best, save_best_only=True, save_weights_only=True
    )
    stop = keras.callbacks.EarlyStopping(patience=eval_spec["patience"])
    run = classifier.fit(
        train,
        validation_data=val,
        epochs=train_spec["epochs"],
        callbacks=[checkpoint, stop, training_log(folder)],
        verbose=0,
        shuffle=False,
    )
    classifier.load_weights(best)
    return run.history


from cnnlab.lab import stored  # tests use it: leave this line here


# %% returns_the_run
# says: return fit's `history`, the dict, second
def train_and_evaluate(classifier, train_spec, eval_spec):
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    train = feed(train_spec["images"], train_spec["labels"], size, True)
    val = feed(eval_spec["images"], eval_spec["labels"], size, False)
    checkpoint = keras.callbacks.ModelCheckpoint(
        best, save_best_only=True, save_weights_only=True
    )
    stop = keras.callbacks.EarlyStopping(patience=eval_spec["patience"])
    run = classifier.fit(
        train,
        validation_data=val,
        epochs=train_spec["epochs"],
        callbacks=[checkpoint, stop, training_log(folder)],
        verbose=0,
        shuffle=False,
    )
    classifier.load_weights(best)
    return classifier, run


from cnnlab.lab import stored  # tests use it: leave this line here


# %% last_weights
# says: load the checkpoint
def train_and_evaluate(classifier, train_spec, eval_spec):
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    train = feed(train_spec["images"], train_spec["labels"], size, True)
    val = feed(eval_spec["images"], eval_spec["labels"], size, False)
    checkpoint = keras.callbacks.ModelCheckpoint(
        best, save_best_only=True, save_weights_only=True
    )
    stop = keras.callbacks.EarlyStopping(patience=eval_spec["patience"])
    run = classifier.fit(
        train,
        validation_data=val,
        epochs=train_spec["epochs"],
        callbacks=[checkpoint, stop, training_log(folder)],
        verbose=0,
        shuffle=False,
    )
    pass
    return classifier, run.history


from cnnlab.lab import stored  # tests use it: leave this line here


# %% no_checkpoint
# says: load the checkpoint
def train_and_evaluate(classifier, train_spec, eval_spec):
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    train = feed(train_spec["images"], train_spec["labels"], size, True)
    val = feed(eval_spec["images"], eval_spec["labels"], size, False)
    checkpoint = keras.callbacks.ModelCheckpoint(
        best, save_best_only=True, save_weights_only=True
    )
    stop = keras.callbacks.EarlyStopping(patience=eval_spec["patience"])
    run = classifier.fit(
        train,
        validation_data=val,
        epochs=train_spec["epochs"],
        callbacks=[stop, training_log(folder)],
        verbose=0,
        shuffle=False,
    )
    pass
    return classifier, run.history


from cnnlab.lab import stored  # tests use it: leave this line here


# %% no_log
# says: use training_log(folder)
def train_and_evaluate(classifier, train_spec, eval_spec):
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    train = feed(train_spec["images"], train_spec["labels"], size, True)
    val = feed(eval_spec["images"], eval_spec["labels"], size, False)
    checkpoint = keras.callbacks.ModelCheckpoint(
        best, save_best_only=True, save_weights_only=True
    )
    stop = keras.callbacks.EarlyStopping(patience=eval_spec["patience"])
    run = classifier.fit(
        train,
        validation_data=val,
        epochs=train_spec["epochs"],
        callbacks=[checkpoint, stop],
        verbose=0,
        shuffle=False,
    )
    classifier.load_weights(best)
    return classifier, run.history


from cnnlab.lab import stored  # tests use it: leave this line here


# %% never_stops
# says: it must stop after 3 epochs, not after 9
def train_and_evaluate(classifier, train_spec, eval_spec):
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    train = feed(train_spec["images"], train_spec["labels"], size, True)
    val = feed(eval_spec["images"], eval_spec["labels"], size, False)
    checkpoint = keras.callbacks.ModelCheckpoint(
        best, save_best_only=True, save_weights_only=True
    )
    stop = keras.callbacks.EarlyStopping(patience=eval_spec["patience"])
    run = classifier.fit(
        train,
        validation_data=val,
        epochs=train_spec["epochs"],
        callbacks=[checkpoint, training_log(folder)],
        verbose=0,
        shuffle=False,
    )
    classifier.load_weights(best)
    return classifier, run.history


from cnnlab.lab import stored  # tests use it: leave this line here


# %% no_validation
# says: no val_loss: give fit the validation images
def train_and_evaluate(classifier, train_spec, eval_spec):
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    train = feed(train_spec["images"], train_spec["labels"], size, True)
    val = feed(eval_spec["images"], eval_spec["labels"], size, False)
    checkpoint = keras.callbacks.ModelCheckpoint(
        best, save_best_only=True, save_weights_only=True
    )
    stop = keras.callbacks.EarlyStopping(patience=eval_spec["patience"])
    run = classifier.fit(
        train,
        validation_data=None,
        epochs=train_spec["epochs"],
        callbacks=[training_log(folder)],
        verbose=0,
        shuffle=False,
    )
    pass
    return classifier, run.history


from cnnlab.lab import stored  # tests use it: leave this line here


# %% validates_on_training_images
# says: validation must use the images and labels of eval_spec
def train_and_evaluate(classifier, train_spec, eval_spec):
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    train = feed(train_spec["images"], train_spec["labels"], size, True)
    val = feed(eval_spec["images"], eval_spec["labels"], size, False)
    checkpoint = keras.callbacks.ModelCheckpoint(
        best, save_best_only=True, save_weights_only=True
    )
    stop = keras.callbacks.EarlyStopping(patience=eval_spec["patience"])
    run = classifier.fit(
        train,
        validation_data=train,
        epochs=train_spec["epochs"],
        callbacks=[checkpoint, stop, training_log(folder)],
        verbose=0,
        shuffle=False,
    )
    classifier.load_weights(best)
    return classifier, run.history


from cnnlab.lab import stored  # tests use it: leave this line here


# %% patience_one
# says: it must stop after 3 epochs, not after 2
def train_and_evaluate(classifier, train_spec, eval_spec):
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    train = feed(train_spec["images"], train_spec["labels"], size, True)
    val = feed(eval_spec["images"], eval_spec["labels"], size, False)
    checkpoint = keras.callbacks.ModelCheckpoint(
        best, save_best_only=True, save_weights_only=True
    )
    stop = keras.callbacks.EarlyStopping(patience=1)
    run = classifier.fit(
        train,
        validation_data=val,
        epochs=train_spec["epochs"],
        callbacks=[checkpoint, stop, training_log(folder)],
        verbose=0,
        shuffle=False,
    )
    classifier.load_weights(best)
    return classifier, run.history


from cnnlab.lab import stored  # tests use it: leave this line here
