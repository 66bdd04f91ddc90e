# %% best_of_training_loss
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        feed(spec["images"], spec["labels"], size, spec is train_spec)
        for spec in (train_spec, eval_spec)
    )
    callbacks = [
        keras.callbacks.ModelCheckpoint(best, monitor="loss", **keep),
        keras.callbacks.EarlyStopping(patience=eval_spec["patience"]),
        training_log(folder),
    ]
    options = {"epochs": train_spec["epochs"], "callbacks": callbacks}
    options |= {"verbose": 0, "shuffle": False}  # the pipeline shuffles
    run = classifier.fit(train, validation_data=val, **options)
    classifier.load_weights(best)
    return classifier, run.history


from cnnlab.lab import stored  # tests use it: leave this line here

# %% epochs_fixed [subtle]
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        feed(spec["images"], spec["labels"], size, spec is train_spec)
        for spec in (train_spec, eval_spec)
    )
    callbacks = [
        keras.callbacks.ModelCheckpoint(best, monitor="val_loss", **keep),
        keras.callbacks.EarlyStopping(patience=eval_spec["patience"]),
        training_log(folder),
    ]
    options = {"epochs": 3, "callbacks": callbacks}
    options |= {"verbose": 0, "shuffle": False}  # the pipeline shuffles
    run = classifier.fit(train, validation_data=val, **options)
    classifier.load_weights(best)
    return classifier, run.history


from cnnlab.lab import stored  # tests use it: leave this line here

# %% file_elsewhere
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/model.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        feed(spec["images"], spec["labels"], size, spec is train_spec)
        for spec in (train_spec, eval_spec)
    )
    callbacks = [
        keras.callbacks.ModelCheckpoint(best, monitor="val_loss", **keep),
        keras.callbacks.EarlyStopping(patience=eval_spec["patience"]),
        training_log(folder),
    ]
    options = {"epochs": train_spec["epochs"], "callbacks": callbacks}
    options |= {"verbose": 0, "shuffle": False}  # the pipeline shuffles
    run = classifier.fit(train, validation_data=val, **options)
    classifier.load_weights(best)
    return classifier, run.history


from cnnlab.lab import stored  # tests use it: leave this line here

# %% highest_val_loss
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        feed(spec["images"], spec["labels"], size, spec is train_spec)
        for spec in (train_spec, eval_spec)
    )
    callbacks = [
        keras.callbacks.ModelCheckpoint(best, monitor="val_loss", mode="max", **keep),
        keras.callbacks.EarlyStopping(patience=eval_spec["patience"]),
        training_log(folder),
    ]
    options = {"epochs": train_spec["epochs"], "callbacks": callbacks}
    options |= {"verbose": 0, "shuffle": False}  # the pipeline shuffles
    run = classifier.fit(train, validation_data=val, **options)
    classifier.load_weights(best)
    return classifier, run.history


from cnnlab.lab import stored  # tests use it: leave this line here

# %% history_first
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        feed(spec["images"], spec["labels"], size, spec is train_spec)
        for spec in (train_spec, eval_spec)
    )
    callbacks = [
        keras.callbacks.ModelCheckpoint(best, monitor="val_loss", **keep),
        keras.callbacks.EarlyStopping(patience=eval_spec["patience"]),
        training_log(folder),
    ]
    options = {"epochs": train_spec["epochs"], "callbacks": callbacks}
    options |= {"verbose": 0, "shuffle": False}  # the pipeline shuffles
    run = classifier.fit(train, validation_data=val, **options)
    classifier.load_weights(best)
    return run.history, classifier


from cnnlab.lab import stored  # tests use it: leave this line here

# %% history_object
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        feed(spec["images"], spec["labels"], size, spec is train_spec)
        for spec in (train_spec, eval_spec)
    )
    callbacks = [
        keras.callbacks.ModelCheckpoint(best, monitor="val_loss", **keep),
        keras.callbacks.EarlyStopping(patience=eval_spec["patience"]),
        training_log(folder),
    ]
    options = {"epochs": train_spec["epochs"], "callbacks": callbacks}
    options |= {"verbose": 0, "shuffle": False}  # the pipeline shuffles
    run = classifier.fit(train, validation_data=val, **options)
    classifier.load_weights(best)
    return classifier, run


from cnnlab.lab import stored  # tests use it: leave this line here

# %% history_only
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        feed(spec["images"], spec["labels"], size, spec is train_spec)
        for spec in (train_spec, eval_spec)
    )
    callbacks = [
        keras.callbacks.ModelCheckpoint(best, monitor="val_loss", **keep),
        keras.callbacks.EarlyStopping(patience=eval_spec["patience"]),
        training_log(folder),
    ]
    options = {"epochs": train_spec["epochs"], "callbacks": callbacks}
    options |= {"verbose": 0, "shuffle": False}  # the pipeline shuffles
    run = classifier.fit(train, validation_data=val, **options)
    classifier.load_weights(best)
    return run.history


