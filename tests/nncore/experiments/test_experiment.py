from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nncore import ACTIVATIONS, DATASETS, FEATURES, INITIALIZERS, OPTIMIZERS, SCHEDULES, STOP_RULES, Experiment
from nncore.experiments.experiment import BRANCHABLE, build_network, build_split

whole = st.integers
rates = st.floats(1e-5, 10)


@st.composite
def experiments(draw):
    """Any Experiment that can be; drawing it loads no data."""
    kind = DATASETS[draw(st.sampled_from(list(DATASETS)))]
    hidden = tuple(draw(st.lists(whole(1, 64), max_size=6)))
    one_or_each = st.sampled_from([1, max(1, len(hidden))])
    heads = [(None, None), ("identity", "mse"), ("tanh", "huber"), ("sigmoid", "mae")]
    validation = draw(whole(0, 80))
    output, loss = draw(st.sampled_from(heads))
    return Experiment(
        kind.name, draw(st.one_of(st.none(), whole(kind.min_samples, kind.max_samples))), draw(whole(0, 50)),
        tuple(draw(st.lists(whole(0, kind.n_inputs - 1), max_size=4, unique=True))),
        tuple(draw(st.lists(st.sampled_from(list(FEATURES)), max_size=7))), draw(st.sampled_from(["none", "standard"])),
        validation, draw(whole(0, min(80, 90 - validation))), draw(whole(0, 9999)), draw(whole(0, 9999)), hidden,
        tuple(draw(st.sampled_from(list(ACTIVATIONS))) for _ in range(draw(one_or_each))), output, loss,
        draw(st.sampled_from(list(INITIALIZERS))), draw(whole(0, 9999)), draw(whole(0, 63)),
        draw(st.sampled_from(list(OPTIMIZERS))), draw(rates), draw(st.sampled_from(list(SCHEDULES))),
        draw(st.one_of(st.none(), whole(1, 2000))), draw(whole(0, 9999)), draw(st.floats(0, 10)),
        draw(st.floats(0, 10)), draw(st.sampled_from(list(STOP_RULES))), draw(st.floats(1e-12, 1)),
        draw(whole(1, 100_000)), draw(st.one_of(st.none(), whole(1, 1_000_000))),
    )  # fmt: skip


@given(experiment=experiments())
def test_text_turns_back_into_the_same_experiment(experiment):
    texts = experiment.to_dict()
    assert all(isinstance(text, str) for text in texts.values())
    again = Experiment.from_dict(texts)
    assert again == experiment and hash(again) == hash(experiment) and repr(again) == repr(experiment)
    assert Experiment.repair(texts) == (experiment, [])


@given(experiment=experiments(), other=experiments())
def test_changes_lead_from_one_experiment_to_another(experiment, other):
    assert experiment.with_changes(**experiment.changes_to(other) | {"dataset": other.dataset}) == other or (
        # What the dataset, the output or the depth decides starts anew unless it is named.
        experiment.dataset != other.dataset or experiment.output != other.output
        or len(experiment.hidden) != len(other.hidden)
    )  # fmt: skip
    assert experiment.changes_to(experiment) == {}


def test_the_defaults_need_no_text():
    assert Experiment().to_dict() == {"dataset": "circle"}
    assert Experiment.from_dict({}) == Experiment()


def test_text_by_hand():
    experiment = Experiment("spiral", hidden=(8, 8, 8), learning_rate=0.01, batch_size=None, features=("x1", "sin_x1"))
    assert experiment.to_dict() == {
        "dataset": "spiral", "features": "x1,sin_x1", "hidden": "8,8,8", "learning_rate": "0.01", "batch_size": "none",
    }  # fmt: skip


ENDS = [
    ("samples", (20, 2000), (19, 2001)), ("noise", (0, 50), (-1, 51)), ("validation", (0, 70), (-1, 81)),
    ("test", (0, 60), (-1, 81)), ("data_seed", (0, 9999), (-1, 10_000)), ("split_seed", (0, 9999), (-1, 10_000)),
    ("hidden", ((), (1,), (64,) * 6), ((0,), (65,), (1,) * 7)), ("weight_seed", (0, 9999), (-1, 10_000)),
    ("start", (0, 63), (-1, 10_000)), ("learning_rate", (1e-5, 10), (0.9e-5, 10.1, float("nan"), float("inf"))),
    ("batch_size", (1, 2000, None), (0, -1, 2.5)), ("batch_seed", (0, 9999), (-1, 10_000)),
    ("l1", (0, 10), (-0.1, 10.1)), ("l2", (0, 10), (-0.1, 10.1)), ("tolerance", (1e-12, 1), (0, 1.1)),
    ("patience", (1, 100_000), (0, 100_001)), ("epoch_limit", (1, 1_000_000, None), (0, 1_000_001)),
]  # fmt: skip


