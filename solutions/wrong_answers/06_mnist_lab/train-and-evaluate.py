# %% best_of_training_loss [subtle]
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        input_pipeline(spec["images"], spec["labels"], size, spec is train_spec)
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


def stored(classifier, folder):
    """Load the checkpoint; say whether there is a log, too."""
    classifier.load_weights(f"{folder}/best.weights.h5")
    logs = [*Path(folder).rglob("*.csv"), *Path(folder).rglob("*tfevents*")]
    return classifier, bool(logs)

# %% epochs_fixed [subtle]
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        input_pipeline(spec["images"], spec["labels"], size, spec is train_spec)
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


def stored(classifier, folder):
    """Load the checkpoint; say whether there is a log, too."""
    classifier.load_weights(f"{folder}/best.weights.h5")
    logs = [*Path(folder).rglob("*.csv"), *Path(folder).rglob("*tfevents*")]
    return classifier, bool(logs)

# %% file_elsewhere [subtle]
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/model.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        input_pipeline(spec["images"], spec["labels"], size, spec is train_spec)
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


def stored(classifier, folder):
    """Load the checkpoint; say whether there is a log, too."""
    classifier.load_weights(f"{folder}/best.weights.h5")
    logs = [*Path(folder).rglob("*.csv"), *Path(folder).rglob("*tfevents*")]
    return classifier, bool(logs)

# %% highest_val_loss [subtle]
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        input_pipeline(spec["images"], spec["labels"], size, spec is train_spec)
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


def stored(classifier, folder):
    """Load the checkpoint; say whether there is a log, too."""
    classifier.load_weights(f"{folder}/best.weights.h5")
    logs = [*Path(folder).rglob("*.csv"), *Path(folder).rglob("*tfevents*")]
    return classifier, bool(logs)

# %% history_first
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        input_pipeline(spec["images"], spec["labels"], size, spec is train_spec)
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


def stored(classifier, folder):
    """Load the checkpoint; say whether there is a log, too."""
    classifier.load_weights(f"{folder}/best.weights.h5")
    logs = [*Path(folder).rglob("*.csv"), *Path(folder).rglob("*tfevents*")]
    return classifier, bool(logs)

# %% history_object
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        input_pipeline(spec["images"], spec["labels"], size, spec is train_spec)
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


def stored(classifier, folder):
    """Load the checkpoint; say whether there is a log, too."""
    classifier.load_weights(f"{folder}/best.weights.h5")
    logs = [*Path(folder).rglob("*.csv"), *Path(folder).rglob("*tfevents*")]
    return classifier, bool(logs)

# %% history_only
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        input_pipeline(spec["images"], spec["labels"], size, spec is train_spec)
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


def stored(classifier, folder):
    """Load the checkpoint; say whether there is a log, too."""
    classifier.load_weights(f"{folder}/best.weights.h5")
    logs = [*Path(folder).rglob("*.csv"), *Path(folder).rglob("*tfevents*")]
    return classifier, bool(logs)

