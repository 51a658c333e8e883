"""What filters are good for: shapes at places never seen, maps that move along, few parameters, and what shuffling does."""

from collections.abc import Sequence

import numpy as np
import streamlit as st

from nncore.cache import cached
from nncore.experiments.architectures import (
    BothOrders,
    PictureRun,
    ShiftScore,
    TwinScore,
    TwinStudy,
    UnseenPlaces,
    dense_twin,
)
from nncore.inspection.windows import equivariance, shifted
from pages.parts.convolution.study import BY_HAND, Look
from pages.parts.convolution.window import field
from pages.parts.fields.numbers import fine_percent
from pages.parts.figures.convolution.shifts import shifts_figure
from pages.parts.figures.convolution.tiles import Tile, tiles_figure
from pages.parts.page.choices import Span, bind_choice, choice
from pages.parts.page.figure import show_figure
from pages.parts.page.playing.guess import judged_guess
from pages.parts.page.playing.started import Ask, is_asked_for, is_started
from pages.parts.page.playing.training import Watching, watch_or_wait
from pages.parts.page.presets import open_choices
from pages.parts.page.session import Session

MOST_MOVED = 3  # pixels
HEIGHT = 210  # pixels of the four tiles
COMPARED = "compared"  # the choice under which it is kept that the dense network was asked for
UNSEEN = ("**Make your guess first.** Both this network and a dense one of its size learn shapes near the middle alone. "
          "Which of them will get more of the shapes right that lie further out?")
WHO = {"filters": "the one with filters", "dense": "the dense one", "alike": "neither clearly"}
MANY = {"more": "more", "fewer": "fewer", "alike": "as many, within one in a hundred"}
TWIN = ("**Make your guess first.** With pixels {pixels}, will a dense network of the same size, which has no filters, get "
        "more of the held-out pictures right than this one, fewer, or as many?")


def is_comparison_started(session: Session, use: str, run: PictureRun) -> bool:
    """Whether the person, or who sent the link, asked for the dense network in this finding; says nothing on the page."""
    return is_started(session, COMPARED, _key(use, run))


def _key(use: str, run: PictureRun) -> str:
    return f"{use} {run!r}"


def unseen_places(look: Look) -> None:
    """Shapes at distances never seen: the filters beside a dense network of the same size."""
    run, last = look.run, look.recording.parameters[-1]
    if run.pictures != "shapes":
        st.markdown("This needs pictures whose place is known: the drawn shapes.")
        st.button("Take the drawn shapes", key="take_shapes", icon=":material/shapes:", on_click=open_choices,
                  args=(look.session, {"pictures": "shapes", **dict.fromkeys(BY_HAND, "")}))  # fmt: skip
        return
    if not is_asked_for(look.session, COMPARED, _key("places", run), Ask(UNSEEN, WHO, "Compare")):
        return
    scores = _scores(UnseenPlaces(run, last))
    if scores is None:
        return
    guess = 1 / len(run.kind.classes)
    st.markdown(judged_guess(_key("places", run), WHO, (better_unseen(scores),)))
    st.markdown(shift_words(scores, guess))
    alt = "; ".join(f"{s.shift} pixels: filters {fine_percent(s.convolution)}, dense {fine_percent(s.dense)}"
                    for s in scores)  # fmt: skip
    show_figure("shifts", f"Share right by distance. {alt}", shifts_figure, scores, guess)
    st.caption(f"{scores[0].n} fresh shapes for each distance, by both networks as they are when trained. Whiskers: 95 % "
               f"interval of these two trained networks; other first weights may do otherwise. Dotted: a guess among "
               f"{len(run.kind.classes)}. The dense network has one hidden layer and "
               f"{dense_parameters(look):,} parameters, the one with filters {look.model.n_parameters:,}.")  # fmt: skip


def _scores(study: TwinStudy) -> Sequence | None:
    """What came of the study, worked out in front of the viewer; None where they stopped it."""
    return watch_or_wait(study, Watching(first_shown=study.n_frames - 1))


def better_unseen(scores: Sequence[ShiftScore]) -> str:
    """Which of `WHO` is right at the nearest distance that neither was trained on: by intervals that do not overlap."""
    unseen = next(s for s in scores if not s.seen)
    if unseen.convolution_interval[0] > unseen.dense_interval[1]:
        return "filters"
    return "dense" if unseen.dense_interval[0] > unseen.convolution_interval[1] else "alike"


