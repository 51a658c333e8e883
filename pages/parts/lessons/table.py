"""The table of lessons, in the order in which they are best taken: to add one is to write its file and to name it here."""

from pages.parts.lessons.learning import (
    backpropagation,
    batches,
    chain_rule,
    downhill,
    first_weights,
    leaks,
    restarts,
    score,
)
from pages.parts.lessons.lesson import Lesson
from pages.parts.lessons.neurons import matrix, nonlinear, regression, weight
from pages.parts.lessons.others import autoencoder, convolution, recurrence
from pages.parts.lessons.words import attention_matrix, block, vectors

CHAPTERS: dict[str, tuple[Lesson, ...]] = {
    "Neurons": (weight.LESSON, regression.LESSON, nonlinear.LESSON, matrix.LESSON),
    "Learning": (
        downhill.LESSON,
        chain_rule.LESSON,
        backpropagation.LESSON,
        first_weights.LESSON,
        batches.LESSON,
        restarts.LESSON,
        score.LESSON,
        leaks.LESSON,
    ),
    "Words and attention": (vectors.LESSON, attention_matrix.LESSON, block.LESSON),
    "Other architectures": (convolution.LESSON, recurrence.LESSON, autoencoder.LESSON),
}
LESSONS: dict[str, Lesson] = {lesson.name: lesson for lessons in CHAPTERS.values() for lesson in lessons}
