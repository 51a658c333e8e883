"""The table of pages, in the order of a way through: to add a page is to write its file and to add its entry here."""

import re
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True)
class Entry:
    """One page: its file is `pages/{name}.py`, its address `/{name}`.

    `title` is its name in the menu, under `group` ("" stands in the menu itself). `question` heads the page, and `answer`
    says in one sentence that a newcomer understands what will be found there. A tool is not `on_the_way`. Where Plotly draws
    the first figure, or the first but a table, the page `begins_with_plotly`, whose script is then fetched with it.
    """

    name: str
    title: str
    group: str
    icon: str
    question: str
    answer: str
    on_the_way: bool = True
    begins_with_plotly: bool = False

    @property
    def file(self) -> str:
        """The page's script, from the top of the project."""
        return f"pages/{self.name}.py"


HOME = "train"  # the page at the bare address
START = "start"
LOOK, DOWNHILL, BEGINNINGS = "Look inside", "Gradient descent", "Initialisation"
NEW_DATA, WORDS, OTHERS = "New data", "Words and attention", "Other architectures"

PAGES = (
    Entry(
        START, "Start here", "", "signpost",
        "What do you want to understand?",
        "Each page asks one question and answers it with a network that you can touch; this is an order that makes sense.",
    ),
    Entry(
        HOME, "Train", "", "play_circle",
        "Watch a neural network learn. You can't break it: what will you change first?",
        "It compares its answers with the right ones and moves every weight a little so that the error shrinks, again and "
        "again.",
    ),
    Entry(
        "lessons", "Lessons", "", "school",
        "What will happen?",
        "Predict, then watch: a prediction makes you look closely, and eighteen short lessons ask for one first.",
    ),
    Entry(
        "neuron", "One neuron", LOOK, "radio_button_unchecked",
        "What can one neuron learn?",
        "A straight line: it adds up its weighted inputs and bends the sum, which makes it linear or logistic regression.",
        begins_with_plotly=True,
    ),
    Entry(
        "backprop", "Backpropagation", LOOK, "biotech",
        "What does one update do to one weight?",
        "Backpropagation finds how the loss changes with the weight, by the chain rule, and the update moves the weight a "
        "small step the other way.",
        begins_with_plotly=True,
    ),
    Entry(
        "weights", "Weights", LOOK, "grid_on",
        "What is in the weight matrices?",
        "All that the network has learned: a row for each neuron, and in it a number for each of its inputs.",
        begins_with_plotly=True,
    ),
    Entry(
        "compare", "Compare runs", LOOK, "compare_arrows",
        "What did the change change?",
        "Pinned runs stand side by side: which settings differ, and what came of it, curve over curve and map beside map.",
        on_the_way=False, begins_with_plotly=True,
    ),
    Entry(
        "report", "Report", LOOK, "description",
        "What did this run do?",
        "All of it on a sheet or two: what happened, the network and its answers, its losses and scores, and every setting.",
        on_the_way=False,
    ),
    Entry(
        "landscapes", "Rolling balls", DOWNHILL, "landscape",
        "Where does a ball roll to?",
        "Downhill, step by step, into the valley in which it began: gradient descent finds a minimum, not always the best "
        "one.",
        begins_with_plotly=True,
    ),
    Entry(
        "surface", "Loss surface", DOWNHILL, "terrain",
        "What does the loss look like around this network?",
        "Like a landscape with a dimension for every weight, of which a picture can show two: training is the path "
        "downhill.",
    ),
    Entry(
        "batches", "Batch sizes", DOWNHILL, "dataset",
        "How many samples should make one update?",
        "A few dozen are a good beginning: small batches make many rough steps for the same work, large ones few exact "
        "steps.",
    ),
    Entry(
        "initializers", "Initializers", BEGINNINGS, "flag",
        "Where should the weights start?",
        "At random numbers whose size fits the layer, so that signals neither fade nor grow; biases start at 0.",
    ),
    Entry(
        "restarts", "Restarts", BEGINNINGS, "restart_alt",
        "Does the start decide where training ends?",
        "Often it does: a network can get stuck in a local minimum that another start avoids, so it pays to try several.",
    ),
    Entry(
        "overfitting", "Overfitting", NEW_DATA, "content_copy",
        "When does a network only learn by heart?",
        "When it has more weights than the data can hold in check: the training loss falls on, while the loss on new data "
        "rises.",
    ),
    Entry(
        "scores", "What a score is worth", NEW_DATA, "verified",
        "What is a score worth?",
        "As much as the samples it was measured on had no part in making the network: not in preparing the data, not in "
        "training, not in choosing.",
    ),
    Entry(
        "words", "Word vectors and embeddings", WORDS, "text_fields",
        "What is the matrix that attention begins with?",
        "Every word becomes a vector, and the matrix holds the dot product of every word's vector with every other's.",
        begins_with_plotly=True,
    ),
    Entry(
        "attention", "Attention", WORDS, "center_focus_strong",
        "Where does a network look?",
        "Where a word's query fits another word's key: their dot products decide how much of each word is mixed in.",
        begins_with_plotly=True,
    ),
    Entry(
        "transformer", "Transformer", WORDS, "layers",
        "What can one transformer block learn?",
        "To copy, to reverse, to sort: attention moves information between places, and a small network works on each place.",
    ),
    Entry(
        "convolution", "Convolution", OTHERS, "grid_view",
        "What can a small window see?",
        "A stroke, an edge or a corner, wherever it is: a filter is a few weights that look at every place of a picture.",
    ),
    Entry(
        "recurrence", "Recurrence", OTHERS, "history",
        "What does a network with a state remember?",
        "What it has learned to keep: at every step it mixes what comes in with its own last state, and gates help it to "
        "keep that for long.",
        begins_with_plotly=True,
    ),
    Entry(
        "autoencoder", "Autoencoder", OTHERS, "compress",
        "What can a network learn without a target?",
        "To tell its own inputs again through a layer too small to hold them: so it must find out what they have in common.",
    ),
    Entry(
        "lecture", "Lecture", "Teach", "co_present",
        "What shall the class see?",
        "Pages become the steps of one link, which is presented and can ask the room.",
        on_the_way=False,
    ),
)  # fmt: skip
ALIKE = 0.7  # a typed address that is at least so like a page's name, from 0 to 1, is taken for it
WAY = tuple(entry for entry in PAGES if entry.on_the_way)
BY_NAME = {entry.name: entry for entry in PAGES}