def shift_words(scores: Sequence[ShiftScore], guess: float) -> str:
    """What both networks do at the nearest distance that neither was trained on."""
    unseen = next(s for s in scores if not s.seen)
    apart = unseen.convolution_interval[0] > unseen.dense_interval[1]
    behind = unseen.convolution_interval[1] < unseen.dense_interval[0]
    words = (f"**Trained on shapes at most {unseen.shift - 1} pixel from the middle, asked for shapes {unseen.shift} pixels "
             f"away:** the network with filters gets {fine_percent(unseen.convolution)} right, the dense one "
             f"{fine_percent(unseen.dense)}; a guess gets {fine_percent(guess)}. ")  # fmt: skip
    if behind:
        return words + "Here the dense network is ahead by more than chance in these pictures explains."
    if not apart:
        return words + "Here the intervals overlap: filters are of no clear help."
    return words + ("A filter looks everywhere, so a stroke that it learned in the middle it finds beside it too. The dense "
                    "network has weights of its own for every pixel, and saw no shape there.")  # fmt: skip


def dense_parameters(look: Look) -> int:
    """The number of parameters of the run's dense twin."""
    return cached(dense_twin, look.run, n_bytes=100_000).n_parameters


def moving_maps(look: Look) -> None:
    """The picture moved, and the map with it: where the two are equal, and where the edge breaks it."""
    down, right = (choice(look.session, name, "int", default, Span(-MOST_MOVED, MOST_MOVED))
                   for name, default in (("move_down", 1), ("move_right", 2)))  # fmt: skip
    first, second = st.columns(2)
    first.slider("Move the picture down", -MOST_MOVED, MOST_MOVED, **bind_choice(look.session, "move_down", down, 1))
    second.slider("and to the right", -MOST_MOVED, MOST_MOVED, **bind_choice(look.session, "move_right", right, 2))
    number = min(look.filter, look.run.kind.blocks[0][0] - 1)  # maps of the first block, before any pooling
    found = equivariance(look.model, look.picture, number, down, right)
    limit = float(max(np.abs(found.of_moved).max(), np.abs(found.moved).max())) or 1.0
    moved = shifted(look.picture, down, right)
    st.markdown(equal_words(found.equal))
    tiles = [
        Tile("moved picture", moved[0], is_ink=True), Tile("its map", found.of_moved, limit=limit),
        Tile("the old map, moved", found.moved, limit=limit), Tile("equal: blue", found.equal.astype(float)),
    ]  # fmt: skip
    show_figure("equivariance", f"The moved picture, its map, the moved map. {equal_words(found.equal)}",
                tiles_figure, tiles, HEIGHT)  # fmt: skip


def equal_words(equal: np.ndarray) -> str:
    """At how many places the map of the moved picture is the moved map."""
    n, total = int(equal.sum()), equal.size
    words = f"**Move the picture, and the map moves along:** at {n} of {total} places both are equal. "
    if n == total:
        return words + "Nothing but empty pixels was at the edges, or nothing was moved."
    return words + ("The others lie at the edges: the rows and columns that the moved map lacks count as 0, and a window "
                    "there sees the padding's zeros or misses what was pushed out of the picture.")  # fmt: skip


def parameters(look: Look) -> None:
    """The count of parameters with its arithmetic, and the receptive field."""
    st.markdown(parameter_table(look))
    shape = look.model.architecture.blocks[0].map_shape
    numbers, pixels = int(np.prod(shape)), look.run.kind.side**2
    st.markdown("**A dense layer** that makes as many numbers of the picture as the first filters do, "
                f"{' × '.join(map(str, shape))} = {numbers}, has {numbers} × ({pixels} + 1) = "
                f"**{numbers * (pixels + 1):,}** parameters. "
                "Filters need so few because they use the same ones at every place.")  # fmt: skip
    field(look)


def parameter_table(look: Look) -> str:
    """Every layer with its parameters, as a table in Markdown."""
    architecture, lines = look.model.architecture, []
    for k, block in enumerate(architecture.blocks, 1):
        lines.append(f"| convolution {k} | {block.filters} × ({block.shape[0]} × {block.kernel} × {block.kernel} + 1) | "
                     f"{block.filters * (block.window + 1):,} |")  # fmt: skip
    n_in, n_out = architecture.tail.sizes
    shape = " × ".join(map(str, architecture.blocks[-1].pooled_shape))
    lines.append(f"| dense | {n_out} × ({shape} + 1) | {n_out * (n_in + 1):,} |")
    total = f"| **together** | | **{look.model.n_parameters:,}** |"
    return "\n".join(["| Layer | Weights and biases | Parameters |", "|:--|:--|--:|", *lines, total])


