"""The words page, as Streamlit runs it, from app.py."""


from functools import partial

import pytest
from streamlit.testing.v1 import AppTest

from nncore.words.text import TOKEN_RULE
from pages.parts.fields.outside_text import literal
from pages.parts.words.controls import EXAMPLES
from pages.parts.words.models import embedding_of
from tests.pages.conftest import link_value, open_app, press

open_words = partial(open_app, "words")


def written(app: AppTest) -> str:
    return "\n".join(element.value for kind in ("markdown", "text", "caption", "code") for element in app.get(kind))


def test_the_page_shows_every_step_the_vectors_and_the_learned_matrix():
    app = open_words()
    steps = [code.value for code in app.code][:4]  # below them the code of the nearest neighbours
    assert steps == [
        "the hungry cat follows a mouse near the river.",
        "the hungry cat follows a mouse near the river",
        "the | hungry | cat | follows | a | mouse | near | the | river",
        "the | hungry | cat | follows | a | mouse | near | the | river",
    ]
    assert len(app.get("plotly_chart")) == 4
    assert "| animals |" in written(app)  # the neighbours of the cat


@pytest.mark.parametrize("part", ["text", "product", "diagonal"])
@pytest.mark.parametrize("vectors", ["random", "unit", "learned"])
def test_every_part_opens_by_link_with_every_kind_of_vector(part, vectors):
    app = open_words(part=part, vectors=vectors, run_vectors=vectors, run_sentences="60")
    assert not app.error and not [w for w in app.warning if "so it is now" in w.value or "used instead" in w.value]
    assert app.get("plotly_chart")


def test_the_product_is_symmetric_and_says_why_the_diagonal_is_not_always_the_largest():
    said = written(open_words(part="product"))
    assert "of these 81 cells is 0." in said
    assert "largest of its row in 6 of 9 rows" in said and "hungry: " in said
    assert "all lengths are 1" in written(open_words(part="product", vectors="unit"))


def test_one_number_per_word_is_the_outer_product_of_a_vector():
    assert "x\\,x^\\top" in written(open_words(part="product", vectors="random", numbers="1"))


def test_the_diagonal_is_learned_beside_the_mean_and_the_formula():
    said = written(open_words(part="diagonal", run_sentences="60"))
    assert "predicting the mean" in said and "the exact formula" in said
    assert "Your sentence's diagonal from its other cells" in said


def test_the_hidden_diagonal_is_trained_when_it_was_asked_for():
    app = open_words(text="the cat sees a dog")
    app.segmented_control(key="choose_part").set_value("diagonal").run()
    assert "Make your guess first" in app.info[0].value and "predicting the mean" not in written(app)
    app.segmented_control(key="choose_run_sentences").set_value(60).run()
    press(app, "Train")
    assert "predicting the mean" in written(app) and link_value(app, "found") == "yes"


def test_an_empty_task_and_a_formula_that_cannot_be_are_said():
    app = open_words(part="diagonal", run_vectors="unit", run_sentences="60")
    assert "The task is empty" in app.warning[0].value
    app = open_words(part="diagonal", run_numbers="8", run_sentences="60")
    assert "none: too few words" in written(app)
    assert "**Your sentence has 9 tokens.** With 8 numbers per word the formula needs at least 17." in written(app)


def test_a_sentence_that_is_too_short_for_the_formula_can_be_mended_at_once():
    app = open_words(part="diagonal", run_sentences="60", text="cats like milk")
    assert "has 3 tokens.** With 2 numbers per word the formula needs at least 5." in written(app)
    app.button(key="closed_example").click().run()
    assert link_value(app, "text") == EXAMPLES[0] and "Your sentence's diagonal" in written(app)
    app = open_words(part="diagonal", run_sentences="60", text="cats like milk")
    app.button(key="closed_numbers").click().run()
    assert link_value(app, "run_numbers") == "1" and "Your sentence's diagonal" in written(app)
    app.button(key="closed_text").click().run()
    assert app.text_input(key="choose_text").value == "cats like milk" and not app.exception


def test_what_no_sentence_can_satisfy_is_said_without_a_dead_end():
    app = open_words(part="diagonal", run_sentences="60", run_numbers="16")
    assert "at least 33, more than the 32 that a sentence may have" in written(app)
    assert app.button(key="closed_numbers").label == "Use 4 numbers per word"
    assert "closed_example" not in [button.key for button in app.button]


@pytest.mark.parametrize("typed", ["1e9", "1000000000", "-1", "seven", "", "[a](b)"])
def test_a_seed_that_cannot_be_is_said_and_the_last_one_stays(typed):
    app = open_words(draw="7", part="product", vectors="random")
    app.text_input(key="choose_draw").set_value(typed).run()
    assert len(app.warning) == 1 and "seed must be a whole number" in app.warning[0].value
    assert app.text_input(key="choose_draw").value == "7" and link_value(app, "draw") == "7"


def test_a_bad_seed_in_the_link_is_said():
    app = open_words(draw="1e9", part="product", vectors="random")
    assert len(app.warning) == 1 and "asked for 1e9\\, so it is now 999" in app.warning[0].value
    assert app.text_input(key="choose_draw").value == "999"


def test_words_of_another_language_get_a_sentence_random_vectors_and_the_list_of_known_words():
    app = open_words(text="der hund schlummert", part="product")
    assert "The corpus knows none of these words" in app.warning[0].value
    assert any("mouse" in text.value and "soup" in text.value for text in app.text)
    app.button(key="random_vectors").click().run()
    assert not app.warning and "Not in the corpus" not in written(app)
    assert link_value(app, "vectors") == "random"