def groups() -> dict[str, list[Entry]]:
    """The pages by the group of the menu that they stand in, in order."""
    return {group: [entry for entry in PAGES if entry.group == group] for group in dict.fromkeys(e.group for e in PAGES)}


def addresses() -> dict[str, Entry]:
    """Other addresses that lead to a page: what a person types who knows only its name in the menu, or its group's.

    A group leads to its first page, and each half of a title with "and" in it is enough.
    """
    firsts = [(group, entries[0]) for group, entries in groups().items() if group]
    titles = [(entry.title, entry) for entry in PAGES] + firsts
    halves = [(half, entry) for title, entry in titles for half in title.split(" and ")]
    typed = {HOME: BY_NAME[HOME]}
    for words, entry in titles + halves:
        typed.setdefault(words.lower().replace(" ", "-"), entry)
    return {address: entry for address, entry in typed.items() if address == HOME or address not in BY_NAME}


def find_page(typed: str) -> tuple[Entry, bool]:
    """The page that a typed address means, and whether it is a name of that page, in any case and with any hyphens.

    For what is no page's name it is the one whose name is most like it, and *Start here* where none is.
    """
    names = BY_NAME | addresses()
    words = re.sub(r"[\W_]+", "-", typed.lower()).strip("-")
    if words in names:
        return names[words], True
    near = get_close_matches(words, names, n=1, cutoff=ALIKE)
    return (names[near[0]] if near else BY_NAME[START]), False


def neighbours(name: str) -> tuple[Entry | None, Entry | None]:
    """The pages before and after `name` on the way; None where there is none, or the way does not know the page."""
    names = [entry.name for entry in WAY]
    if name not in names:
        return None, None
    at = names.index(name)
    return (WAY[at - 1] if at else None), (WAY[at + 1] if at + 1 < len(WAY) else None)
