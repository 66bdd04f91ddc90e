# scikit-learn: estimators, pipelines and scores, and estimators that students write.

# %% style fitted_model
# The answer is a fitted estimator in a variable.
# sample: yes
# %% given
import numpy as np
model_x = np.arange(10.0).reshape(-1, 1)
model_y = 3 * model_x.ravel() + 2
# %% solution
from sklearn.linear_model import LinearRegression
line_model = LinearRegression().fit(model_x, model_y)
# %% right: Ridge without a penalty
from sklearn.linear_model import Ridge
line_model = Ridge(alpha=0).fit(model_x, model_y)
# %% wrong: without an intercept
from sklearn.linear_model import LinearRegression
line_model = LinearRegression(fit_intercept=False).fit(model_x, model_y)
# %% wrong: not fitted
from sklearn.linear_model import LinearRegression
line_model = LinearRegression()
# %% test
import numpy as np
assert np.allclose(line_model.predict([[20.0]]), 62)
assert np.isclose(line_model.coef_[0], 3) and np.isclose(line_model.intercept_, 2)

# %% style model_function
# A function returns a fitted classifier.
# %% solution
from sklearn.tree import DecisionTreeClassifier
def train_tree(x, y):
    return DecisionTreeClassifier(max_depth=2, random_state=0).fit(x, y)
# %% right: in two steps
from sklearn import tree
def train_tree(x, y):
    model = tree.DecisionTreeClassifier(max_depth=2, random_state=0)
    model.fit(x, y)
    return model
# %% wrong: too deep
from sklearn.tree import DecisionTreeClassifier
def train_tree(x, y):
    return DecisionTreeClassifier(random_state=0).fit(x, y)
# %% test
from sklearn.datasets import load_iris
x, y = load_iris(return_X_y=True)
trained = train_tree(x, y)
assert trained.get_depth() <= 2, "at most two levels"
assert trained.score(x, y) > 0.9

# %% style model_type
# The test checks the class and the parameters of an estimator.
# %% solution
from sklearn.neighbors import KNeighborsClassifier
neighbours = KNeighborsClassifier(n_neighbors=3)
# %% right: with set_params
from sklearn.neighbors import KNeighborsClassifier
neighbours = KNeighborsClassifier().set_params(n_neighbors=3)
# %% wrong: the default
from sklearn.neighbors import KNeighborsClassifier
neighbours = KNeighborsClassifier()
# %% wrong: a regressor
from sklearn.neighbors import KNeighborsRegressor
neighbours = KNeighborsRegressor(n_neighbors=3)
# %% test
from sklearn.neighbors import KNeighborsClassifier
assert isinstance(neighbours, KNeighborsClassifier)
assert neighbours.get_params()["n_neighbors"] == 3

# %% style pipeline
# The answer is a pipeline with two steps.
# %% solution
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler
flow = make_pipeline(StandardScaler(), LogisticRegression())
# %% right: with Pipeline
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import Pipeline
from sklearn.preprocessing import StandardScaler
flow = Pipeline([("scale", StandardScaler()), ("model", LogisticRegression())])
# %% wrong: not scaled
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
flow = make_pipeline(LogisticRegression())
# %% test
import numpy as np
x = np.array([[0.0, 1000], [1, 1100], [8, 1500], [9, 1600]])
assert len(flow.steps) == 2
flow.fit(x, [0, 0, 1, 1])
assert flow.predict(x).tolist() == [0, 0, 1, 1]

# %% style own_estimator
# scikit-learn clones and scores an estimator that the student wrote.
# %% solution
from sklearn.base import BaseEstimator, ClassifierMixin
import numpy as np
class Majority(ClassifierMixin, BaseEstimator):
    def fit(self, x, y):
        values, counts = np.unique(y, return_counts=True)
        self.classes_, self.label_ = values, values[counts.argmax()]
        return self
    def predict(self, x):
        return np.full(len(x), self.label_)
