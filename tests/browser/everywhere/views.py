"""Every page as browser tests open it: by a link that makes its trainings short, with what was asked before them done."""

from typing import NamedTuple

from pages.parts.way.contents import HOME, PAGES


class View(NamedTuple):
    """A page's link, and the field of the link that names the section on screen, where one picks among sections."""

    query: str = ""
    sections: str = ""


# A person acts on some pages before there is anything to see; these views are as they are when that was done.
ACTED = frozenset(("overfitting", "restarts", "surface", "batches", "scores"))
VIEWS = {
    "": View("dataset=digits&hidden=16"), "weights": View("", "section"), "neuron": View("", "n_part"),
    "backprop": View("", "microscope"), "restarts": View("trained=yes&starts=8&restart_epochs=10", "restart_view"),
    "landscapes": View("rolled=yes", "ball_view"), "surface": View("dataset=circle&frame=20", "surface_directions"),
    "initializers": View("trained=yes&race_epochs=10", "initializer_view"),
    "batches": View("trained=yes&batch_epochs=5", "batch_view"), "words": View("", "part"),
    "attention": View("mask=causal", "step"), "transformer": View(), "convolution": View("", "use"),
    "recurrence": View("", "memory_use"), "autoencoder": View("", "code_use"),
    "lessons": View("lesson=downhill&lesson_step=3"), "start": View(), "overfitting": View("guess=rises", "remedy"),
    "scores": View("leak_guess=selection-far", "score_view"), "compare": View(), "report": View("frame=10"),
    "lecture": View(),
}  # fmt: skip
assert set(VIEWS) == {"" if entry.name == HOME else entry.name for entry in PAGES}, "each page has its view here"
