"""What a link says of the view: what is shown besides, how fast it plays, which neuron is large, if the test set is open.

What cannot be is left out, with a sentence that joins the `problems` of the link.
"""

from nncore import Run
from nncore.experiments.experiment import build_split
from nncore.experiments.link_text import quoted, read_field
from pages.parts.page.session import Session
from pages.parts.page.shown import VIEW_DEFAULTS

FLAGS = tuple(name for name, default in VIEW_DEFAULTS.items() if default is False)
SPEEDS = (0.25, 0.5, 1.0, 2.0, 4.0)


def checked_flags(text: str, problems: list[str]) -> dict[str, bool]:
    """What the player is to show besides, of a list of names in any case."""
    flags = {}
    for name in filter(None, map(str.strip, text.split(","))):
        if name.casefold() in FLAGS:
            flags[name.casefold()] = True
        else:
            listed = ", ".join(FLAGS)
            problems.append(f"What is shown besides can be {listed}; the link asked for {quoted(name)}, which is left out.")
    return flags


def checked_speed(speed: float, problems: list[str]) -> float:
    """The speed asked for, the end of the speeds beyond it, or 1 for one between them."""
    near = speed if speed in SPEEDS else SPEEDS[-1] if speed > SPEEDS[-1] else SPEEDS[0] if speed < SPEEDS[0] else 1.0
    if near != speed:
        listed = ", ".join(f"{known:g}" for known in SPEEDS)
        asked = "no number" if speed != speed else f"{speed:g}"
        problems.append(f"The speed can be one of {listed}; the link asked for {asked}, so it is now {near:g}.")
    return near


def note_opened(session: Session, opened: str | None, problems: list[str]) -> None:
    """Notes that who sent the link had opened the run's test set, at the snapshot of which the link says the number."""
    if opened is None:
        return
    try:
        frame = read_field("opened", "int", opened)
    except ValueError:
        problems.append("The snapshot at which the test set was opened must be a whole number; the link asked for "
                        f"{quoted(opened)}, so it is sealed here.")  # fmt: skip
        return
    last = session.run.segments[-1].last_frame
    if not len(build_split(session.run.experiment).test):
        problems.append(f"The link says that the test set was opened at snapshot {quoted(opened)}; this run has none.")
    elif 0 <= frame <= last:
        session.tests.open(session.run.prefix(session.run.segment_of(frame)), frame)
    else:
        problems.append(f"The snapshot at which the test set was opened can be 0 to {last}; the link asked for "
                        f"{quoted(opened)}, so it is sealed here.")  # fmt: skip


def checked_focus(run: Run, focus: str, problems: list[str]) -> str:
    """The neuron asked for, "" for the output where the network has no such neuron."""
    if not focus or has_neuron(run, focus):
        return focus
    problems.append("The focus must be a layer of this network (0 for the inputs) and the number of a neuron in it, such as "
                    f"1,2; the link asked for {quoted(focus)}, so the output is shown.")  # fmt: skip
    return ""


def has_neuron(run: Run, focus: str) -> bool:
    """Whether `focus`, such as "1,2", names a neuron of the run's network: its layer, 0 for the inputs, and its number."""
    try:
        layer, number = read_field("focus", "tuple[int, ...]", focus)
    except ValueError:
        return False
    sizes = run.experiment.sizes
    return 0 <= layer < len(sizes) and 1 <= number <= sizes[layer]
