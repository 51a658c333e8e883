"""The end of the third part of the words page: the exact formula at work on the person's own sentence."""

from functools import partial

import numpy as np
import streamlit as st

from nncore.words.outer_product import best_blocks, diagonal_from_rest, hide_diagonal, needed_words, outer_product
from nncore.words.text import MAX_TOKENS, TextSteps, tokenise
from pages.parts.fields.arithmetic import bracketed, enough_digits, fixed
from pages.parts.fields.source import show_source
from pages.parts.figures.words.matrices import dot_products, matrix_figure, plain
from pages.parts.page.figure import show_figure
from pages.parts.page.session import Session
from pages.parts.words.controls import DIMENSIONS, EXAMPLES, WordSettings, current_steps, use_sentence
from pages.parts.words.unknown import say_unknown


def closed_form_of_sentence(session: Session, settings: WordSettings) -> None:
    """The sentence of part 1, its diagonal from the other cells, or what it lacks and how to mend that."""
    st.subheader("No network needed", anchor=False)
    st.markdown(r"With one number per word, $M_{ii} = M_{ij} M_{ik} / M_{jk}$; with d numbers, "
                r"$M_{ii} = M_{iJ}\,(M_{KJ})^{-1}\,M_{Ki}$ with J and K two disjoint sets of d other words.")
    tokens = _tokens(session)
    needed = needed_words(settings.dimensions)
    if len(tokens) < needed:
        st.markdown(_what_lacks(len(tokens), needed, settings.dimensions))
    else:
        _diagonal(tokens, settings)
    _ways(session, len(tokens), needed)


def _tokens(session: Session) -> tuple[str, ...]:
    """The tokens of the sentence of part 1; none where it cannot be used."""
    try:
        return tokenise(session.choices.get("text", EXAMPLES[0]), current_steps(session))
    except ValueError:
        return ()


def _what_lacks(count: int, needed: int, dimensions: int) -> str:
    has = f"Your sentence has {count} token{'s' if count > 1 else ''}" if count else "Your sentence cannot be used"
    rule = f"With {dimensions} number{'s' if dimensions > 1 else ''} per word the formula needs at least {needed}"
    limit = f", more than the {MAX_TOKENS} that a sentence may have" if needed > MAX_TOKENS else ""
    return f"**{has}.** {rule}{limit}. The sentence is set in part 1, *Text to vectors*."


def _ways(session: Session, count: int, needed: int) -> None:
    """Buttons: to the sentence, to an example that is long enough, to a length of vectors that fits."""
    with st.container(horizontal=True):
        st.button("Change the sentence in part 1", key="closed_text", icon=":material/edit:",
                  on_click=session.choices.pop, args=("part", None))
        if count >= needed:
            return
        example = long_example(needed, current_steps(session))
        if example is not None:
            st.button(f"Take an example of {len(tokenise(example, current_steps(session)))} words", key="closed_example",
                      on_click=partial(use_sentence, session, example))
        fitting = [d for d in DIMENSIONS if needed_words(d) <= count]
        if fitting:
            st.button(f"Use {fitting[-1]} number{'s' if fitting[-1] > 1 else ''} per word", key="closed_numbers",
                      on_click=session.choices.__setitem__, args=("run_numbers", str(fitting[-1])))


def long_example(needed: int, steps: TextSteps) -> str | None:
    """The first example that gives at least `needed` tokens, or None."""
    return next((example for example in EXAMPLES if len(tokenise(example, steps)) >= needed), None)


def _diagonal(tokens: tuple[str, ...], settings: WordSettings) -> None:
    """Each token's cell as the formula finds it, beside the true one. Typed words go out as plain text."""
    M = outer_product(settings.vectors(tokens))
    diagonal = diagonal_from_rest(hide_diagonal(M), settings.dimensions)
    found = np.isfinite(diagonal)
    lines = [f"{word}: {_sum_of(M, i, tokens) if settings.dimensions == 1 else ''}"
             f"{fixed(diagonal[i], 3) if found[i] else 'cannot be told'} (true {fixed(M[i, i], 3)})"
             for i, word in enumerate(tokens)]
    st.text("Your sentence's diagonal from its other cells\n" + "\n".join(lines))
    if not found.all():
        st.caption("A cell cannot be told where no block of the other cells can be inverted: words that repeat or that the "
                   "corpus lacks add no new direction.")
    show_source(diagonal_from_rest, came=diagonal, M=hide_diagonal(M), dimensions=settings.dimensions)


def _sum_of(M: np.ndarray, i: int, tokens: tuple[str, ...]) -> str:
    """The formula of M_ii for one number per word, with its words j and k and its numbers, up to "= "; else nothing."""
    blocks = best_blocks(hide_diagonal(M), i, 1)
    if blocks is None:
        return ""
    j, k = int(blocks[0][0]), int(blocks[1][0])
    wanted = fixed(M[i, i], 3)
    digits = enough_digits(
        lambda d: abs(M[j, k].round(d)) > 0 and fixed(M[i, j].round(d) * M[i, k].round(d) / M[j, k].round(d), 3) == wanted, 3
    )
    left, right, below = (bracketed(fixed(value, digits)) for value in (M[i, j], M[i, k], M[j, k]))
    return f"with j = {tokens[j]}, k = {tokens[k]}: {left} · {right} / {below} = "


def hidden_matrix(session: Session, settings: WordSettings) -> None:
    """The matrix of the sentence of part 1 as the task begins: its diagonal set to zero; nothing for an unusable one."""
    tokens = _tokens(session)
    if not tokens:
        return
    E = settings.vectors(tokens)
    texts = dot_products(E, tokens)
    for i in range(len(tokens)):
        texts[i][i] = f"<b>{plain(tokens[i])}</b><br>hidden: set to 0"
    st.markdown("**Your sentence's M with its diagonal set to zero.** What stood there is to be found from the rest.")
    show_figure("hidden", f"The product of {len(tokens)} words with themselves, zeros on its diagonal.",
                matrix_figure, hide_diagonal(outer_product(E)), tokens, tokens, texts)
    say_unknown(session, tokens, settings, "run_")
