"""The page of restarts, as Streamlit runs it, from app.py."""

import json

import numpy as np
import pytest

from nncore import Run
from nncore.experiments.recording.recording import record_all
from nncore.many_starts.restarts.levels import loss_levels
from nncore.many_starts.restarts.restarts import Restarts
from nncore.statistics import wilson_interval
from pages.parts.fields.labels import choice_words
from pages.parts.page.session import OPENING
from pages.parts.restarts.findings import best_words, end_words, fine_loss_text, loss_text
from pages.parts.restarts.presets import MEASURED, START_PRESETS, plan_of
from pages.parts.restarts.theory import widths_table
from pages.parts.restarts.twins import level_words
from tests.pages.conftest import charts, link_value, metrics, open_app, press, warnings

QUICK = {"starts": "8", "restart_epochs": "10"}


@pytest.mark.parametrize("finding, n_charts", [("losses", 2), ("maps", 1), ("best", 1), ("twins", 2)])
@pytest.mark.parametrize("dataset", ["circle", "corners", "sine", "plane", "spiral3", "iris"])
def test_every_finding_of_every_kind_of_task(finding, n_charts, dataset):
    app = open_app("restarts", dataset=dataset, restart_view=finding, **QUICK)
    assert charts(app) == n_charts and not app.error
    assert metrics(app)["Succeed"].endswith("of 8")


@pytest.mark.parametrize("preset", START_PRESETS, ids=lambda preset: preset.title)
def test_every_preset_shows_what_it_says(preset):
    app = open_app("restarts", **QUICK)
    next(button for button in app.button if button.label == preset.title).click().run()
    assert not app.exception
    found, _, total = map(str, metrics(app)["Succeed"].split())
    share = int(found) / int(total)
    low, high = {"Exclusive-or, two ReLUs": (0.15, 0.32), "Exclusive-or, two tanh": (0.4, 0.65), "Circle": (0.95, 1)}.get(
        preset.title, (0, 0)
    )
    assert low <= share <= high


def test_none_of_eleven_succeed_and_the_page_says_so():
    app = open_app("restarts", starts="11", restart_epochs="10", restart_success="0.001")
    assert metrics(app)["Succeed"] == "0 of 11" and metrics(app)["Starts needed"] == "not known"


def test_all_zero_starts_are_one_solution():
    app = open_app("restarts", dataset="xor", initializer="zeros", restart_view="twins", **QUICK)
    assert any("8 starts, 1 solution" in text.value for text in app.markdown)


def test_a_start_opens_on_the_train_page_as_its_own_run():
    app = open_app("restarts", **QUICK)
    app.selectbox(key="choose_restart_open").set_value(5).run()
    app.button(key="open_on_train").click().run()
    assert not app.exception
    session = app.session_state["glassbox"]
    assert session.run == Run(OPENING.with_changes(start=5, epoch_limit=10)) and session.frame == 10


def test_the_start_to_open_is_in_the_link():
    app = open_app("restarts", restart_open="5", **QUICK)
    assert app.selectbox(key="choose_restart_open").value == 5
    assert "restart_open" in app.session_state["glassbox"].link


def test_both_times_and_their_factor_are_measured_again_on_a_click():
    app = open_app("restarts", **QUICK)
    assert metrics(app)["Speed-up from training all starts at once"].endswith("×")
    assert metrics(app)["Time per start"].endswith("ms")
    app.button(key="restarts_measure").click().run()
    assert not app.exception and metrics(app)["Speed-up from training all starts at once"].endswith("×")


@pytest.mark.parametrize("title", ["Exclusive-or, two ReLUs", "Exclusive-or, two tanh"])
def test_the_interval_is_held_against_many_more_starts(title):
    app = open_app("restarts")
    next(button for button in app.button if button.label == title).click().run()
    assert any(text.value.startswith("Of 10,240 such starts") and "holds that share" in text.value for text in app.markdown)
    table = next(text.value for text in app.markdown if "What happened" in text.value)
    assert sum(int(row.split("|")[3]) for row in table.splitlines()[4:]) == 256


def test_what_presets_say_was_measured_can_be_measured():
    preset = START_PRESETS[0]
    other_seed = preset.experiment.with_changes(weight_seed=11)
    outcome = record_all(Restarts(other_seed, 256, plan_of(preset).epochs))
    low, high = wilson_interval(int((outcome.final_losses <= 0.1).sum()), 256)
    found, total = MEASURED[preset.title]
    assert low < found / total < high


