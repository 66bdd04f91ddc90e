# %% does_not_train
def overfit(classifier, images, labels):
    """Train until all these images are right; return the classifier."""
    for _ in range(200):
        classifier.test_on_batch(images, labels)
        answers = classifier.predict_on_batch(images).argmax(axis=1)
        if np.all(answers == labels):
            break
    return classifier

# %% forgets_to_return
def overfit(classifier, images, labels):
    """Train until all these images are right; return the classifier."""
    for _ in range(200):
        classifier.train_on_batch(images, labels)
        answers = classifier.predict_on_batch(images).argmax(axis=1)
        if np.all(answers == labels):
            break

# %% fresh_model
def overfit(classifier, images, labels):
    """Train until all these images are right; return the classifier."""
    for _ in range(200):
        classifier.train_on_batch(images, labels)
        answers = classifier.predict_on_batch(images).argmax(axis=1)
        if np.all(answers == labels):
            break
    return keras.models.clone_model(classifier)

# %% half_of_the_images
def overfit(classifier, images, labels):
    """Train until all these images are right; return the classifier."""
    for _ in range(200):
        classifier.train_on_batch(images[::2], labels[::2])
        answers = classifier.predict_on_batch(images).argmax(axis=1)
        if np.all(answers == labels):
            break
    return classifier

# %% labels_shuffled
def overfit(classifier, images, labels):
    """Train until all these images are right; return the classifier."""
    for _ in range(200):
        classifier.train_on_batch(images, np.roll(labels, 1))
        answers = classifier.predict_on_batch(images).argmax(axis=1)
        if np.all(answers == labels):
            break
    return classifier

# %% one_pass
def overfit(classifier, images, labels):
    """Train until all these images are right; return the classifier."""
    for _ in range(1):
        classifier.train_on_batch(images, labels)
        answers = classifier.predict_on_batch(images).argmax(axis=1)
        if np.all(answers == labels):
            break
    return classifier

# %% remembers_the_lab_images
def overfit(classifier, images, labels):
    """Train until all these images are right; return the classifier."""
    few, few_labels = prepare(fit_images[:64]), fit_labels[:64]
    for _ in range(200):
        classifier.train_on_batch(few, few_labels)
        answers = classifier.predict_on_batch(images).argmax(axis=1)
        if np.all(answers == labels):
            break
    return classifier

# %% stops_early
def overfit(classifier, images, labels):
    """Train until all these images are right; return the classifier."""
    for _ in range(200):
        classifier.train_on_batch(images, labels)
        answers = classifier.predict_on_batch(images).argmax(axis=1)
        if np.any(answers == labels):
            break
    return classifier

# %% trains_another_model
def overfit(classifier, images, labels):
    """Train until all these images are right; return the classifier."""
    learner = make_classifier({**params, "learning_rate": 0.003})
    for _ in range(200):
        learner.train_on_batch(images, labels)
        answers = classifier.predict_on_batch(images).argmax(axis=1)
        if np.all(answers == labels):
            break
    return learner
