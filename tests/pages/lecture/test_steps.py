"""A lecture's steps: they go into a link and come out the same, and no text from outside does harm."""

import base64
import json
import zlib
from random import Random

import pytest

from pages.parts.lecture.steps import LONGEST_LINK, MOST_STEPS, Step, edited, moved, pack, step_of, unpack, without

LETTERS = "abc xyz äöü 中文 😀 <b>&\"'\\{}[]%+=/?#"
STEPS = (
    step_of("train", {"dataset": "xor", "hidden": "4,2", "frame": "12"}, "Watch it.", "Will it learn?", ("yes", "no"), 0),
    step_of("weights", {"dataset": "xor"}),
    step_of("words", {"text": "a & b = c"}, "One more."),
)  # fmt: skip


def packed(value):
    return base64.urlsafe_b64encode(zlib.compress(json.dumps(value).encode())).decode().rstrip("=")


def test_a_step_keeps_page_settings_sentence_question_and_choices():
    first = unpack(pack(STEPS))[0]
    assert first == Step("train", "dataset=xor&hidden=4%2C2&frame=12", "Watch it.", "Will it learn?", ("yes", "no"), 0)
    assert first.link == {"dataset": "xor", "hidden": "4,2", "frame": "12"} and first.asks
    assert unpack(pack(STEPS))[2].link == {"text": "a & b = c"} and not STEPS[1].asks


@pytest.mark.parametrize("seed", range(30))
def test_what_is_packed_comes_out_the_same(seed):
    draw = Random(seed)

    def text(most):
        return "".join(draw.choices(LETTERS, k=draw.randrange(most)))

    steps = tuple(
        step_of(draw.choice(("train", "neuron", "attention")), {text(9): text(20) for _ in range(draw.randrange(5))},
                text(100), text(100), [text(30) for _ in range(draw.randrange(9))], draw.choice((None, 0, 1)))
        for _ in range(draw.randrange(12))
    )  # fmt: skip
    letters = pack(steps)
    assert unpack(letters) == steps and all(letter.isalnum() or letter in "-_" for letter in letters)


def test_twenty_steps_with_questions_fit_a_link():
    steps = [step_of("train", {"dataset": "spiral", "hidden": "8,8,8", "frame": str(17 * k), "learning_rate": f"0.0{k}1"},
                     f"Sentence number {k} says what to look at in this picture, and why.", f"What comes after step {k}?",
                     ("It falls", "It rises", f"It stays at {k}"), k % 3) for k in range(20)]  # fmt: skip
    assert len(pack(steps)) < LONGEST_LINK / 4


@pytest.mark.parametrize("text", [
    "x", "AAAA", "not base64!", "é", packed(STEPS[0].page), packed([["nowhere", "", "", "", [], None]]),
    packed([["../train", "", "", "", [], None]]), packed([["train", "", "", "", []]]),
    packed([["train", 1, "", "", [], None]]),
    packed([["train", "", "", "", [1, 2], None]]), packed([["train", "x" * 5000, "", "", [], None]]),
    packed([["train", "", "", "", [], None]] * (MOST_STEPS + 1)), packed("x" * 10_000_000), pack(STEPS)[:-9],
    pack(STEPS)[3:], packed([[["train"], "", "", "", [], None]]),
])  # fmt: skip
def test_what_is_no_lecture_is_said(text):
    with pytest.raises(ValueError, match=r"lecture|Lecture"):
        unpack(text)


def test_a_link_of_too_many_letters_is_not_even_read():
    with pytest.raises(ValueError, match="8,000 letters; this one has 8,001"):
        unpack("A" * 8001)


@pytest.mark.parametrize("right", [True, "1", 5, -1, 1.0, [0]])
def test_a_right_answer_that_there_is_not_is_none(right):
    assert unpack(packed([["train", "", "", "?", ["a", "b"], right]]))[0].right is None


def test_texts_are_cut_to_what_a_step_holds():
    (step,) = unpack(packed([["train", "", "s" * 999, "q\n" * 999, ["c" * 99] * 20, None]]))
    assert len(step.sentence) == len(step.question) == 300 and "\n" not in step.question
    assert len(step.choices) == 8 and {len(choice) for choice in step.choices} == {80}


def test_steps_are_moved_edited_and_removed():
    a, b, c = STEPS
    assert moved(STEPS, 0, 1) == (b, a, c) and moved(STEPS, 0, -1) == STEPS and moved(STEPS, 1, 9) == (a, c, b)
    assert without(STEPS, 1) == (a, c)
    changed = edited(STEPS, 1, sentence="New.", choices=("x", " ", "y"))
    assert changed[1] == Step("weights", "dataset=xor", "New.", "", ("x", "y")) and changed[::2] == STEPS[::2]