def test_presets_say_what_they_set():
    settings = {preset.title: preset.settings for preset in START_PRESETS}
    assert settings["Circle"] == "Hidden 8–8, tanh, Xavier normal, SGD 0.03, batches of 10. 64 starts, 100 epochs."


def test_what_does_not_fit_is_refused_in_a_sentence():
    app = open_app("restarts", dataset="digits", hidden="64,64", batch_size="none", starts="256")
    assert "starts must fit into 64 MB" in app.error[0].value and charts(app) == 0
    assert not any("on an idle machine" in caption.value for caption in app.caption)


def test_256_starts_of_784_16_10_are_refused_with_what_they_would_take():
    app = open_app("restarts", dataset="digits28", hidden="16", starts="256")
    assert "256 starts of this network take 160 MB; at most 94 fit" in app.error[0].value.replace("\\", "")


def test_long_work_waits_for_a_click_and_says_what_it_costs_and_nothing_else():
    app = open_app("restarts", dataset="spiral", batch_size="1", starts="128", restart_epochs="3000")
    assert app.info[0].value.startswith("128 starts for 3,000 epochs take about") and not app.metric and charts(app) == 0
    assert app.button(key="train_on").label == "Train"


def test_odds_of_starts_that_all_diverged_are_not_given():
    app = press(open_app("restarts", dataset="plane", hidden="4", learning_rate="3", batch_size="none"), "Train")
    assert warnings(app).startswith("64 of 64 diverged") and not app.metric and charts(app) == 0
    assert app.selectbox(key="choose_restart_open").options[0] == "start 0, rank 1, diverged"


def test_losses_of_any_size_are_short():
    assert [fine_loss_text(loss) for loss in (0.0274, 0.0, 2.5e220, 3e-7)] == ["0.0274", "0.0000", "2.5·10²²⁰", "3.0·10⁻⁷"]
    assert end_words(np.inf) == "diverged" and end_words(0.5) == "loss 0.5000" and loss_text(2.5e220) == "2.5·10²²⁰"


def test_the_best_of_five_is_said_of_more_than_five():
    three = best_words(np.array([0.4, 0.3, 0.2]), 3)
    assert three.startswith("One start ends at 0.4000 on average, the best of all 3 at 0.2000.")
    six = best_words(np.array([0.6, 0.5, 0.4, 0.3, 0.2, 0.1]), 8)
    assert six.startswith("Of the 6 starts that did not diverge one ends at 0.6000 on average, the best of five at 0.2000, ")
    assert best_words(np.array([0.4]), 3) == "The one start that did not diverge ends at 0.4000."


def test_starts_that_diverge_are_counted_and_named():
    app = open_app("restarts", dataset="plane", activation="relu", initializer="normal", learning_rate="10",
                    restart_view="best", **QUICK)  # fmt: skip
    assert "diverged" in warnings(app)


@pytest.mark.parametrize("link", [
    {"starts": "9999"}, {"starts": "x"}, {"restart_epochs": "-1"}, {"restart_success": "nan"}, {"restart_view": "%"},
    {"restart_tolerance": "7"}, {"restart_from": "99"}, {"restart_maps": "1"}, {"restart_open": "8"},
])  # fmt: skip
def test_what_a_wrong_link_says_is_told_and_taken_out_of_it(link):
    app = open_app("restarts", **(QUICK | link))
    assert charts(app) >= 1 and choice_words(next(iter(link))) in warnings(app)
    assert not link.items() <= app.query_params.items()


def test_all_starts_are_reachable_as_maps():
    app = open_app("restarts", starts="70", restart_epochs="2", restart_view="maps", restart_maps="1", batch_size="none")
    figure = json.loads(app.get("plotly_chart")[0].proto.spec)
    assert len(figure["layout"]["annotations"]) == 12 and not app.warning  # six starts, a number and a loss each
    assert [trace["name"] for trace in figure["data"][1:]] == ["outside, sure", "inside, sure"]


