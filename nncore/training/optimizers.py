"""Optimizers: the table of all ways in which a gradient becomes a step.

Everything that is true of an optimizer stands in its entry of `OPTIMIZERS`: to add one is to add an entry here. The
arithmetic is that of `update_rules`.
"""

import math

from nncore.training.optimizer_kind import FormulaLine, Numbers, Optimizer, OptimizerKind
from nncore.training.update_rules import SGD, Adagrad, Adam, RMSprop, adamw, momentum, nesterov

__all__ = ["OPTIMIZERS", "Optimizer", "OptimizerKind"]


def _plain_direction(gradient: float, old: Numbers, new: Numbers, settings: Numbers) -> tuple[float, Numbers]:
    return gradient, {}


def _velocity_direction(gradient: float, old: Numbers, new: Numbers, settings: Numbers) -> tuple[float, Numbers]:
    velocity = new["velocity"]
    direction = gradient + settings["momentum"] * velocity if settings["nesterov"] else velocity
    return direction, {"velocity_before": old["velocity"], "velocity": velocity}


def _adagrad_direction(gradient: float, old: Numbers, new: Numbers, settings: Numbers) -> tuple[float, Numbers]:
    numbers = {"square_sum_before": old["square_sum"], "square_sum": new["square_sum"]}
    return gradient / (math.sqrt(new["square_sum"]) + settings["epsilon"]), numbers


def _rmsprop_direction(gradient: float, old: Numbers, new: Numbers, settings: Numbers) -> tuple[float, Numbers]:
    numbers = {"square_mean_before": old["square_mean"], "square_mean": new["square_mean"]}
    return gradient / (math.sqrt(new["square_mean"]) + settings["epsilon"]), numbers


def _adam_direction(gradient: float, old: Numbers, new: Numbers, settings: Numbers) -> tuple[float, Numbers]:
    count = new["updates"]
    mean = new["mean"] / (1.0 - settings["beta1"] ** count)
    square_mean = new["square_mean"] / (1.0 - settings["beta2"] ** count)
    numbers = {
        "updates": int(count),
        "mean_before": old["mean"], "mean": new["mean"], "corrected_mean": mean,
        "square_mean_before": old["square_mean"], "square_mean": new["square_mean"], "corrected_square_mean": square_mean,
    }  # fmt: skip
    return mean / (math.sqrt(square_mean) + settings["epsilon"]), numbers


_STEP = r"\Delta w"
_VELOCITY = FormulaLine(
    "v_t", r"$momentum\, v_{t-1} + g", r"$momentum \cdot $(velocity_before) + $(gradient)", "velocity"
)
_RULE_BY_ROOT = r"-\eta\, \frac{g}{\sqrt{s_t} + \epsilon}"
_ADAM_MEANS = (
    FormulaLine("m_t", r"$beta1\, m_{t-1} + $rest_beta1\, g",
                r"$beta1 \cdot $(mean_before) + $rest_beta1 \cdot $(gradient)", "mean"),
    FormulaLine("v_t", r"$beta2\, v_{t-1} + $rest_beta2\, g^2",
                r"$beta2 \cdot $(square_mean_before) + $rest_beta2 \cdot $(gradient)^2", "square_mean"),
    FormulaLine(r"\hat m", r"\frac{m_t}{1 - $beta1^t} = \frac{$mean}{1 - $beta1^{$updates}}", "", "corrected_mean"),
    FormulaLine(r"\hat v", r"\frac{v_t}{1 - $beta2^t} = \frac{$square_mean}{1 - $beta2^{$updates}}", "",
                "corrected_square_mean"),
)  # fmt: skip
_ADAM_CODE = """\
t = memory["t"] = memory.get("t", 0) + 1
m = memory["m"] = 0.9 * memory.get("m", 0.0) + (1.0 - 0.9) * g
v = memory["v"] = 0.999 * memory.get("v", 0.0) + (1.0 - 0.999) * g * g
w -= rate * (m / (1.0 - 0.9**t)) / (np.sqrt(v / (1.0 - 0.999**t)) + 1e-8)"""
_ADAM_RULE = r"-\eta\, \frac{\hat m}{\sqrt{\hat v} + \epsilon}"
_ADAM_NUMBERS = r"-$learning_rate \cdot \frac{$corrected_mean}{\sqrt{$corrected_square_mean} + $epsilon}"



def _scikit_learn_sgd(settings: str) -> str:
    return f'model.set_params(solver="sgd", {settings}, learning_rate_init=rate)'


_SCIKIT_LEARN_RATE = """\
if hasattr(model, "_optimizer"):  # which the model makes at its first update
    model._optimizer.learning_rate = rate"""
_SCIKIT_LEARN_VELOCITY = """\
if hasattr(model, "_optimizer"):  # which the model makes at its first update
    optimizer = model._optimizer
    # scikit-learn's velocities have the learning rate in them; it is the new one from now on.
    optimizer.velocities = [velocity * (rate / optimizer.learning_rate) for velocity in optimizer.velocities]
    optimizer.learning_rate = rate"""
_SCIKIT_LEARN_ADAM = """\
updates = model._optimizer.t if hasattr(model, "_optimizer") else 0
# scikit-learn adds epsilon before it corrects the root for its start at 0. With this one it is as if added after.
epsilon = $EPSILON * (1.0 - 0.999 ** (updates + 1)) ** 0.5
model.set_params(solver="adam", learning_rate_init=rate, epsilon=epsilon)
if updates:
    model._optimizer.learning_rate_init, model._optimizer.epsilon = rate, epsilon"""

