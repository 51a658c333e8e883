"""The questions of the lessons as later steps recall them: each with its setting, so that it is whole by itself.

On its own step a question stands beside what is said there; in the list of what was found out it stands alone. A question
that names its setting itself needs no other words. The right answer follows it, and is computed as everywhere.
"""

from collections.abc import Mapping

from pages.parts.lessons.lesson import Facts, Lesson, fill

# By the lesson's name and the step's number from 1, with gaps named as the step's facts.
RECALLED: Mapping[str, Mapping[int, str]] = {
    "weight": {
        1: "A neuron with the inputs {x1} and {x2}, the weights {w1} and {w2} and the bias {b} has the weighted sum z =",
        2: "A neuron's second input grows by 1, from {x2} to {more}, and all else stays. The weighted sum changes:",
        3: "A neuron with one input, the weight {w} and the bias {b} answers yes where z is at least 0. The answer "
           "changes at x =",
        4: "A sigmoid neuron's weight and bias are multiplied by 100, to {w100} and {b100}. Its answers:",
    },
    "regression": {
        2: "On 12 samples two neurons take 300 small steps downhill, from the slopes −5 and 5. They end:",
        3: "Eleven samples lie {small} beside a line, one {large}. Its part of the mean squared error, in percent:",
        4: "Descent at the rate {rate} did well; then every input is ten times as large.",
    },
    "nonlinear": {
        1: "A network of {d} inputs, {h} hidden neurons and {k} outputs without an activation function equals a single "
           "layer whose weights and biases are",
        2: "Two hidden layers of 8 neurons without an activation function tell a disc from a ring, after 60 epochs; "
           "right are:",
        3: "Two hidden layers of 8 tanh neurons tell a disc from a ring, after 60 epochs; right are, in percent:",
        4: "A network of one input and {h} ReLU neurons has a curve of straight pieces. Their number is",
        5: "All hidden biases of a network of 8 ReLU neurons are set to −100. It answers:",
    },
    "matrix": {
        1: "{d} inputs go into a first layer of {h} neurons; its weight matrix has",
        3: "A text counts {told:,} weights and biases for {h} hidden neurons and {k} outputs. It was counted:",
        4: "{B} pictures of 784 pixels go through a first layer at once; its output has the shape",
        5: "Pictures of 576 pixels are fed into a network whose first matrix has 784 columns.",
    },
    "downhill": {
        1: "A neuron a = w x with x = {x}, y = {y} and w = {w} has the loss (a − y)², and the derivative dL/dw =",
        2: "One step of gradient descent from w = {w}, at the rate {rate} with dL/dw = {g}, leads to w =",
        4: "8 hidden neurons learn two moons for 100 epochs at the rate 0.05 in place of 0.5. The loss at the end:",
        5: "A neuron with one sample, x = {x}, takes five steps at the rate {rate}. Its loss:",
    },
    "chain": {
        1: "A sigmoid neuron answers a = {a:.4f}, and the target is {y}. The squared error's derivative dL/da is",
        2: "Where a sigmoid answers a = {a:.4f}, its derivative da/dz is",
        4: "With the cross-entropy dL/da = {big:.3f}, and behind it da/dz = {dadz:.4f}. Their product dL/dz is",
        5: "A sigmoid neuron's weight is made twenty times as large, and the neuron is as wrong as it can be. With "
           "the squared "
           "error, dL/dw becomes:",
    },
    "backpropagation": {
        2: "A tanh neuron answers a = {a:.4f} and gets dL/da = {arrives:.4f}; its delta, dL/dz, is",
        4: "To get one gradient by nudging each of {P} weights and biases, the number of losses to compute is",
        5: "A hidden neuron's outgoing weights are all 0. The gradient of its incoming weights is:",
    },
    "first_weights": {
        1: "Six hidden neurons start with all weights at 1 and all biases at 0. The number of different ones after "
           "{epochs} epochs is",
        2: "Six hidden neurons start with random weights and biases at 0. After training they differ:",
        3: "A sum of n = {n} products of inputs of variance 1 with weights of deviation {s} has the standard deviation",
        4: "By He's rule, a ReLU layer with n inputs and weights of deviation s keeps the signal's size where n · s² is",
        6: "In nine linear layers of 100 neurons all weights are doubled. The last signal is larger than the input:",
    },
    "batches": {
        2: "The gradients of batches of 16 samples scatter less than those of single samples, by the factor",
        3: "A network learns a circle for 20 epochs with batches of 1, of 10 or of all {n} samples. The lowest "
           "training loss has:",
        4: "Two networks make {updates} updates, one with batches of 10, one with all samples. The lower training loss:",
        5: "At the rate {rate}, where the loss of all samples still comes down, the loss with batches of a single sample:",
    },
    "restarts": {
        1: "{n} networks of two hidden ReLU neurons try exclusive-or from different first weights. The percentage "
           "that solves it:",
        2: "Where {p:%} of the starts succeed, the number of starts that make one success 95 % probable is",
        3: "The final losses of {n} networks on exclusive-or, those that fail too. Different ones among them:",
        4: "One neuron without a hidden layer tries exclusive-or from {n} starts. The number of different losses that "
           "they end on:",
        5: "{n} starts with all weights at 0 bring on exclusive-or:",
    },
    "score": {
        1: "A network of 16 and 16 neurons learned {n} noisy points for 400 epochs. Its accuracy is higher:",
        3: "The best of {coins} coins that answer {n} yes-or-no questions gets right, in percent:",
        4: "A coin that had {best:%}, as the best of many, answers {fresh:,} fresh questions; right are, in percent:",
        5: "Two layers of 64 neurons train for 1,500 epochs on {n} points with random labels; right of these are:",
    },
    "leaks": {
        1: "The 20 best of 1,000 columns of noise are chosen on all 50 rows, then cross-validated. The score, in percent:",
        2: "Networks that scored {says:%}, their columns chosen on all rows, answer fresh rows; right are, in percent:",
        3: "The inputs are scaled by all rows, those of the test set too. The score is too high:",
        4: "The best of {m:,} people who guess {n} yes-or-no answers gets by luck, in percent and by the formula:",
        6: "Each row stands three times in a table that is shuffled and split; a large network learns it. The test "
           "set says:",
    },
    "vectors": {
        1: "Words are one-hot, a single 1 among {V} numbers. The cosine of “{first}” and “{second}” is",
        2: "Words are {d} random numbers each. Their cosine's typical distance from 0 is",
        3: "A sentence of {T} words, each paired with all words at most {w} places away, gives pairs (word, neighbour):",
        4: "After 20 epochs the nearest of three learned vectors to that of “{word}” belongs to",
        5: "A model was trained on a corpus without the word “{word}”. It knows about it:",
    },
    "attention": {
        1: "With one number per word, *green* {x2} and *cat* {x3}, their cell in the outer product is",
        2: "Where M₁₂ = {m12}, M₁₃ = {m13} and M₂₃ = {m23} in an outer product, its hidden first cell M₁₁ is",
        3: "Queries and keys are made by two matrices. Is the score of *green* for *cat* that of *cat* for *green*?",
        4: "A softmax makes weights of the scores {s1}, {s2} and {s3}; the largest is",
        5: "The values {v1}, {v2}, {v3}, mixed with the weights {w1}, {w2}, {w3}, give the output",
        6: "The dot product of two vectors of d = {d} random numbers of variance 1 has the standard deviation",
        7: "Without the division by √d, for d = {d} and 8 words, the largest weight of a random query is:",
    },
    "block": {
        1: "Attention without places gets five tokens in another order. The outputs:",
        2: "With a causal mask on {T} tokens, the cells left of {square} are",
        3: "Layer normalisation makes of the larger one of two numbers, {low} and {high},",
        4: "A block has four matrices of {d} × {d} and a feed-forward part from {d} to {h} neurons and back. The most "
           "weights:",
        5: "Attention and feed-forward give nothing, and each is added to what came in. Out comes:",
        6: "A block with a causal mask is to write {T} letters backwards. Places at which it can see the letter that "
           "it needs:",
        7: "Of a block's products for {length} letters, read all at once, those that wait for each other are",
    },
    "convolution": {
        1: "The filter with −1, 0 and {s} in its columns answers on rows {row} to {last_row}, columns {column} to "
           "{last_column}:",
        2: "A layer of {n} filters of {k}×{k} weights on pictures of {side}×{side} pixels. Its parameters are",
        3: "A shape in a picture moves {moved} pixels to the right. The map of a filter's answers:",
        4: "Two layers of filters of {k}×{k}: an answer of the second depends on a square whose width in pixels is",
        5: "A filter for edges on {side}×{side} pixels that are all 1, with zeros around. Places where its answer is not 0:",
    },
    "recurrence": {
        1: "A neuron's state goes on with the weight {w}. The gradient {k} steps back, as a share of that at the last step:",
        3: "A plain cell with {d} inputs and {h} neurons has {plain:,} weights and biases; a GRU of that size has",
        4: "A plain cell and a GRU learn in {updates} updates to echo a symbol {delay} steps later. More is right with:",
        5: "The echo comes {delay} steps later, and the gradient goes back {stretch} steps at most. A plain cell gets "
           "right:",
        6: "A state goes on with the weight {w}. The gradient {k} steps back, compared with the last step:",
    },
    "autoencoder": {
        1: "Three inputs with variances {v1}, {v2} and {v3} pass through a linear code of two numbers. The least mean "
           "squared "
           "error is",
        2: "A linear autoencoder is trained from {n} different first weights. All of them end with:",
        3: "Trips took {y1}, {y2}, {y3}, {y4} and {y5} minutes, and every minute off costs 1. The cheapest guess is",
        4: "Of {n:,} trips, where a minute too few costs {low} and one too many 1, the percentage below the best guess is",
        5: "A linear autoencoder has a code of three numbers for its three inputs. It can rebuild:",
    },
}


def recalled(lesson: Lesson, number: int, facts: Facts) -> str:
    """The question of a lesson's step, counted from 0, with its setting and its numbers, as later steps recall it."""
    return fill(RECALLED.get(lesson.name, {}).get(number + 1) or lesson.steps[number].question, facts)
