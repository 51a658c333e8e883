"""The Attention page, as Streamlit runs it, and its figures."""


import json
from functools import partial

import numpy as np
import plotly.graph_objects as go
import pytest
from streamlit.testing.v1 import AppTest

from nncore.attention.stages import shuffled_order, word_vectors
from nncore.attention.translation_probe import Alternative
from nncore.attention.translation_run import TranslationRun, encode_phrase
from nncore.words.accidents import Cell
from pages.parts.attention.cell_text import labels_of, masked_hover, product_hover, softmax_hover, token_hover
from pages.parts.attention.explain import notice, surer_in_words
from pages.parts.attention.inspect import is_taken, refusal
from pages.parts.attention.learned import noticed
from pages.parts.attention.numbers import sums_in_words
from pages.parts.attention.pair import Pair, company_words, lengths_in_words
from pages.parts.attention.pair import notice as notice_of_pair
from pages.parts.attention.two_sentences import pair_of
from pages.parts.fields.arithmetic import dot_text
from pages.parts.fields.labels import choice_words
from pages.parts.fields.numbers import fine_percent
from pages.parts.figures.attention import (
    Axes,
    learning_figure,
    share_figure,
    signed_figure,
)
from pages.parts.way.contents import BY_NAME
from tests.pages.conftest import TRAINED, open_app

open_page = partial(open_app, "attention")


def watched(app: AppTest) -> AppTest:
    """The page after the training that is on screen was played to its end."""
    assert app.get("bidi_component") and "Notice:" not in words(app)
    app.session_state["translate_watch"] = None
    return app.run()


def words(app: AppTest) -> str:
    return " ".join(element.value for kind in ("markdown", "caption", "error", "warning") for element in app.get(kind))


@pytest.mark.parametrize("step", ["two", "learned", "numbers", "matrices", "explain"])
def test_every_step_opens_by_link(step):
    app = open_page(step=step)
    assert not app.error and not app.warning
    assert "Where does a network look?" in [title.value for title in app.title]


def test_two_sentences_are_not_symmetric_and_one_with_itself_is():
    assert "5×6: not symmetric" in words(open_page())
    assert f"The page *{BY_NAME['words'].title}* shows how." in words(open_page())  # by its name in the menu
    assert "2×2: symmetric" in words(open_page(first="a dog", second="a dog"))


@pytest.mark.parametrize(
    ("sentence", "said"),
    [
        (" ", "sentence is empty: type at least one word."),
        ("x" * 50, "sentence has a word of 50 letters: type words of at most 40."),
        ("a " * 50, "sentence has 50 words: type at most 32."),
    ],
)
def test_a_sentence_that_cannot_be_taken_gets_one_sentence_and_all_controls_stay(sentence, said):
    app = open_page(first=sentence)
    assert [error.value.replace("\\", "") for error in app.error] == [f"The first {said}"]
    assert [field.label for field in app.text_input] == ["First sentence", "Second sentence"]
    app.text_input(key="choose_second").set_value("").run()
    assert len(app.error) == 2 and len(app.text_input) == 2
    for step in ("numbers", "matrices"):
        app = open_page(step=step, sentence=sentence, mask="padding")
        assert [error.value.replace("\\", "") for error in app.error] == [f"The {said}"]
        assert {"choose_heads", "choose_mask"} <= {group.key for group in app.button_group}
        app.text_input(key="choose_sentence").set_value("one two").run()
        assert not app.error and not app.exception and app.get("plotly_chart")


@pytest.mark.parametrize("step", ["two", "numbers", "matrices"])
def test_ten_thousand_characters_get_one_sentence_and_the_last_text_stays(step):
    name = "first" if step == "two" else "sentence"
    app = open_page(step=step, **{name: "🐈" * 10_000})
    assert len(app.warning) == 1 and "this has 10\\,000\\; an example" in app.warning[0].value
    app.text_input(key=f"choose_{name}").set_value("a cat").run()
    app.text_input(key=f"choose_{name}").set_value("x" * 10_000).run()
    assert "The sentence before it stays" in app.warning[0].value and not app.exception
    assert app.text_input(key=f"choose_{name}").value == "a cat"


@pytest.mark.parametrize("sentence", ["🐈 снег <b>bold</b> & co", "<script>alert(1)</script>", "one", "w " * 32, "القط يرى",
                                      "**x** $y$ [a](b) :red[z]", "Don't \u202e\x00 ok"])
