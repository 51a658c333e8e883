"""Derivations line by line, with the numbers of one answer: of the sigmoid, the cross-entropy, the softmax, the square."""

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


def softmax_lines(a: float, y: float) -> list[str]:
    """The derivative of the cross-entropy behind a softmax for one output `a` with the target `y`, 1 or 0."""
    return [
        r"a_k = \frac{e^{z_k}}{\sum_m e^{z_m}}, \qquad L = -\ln a_c = -z_c + \ln \textstyle\sum_m e^{z_m}",
        r"\frac{\partial}{\partial z_k} \ln \textstyle\sum_m e^{z_m} = \frac{e^{z_k}}{\sum_m e^{z_m}} = a_k",
        r"\frac{\partial L}{\partial z_k} = a_k - y_k, \qquad y_c = 1, \text{ all others } 0",
        rf"a_k - y_k = {latex(a)} - {factor(y)} = {latex(a - y)}",
    ]


def squared_lines(a: float, y: float, slope: float) -> list[str]:
    """The derivative of the squared error of one answer `a` with the target `y`; `slope` is f'(z) of the output."""
    return [
        r"L = (a - y)^2",
        rf"\frac{{\partial L}}{{\partial a}} = 2\,(a - y) = 2 \cdot ({latex(a)} - {factor(y)}) = {latex(2.0 * (a - y))}",
        rf"\frac{{\partial L}}{{\partial z}} = \frac{{\partial L}}{{\partial a}} \cdot f'(z) = {latex(2.0 * (a - y))} \cdot "
        rf"{factor(slope)} = {latex(2.0 * (a - y) * slope)}",
    ]
