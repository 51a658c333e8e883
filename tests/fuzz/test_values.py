"""Any table of values gives an answer or one sentence: settings, data sets, sentences and sequences."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nncore import DATASETS, Experiment
from nncore.attention.sequence_tasks import TASKS, read_sequence
from nncore.attention.stages import split_words
from nncore.data.datasets import load_dataset
from nncore.experiments.validation import CHOICES, LIMITS
from nncore.words.graphemes import graphemes
from nncore.words.text import MAX_TOKENS, MAX_WORD, tokenise
from pages.parts.fields.outside_text import cut
from pages.parts.fields.typed_weight import typed_weight
from tests.fuzz.outside import NAMES, check_sentence, texts

scalars = st.none() | st.booleans() | st.integers(-3, 3000) | st.floats() | st.text(max_size=4) | st.sampled_from(
    sorted({name for known in CHOICES.values() for name in known})
)  # fmt: skip
values = scalars | st.lists(scalars, max_size=4).map(tuple)
QUICK = [name for name, kind in DATASETS.items() if kind.n_inputs <= 2]
letters = st.text(max_size=60) | st.text(alphabet="aé'’-.,35 👩🏽\u200d🚀🇩🇪\u0301\u202e\x00\n", max_size=60)


@given(st.dictionaries(st.sampled_from(NAMES), values, max_size=4))
def test_any_settings_make_an_experiment_or_one_sentence(settings):
    try:
        experiment = Experiment(**settings)
    except ValueError as error:
        assert "\n" not in str(error) and "Error" not in str(error)
        return
    for name, (low, high) in LIMITS.items():
        value = getattr(experiment, name)
        for item in value if isinstance(value, tuple) else (value,):
            assert item is None or (item >= low and (high is None or item <= high))


@given(st.sampled_from(QUICK) | scalars, scalars, scalars, scalars)
def test_any_data_set_or_one_sentence(name, samples, noise, seed):
    try:
        data = load_dataset(name, samples, noise, seed)
    except ValueError as error:
        assert "\n" not in str(error) and "got" in str(error)
    else:
        assert len(data.X) == len(data.y)


@given(letters)
def test_any_sentence_gives_the_same_whole_words_on_both_pages_or_a_sentence(text):
    try:
        words = tuple(split_words("The sentence", text))
    except ValueError as error:
        check_sentence(f"{error}.")
        with pytest.raises(ValueError, match="text must"):
            tokenise(text)
        return
    assert words == tokenise(text) and 1 <= len(words) <= MAX_TOKENS
    for word in words:
        assert word == word.strip() and len(graphemes(word)) <= MAX_WORD and tokenise(word) == (word,)


@given(st.sampled_from(list(TASKS)), letters | texts)
def test_any_sequence_is_read_or_refused_in_a_sentence(task, text):
    try:
        assert read_sequence(task, text).shape[0] == 1
    except ValueError as error:
        assert str(error).startswith("the sequence must")


@given(texts)
def test_any_typed_weight_is_a_number_or_a_sentence(text):
    try:
        assert abs(typed_weight(text)) <= 1e6
    except ValueError as error:
        check_sentence(f"{cut(str(error), 400)}.")
