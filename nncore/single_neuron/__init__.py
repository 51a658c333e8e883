"""A single neuron from the beginning: a weighted sum, a bias, an activation and a loss.

With so few numbers everything can be followed by hand: each step, the loss around the weights, and where descent should end.
"""

from nncore.doors import open_doors

__all__, __getattr__ = open_doors(__name__, {
    "activation_facts": "cost curve saturation shown_activations",
    "curvature": "log_likelihood newton_step second_derivatives",
    "data": "MAX_DRAW MAX_INPUTS POINTS make_points points_for",
    "descent":
        "DEFAULT_START MAX_WEIGHT NeuronSetup Path above_best compare_rates first_too_large follow "
        "largest_stable_rate loss_along loss_over next_rate states_after steps_until steps_up window",
    "kinds": "NEURONS NeuronKind",
    "neuron": "Chain Neuron after_step chain_of",
    "solutions": "Solution lowest_over solve",
    "steps":
        "HIGHEST_RATE LOWEST_RATE SCHEDULE_STEPS Stride add_stride rate_at read_strides require_few take_back "
        "write_strides",
    "stopping": "FURTHER_RATES FURTHER_STEPS STOP_SCENES Stopped StopTrial lowest_found share_left stop_on try_stop",
})  # fmt: skip
