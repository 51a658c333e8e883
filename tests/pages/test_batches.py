"""The Batch sizes page, as Streamlit runs it, and its figures."""

from pathlib import Path

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from nncore import Experiment, Trainer, build_network, build_split
from nncore.batch_noise import batch_noise
from nncore.batch_race import Lane
from pages.parts.batch_findings import update_rows, verdict_words
from pages.parts.figures.batches import angle_figure, batches_figure, noise_figure, paths_figure

ROOT = Path(__file__).parents[2]


def open_page(**link: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.switch_page("pages/batches.py")
    for name, value in {"batch_epochs": "2", "hidden": "4", **link}.items():
        app.query_params[name] = value
    app.run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    return "\n".join(text.value for text in [*app.markdown, *app.caption, *app.warning, *app.error, *app.info])


@pytest.mark.parametrize("view", ["cost", "paths", "noise", "samples"])
@pytest.mark.parametrize("link", [
    {}, {"dataset": "sine"}, {"dataset": "wine"}, {"dataset": "corners"},
    {"dataset": "plane", "activation": "relu", "learning_rate": "10.0"},
], ids=str)  # fmt: skip
def test_every_finding_opens(view, link):
    assert not open_page(batch_view=view, **link).error


def test_the_costs_come_with_a_verdict():
    text = words(open_page())
    assert "After the same **500 samples seen**" in text and "updates**:" in text and "seconds**:" in text


def test_noise_after_training_asks_for_the_training_first():
    assert "it trains them" in words(open_page(batch_view="noise", noise_at="trained", weight_seed="7"))


@pytest.mark.parametrize("name, value", [("batch_epochs", "0"), ("rate_power", "0.3"), ("cost", "money")])
def test_what_a_link_says_wrongly_becomes_the_default(name, value):
    assert f"{name} cannot be" in words(open_page(**{"batch_epochs": "1", name: value}))


def lane(size, losses, seconds):
    x = np.array([0.0, 10.0])
    return Lane(size, 0.1, x, x, x, np.array([0.0, seconds]), np.array(losses), np.zeros((2, 1)), 0.0, False)


def test_the_verdict_in_words():
    text = verdict_words([lane(1, [1.0, 0.2], 10.0), lane(None, [1.0, 0.5], 1.0)])
    assert "one by one has the lowest loss, 0.2; full batch has the highest, 0.5" in text
    assert "After the same **1 seconds**: full batch has the lowest loss, 0.5; one by one has the highest, 0.92" in text
    assert "depends on what one pays for" in text
    assert "one by one is among the best" in verdict_words([lane(1, [1.0, 0.2], 1.0), lane(None, [1.0, 0.5], 1.0)])


@pytest.mark.parametrize("size, number", [(1, 3), (16, 2), (100, 4), (None, 2)])
def test_the_samples_of_an_update_are_those_that_training_takes(size, number):
    split, network = build_split(Experiment()), build_network(Experiment())
    trainer = Trainer(network, split.X_train, split.y_train, "sgd", 0.03, size, 5)
    for _ in range(number - 1):
        trainer.run_update()
    before = network.parameters.copy()
    rows = update_rows(len(split.X_train), size, 5, number)
    gradient = network.loss_and_gradient(split.X_train[rows], split.y_train[rows])[1]
    trainer.run_update()
    assert network.parameters == pytest.approx(before - 0.03 * gradient)


@pytest.mark.parametrize("dark", [False, True])
def test_figures_draw_what_they_are_given(dark):
    split, network = build_split(Experiment()), build_network(Experiment())
    noise = batch_noise(network, split.X_train, split.y_train)
    line, _, measured = noise_figure(noise, dark).data
    assert line.y == pytest.approx(noise.line) and measured.y == pytest.approx(noise.measured[:-1])
    assert angle_figure(noise, dark).data[0].y == pytest.approx(np.median(noise.angles, axis=1))
    lit = batches_figure(np.zeros((4, 2)), np.array([0, 1, 0, 1]), [np.array([2, 3])], ["a"], dark).data[1]
    assert list(lit.customdata) == [2, 3] and len(set(lit.marker.color)) == 2
    paths = [np.zeros((3, 2)), np.ones((3, 2))]
    figure = paths_figure((np.arange(3.0), np.arange(3.0)), np.zeros((3, 3)), paths, ["a", "b"], dark)
    assert [trace.name for trace in figure.data if trace.name] == ["a", "b", "first weights"]