def test_levels_of_the_loss_are_said_of_the_solutions():
    losses = np.array([0.001, 0.004, 0.347, 0.6931])
    said = level_words(losses, loss_levels(losses), losses)
    assert said.startswith("They end on **3 levels of the loss** (a gap above 0.01 begins another): 2 at losses from 0.001 "
                           "to 0.004, 1 at 0.347, 1 at 0.693.")  # fmt: skip
    many = np.linspace(0, 1, 9)
    assert "end at losses from 0.000 to 1.000, on 9 levels" in level_words(many, loss_levels(many), many)


def test_one_level_can_be_wide_and_its_range_is_that_of_all_starts():
    losses = np.array([0.027, 0.035, 0.0431])  # neighbours within 0.01, the ends not
    said = level_words(losses, loss_levels(losses), np.append(losses, [0.0461, 0.0479]))
    assert said == "These starts end at losses from 0.027 to 0.048."
    assert level_words(losses[:1], loss_levels(losses[:1]), losses[:1]) == "These starts end at 0.027."


def shows_outcome(app) -> bool:
    return bool(app.metric) or charts(app) > 0 or any(box.key == "choose_restart_open" for box in app.selectbox)


def test_nothing_of_the_outcome_is_shown_before_the_training_was_started():
    app = open_app("restarts")
    said = "\n".join(text.value for text in [*app.markdown, *app.caption, *app.info])
    assert not shows_outcome(app) and "one in four" not in said and "0.347" not in said
    assert app.info[0].value.startswith("**Make your guess first.** All 64 starts")
    press(app, "Train")
    assert charts(app) == 2 and "Succeed" in metrics(app) and link_value(app, "trained") == "yes"
    app.select_slider(key="choose_starts").set_value(16).run()
    assert not shows_outcome(app) and link_value(app, "trained") == "no"  # another training, another guess
    app.select_slider(key="choose_starts").set_value(64).run()
    assert shows_outcome(app)  # what this person has started stays open to them


@pytest.mark.parametrize("view", [{"present": "1"}, {"hide": "details"}, {"embed": "true"}])
def test_the_page_begins_with_exclusive_or_however_it_is_presented(view):
    assert open_app("restarts", **view).session_state["glassbox"].choices["restart_of"] == "corners"


def test_the_page_begins_with_exclusive_or_and_its_levels_lie_open():
    app = press(open_app("restarts"), "Train")
    assert ["**Four corners**", "hidden layer of 2 neurons" in app.caption[1].value] == [app.caption[0].value, True]
    table = next(text.value for text in app.markdown if "What happened" in text.value)
    assert sum(int(row.split("|")[3]) for row in table.splitlines()[4:]) == 64
    (costs,) = [fold for fold in app.expander if fold.label == "Memory, time and speed-up"]  # the levels are in no fold
    assert "Speed-up from training all starts at once" in {metric.label for metric in costs.metric}
    app.segmented_control(key="choose_restart_of").set_value("run").run()
    assert not any(text.value.startswith("Four corners") for text in app.markdown) and not shows_outcome(app)
    assert app.session_state["glassbox"].run == Run(OPENING)


@pytest.mark.parametrize("link, begun", [
    ({"starts": "8"}, True), ({"starts": "8", "trained": "no"}, False), ({"starts": "8", "trained": "yes"}, True),
    ({"dataset": "xor"}, False),
], ids=str)  # fmt: skip
def test_a_link_says_whether_its_sender_had_started(link, begun):
    app = open_app("restarts", restart_epochs="5", **link) if "starts" in link else open_app("restarts", **link)
    assert shows_outcome(app) == begun and not app.warning
    assert not any(text.value.startswith("Four corners") for text in app.markdown)  # an old link means the run
    assert app.segmented_control(key="choose_restart_of").value == "run"


def test_the_rule_of_thumb_is_held_against_the_counts():
    table = widths_table((1, 2, 4), (0, 6, 30), 2)
    assert "| **2** (rule) | 6 of 32 | 9\u00a0% to 35\u00a0% |" in table and "4 neurons succeed clearly more often" in table
    assert widths_table((1, 2, 4), (0, 30, 29), 2).endswith("No other width tried here succeeds more often than the rule's.")
    assert "though the intervals overlap" in widths_table((1, 2, 4), (0, 28, 30), 2)


def test_the_widths_are_trained_on_a_click():
    app = open_app("restarts", starts="4", restart_epochs="20", restart_of="corners")
    assert not any("(rule)" in text.value for text in app.markdown)
    press(app, "Test the rule")
    assert any("(rule)" in text.value for text in app.markdown)