def shuffling(look: Look) -> None:
    """The dense network beside the filters, on pictures whose pixels lie in order or not."""
    pixels = "shuffled" if look.run.shuffled else "in order"
    ask = Ask(TWIN.format(pixels=pixels), MANY, "Compare")
    if not is_asked_for(look.session, COMPARED, _key("shuffled", look.run), ask):
        return
    scores = _scores(BothOrders(look.run, look.recording.parameters[-1]))
    if scores is None:
        return
    score = scores[0]
    in_order, mixed = scores[::-1] if look.run.shuffled else scores
    ahead = score.dense - score.convolution
    came = "alike" if abs(ahead) <= 0.01 else "more" if ahead > 0 else "fewer"
    st.markdown(judged_guess(_key("shuffled", look.run), MANY, (came,)))
    st.markdown(twin_words(score, look.run.shuffled))
    st.markdown(order_table(in_order, mixed))
    st.markdown(order_words(in_order, mixed))
    other = "in order" if look.run.shuffled else "shuffled"
    st.button(f"Train it on pixels {'in order again' if look.run.shuffled else 'that are shuffled'}", key="other_pixels",
              icon=":material/shuffle:", on_click=open_choices,
              args=(look.session, {"pixels": other, **dict.fromkeys(BY_HAND, "")}))  # fmt: skip
    st.caption("Shuffled, the pixels of every picture change places by one and the same permutation: nothing is lost, but "
               "neighbours are no neighbours any more. A dense network cannot tell the difference: its weights could change "
               "places in the same way, and it would give the same answers.")


def twin_words(score: TwinScore, is_shuffled: bool) -> str:
    """Both networks on the held-out pictures of this run, and what there is to compare."""
    pixels = "shuffled" if is_shuffled else "in order"
    ours, theirs = score.convolution_interval, score.dense_interval
    low, high = (f"{fine_percent(low)} to {fine_percent(high)}" for low, high in (ours, theirs))
    apart = ours[0] > theirs[1] or ours[1] < theirs[0]
    verdict = "they do not overlap" if apart else "they overlap, so the difference may be chance in these pictures"
    return (f"**With pixels {pixels}**, the network with filters gets {fine_percent(score.convolution)} of {score.n} "
            f"held-out pictures right, the dense one of the same size {fine_percent(score.dense)}. The 95 % intervals are "
            f"{low} and {high}: {verdict}. Both are one training each, from one start.")  # fmt: skip


def order_table(in_order: TwinScore, mixed: TwinScore) -> str:
    """All four networks with their 95 % intervals, as a table in Markdown."""
    rows = [f"| Share of {in_order.n} right (95 % interval) | pixels in order | shuffled |", "|:--|--:|--:|"]
    for name, share, ends in (("filters", "convolution", "convolution_interval"), ("dense", "dense", "dense_interval")):
        cells = (f"{fine_percent(getattr(score, share))} ({' to '.join(map(fine_percent, getattr(score, ends)))})"
                 for score in (in_order, mixed))  # fmt: skip
        rows.append(f"| **{name}** | {' | '.join(cells)} |")
    return "\n".join(rows)


def order_words(in_order: TwinScore, mixed: TwinScore) -> str:
    """What shuffling did to either network, by intervals that overlap or not."""
    lost = in_order.convolution_interval[0] > mixed.convolution_interval[1]
    taken = fine_percent(in_order.convolution - mixed.convolution)
    filters = (f"**Shuffling takes {taken} of the pictures from the filters**, more than the intervals leave to chance: "
               "they had gained that from pixels being neighbours." if lost else
               "**The filters do not clearly lose by shuffling here:** their two intervals overlap.")  # fmt: skip
    ends = in_order.dense_interval, mixed.dense_interval
    same = ends[0][0] <= ends[1][1] and ends[1][0] <= ends[0][1]
    dense = ("The dense network's two intervals overlap: to it the order is all the same." if same else
             "The dense network's two intervals do not overlap, either: its own luck with first weights and batches is "
             "larger than what they show.")  # fmt: skip
    return f"{filters} {dense}"