# %% right: with bincount
from sklearn.base import BaseEstimator, ClassifierMixin
import numpy as np
class Majority(ClassifierMixin, BaseEstimator):
    def fit(self, x, y):
        self.classes_ = np.unique(y)
        self.label_ = np.bincount(y).argmax()
        return self
    def predict(self, x):
        return np.array([self.label_ for _ in x])
# %% wrong: the minority
from sklearn.base import BaseEstimator, ClassifierMixin
import numpy as np
class Majority(ClassifierMixin, BaseEstimator):
    def fit(self, x, y):
        values, counts = np.unique(y, return_counts=True)
        self.classes_, self.label_ = values, values[counts.argmin()]
        return self
    def predict(self, x):
        return np.full(len(x), self.label_)
# %% test
import numpy as np
from sklearn.base import clone
from sklearn.model_selection import cross_val_score
x, y = np.zeros((12, 1)), np.array([0] * 8 + [1] * 4)
assert clone(Majority()).fit(x, y).predict(x[:2]).tolist() == [0, 0]
scores = cross_val_score(Majority(), x, y, cv=4)
assert np.isclose(scores.mean(), 8 / 12)

# %% style split_data
# The function splits data with a fixed seed.
# %% solution
from sklearn.model_selection import train_test_split
def split(x, y):
    return train_test_split(x, y, test_size=0.25, random_state=0)
# %% right: the size as a number
from sklearn.model_selection import train_test_split
def split(x, y):
    return train_test_split(x, y, test_size=len(x) // 4, random_state=0)
# %% wrong: another seed
from sklearn.model_selection import train_test_split
def split(x, y):
    return train_test_split(x, y, test_size=0.25, random_state=1)
# %% test
import numpy as np
from sklearn.model_selection import train_test_split
x = np.arange(20)
expected = train_test_split(x, x, test_size=0.25, random_state=0)
for ours, theirs in zip(split(x, x), expected):
    np.testing.assert_array_equal(ours, theirs)

# %% style metric
# The test compares a metric with scikit-learn's.
# %% solution
def recall_of(y, predicted):
    hits = sum(a == b == 1 for a, b in zip(y, predicted))
    return hits / sum(y)
# %% right: scikit-learn's function
from sklearn.metrics import recall_score
def recall_of(y, predicted):
    return recall_score(y, predicted)
# %% wrong: precision
def recall_of(y, predicted):
    hits = sum(a == b == 1 for a, b in zip(y, predicted))
    return hits / sum(predicted)
# %% test
from sklearn.metrics import recall_score
y, predicted = [1, 1, 0, 0, 1], [1, 0, 0, 1, 1]
assert abs(recall_of(y, predicted) - recall_score(y, predicted)) < 1e-9
assert recall_of([1, 1, 1], [1, 0, 0]) == 1 / 3

# %% style own_transformer
# The test puts a transformer that the student wrote into a pipeline.
# %% solution
from sklearn.base import BaseEstimator, TransformerMixin
class Centre(TransformerMixin, BaseEstimator):
    def fit(self, x, y=None):
        self.mean_ = x.mean(axis=0)
        return self
    def transform(self, x):
        return x - self.mean_
# %% right: with np.average
import numpy as np
from sklearn.base import BaseEstimator, TransformerMixin
class Centre(TransformerMixin, BaseEstimator):
    def fit(self, x, y=None):
        self.mean_ = np.average(x, axis=0)
        return self
    def transform(self, x):
        return np.subtract(x, self.mean_)
# %% wrong: one mean for all columns
from sklearn.base import BaseEstimator, TransformerMixin
class Centre(TransformerMixin, BaseEstimator):
    def fit(self, x, y=None):
        self.mean_ = x.mean()
        return self
    def transform(self, x):
        return x - self.mean_
# %% test
import numpy as np
from sklearn.linear_model import LinearRegression
from sklearn.pipeline import make_pipeline
x = np.array([[1.0, 10], [3, 30]])
assert np.allclose(Centre().fit_transform(x), [[-1, -10], [1, 10]])
fitted = make_pipeline(Centre(), LinearRegression()).fit(x, [0.0, 1.0])
assert np.allclose(fitted.predict(x), [0, 1])