# %% keeps_the_last [subtle]
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_weights_only": True}
    train, val = (
        input_pipeline(spec["images"], spec["labels"], size, spec is train_spec)
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


def stored(classifier, folder):
    """Load the checkpoint; say whether there is a log, too."""
    classifier.load_weights(f"{folder}/best.weights.h5")
    logs = [*Path(folder).rglob("*.csv"), *Path(folder).rglob("*tfevents*")]
    return classifier, bool(logs)

# %% last_weights [subtle]
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        input_pipeline(spec["images"], spec["labels"], size, spec is train_spec)
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


def stored(classifier, folder):
    """Load the checkpoint; say whether there is a log, too."""
    classifier.load_weights(f"{folder}/best.weights.h5")
    logs = [*Path(folder).rglob("*.csv"), *Path(folder).rglob("*tfevents*")]
    return classifier, bool(logs)

# %% never_stops [subtle]
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        input_pipeline(spec["images"], spec["labels"], size, spec is train_spec)
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


def stored(classifier, folder):
    """Load the checkpoint; say whether there is a log, too."""
    classifier.load_weights(f"{folder}/best.weights.h5")
    logs = [*Path(folder).rglob("*.csv"), *Path(folder).rglob("*tfevents*")]
    return classifier, bool(logs)

# %% no_checkpoint [subtle]
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        input_pipeline(spec["images"], spec["labels"], size, spec is train_spec)
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


def stored(classifier, folder):
    """Load the checkpoint; say whether there is a log, too."""
    classifier.load_weights(f"{folder}/best.weights.h5")
    logs = [*Path(folder).rglob("*.csv"), *Path(folder).rglob("*tfevents*")]
    return classifier, bool(logs)

# %% no_log [subtle]
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        input_pipeline(spec["images"], spec["labels"], size, spec is train_spec)
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


def stored(classifier, folder):
    """Load the checkpoint; say whether there is a log, too."""
    classifier.load_weights(f"{folder}/best.weights.h5")
    logs = [*Path(folder).rglob("*.csv"), *Path(folder).rglob("*tfevents*")]
    return classifier, bool(logs)

# %% no_validation
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        input_pipeline(spec["images"], spec["labels"], size, spec is train_spec)
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


def stored(classifier, folder):
    """Load the checkpoint; say whether there is a log, too."""
    classifier.load_weights(f"{folder}/best.weights.h5")
    logs = [*Path(folder).rglob("*.csv"), *Path(folder).rglob("*tfevents*")]
    return classifier, bool(logs)

# %% one_epoch_too_few
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        input_pipeline(spec["images"], spec["labels"], size, spec is train_spec)
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


def stored(classifier, folder):
    """Load the checkpoint; say whether there is a log, too."""
    classifier.load_weights(f"{folder}/best.weights.h5")
    logs = [*Path(folder).rglob("*.csv"), *Path(folder).rglob("*tfevents*")]
    return classifier, bool(logs)

# %% patience_fixed [subtle]
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        input_pipeline(spec["images"], spec["labels"], size, spec is train_spec)
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


def stored(classifier, folder):
    """Load the checkpoint; say whether there is a log, too."""
    classifier.load_weights(f"{folder}/best.weights.h5")
    logs = [*Path(folder).rglob("*.csv"), *Path(folder).rglob("*tfevents*")]
    return classifier, bool(logs)

# %% patience_left_out [subtle]
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        input_pipeline(spec["images"], spec["labels"], size, spec is train_spec)
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


def stored(classifier, folder):
    """Load the checkpoint; say whether there is a log, too."""
    classifier.load_weights(f"{folder}/best.weights.h5")
    logs = [*Path(folder).rglob("*.csv"), *Path(folder).rglob("*tfevents*")]
    return classifier, bool(logs)

# %% shuffles_the_other_rows [subtle]
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        input_pipeline(spec["images"], spec["labels"], size, spec is eval_spec)
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


def stored(classifier, folder):
    """Load the checkpoint; say whether there is a log, too."""
    classifier.load_weights(f"{folder}/best.weights.h5")
    logs = [*Path(folder).rglob("*.csv"), *Path(folder).rglob("*tfevents*")]
    return classifier, bool(logs)

# %% stops_at_the_first_rise [subtle]
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        input_pipeline(spec["images"], spec["labels"], size, spec is train_spec)
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


def stored(classifier, folder):
    """Load the checkpoint; say whether there is a log, too."""
    classifier.load_weights(f"{folder}/best.weights.h5")
    logs = [*Path(folder).rglob("*.csv"), *Path(folder).rglob("*tfevents*")]
    return classifier, bool(logs)

# %% stops_on_training_loss [subtle]
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        input_pipeline(spec["images"], spec["labels"], size, spec is train_spec)
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


def stored(classifier, folder):
    """Load the checkpoint; say whether there is a log, too."""
    classifier.load_weights(f"{folder}/best.weights.h5")
    logs = [*Path(folder).rglob("*.csv"), *Path(folder).rglob("*tfevents*")]
    return classifier, bool(logs)

# %% trains_on_validation_images [subtle]
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        input_pipeline(spec["images"], spec["labels"], size, spec is train_spec)
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


def stored(classifier, folder):
    """Load the checkpoint; say whether there is a log, too."""
    classifier.load_weights(f"{folder}/best.weights.h5")
    logs = [*Path(folder).rglob("*.csv"), *Path(folder).rglob("*tfevents*")]
    return classifier, bool(logs)

# %% validates_on_training_images [subtle]
def train_and_evaluate(classifier, train_spec, eval_spec):
    """Train; return the classifier at its best, and the history."""
    folder, size = eval_spec["folder"], train_spec["batch_size"]
    best = f"{folder}/best.weights.h5"
    keep = {"save_best_only": True, "save_weights_only": True}
    train, val = (
        input_pipeline(spec["images"], spec["labels"], size, spec is train_spec)
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


def stored(classifier, folder):
    """Load the checkpoint; say whether there is a log, too."""
    classifier.load_weights(f"{folder}/best.weights.h5")
    logs = [*Path(folder).rglob("*.csv"), *Path(folder).rglob("*tfevents*")]
    return classifier, bool(logs)
