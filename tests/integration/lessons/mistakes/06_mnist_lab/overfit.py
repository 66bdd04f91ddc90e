# %% returns_nothing
# says: it returned None: `return` the classifier
def overfit(classifier, images, labels):
    for _ in range(200):
        classifier.train_on_batch(images, labels)


# %% one_pass
# says: more passes? all the images?
def overfit(classifier, images, labels):
    classifier.train_on_batch(images, labels)
    return classifier


# %% returns_the_history
# says: return the classifier, not History
def overfit(classifier, images, labels):
    return classifier.fit(images, labels, epochs=1, verbose=0)