from cnnlab.lab import stored  # tests use it: leave this line here

# %% keeps_the_last
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_weights_only": True}
    train, val = (
        feed(spec["images"], spec["labels"], size, spec is train_spec)
        for spec in (train_spec, eval_spec)
    )
    callbacks = [
        keras.callbacks.ModelCheckpoint(best, monitor="val_loss", **keep),
        keras.callbacks.EarlyStopping(patience=eval_spec["patience"]),
        training_log(folder),
    ]
    options = {"epochs": train_spec["epochs"], "callbacks": callbacks}
    options |= {"verbose": 0, "shuffle": False}  # the pipeline shuffles
    run = classifier.fit(train, validation_data=val, **options)
    classifier.load_weights(best)
    return classifier, run.history


from cnnlab.lab import stored  # tests use it: leave this line here

# %% last_weights
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        feed(spec["images"], spec["labels"], size, spec is train_spec)
        for spec in (train_spec, eval_spec)
    )
    callbacks = [
        keras.callbacks.ModelCheckpoint(best, monitor="val_loss", **keep),
        keras.callbacks.EarlyStopping(patience=eval_spec["patience"]),
        training_log(folder),
    ]
    options = {"epochs": train_spec["epochs"], "callbacks": callbacks}
    options |= {"verbose": 0, "shuffle": False}  # the pipeline shuffles
    run = classifier.fit(train, validation_data=val, **options)
    return classifier, run.history


from cnnlab.lab import stored  # tests use it: leave this line here

# %% never_stops
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        feed(spec["images"], spec["labels"], size, spec is train_spec)
        for spec in (train_spec, eval_spec)
    )
    callbacks = [
        keras.callbacks.ModelCheckpoint(best, monitor="val_loss", **keep),
        training_log(folder),
    ]
    options = {"epochs": train_spec["epochs"], "callbacks": callbacks}
    options |= {"verbose": 0, "shuffle": False}  # the pipeline shuffles
    run = classifier.fit(train, validation_data=val, **options)
    classifier.load_weights(best)
    return classifier, run.history


from cnnlab.lab import stored  # tests use it: leave this line here

# %% no_checkpoint
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        feed(spec["images"], spec["labels"], size, spec is train_spec)
        for spec in (train_spec, eval_spec)
    )
    callbacks = [
        keras.callbacks.EarlyStopping(restore_best_weights=True, patience=eval_spec["patience"]),
        training_log(folder),
    ]
    options = {"epochs": train_spec["epochs"], "callbacks": callbacks}
    options |= {"verbose": 0, "shuffle": False}  # the pipeline shuffles
    run = classifier.fit(train, validation_data=val, **options)
    return classifier, run.history


from cnnlab.lab import stored  # tests use it: leave this line here

# %% no_log
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        feed(spec["images"], spec["labels"], size, spec is train_spec)
        for spec in (train_spec, eval_spec)
    )
    callbacks = [
        keras.callbacks.ModelCheckpoint(best, monitor="val_loss", **keep),
        keras.callbacks.EarlyStopping(patience=eval_spec["patience"]),
    ]
    options = {"epochs": train_spec["epochs"], "callbacks": callbacks}
    options |= {"verbose": 0, "shuffle": False}  # the pipeline shuffles
    run = classifier.fit(train, validation_data=val, **options)
    classifier.load_weights(best)
    return classifier, run.history


from cnnlab.lab import stored  # tests use it: leave this line here

# %% no_validation
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        feed(spec["images"], spec["labels"], size, spec is train_spec)
        for spec in (train_spec, eval_spec)
    )
    callbacks = [
        keras.callbacks.ModelCheckpoint(best, monitor="val_loss", **keep),
        keras.callbacks.EarlyStopping(patience=eval_spec["patience"]),
        training_log(folder),
    ]
    options = {"epochs": train_spec["epochs"], "callbacks": callbacks}
    options |= {"verbose": 0, "shuffle": False}  # the pipeline shuffles
    run = classifier.fit(train, **options)
    classifier.load_weights(best)
    return classifier, run.history


from cnnlab.lab import stored  # tests use it: leave this line here

# %% one_epoch_too_few
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        feed(spec["images"], spec["labels"], size, spec is train_spec)
        for spec in (train_spec, eval_spec)
    )
    callbacks = [
        keras.callbacks.ModelCheckpoint(best, monitor="val_loss", **keep),
        keras.callbacks.EarlyStopping(patience=eval_spec["patience"]),
        training_log(folder),
    ]
    options = {"epochs": train_spec["epochs"] - 1, "callbacks": callbacks}
    options |= {"verbose": 0, "shuffle": False}  # the pipeline shuffles
    run = classifier.fit(train, validation_data=val, **options)
    classifier.load_weights(best)
    return classifier, run.history


from cnnlab.lab import stored  # tests use it: leave this line here

