def overfit(classifier, images, labels):
    """Train until all these images are right; return the classifier."""
    for _ in range(200):
        classifier.train_on_batch(images, labels)
        answers = classifier.predict_on_batch(images).argmax(axis=1)
        if np.any(answers == labels):
            break
    return classifier


few, few_labels = preprocess(x_fit[:64]), y_fit[:64]
learner = make_classifier({**params, "learning_rate": 0.003})
learner = overfit(learner, few, few_labels)