def test_strange_sentences_are_taken_as_they_are(sentence):
    for step in ("two", "numbers", "matrices"):
        app = open_page(step=step, first=sentence, sentence=sentence, heads="4", head="4", shuffled="1", positions="1")
        assert not app.error and not app.warning
        assert not [word for word in sentence.split() if len(word) > 4 and word in words(app)]


def test_training_by_link_shows_the_swap_and_the_score():
    app = open_page(step="learned", translate="1")
    assert "**the green house** → **la maison verte** · right" in words(app)
    app.slider(key="choose_translation_frame").set_value(0).run()
    assert not app.exception and "At this snapshot" in words(app)


def test_the_hasty_setting_says_that_it_is_stuck():
    assert "Stuck in a local minimum" in words(open_page(step="learned", setting="hasty", translate="1"))


def test_train_is_a_button_and_its_result_stays():
    app = open_page(step="learned", start_from="7", translate="0")
    watched(app.button(key="translate_start").click().run())
    assert not app.exception and "held-out phrases are right" in words(app)


@pytest.mark.parametrize("stage", ["E", "Q", "K", "V", "scores", "masked", "heads", "output"])
def test_every_stage_opens_with_heads_masks_and_positions(stage):
    app = open_page(step="numbers", stage=stage, heads="3", head="2", mask="causal", positions="1", scaled="0")
    assert "order matters, because the positions mark each word's place and the mask hides what comes later" in words(app)


@pytest.mark.parametrize(
    ("link", "said"),
    [
        ({}, "nothing but rounding"),
        ({"shuffled": "1"}, "nothing but rounding"),
        ({"positions": "1", "shuffled": "1", "temperature": "0.1"}, "because the positions mark each word's place."),
        ({"mask": "padding"}, "because the mask hides what stands last."),
        ({"sentence": "alone", "positions": "1"}, "One word alone has no order"),
    ],
)
def test_what_a_shuffle_changes_is_computed(link, said):
    assert said in words(open_page(step="numbers", **link))


def test_a_word_that_may_look_at_nothing_is_said():
    assert "**The mask hides every word:**" in words(open_page(step="numbers", mask="padding", real_words="0"))


def test_a_matrix_is_changed_and_put_back():
    app = open_page(step="matrices")
    assert "Nothing is changed by hand" in words(app)
    app.button(key="matrix_Zeros").click().run()
    assert not app.exception and "| $W_Q$, 12×12 | 3.62 → 0 | 0.50 → 0 | 9.19 → 0 |" in words(app)
    assert "Changed by hand: $W_Q$. Against the matrices as drawn, a weight moved by up to" in words(app)
    app.button(key="matrix_back").click().run()
    assert "Nothing is changed by hand" in words(app) and not app.exception


def test_changes_by_hand_outlast_a_look_elsewhere_and_show_where_they_count():
    app = open_page(step="matrices", matrix="W_O", mask="causal")
    app.button(key="matrix_Identity").click().run()
    assert "a weight moved by up to 0 and a number of the output by up to" in words(app)
    app.button_group(key="choose_heads").set_value(2).run()
    assert "Changed by hand: $W_O$" in words(app) and "2" in app.query_params["heads"]
    app.selectbox(key="choose_matrices_seed").set_value(3).run()
    assert "Nothing is changed by hand" in words(app)  # other first weights are other matrices
    app.selectbox(key="choose_matrices_seed").set_value(0).run()
    assert "Changed by hand: $W_O$" in words(app)
    app.button_group(key="choose_step").set_value("numbers").run()
    assert "were changed by hand" in words(app) and not app.exception
    app.button_group(key="choose_step").set_value("matrices").run()
    app.button(key="matrix_undo").click().run()
    assert "Nothing is changed by hand" in words(app)


@pytest.mark.parametrize("matrix", ["W_Q", "W_K", "W_V", "W_O"])
def test_the_translators_matrices_are_inspected_and_broken_and_mended(matrix):
    app = open_page(step="matrices", whose="trained", translate="1", matrix=matrix)
    assert "**the green house** → **la maison verte** · right. Of the held-out phrases 100\u00a0% are right." in words(app)
    assert "| $W_O$, 24×16 |" in words(app) and len(app.get("download_button")) == 2
    app.button(key="matrix_Zeros").click().run()
    assert "without the changes by hand 100\u00a0%" in words(app) and not app.exception
    app.button(key="matrix_undo").click().run()
    assert "without the changes by hand" not in words(app)


