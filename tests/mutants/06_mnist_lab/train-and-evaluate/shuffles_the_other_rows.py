# subtle
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
