"""The estimators keep scikit-learn's contract, all of it, and train as the core does."""

import pickle

import numpy as np
import pandas as pd
import pytest
from sklearn.base import clone
from sklearn.datasets import load_diabetes, load_iris, make_moons
from sklearn.exceptions import ConvergenceWarning
from sklearn.model_selection import GridSearchCV, cross_val_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import PolynomialFeatures
from sklearn.utils.estimator_checks import parametrize_with_checks

from nncore import Network, Trainer
from nncore.estimators import NetworkClassifier, NetworkRegressor

MOONS = make_moons(300, noise=0.2, random_state=0)


@parametrize_with_checks([NetworkClassifier(), NetworkRegressor()])
def test_it_keeps_the_contract_of_scikit_learn(estimator, check):
    check(estimator)


def test_it_trains_as_network_and_trainer_do():
    X, y = MOONS
    model = NetworkClassifier(hidden=(5,), scaling="none", l2=0.01, epochs=7, random_state=3).fit(X, y)
    network = Network((2, 5, 1), "relu", initializer="he_normal", l2=0.01, seed=3)
    trainer = Trainer(network, X, y, "adam", 0.01, 32, seed=3)
    trainer.advance(epochs=6)
    before = network.data_loss(X, y)
    trainer.run_epoch()
    assert np.array_equal(model.network_.parameters, network.parameters)
    assert model.n_iter_ == len(model.loss_curve_) == 7
    assert model.loss_curve_[-2:] == [before, network.data_loss(X, y)]
    assert np.array_equal(model.predict_proba(X)[:, 1], network.predict(X)[:, 0])


def test_the_moons_are_learned_by_default_in_few_updates():
    for seed in range(3):
        model = NetworkClassifier(random_state=seed).fit(*MOONS)
        assert model.score(*MOONS) > 0.95
        assert model.n_iter_ * -(-len(MOONS[0]) // model.batch_size) <= 600  # of a tenth of a millisecond each


def test_frames_and_text_labels():
    X, y = load_iris(return_X_y=True, as_frame=True)
    names = y.map(dict(enumerate(["setosa", "versicolor", "virginica"])))
    model = NetworkClassifier(epochs=30, random_state=0).fit(X, names)
    assert list(model.feature_names_in_) == list(X.columns) and list(model.classes_) == sorted(set(names))
    assert model.score(X, names) > 0.95 and set(model.predict(X)) == set(names)
    assert model.predict_proba(X).shape == (150, 3) and np.allclose(model.predict_proba(X).sum(axis=1), 1.0)
    assert np.allclose(np.exp(model.predict_log_proba(X)), model.predict_proba(X))
    with pytest.raises(ValueError, match="feature names"):
        model.predict(X[X.columns[::-1]])


@pytest.mark.parametrize("labels", [["no", "yes"], [-1, 1], [False, True], [3.0, 7.0]])
def test_two_classes_come_back_as_they_were(labels):
    X, y = MOONS
    names = np.array(labels)[y]
    model = NetworkClassifier(epochs=20, random_state=0).fit(pd.DataFrame(X, columns=["a", "b"]), pd.Series(names))
    assert model.network_.sizes[-1] == 1 and list(model.classes_) == labels
    assert np.mean(model.predict(pd.DataFrame(X, columns=["a", "b"])) == names) > 0.85


def test_texts_of_any_length_are_labels():
    X, y = MOONS
    names = np.array(["left", "right"])[y].astype(np.dtypes.StringDType())
    assert list(NetworkClassifier(epochs=1, random_state=0).fit(X, names).classes_) == ["left", "right"]


def test_targets_come_back_in_their_own_unit():
    X, y = load_diabetes(return_X_y=True)
    model = NetworkRegressor(hidden=(4,), epochs=30, random_state=0).fit(X, y)
    assert model.score(X, y) > 0.5 and 100 < model.predict(X).mean() < 200
    network = NetworkRegressor(hidden=(), scaling="none", epochs=1, random_state=0).fit(X, y)
    assert np.array_equal(network.predict(X), network.network_.predict(X)[:, 0])


def test_it_is_cloned_pickled_searched_and_piped():
    X, y = MOONS
    model = NetworkClassifier(hidden=(4,), epochs=10, random_state=0).fit(X, y)
    assert clone(model).get_params() == model.get_params() and not hasattr(clone(model), "network_")
    assert np.array_equal(pickle.loads(pickle.dumps(model)).predict_proba(X), model.predict_proba(X))
    assert cross_val_score(NetworkClassifier(epochs=20, random_state=0), X, y, cv=3).min() > 0.8
    search = GridSearchCV(clone(model), {"hidden": [(), (8,)], "learning_rate": [1e-6, 0.03]}, cv=2).fit(X, y)
    assert search.best_params_ == {"hidden": (8,), "learning_rate": 0.03}
    assert make_pipeline(PolynomialFeatures(3), clone(model)).fit(X, y).score(X, y) > 0.85


def test_a_whole_random_state_repeats_and_others_are_drawn_from():
    X, y = MOONS
    fitted = [NetworkClassifier(epochs=1, random_state=state).fit(X, y).network_.parameters for state in (
        4, 4, np.random.RandomState(4), np.random.RandomState(4), None)]  # fmt: skip
    assert np.array_equal(fitted[0], fitted[1]) and np.array_equal(fitted[2], fitted[3])
    assert not np.array_equal(fitted[0], fitted[2]) and not np.array_equal(fitted[2], fitted[4])


def test_what_cannot_be_is_refused_by_its_name():
    X, y = MOONS
    refused = [({"hidden": (3, 0)}, r"hidden\[1\] must be at least 1, got 0"), ({"epochs": 0}, "epochs must"),
               ({"activation": "bent"}, "activation must be one of"), ({"scaling": "x"}, "scaling must")]  # fmt: skip
    for settings, said in refused:
        with pytest.raises(ValueError, match=said):
            NetworkClassifier(**settings).fit(X, y)
    with pytest.raises(ValueError, match="y must hold at least 2 classes, got 1 class: 0"):
        NetworkClassifier().fit(X, y * 0)


def test_a_training_that_diverges_keeps_its_last_finite_weights_and_says_so():
    X, y = load_diabetes(return_X_y=True)
    with pytest.warns(ConvergenceWarning, match="diverged"):
        model = NetworkRegressor((8,), "identity", optimizer="sgd", learning_rate=50.0, random_state=0).fit(X, y)
    assert np.isfinite(model.predict(X)).all() and model.n_iter_ == len(model.loss_curve_) < 60