_entries = (
    OptimizerKind(
        name="sgd", label="SGD", label_without_data="GD", make=SGD, has_memory=False, direction=_plain_direction,
        about="SGD steps against the gradient, η times as far.",
        lines=(FormulaLine(_STEP, r"-\eta\, g", r"-$learning_rate \cdot $(gradient)", "change"),),
        pytorch_code="torch.optim.SGD(parameters, lr=learning_rate)",
        numpy_code="w -= rate * g",
        scikit_learn_code=_scikit_learn_sgd("momentum=0.0"), scikit_learn_changing_code=_SCIKIT_LEARN_RATE,
    ),
    OptimizerKind(
        name="momentum", label="Momentum", make=momentum, direction=_velocity_direction,
        about="Momentum keeps a velocity v: nine tenths of the last one, and the gradient. The step follows the velocity.",
        lines=(_VELOCITY, FormulaLine(_STEP, r"-\eta\, v_t", r"-$learning_rate \cdot $(direction)", "change")),
        pytorch_code="torch.optim.SGD(parameters, lr=learning_rate, momentum=0.9)",
        numpy_code='v = memory["v"] = 0.9 * memory.get("v", 0.0) + g\n' "w -= rate * v",
        scikit_learn_code=_scikit_learn_sgd("momentum=0.9, nesterovs_momentum=False"),
        scikit_learn_changing_code=_SCIKIT_LEARN_VELOCITY,
    ),
    OptimizerKind(
        name="nesterov", label="Nesterov", make=nesterov, direction=_velocity_direction,
        about="Nesterov keeps a velocity v as Momentum does, and steps where velocity and gradient will lead next.",
        lines=(_VELOCITY, FormulaLine(_STEP, r"-\eta\, (g + $momentum\, v_t)",
                                      r"-$learning_rate \cdot \big($gradient + $momentum \cdot $(velocity)\big)", "change")),
        pytorch_code="torch.optim.SGD(parameters, lr=learning_rate, momentum=0.9, nesterov=True)",
        numpy_code='v = memory["v"] = 0.9 * memory.get("v", 0.0) + g\n' "w -= rate * (g + 0.9 * v)",
        scikit_learn_code=_scikit_learn_sgd("momentum=0.9, nesterovs_momentum=True"),
        scikit_learn_changing_code=_SCIKIT_LEARN_VELOCITY,
    ),
    OptimizerKind(
        name="adagrad", label="AdaGrad", make=Adagrad, is_adaptive=True, only_slows_down=True, rolls=False,
        direction=_adagrad_direction,
        about="AdaGrad divides the gradient by the root of s, the sum of its squares over all updates so far.",
        lines=(FormulaLine("s_t", "s_{t-1} + g^2", "$square_sum_before + $(gradient)^2", "square_sum"),
               FormulaLine(_STEP, _RULE_BY_ROOT,
                           r"-$learning_rate \cdot \frac{$gradient}{\sqrt{$square_sum} + $epsilon}", "change")),
        pytorch_code="torch.optim.Adagrad(parameters, lr=learning_rate)",
        numpy_code='s = memory["s"] = memory.get("s", 0.0) + g * g\n'
                   "w -= rate * g / (np.sqrt(s) + 1e-10)",
    ),
    OptimizerKind(
        name="rmsprop", label="RMSprop", make=RMSprop, is_adaptive=True, direction=_rmsprop_direction,
        about="RMSprop divides the gradient by the root of s, a running mean of its square.",
        lines=(FormulaLine("s_t", r"$alpha\, s_{t-1} + $rest_alpha\, g^2",
                           r"$alpha \cdot $(square_mean_before) + $rest_alpha \cdot $(gradient)^2", "square_mean"),
               FormulaLine(_STEP, _RULE_BY_ROOT,
                           r"-$learning_rate \cdot \frac{$gradient}{\sqrt{$square_mean} + $epsilon}", "change")),
        pytorch_code="torch.optim.RMSprop(parameters, lr=learning_rate)",
        numpy_code='s = memory["s"] = 0.99 * memory.get("s", 0.0) + (1.0 - 0.99) * g * g\n'
                   "w -= rate * g / (np.sqrt(s) + 1e-8)",
    ),
    OptimizerKind(
        name="adam", label="Adam", make=Adam, is_adaptive=True, direction=_adam_direction,
        about="Adam keeps two running means: m of the gradient, v of its square. Both began at 0, t updates ago; the hats "
              "correct for that. The step follows m, divided by the root of v.",
        lines=(*_ADAM_MEANS, FormulaLine(_STEP, _ADAM_RULE, _ADAM_NUMBERS, "change")),
        pytorch_code="torch.optim.Adam(parameters, lr=learning_rate)",
        numpy_code=_ADAM_CODE,
        scikit_learn_code=_SCIKIT_LEARN_ADAM,
    ),
    OptimizerKind(
        name="adamw", label="AdamW", make=adamw, is_adaptive=True, rolls=False, direction=_adam_direction,
        about="AdamW steps as Adam does (m and v are running means of the gradient and of its square, and the hats correct "
              "for their start at 0, t updates ago), and apart from that shrinks the weight itself by a share ηλ.",
        lines=(*_ADAM_MEANS, FormulaLine(_STEP, _ADAM_RULE + r" - \eta \lambda w",
                                         _ADAM_NUMBERS + r" - $learning_rate \cdot $weight_decay \cdot $(before)",
                                         "change")),
        pytorch_code="torch.optim.AdamW(parameters, lr=learning_rate, weight_decay=0.01)",
        numpy_code="w *= 1.0 - rate * 0.01\n" + _ADAM_CODE,
    ),
)  # fmt: skip

# Each entry makes a fresh optimizer; settings go in as keywords: OPTIMIZERS["adamw"](weight_decay=0.1).
OPTIMIZERS: dict[str, OptimizerKind] = {entry.name: entry for entry in _entries}
