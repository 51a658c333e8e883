"""Comparisons of batch sizes to try, each with what to expect."""

from pages.parts.page.presets import Preset

PRESETS = (
    Preset(
        "The same samples seen",
        "Compare the losses above one point of the axis: there the smaller batches have made more updates of the same "
        "samples.",
        choices={"rate_power": "0.0", "batch_view": "cost", "cost": "samples"},
    ),
    Preset(
        "The same number of updates",
        "Above one point of this axis the larger batches have seen more samples, and on the average each of their updates "
        "points better.",
        choices={"rate_power": "0.0", "batch_view": "cost", "cost": "updates"},
    ),
    Preset(
        "Raise the rate with the batch",
        "Where the rate rises with B, an epoch moves all about as far while rates are small. One that grew too large "
        "swings or diverges.",
        choices={"rate_power": "1.0", "batch_view": "cost", "cost": "epochs"},
    ),
    Preset(
        "One sample or all",
        "Two paths from the same first weights: many uncertain steps, and fewer, certain ones.",
        choices={"batch_sizes": "1,full", "rate_power": "0.0", "batch_view": "paths"},
    ),
    Preset(
        "Noise and 1/√B",
        "The points follow the dotted line, and fall below it where a batch is a large share of all samples.",
        choices={"batch_view": "noise", "noise_at": "first"},
    ),
)