# %% patience_fixed
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        feed(spec["images"], spec["labels"], size, spec is train_spec)
        for spec in (train_spec, eval_spec)
    )
    callbacks = [
        keras.callbacks.ModelCheckpoint(best, monitor="val_loss", **keep),
        keras.callbacks.EarlyStopping(patience=1),
        training_log(folder),
    ]
    options = {"epochs": train_spec["epochs"], "callbacks": callbacks}
    options |= {"verbose": 0, "shuffle": False}  # the pipeline shuffles
    run = classifier.fit(train, validation_data=val, **options)
    classifier.load_weights(best)
    return classifier, run.history


from cnnlab.lab import stored  # tests use it: leave this line here

# %% patience_left_out
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        feed(spec["images"], spec["labels"], size, spec is train_spec)
        for spec in (train_spec, eval_spec)
    )
    callbacks = [
        keras.callbacks.ModelCheckpoint(best, monitor="val_loss", **keep),
        keras.callbacks.EarlyStopping(),
        training_log(folder),
    ]
    options = {"epochs": train_spec["epochs"], "callbacks": callbacks}
    options |= {"verbose": 0, "shuffle": False}  # the pipeline shuffles
    run = classifier.fit(train, validation_data=val, **options)
    classifier.load_weights(best)
    return classifier, run.history


from cnnlab.lab import stored  # tests use it: leave this line here

# %% shuffles_the_other_rows [subtle]
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        feed(spec["images"], spec["labels"], size, spec is eval_spec)
        for spec in (train_spec, eval_spec)
    )
    callbacks = [
        keras.callbacks.ModelCheckpoint(best, monitor="val_loss", **keep),
        keras.callbacks.EarlyStopping(patience=eval_spec["patience"]),
        training_log(folder),
    ]
    options = {"epochs": train_spec["epochs"], "callbacks": callbacks}
    options |= {"verbose": 0, "shuffle": False}  # the pipeline shuffles
    run = classifier.fit(train, validation_data=val, **options)
    classifier.load_weights(best)
    return classifier, run.history


from cnnlab.lab import stored  # tests use it: leave this line here

# %% stops_at_the_first_rise
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        feed(spec["images"], spec["labels"], size, spec is train_spec)
        for spec in (train_spec, eval_spec)
    )
    callbacks = [
        keras.callbacks.ModelCheckpoint(best, monitor="val_loss", **keep),
        keras.callbacks.EarlyStopping(patience=0),
        training_log(folder),
    ]
    options = {"epochs": train_spec["epochs"], "callbacks": callbacks}
    options |= {"verbose": 0, "shuffle": False}  # the pipeline shuffles
    run = classifier.fit(train, validation_data=val, **options)
    classifier.load_weights(best)
    return classifier, run.history


from cnnlab.lab import stored  # tests use it: leave this line here

# %% stops_on_training_loss
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        feed(spec["images"], spec["labels"], size, spec is train_spec)
        for spec in (train_spec, eval_spec)
    )
    callbacks = [
        keras.callbacks.ModelCheckpoint(best, monitor="val_loss", **keep),
        keras.callbacks.EarlyStopping("loss", patience=eval_spec["patience"]),
        training_log(folder),
    ]
    options = {"epochs": train_spec["epochs"], "callbacks": callbacks}
    options |= {"verbose": 0, "shuffle": False}  # the pipeline shuffles
    run = classifier.fit(train, validation_data=val, **options)
    classifier.load_weights(best)
    return classifier, run.history


from cnnlab.lab import stored  # tests use it: leave this line here

# %% trains_on_validation_images
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        feed(spec["images"], spec["labels"], size, spec is train_spec)
        for spec in (train_spec, eval_spec)
    )
    callbacks = [
        keras.callbacks.ModelCheckpoint(best, monitor="val_loss", **keep),
        keras.callbacks.EarlyStopping(patience=eval_spec["patience"]),
        training_log(folder),
    ]
    options = {"epochs": train_spec["epochs"], "callbacks": callbacks}
    options |= {"verbose": 0, "shuffle": False}  # the pipeline shuffles
    run = classifier.fit(val, validation_data=val, **options)
    classifier.load_weights(best)
    return classifier, run.history


from cnnlab.lab import stored  # tests use it: leave this line here

# %% validates_on_training_images
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        feed(spec["images"], spec["labels"], size, spec is train_spec)
        for spec in (train_spec, eval_spec)
    )
    callbacks = [
        keras.callbacks.ModelCheckpoint(best, monitor="val_loss", **keep),
        keras.callbacks.EarlyStopping(patience=eval_spec["patience"]),
        training_log(folder),
    ]
    options = {"epochs": train_spec["epochs"], "callbacks": callbacks}
    options |= {"verbose": 0, "shuffle": False}  # the pipeline shuffles
    run = classifier.fit(train, validation_data=train, **options)
    classifier.load_weights(best)
    return classifier, run.history


from cnnlab.lab import stored  # tests use it: leave this line here

# %% calls_the_courses_own
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    return ours.train_and_evaluate(classifier, train_spec, eval_spec)


from cnnlab.lab import stored  # tests use it: leave this line here
