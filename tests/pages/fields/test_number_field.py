"""Fields for whole numbers: what a page says of a number that cannot be, and what becomes of the one before it."""


import pytest

from tests.pages.conftest import open_app, warnings

FIELDS = [
    # page, link, field, its name, its range, how its number is called in the link
    ("", {"hidden": "4,2"}, "pick_width_0", "Neurons in layer 1?", (1, 64), "hidden"),
    ("", {}, "pick_data_seed", "Which data seed?", (0, 9999), "data_seed"),
    ("", {"batch_size": "10"}, "pick_batch_size", "Which batch size?", (2, None), "batch_size"),
    ("weights", {"hidden": "4,2", "section": "pictures"}, "choose_neuron", "Neuron of layer 1", (1, 4), "neuron"),
    ("weights", {"hidden": "4,2", "section": "edit"}, "choose_source", "Which of its 2 weights; 3 is its bias", (1, 3),
     "source"),
    ("weights", {"hidden": "4,2", "section": "trends"}, "pin_column", "Its input", (1, 3), "pin"),
    ("neuron", {"n_points": "and", "n_inputs": "2"}, "choose_n_sample", "Sample", (1, 4), "n_sample"),
    ("backprop", {"batch_size": "10"}, "choose_batch_sample", "Sample of the batch to follow", (1, 10), "batch_sample"),
    ("attention", {"step": "numbers", "mask": "padding"}, "choose_real_words", "Real words", (0, None), "real_words"),
]


@pytest.mark.parametrize(("page", "link", "key", "name", "ends", "choice"), FIELDS, ids=lambda value: str(value)[:20])
def test_a_number_that_cannot_be_is_said_and_the_one_before_stays(page, link, key, name, ends, choice):
    app = open_app(page, **link)
    before = app.number_input(key=key).value
    in_link = app.query_params.get(choice)
    assert not app.warning
    for typed, received in ((None, "got no number."), (ends[0] - 1, f"got {ends[0] - 1}."), (12_345_678, "got 12,345,678."),
                            (1.5, "got 1.5.")):  # fmt: skip
        app.number_input(key=key).set_value(None if typed is None else float(typed)).run()
        assert not app.exception
        most = f"{ends[1]:,}" if ends[1] else ""
        assert f"“{name}” takes a whole number from {ends[0]} to {most}" in warnings(app)
        assert f"{received} It stays {before:.0f}." in warnings(app)
        assert app.number_input(key=key).value == before
        assert app.query_params.get(choice) == in_link
    after = before + 1 if before < (ends[1] or 9) else before - 1
    app.number_input(key=key).set_value(after).run()
    assert not app.warning and not app.exception
    assert app.number_input(key=key).value == after
    assert f"{after:.0f}" in "".join(app.query_params[choice])


DECIMALS = [
    ("autoencoder", {"coded": "spiral", "code_use": "losses", "own_loss": "own"}, "choose_price_low",
     "A minute too few costs", (0.1, 10.0)),
    ("landscapes", {"landscape": "camel", "rolled": "no"}, "place_y", "y of a ball", (-1.2, 1.2)),
]


@pytest.mark.parametrize(("page", "link", "key", "name", "ends"), DECIMALS, ids=lambda value: str(value)[:20])
def test_a_decimal_that_cannot_be_is_said_and_the_one_before_stays(page, link, key, name, ends):
    app = open_app(page, **link)
    before = app.number_input(key=key).value
    for typed, received in ((None, "got no number."), (ends[0] - 1, f"got {ends[0] - 1:.15g}."), (50.5, "got 50.5.")):
        app.number_input(key=key).set_value(typed).run()
        assert not app.exception
        assert f"“{name}” takes a number from {ends[0]} to {ends[1]:g}, {received} It stays {before:g}." in warnings(app)
        assert app.number_input(key=key).value == before
    app.number_input(key=key).set_value(0.25).run()
    assert not app.warning and not app.exception and app.number_input(key=key).value == 0.25