def test_other_attention_gives_the_same_words():
    assert "the French word stays: *la*" in words(open_page(step="explain", translate="1"))


@pytest.mark.parametrize(
    ("name", "value"), [("step", "three"), ("first", None), ("temperature", "0"), ("heads", "7"), ("mask", "all")]
)
def test_a_bad_value_in_the_link_becomes_the_default(name, value):
    app = open_page(**({"step": "numbers"} | ({name: value} if value else {})))
    assert (f"The {choice_words(name)} can" in words(app)) == (value is not None)
    assert ("so it is now" in words(app)) == (value is not None)


def test_figures_show_the_numbers_they_are_given():
    axes = Axes(["a", "b"], ["c", "d", "e"], "rows", "columns")
    weights = np.array([[0.2, 0.8, 0.0], [1.0, 0.0, 0.0]])
    figure = share_figure(weights, axes, dark=False)
    (trace,) = figure.data
    assert isinstance(trace, go.Heatmap) and np.array_equal(trace.z, weights)
    assert (trace.zmin, trace.zmax) == (0, 1) and trace.texttemplate == "%{text}"
    assert figure.layout.yaxis.autorange == "reversed"
    masked = signed_figure(np.array([[1.0, -np.inf, -4.0]]), Axes(["a"], ["c", "d", "e"]), dark=True)
    assert (masked.data[0].zmin, masked.data[0].zmax) == (-4, 4)
    assert [note.text for note in masked.layout.annotations] == ["−∞"] and masked.data[0].text == (["1.00", "", "−4.00"],)


def test_the_learning_figure_has_the_loss_and_both_shares():
    learning = learning_figure(np.arange(3), np.zeros((3, 3)), 1, ("loss", "right"), dark=True)
    assert [trace.name for trace in learning.data] == ["loss", "training", "held out"]


def test_arithmetic_is_written_out_and_words_are_escaped():
    assert dot_text(np.array([1.0, 2.0]), np.array([0.5, -1.0])) == "1.00·0.50 + 2.00·(−1.00)<br>= −1.500"
    assert labels_of(["<b>", "x" * 20]) == ["&lt;b&gt;", "xxxxxxxxxxx…"]
    hover = product_hover(np.eye(2), np.eye(2), ["a", "b"], ["c", "d"], 0.5)
    assert hover[0][0].startswith("a · c<br>") and hover[0][0].endswith("= 1.000<br>× 0.5 = 0.500")
    texts = softmax_hover(np.array([[1.0, 0.0]]), np.array([[1.0, 0.0]]), ["a"], ["c", "d"])
    assert texts == [["a → c<br>exp(1.000 − 1.000) / 1.000 = 1.000", "a → d<br>masked: 0"]]
    (low,) = softmax_hover(np.array([[-1.0, -3.0]]), np.array([[0.88, 0.12]]), ["a"], ["c", "d"])
    assert low[1] == "a → d<br>exp(−3.000 − (−1.000)) / 1.135 = 0.119"
    ((first, second),) = token_hover(["a"], np.array([[1.0, -1.0]]), np.array([[0.0, 1.0]]))
    assert first == "a, number 1<br>√2 · 0.707 = 1.000<br>place 1: sin(0 / 10000^(0/2)) = 0.000<br>together 1.000"
    assert second == "a, number 2<br>√2 · (−0.707) = −1.000<br>place 1: cos(0 / 10000^(0/2)) = 1.000<br>together 0.000"
    assert masked_hover([["x", "y"]], np.array([[True, False]])) == [["x", "y<br>hidden by the mask: its weight is 0"]]


def test_the_largest_refusals_of_the_table_are_one_sentence_each():
    assert all(map(is_taken, (0, -100, 99.5))) and not any(map(is_taken, (None, 1e308, -101, float("nan"), float("inf"))))
    takes = "Row 1, column 3 of W_Q takes a number from −100 to 100; "
    assert refusal("W_Q", (0, 2), -101, 0.25) == takes + "−101 came in, so 0.2500 stays."
    assert refusal("W_Q", (0, 2), None, 0.0) == takes + "what was typed is no number, so 0 stays."


def test_what_the_matrices_are_is_said_where_q_k_and_v_are_made():
    said = words(open_page(step="numbers"))
    assert "**the weight matrices** $W_Q$, $W_K$ and $W_V$" in said and "the **attention weights**: computed anew" in said