@pytest.mark.parametrize("name, value", [(name, value) for name, good, _ in ENDS for value in good])
def test_the_ends_of_every_range_are_within(name, value):
    assert getattr(Experiment(**{name: value}), name) == value


@pytest.mark.parametrize("name, value", [(name, value) for name, _, bad in ENDS for value in bad])
def test_what_lies_beyond_the_ends_is_refused_by_name_with_the_value(name, value):
    with pytest.raises(ValueError, match=name) as caught:
        Experiment(**{name: value})
    received = value[0] if name == "hidden" and len(value) == 1 else len(value) if name == "hidden" else value
    assert str(caught.value).endswith(f"got {received!r}")


NAMES = ("dataset", "scaling", "output", "loss", "initializer", "optimizer", "schedule", "stop_rule")


@pytest.mark.parametrize("name", NAMES)
def test_unknown_names_are_refused_with_the_list_of_those_there_are(name):
    with pytest.raises(ValueError, match=f"^{name} must be one of .*, got 'magic'$"):
        Experiment(**{name: "magic"})


def test_every_field_has_its_ends_tested():
    listed = {name for name, _, _ in ENDS} | set(NAMES) | {"columns", "features", "activation"}
    assert listed == {field.name for field in fields(Experiment)}


@pytest.mark.parametrize("settings, message", [
    ({"hidden": (4, 0)}, r"hidden\[1\] must be at least 1, got 0"),
    ({"hidden": (4, True)}, r"hidden\[1\] must be a whole number from 1 to 64, got True"),
    ({"activation": ("tanh", "cube")}, r"activation\[1\] must be one of .*, got 'cube'"),
    ({"activation": ("tanh", "relu", "elu")}, r"activation must be one name or one per hidden layer \(2\), got 3"),
    ({"activation": ()}, r"activation must be one name or one per hidden layer \(2\), got 0"),
    ({"activation": (), "hidden": ()}, r"activation must be one name or one per hidden layer \(0\), got 0"),
    ({"features": ("x1", "x3")}, r"features\[1\] must be one of .*, got 'x3'"),
    ({"dataset": "iris", "columns": (0, 4)}, r"columns\[1\] must be at most 3, got 4"),
    ({"dataset": "iris", "columns": (1, 1)}, r"columns must not repeat, got \(1, 1\)"),
    ({"validation": 50, "test": 41}, r"validation \+ test must be at most 90 percent, got 50 \+ 41"),
    ({"output": "tanh", "loss": "cross_entropy"}, "output must be sigmoid with cross_entropy and 1 outputs"),
    ({"output": "sigmoid", "loss": "cross_entropy", "dataset": "blobs"}, "output must be softmax with cross_entropy"),
    ({"dataset": "plane", "loss": "cross_entropy"}, "loss must be mse, mae or huber for regression"),
    ({"dataset": "plane", "output": "softmax"}, "output softmax needs at least 2 outputs, got 1"),
])  # fmt: skip
def test_what_does_not_go_together_is_refused(settings, message):
    with pytest.raises(ValueError, match=message):
        Experiment(**settings)


@pytest.mark.parametrize("dataset, output, expected", [
    ("circle", None, ("sigmoid", "cross_entropy", (2, 8, 8, 1))),
    ("circle", "softmax", ("softmax", "cross_entropy", (2, 8, 8, 2))),
    ("circle", "tanh", ("tanh", "mse", (2, 8, 8, 1))),
    ("blobs", None, ("softmax", "cross_entropy", (2, 8, 8, 4))),
    ("blobs", "sigmoid", ("sigmoid", "mse", (2, 8, 8, 4))),
    ("plane", None, ("identity", "mse", (2, 8, 8, 1))),
    ("sine", None, ("identity", "mse", (1, 8, 8, 1))),
    ("digits", None, ("softmax", "cross_entropy", (64, 8, 8, 10))),
])  # fmt: skip
def test_output_and_loss_follow_the_data(dataset, output, expected):
    experiment = Experiment(dataset, output=output)
    assert (experiment.output, experiment.loss, experiment.sizes) == expected