def test_an_unknown_word_is_said_to_be_a_row_of_zeros():
    assert "Not in the corpus, and so a row of zeros: robot" in written(open_words(text=EXAMPLES[-1]))


@pytest.mark.parametrize("part", ["text", "product", "diagonal"])
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "The text must hold at least one word, got none."),
        ("?!…", "The text must hold at least one word, got none."),
        ("a " * 40, "The text must have at most 32 words, got 40."),
        ("x" * 50, "The text must have words of at most 40 characters, got one of 50."),
    ],
)
def test_text_that_cannot_be_used_gets_one_sentence(part, text, words):
    app = open_words(part=part, text=text, run_sentences="60")
    if part == "diagonal":
        assert "**Your sentence cannot be used.**" in written(app)
    else:
        assert [error.value.replace("\\", "") for error in app.error] == [words]


def test_ten_thousand_characters_become_an_example_with_one_sentence():
    app = open_words(text="x" * 10_000)
    assert len(app.warning) == 1 and "this has 10\\,000" in app.warning[0].value
    assert app.text_input(key="choose_text").value == EXAMPLES[0]


@pytest.mark.parametrize("text", ["привет мир", "<script>alert(1)</script> **bold** :red[x] $x$", "a\u202eb\x00 c"])
@pytest.mark.parametrize("part", ["text", "product"])
def test_strange_text_is_shown_as_plain_text_alone(part, text):
    app = open_words(part=part, text=text, steps="split")
    assert not app.error
    marked = "\n".join(element.value for kind in ("markdown", "caption", "html") for element in app.get(kind)
                       if hasattr(element, "value"))  # fmt: skip
    assert not [word for word in text.split() if len(word) > 3 and word in marked]


def test_notes_of_a_bad_link_are_no_markup():
    app = open_words(part="![x](y)", numbers="3")
    assert len(app.warning) == 2 and "![x](y)" not in app.warning[0].value
    assert literal("a*b") == "a\\*b"


def test_typing_picking_and_switching_go_into_the_link():
    app = open_words()
    app.text_input(key="choose_text").set_value("The dog sleeps.").run()
    assert link_value(app, "text") == "The dog sleeps."
    app.toggle(key="step_punctuation").set_value(False).run()
    assert link_value(app, "steps") == "lower,split"
    assert "Not in the corpus, and so a row of zeros: sleeps." in written(app)
    app.selectbox(key="pick_example").set_value(EXAMPLES[1]).run()
    assert link_value(app, "text") == EXAMPLES[1] and not app.exception


def test_scrubbing_shows_an_earlier_epoch():
    assert "At epoch 0 it is 4.16" in written(open_words(learned_epoch="0"))


def test_watching_again_gives_the_same_numbers():
    app = open_words()
    before = written(app)
    next(button for button in app.button if button.label == "Watch it learn").click().run()
    assert not app.exception and written(app) == before


def test_what_was_learned_is_kept_for_everyone():
    from nncore.words.skipgram import SkipGramSettings

    open_words()
    assert embedding_of(SkipGramSettings()) is embedding_of(SkipGramSettings())


@pytest.mark.parametrize(
    ("link", "said", "unsaid"),
    [
        ({"text": "zyx wvu"}, "2 of 2 rows hold zeros alone, for the corpus lacks the word", "is the largest"),
        ({"text": "zyx"}, "One word makes one cell", "is the largest"),
        ({"text": "cat", "vectors": "unit"}, "One word makes one cell", "all lengths are 1"),
        ({"text": "cat the cat", "vectors": "unit"}, "3 of 3 rows, in 2 of them together with another cell", "no other"),
        ({"text": "cat zyx"}, "is the largest of its row in 1 of 2 rows. 1 of 2 rows hold zeros", "together with"),
    ],
)
def test_the_diagonal_is_judged_by_what_there_is(link, said, unsaid):
    words = written(open_words(part="product", **link))
    assert said in words and unsaid not in words and "happens to be" not in words


def test_the_hidden_diagonal_is_drawn_and_the_parts_vectors_are_its_own():
    app = open_words(part="diagonal", run_sentences="60", run_numbers="1")
    said = written(app)
    assert "with its diagonal set to zero" in said and "This part draws its own vectors" in said
    assert len(app.get("plotly_chart")) == 3 and "with j = " in said
    assert len(open_words(part="diagonal", run_sentences="60", text="").get("plotly_chart")) == 2


def test_the_skip_gram_answers_six_questions_and_guessing_has_its_price():
    said = written(open_words())
    assert "six yes-or-no questions" in said and "6 ln 2 = 4.16" in said and "ln 6 + 5 ln (6/5) = 2.70" in said


def test_steps_that_are_off_are_said_to_change_nothing():
    assert "after lower-casing" in written(open_words()) and "9 tokens" in written(open_words())
    said = written(open_words(steps="stop_words"))
    assert "after lower-casing" not in said and "lower-casing is off: unchanged" in said
    assert "punctuation stays: unchanged" in said and "splitting is off: one piece" in said and "\n1 token\n" in said


def test_an_empty_task_draws_no_curve_of_rounding():
    app = open_words(part="diagonal", run_vectors="unit", run_sentences="60")
    assert "| predicting the mean | 0 but for rounding |" in written(app)
    assert len(app.get("plotly_chart")) == len(open_words(part="diagonal", run_sentences="60").get("plotly_chart")) - 1


def test_the_rule_of_tokens_stands_on_the_page_and_holds():
    app = open_words(text="Don’t feed 3.5 👩🏽‍🚀 mice.")
    assert any(TOKEN_RULE[1:] in caption.value for caption in app.caption)
    assert "don't | feed | 3.5 | 👩🏽‍🚀 | mice" in [code.value for code in app.code]