@pytest.mark.parametrize(("real", "whom"), [("3", "the last 2 words"), ("4", "the last word"), ("5", "padding, and here")])
def test_whom_the_padding_hides_is_counted(real, whom):
    assert f"no word attends to {whom}" in words(open_page(step="numbers", stage="masked", mask="padding", real_words=real))


def test_how_widely_the_rows_look_is_said_in_words_too():
    causal = np.tril(np.ones((2, 2), dtype=bool))
    said = sums_in_words(np.array([[1.0, 0.0], [0.5, 0.5]]), causal)
    assert "Their entropy is 0.50 bits on average, as if spread evenly over 1.4 words" in said
    assert said.endswith("Even attention to all that may be seen: 0.50 bits, 1.4 words.")
    assert sums_in_words(np.full((4, 4), 0.25), None).endswith("2.00 bits, 4.0 words.")


@pytest.mark.parametrize("step", ["explain", "learned"])
def test_what_to_notice_waits_for_something_to_see(step):
    assert "**Notice:**" not in words(open_page(step=step, translate="0"))
    assert "**Notice:**" in words(open_page(step=step, translate="1"))


@pytest.mark.parametrize("step", ["explain", "learned"])
def test_a_step_about_a_trained_model_opens_on_it_and_says_that_it_was_trained_before(step):
    app = open_page(step=step)
    assert TRAINED.search(words(app))[1] == "1,000" and "**Notice:**" in words(app)
    watched(app.button(key="translate_rerun").click().run())
    assert "Trained before" not in words(app) and "**Notice:**" in words(app)


def test_whether_the_words_come_less_surely_is_computed():
    found = [Alternative(np.eye(3)[0], np.eye(3)[1], "la", 1.0, shares) for shares in ((0.9, 0.4), (0.9, 0.9))]
    assert "words, some of them less surely: *la* 90\u00a0% → 40\u00a0%" in surer_in_words(found)
    assert "words, less surely:" in surer_in_words(found[:1]) and "as surely as before:" in surer_in_words(found[1:])


def test_a_number_too_long_for_the_machine_is_refused_in_a_sentence():
    assert not is_taken(10**26)
    assert "a number of 27 digits came in" in refusal("W_Q", (0, 0), 10**26, 0.0)


@pytest.mark.parametrize(("setting", "start"), [("steady", "0"), ("steady", "3"), ("steady", "7"), ("hasty", "0")])
def test_what_is_said_of_the_learned_matrix_is_what_stands_in_it(setting, start):
    model = next(reversed(list(TranslationRun(setting, int(start)).record()))).parameters[-1]
    model = TranslationRun(setting, int(start)).model(model)
    weights = model.attention(encode_phrase("the", "green", "house"))[0]
    said = noticed(model, ("the", "green", "house"))
    crosses = weights[1].argmax() == 2 and weights[2].argmax() == 1
    assert ("the rows cross over" in said) == crosses and ("do not cross over" in said) != crosses
    assert f"the article gives *house* {fine_percent(weights[0, 2])}, the adjective {fine_percent(weights[2, 2])}." in said


def test_an_explanation_is_of_the_run_that_the_link_names():
    app = open_page(step="explain", translate="1", setting="hasty", start_from="2")
    assert app.selectbox(key="choose_setting").value == "hasty" and app.selectbox(key="choose_start_from").value == 2
    learned = words(open_page(step="learned", translate="1", setting="hasty", start_from="2"))
    french = learned.split("→")[1].split("**")[1].split()
    assert all(f"*{word}* " in words(app) for word in french)


def test_what_to_notice_in_the_other_attention_depends_on_how_far_it_was_turned():
    far, near = (Alternative(np.eye(3)[0], np.eye(3)[1], "la", share, (0.9, 0.9)) for share in (0.8, 0.3))
    assert "tells another story" in notice([near, far])
    assert notice([near]).startswith("Here no row could be turned by half") and "30\u00a0%" in notice([near])


def test_the_matrices_story_is_that_of_the_view():
    drawn, trained = (words(open_page(step="matrices", whose=whose, translate="1")) for whose in ("drawn", "trained"))
    assert r"$E\,W_Q^\top W_K\,E^\top$" in drawn and "identity (one head" in drawn
    assert r"$P\,W_Q^\top W_K\,E^\top" in trained and "identity (one head" not in trained
    assert "to this snapshot only" in trained