def test_the_same_choice_is_the_same_experiment():
    assert Experiment(features=("x2", "x1", "x2")) == Experiment(features=("x1", "x2")) == Experiment(features=())
    assert Experiment(activation=("relu", "relu")) == Experiment(activation=("relu",))
    assert Experiment(learning_rate=1) == Experiment(learning_rate=1.0)
    assert repr(Experiment(learning_rate=1)) == repr(Experiment(learning_rate=1.0))
    assert Experiment("corners", samples=100, noise=20) == Experiment("corners")
    assert Experiment("iris", features=("x1",)) == Experiment("iris")
    assert Experiment("sine", features=("x1", "x2", "x1_x2")).features == ("x1",)
    assert Experiment(columns=(1,)).columns == ()


def test_the_parameter_count_by_hand():
    # 2 * 8 + 8, 8 * 8 + 8, 8 * 1 + 1
    assert Experiment().n_parameters == 24 + 72 + 9 == build_network(Experiment()).n_parameters


@pytest.mark.parametrize("batch_size, updates", [(None, 1), (10, 25), (1, 250), (249, 2), (2000, 1)])
def test_updates_per_epoch_count_the_training_set_alone(batch_size, updates):
    # 500 samples less 30 % for validation and 20 % for testing
    assert Experiment(batch_size=batch_size).updates_per_epoch == updates


def test_changing_the_dataset_starts_anew_what_it_decides():
    changed = Experiment(samples=100, features=("x1",), output="tanh", hidden=(3,)).with_changes(dataset="blobs")
    assert changed == Experiment("blobs", hidden=(3,))
    assert Experiment().with_changes(dataset="plane", loss="mae").loss == "mae"


def test_changing_the_output_or_the_depth_starts_anew_what_they_decide():
    assert Experiment().with_changes(output="tanh").loss == "mse"
    deep = Experiment(hidden=(4, 4), activation=("relu", "tanh"))
    assert deep.with_changes(hidden=(4, 4, 4)).activation == ("relu",)
    assert deep.with_changes(hidden=(5, 5)).activation == ("relu", "tanh")


def test_repair_says_what_it_replaced():
    experiment, problems = Experiment.repair(
        {"dataset": "spiral", "learning_rate": "fast", "hidden": "8,0", "colour": "red", "l2": "0.01", "noise": "99"}
    )
    assert experiment == Experiment("spiral", l2=0.01, hidden=(8, 1), noise=50)
    assert sorted(problems) == [
        "A hidden layer can have 1 to 64 neurons; the link asked for 0, so it now has 1.",
        "The learning rate must be a number; the link asked for “fast”, so it is now 0.03.",
        "The noise can be 0 to 50 %; the link asked for 99, so it is now 50.",
        "There is no setting called “colour”.",
    ]


@pytest.mark.parametrize("name, text, value, problem", [
    ("hidden", "999", (64,), "A hidden layer can have 1 to 64 neurons; the link asked for 999, so it now has 64."),
    ("hidden", "999,5,0", (64, 5, 1),
     "A hidden layer can have 1 to 64 neurons; the link asked for 999 and 0, so they now have 64 and 1."),
    ("hidden", "3," * 7 + "4", (3,) * 6,
     "A network can have at most 6 hidden layers; the link asked for 8, so it now has 6."),
    ("learning_rate", "99", 10.0, "The learning rate can be 0.00001 to 10; the link asked for 99, so it is now 10."),
    ("learning_rate", "−3", 1e-5, "The learning rate can be 0.00001 to 10; the link asked for −3, so it is now 0.00001."),
    ("samples", "5000", 2000, "The number of samples can be 20 to 2,000; the link asked for 5000, so it is now 2,000."),
    ("batch_size", "0", 1, "The batch size can be at least 1; the link asked for 0, so it is now 1."),
    ("l2", "1e999", 10.0, "The L2 penalty can be 0 to 10; the link asked for 1e999, so it is now 10."),
    ("test", "80", 60,
     "The validation and the test set can be at most 90 % together; the link asked for 80 % beside 30 %, so the test set's "
     "share is now 60 %."),
    ("learning_rate", "nan", 0.03, "The learning rate must be a number; the link asked for “nan”, so it is now 0.03."),
    ("loss", "cross_entropy", "mse",
     "The loss must be mse, mae or huber for regression; the link asked for “cross_entropy”, so it is now mse."),
])  # fmt: skip
def test_a_value_beyond_a_limit_becomes_the_nearest_and_the_sentence_says_both(name, text, value, problem):
    texts = {name: text} | ({"dataset": "sine"} if name == "loss" else {})
    experiment, problems = Experiment.repair(texts)
    assert getattr(experiment, name) == value and problems == [problem]


