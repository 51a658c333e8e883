"""Derivations line by line, with the numbers of one answer: the sigmoid's derivative, and the cross-entropy's."""

from math import exp

from pages.parts.fields.numbers import factor, latex


def sigmoid_lines(z: float) -> list[str]:
    """The derivative of a = 1 / (1 + e^(-z)), each line from the one before; the last with the numbers at `z`."""
    a = 1.0 / (1.0 + exp(-z)) if z > -700 else 0.0
    return [
        r"a = \frac{1}{1 + e^{-z}} = (1 + e^{-z})^{-1}",
        r"\frac{da}{dz} = -(1 + e^{-z})^{-2} \cdot (-e^{-z}) = \frac{1}{1 + e^{-z}} \cdot \frac{e^{-z}}{1 + e^{-z}}",
        r"\frac{e^{-z}}{1 + e^{-z}} = \frac{(1 + e^{-z}) - 1}{1 + e^{-z}} = 1 - a",
        rf"\frac{{da}}{{dz}} = a\,(1 - a) = {latex(a)} \cdot (1 - {latex(a)}) = {latex(a * (1.0 - a))}",
    ]


def cross_entropy_lines(a: float, y: float) -> list[str]:
    """The derivative of the cross-entropy of one answer `a` with the target `y`, up to dL/dz = a - y."""
    return [
        r"L = -y \ln a - (1 - y) \ln(1 - a)",
        r"\frac{\partial L}{\partial a} = -\frac{y}{a} + \frac{1 - y}{1 - a} = \frac{-y(1 - a) + (1 - y)\,a}{a(1 - a)}"
        r" = \frac{a - y}{a(1 - a)}",
        r"\frac{\partial L}{\partial z} = \frac{\partial L}{\partial a} \cdot \frac{da}{dz} = "
        r"\frac{a - y}{a(1 - a)} \cdot a(1 - a) = a - y",
        rf"a - y = {latex(a)} - {factor(y)} = {latex(a - y)}",
    ]