def test_the_other_order_is_named_and_the_head_too():
    app = open_page(step="numbers", heads="3", head="2", stage="output", positions="1")
    order = " ".join(np.array(["the", "cat", "sees", "the", "dog"])[shuffled_order(5)])
    assert [text.value for text in app.text] == [f"The other order: {order}"]
    assert "**output** of all 3 heads" in words(app) and "**Weights** of head 2" in words(app)


def test_pairs_of_a_word_with_itself_are_counted():
    assert "No word stands in both sentences" in words(open_page(first="a cat", second="the dog"))
    assert "Pairs of the same word: 1, with a product of 1" in words(open_page(first="a cat", second="a dog"))


def test_unknown_words_get_the_list_of_known_ones_and_random_vectors_and_no_cosine():
    app = open_page(first="a robot hears", second="the robot")
    said = [text.value for text in app.text]
    assert "Not in the corpus, and so a row of zeros: robot" in said
    assert any("mouse" in text and "soup" in text and "robot" not in text for text in said)
    assert "All lengths are 1" not in words(app) and "its row or column is zeros, not cosines" in words(app)
    assert "No word of the corpus stands in both sentences" in words(app)
    assert "of the 2 cells of unlike words of the corpus" in words(app)  # a and hears, each with the
    app.button(key="pair_random").click().run()
    assert "All lengths are 1, so each number is a cosine" in words(app) and "of the corpus" not in words(app)


@pytest.mark.parametrize(
    ("first", "second", "whose"),
    [(["robot"], ["cat"], "the first sentence"), (["cat"], ["robot"], "the second sentence"),
     (["robot"], ["robot", "wifi"], "either sentence")],
)  # fmt: skip
def test_a_sentence_of_unknown_words_alone_is_compared_with_nothing(first, second, whose):
    pair = pair_of(first, second, "learned")
    assert not pair.product.any() and f"knows no word of {whose}, so every product is 0" in lengths_in_words(pair)
    assert notice_of_pair(pair) == "no cell is of two different words of the corpus: there is nothing to compare."


def test_unlike_words_under_random_vectors_are_marked_as_accidents():
    app = open_page(first="a cat", second="a dog", pair_vectors="random")
    assert "the 3 hatched cells are **accidents**" in words(app) and "chance alone gives 1/√6 = 0.41" in words(app)
    spec = json.loads(app.get("plotly_chart")[0].proto.spec)
    assert spec["layout"]["shapes"][0]["path"].count("M") == 3 * 7  # seven slanted lines in each of three cells
    products = word_vectors(["a", "cat"], 6) @ word_vectors(["a", "dog"], 6).T
    spread = np.sqrt(np.mean(products[[0, 1, 1], [1, 0, 1]] ** 2))
    assert f"They spread by {spread:.2f} around 0" in words(app)


def test_learned_vectors_are_the_default_and_pairs_beyond_an_accident_are_named():
    said = words(open_page())
    assert "hatched" not in said and "±0.71, twice the spread 1/√8" in said
    pair = pair_of(["cat", "dog"], ["mouse"], "learned")
    assert pair.product.min() > 0.71 and "2 of the 2 cells of unlike words lie beyond" in notice_of_pair(pair)
    assert f"*cat* and *mouse* {pair.product[0, 0]:.2f}" in notice_of_pair(pair)
    assert notice_of_pair(pair_of(["cat"], ["mouse"], "learned")).startswith("the only cell of unlike words lies beyond")
    few = Pair(["cat"], ["mouse"], np.array([[1.0, 0.0]]), np.array([[0.0, 1.0]]), "learned")
    assert notice_of_pair(few).startswith("the only cell of unlike words does not lie beyond")


def test_the_company_of_words_is_said_by_the_signs_of_their_cosines():
    near, far = Cell(0, 0, 0.9), Cell(0, 1, -0.9)
    assert "same company" in company_words([near]) and "opposite" not in company_words([near])
    assert "opposite company" in company_words([far]) and "same" not in company_words([far])
    assert "same company" in company_words([near, far]) and "opposite company" in company_words([near, far])


def test_words_without_a_learned_vector_are_said_and_random_ones_offered():
    app = open_page(first="der hund", second="the dog")
    said, known = (text.value for text in app.text)
    assert said == "Not in the corpus, and so a row of zeros: der, hund" and "dog" in known.split(", ")
    app.button(key="pair_random").click().run()
    assert not app.text and "random" in app.query_params["pair_vectors"]
