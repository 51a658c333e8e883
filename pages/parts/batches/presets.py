"""Comparisons of batch sizes to try, each with what to guess at."""

from pages.parts.page.presets import Preset

PRESETS = (
    Preset(
        "The same samples seen",
        "Above one point of the axis all have seen the same samples, and the smaller batches have made more updates. Which "
        "is lower?",
        begins="trained",
        choices={"rate_power": "0.0", "batch_view": "cost", "cost": "samples"},
    ),
    Preset(
        "The same number of updates",
        "Above one point of this axis the larger batches have seen more samples. Is the loss the lower for it?",
        begins="trained",
        choices={"rate_power": "0.0", "batch_view": "cost", "cost": "updates"},
    ),
    Preset(
        "Raise the rate with the batch",
        "If the rate rises with B, an epoch moves all about as far while rates are small. Does one of them grow too large?",
        begins="trained",
        choices={"rate_power": "1.0", "batch_view": "cost", "cost": "epochs"},
    ),
    Preset(
        "One sample or all",
        "Two paths from the same first weights: many uncertain steps, and fewer, certain ones.",
        begins="trained",
        choices={"batch_sizes": "1,full", "rate_power": "0.0", "batch_view": "paths"},
    ),
    Preset(
        "Noise and 1/√B",
        "How much nearer to the full gradient is a batch of 16 than a single sample? The dotted line is the law of 1/√B: do "
        "all points follow it?",
        choices={"batch_view": "noise", "noise_at": "first"},
    ),
)
