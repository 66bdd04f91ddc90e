"""What is wrong with an answer in the lab: for visible tests that would be long.

Each ``..._problem`` returns a text for the student, which is empty if all is well.

``split_problem``       the rows for fitting and for validation
``activation_problem``  where a model applies ReLU
``classifier_problem``  a compiled classifier
``pipeline_problem``    a dataset of batches
``network_problem``     a network of the student's own
``service_problem``     what an exported service answers
``training_problem``    a training with early stopping
``tiny_learner``        a model and data that it can learn in a second
``tiny_training``       a model and specs whose training takes a second
``tiny_maps``           a model with maps that are known
``tiny_reader``         a dense model for small services
"""

from cnnlab.lab_checks._models import (
    activation_problem,
    classifier_problem,
    network_problem,
)
from cnnlab.lab_checks._rows import pipeline_problem, split_problem
from cnnlab.lab_checks._training import tiny_learner, tiny_training, training_problem
from cnnlab.lab_checks._uses import service_problem, tiny_maps, tiny_reader

__all__ = [
    "activation_problem",
    "classifier_problem",
    "network_problem",
    "pipeline_problem",
    "service_problem",
    "split_problem",
    "tiny_learner",
    "tiny_maps",
    "tiny_reader",
    "tiny_training",
    "training_problem",
]