def test_columns_that_a_dataset_lacks_are_left_out():
    experiment, problems = Experiment.repair({"dataset": "iris", "columns": "0,9,1"})
    assert experiment.columns == (0, 1)
    assert problems == ["The columns of this dataset are 0 to 3; the link asked for 9, which is left out."]


@pytest.mark.parametrize("name, text, value", [
    ("activation", "ReLU,TANH", ("relu", "tanh")), ("activation", "Leaky ReLU", ("leaky_relu",)), ("dataset", "Spiral",
    "spiral"),
    ("initializer", "He-Normal", "he_normal"), ("optimizer", "AdamW", "adamw"), ("features", "X1,SIN_X2", ("x1", "sin_x2")),
    ("output", "Tanh", "tanh"), ("loss", "MSE", "mse"), ("schedule", "Cosine", "cosine"), ("stop_rule", "Patience",
    "patience"),
    ("learning_rate", "0,1", 0.1), ("l1", "1,5", 1.5), ("l1", "٠,٥", 0.5), ("samples", "1\u2009000", 1000), ("hidden",
    "8, 4", (8, 4)),
])  # fmt: skip
def test_names_in_any_case_and_numbers_as_people_type_them(name, text, value):
    experiment, problems = Experiment.repair({name: text})
    assert getattr(experiment, name) == value and not problems


def test_repair_keeps_what_only_goes_together():
    # 80 % for validation does not go with the default 20 % for testing, but with the 5 % that follow it.
    experiment, problems = Experiment.repair({"validation": "80", "test": "5", "noise": "99"})
    assert (experiment.validation, experiment.test) == (80, 5) and len(problems) == 1


@given(texts=st.dictionaries(
    st.sampled_from([field.name for field in fields(Experiment)]) | st.text(max_size=5),
    st.sampled_from(["", "none", "0", "-1", "1e999", "nan", "x1", "tanh,,", "9" * 5000, "iris", "softmax"]) | st.text(),
))  # fmt: skip
def test_repair_makes_an_experiment_of_anything(texts):
    experiment, problems = Experiment.repair(texts)
    assert isinstance(experiment, Experiment) and all(problem.endswith(".") for problem in problems)
    assert not any(field.name in problem for field in fields(Experiment) if "_" in field.name for problem in problems
                   if field.name not in "".join([*texts, *texts.values()]))  # fmt: skip
    assert Experiment.repair(experiment.to_dict()) == (experiment, [])


def test_from_dict_refuses_what_repair_replaces():
    with pytest.raises(ValueError, match="There is no setting called 'colour'"):
        Experiment.from_dict({"colour": "red"})
    with pytest.raises(ValueError, match="noise must be at most 50, got 99"):
        Experiment.from_dict({"noise": "99"})


def test_a_split_is_shared_by_experiments_of_the_same_data():
    assert build_split(Experiment()) is build_split(Experiment(hidden=(3,), learning_rate=1.0))
    assert build_split(Experiment()) is not build_split(Experiment(split_seed=1))


def test_each_seed_redraws_its_own_part_alone():
    base = Experiment()
    first, weights = build_split(base), build_network(base).parameters
    for name in ("data_seed", "split_seed", "weight_seed", "batch_seed"):
        other = base.with_changes(**{name: 1})
        split = build_split(other)
        assert np.array_equal(split.dataset.X, first.dataset.X) == (name != "data_seed")
        assert np.array_equal(split.train, first.train) == (name != "split_seed")
        assert np.array_equal(build_network(other).parameters, weights) == (name != "weight_seed")


def test_runs_are_counted_from_the_start_that_was_picked():
    runs = build_network(Experiment(start=3), runs=2).parameters
    assert np.array_equal(runs[1], build_network(Experiment(start=4)).parameters)
    assert build_network(Experiment(hidden=(2, 3), activation=("relu", "elu"))).activations == ("relu", "elu")


def test_what_may_branch_are_fields():
    assert set(BRANCHABLE) < {field.name for field in fields(Experiment)}


def test_lists_and_numpy_numbers_make_the_same_experiment():
    made = Experiment(hidden=[np.int64(8), 4], learning_rate=np.float64(0.1), noise=np.int32(5), activation=["relu"])
    assert made == Experiment(hidden=(8, 4), learning_rate=0.1, noise=5, activation=("relu",))
    assert repr(made) == repr(Experiment(hidden=(8, 4), learning_rate=0.1, noise=5, activation=("relu",)))


def test_an_activation_may_be_one_name_and_what_is_no_tuple_is_refused():
    assert Experiment(activation="relu") == Experiment(activation=("relu",))
    with pytest.raises(ValueError, match="hidden must be a tuple, got 8"):
        Experiment(hidden=8)


@pytest.mark.parametrize(("link", "sentences"), [
    ({"test": "99999"}, ["The test set's share can be 0 to 80 %; the link asked for 99999, and the validation and the test "
                         "set can be at most 90 % together, so it is now 60 %."]),
    ({"validation": "500", "test": "80"}, [
        "The validation set's share can be 0 to 80 %; the link asked for 500, and the validation and the test set can "
        "be at most 90 % together, so it is now 70 %.",
        "The validation and the test set can be at most 90 % together; the link asked for 80 % beside 70 %, so the test "
        "set's share is now 20 %."]),
])  # fmt: skip
def test_a_share_beyond_both_limits_is_told_as_it_was_asked_for(link, sentences):
    assert Experiment.repair(link)[1] == sentences


def test_two_shares_that_are_too_large_together_are_told_as_they_were_asked_for():
    made, problems = Experiment.repair({"validation": "80", "test": "80"})
    assert (made.validation, made.test) == (70, 20)
    assert problems == [
        "The validation and the test set can be at most 90 % together; the link asked for 80 % and 80 %, so they are now "
        "70 % and 20 %."
    ]


@pytest.mark.parametrize(
    ("texts", "changed", "problem"),
    [
        ({"Dataset": "XOR", "L1": "0.1", "LEARNING-RATE": "1"}, {"dataset": "xor", "l1": 0.1, "learning_rate": 1.0},
         ""),
        ({"dataset": "xor", "Dataset": "moons"}, {"dataset": "xor"},
         "The link names the dataset twice; “Dataset” is left out."),
        ({"features": "x1,X1"}, {"features": ("x1",)},
         "The list of input features names “x1” more than once; it counts once."),
        ({"dataset": "iris", "columns": "2,0,2"}, {"columns": (2, 0)},
         "The list of columns names 2 more than once; it counts once."),
        ({"dataset": "iris", "features": "x1,x2"}, {"features": ()},
         "The list of input features cannot be that for this dataset; the link asked for “x1,x2”, so it is now none."),
        ({"dataset": "sine", "features": "x2"}, {"features": ("x1",)},
         "The list of input features cannot be that for this dataset; the link asked for “x2”, so it is now x1."),
        ({"columns": "0"}, {"columns": ()},
         "The list of columns cannot be that for this dataset; the link asked for 0, so it is now none."),
        ({"dataset": "corners", "noise": "20"}, {"noise": 0},
         "The noise cannot be that for this dataset; the link asked for 20, so it is now 0."),
        ({"dataset": "corners", "samples": "9"}, {"samples": 4},
         "The number of samples can be only 4; the link asked for 9, so it is now 4."),
        ({"features": "x2,x1"}, {"features": ("x1", "x2")}, ""),
        ({"hidden": "4,4", "activation": "relu,ReLU"}, {"activation": ("relu",)}, ""),
    ],
)  # fmt: skip
def test_nothing_that_a_link_asks_for_is_passed_over_silently(texts, changed, problem):
    experiment, problems = Experiment.repair(texts)
    assert {name: getattr(experiment, name) for name in changed} == changed
    assert problems == ([problem] if problem else [])
