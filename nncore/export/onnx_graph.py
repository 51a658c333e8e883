"""An ONNX graph: nodes that are added one after the other, and the bytes of the model that they make.

Expressions in NumPy, as they stand in the tables, are read by Python's own parser and become nodes. So an activation that
has a form in NumPy has one in ONNX. Field numbers are those of https://github.com/onnx/onnx/blob/main/onnx/onnx.proto.
"""

import ast
from collections.abc import Mapping, Sequence

import numpy as np

from nncore.export.protobuf import field

Array = np.ndarray
Shape = Sequence[int | str]

FLOAT, INT64 = 1, 7
OPSET, IR_VERSION = 13, 8
ROWS = "N"

BINARY = {ast.Add: "Add", ast.Sub: "Sub", ast.Mult: "Mul", ast.Div: "Div", ast.Pow: "Pow"}
COMPARISON = {ast.Gt: "Greater", ast.Lt: "Less", ast.GtE: "GreaterOrEqual", ast.LtE: "LessOrEqual"}
CALLS = {
    "tanh": "Tanh", "sin": "Sin", "cos": "Cos", "exp": "Exp", "log": "Log", "sqrt": "Sqrt", "abs": "Abs", "sign": "Sign",
    "maximum": "Max", "minimum": "Min", "where": "Where",
}  # fmt: skip


class Graph:
    """Nodes and constants under construction; every method adds to them and gives the name of its result."""

    def __init__(self):
        self._nodes: list[bytes] = []
        self._constants: list[bytes] = []
        self._count = 0

    def node(self, operation: str, *inputs: str, output: str = "", **attributes: int | Sequence[int]) -> str:
        """The result of an operation of ONNX on results so far."""
        self._count += 1
        output = output or f"{operation.lower()}_{self._count}"
        message = b"".join(field(1, name) for name in inputs) + field(2, output)
        message += field(3, output) + field(4, operation)
        for name, value in attributes.items():
            message += field(5, field(1, name) + _attribute(value))
        self._nodes.append(message)
        return output

    def constant(self, values: Array | float, kind: int = FLOAT) -> str:
        """Fixed numbers of any shape."""
        values = np.asarray(values, dtype="<f4" if kind == FLOAT else "<i8")
        self._count += 1
        name = f"constant_{self._count}"
        dimensions = b"".join(field(1, int(size)) for size in values.shape)
        self._constants.append(dimensions + field(2, kind) + field(8, name) + field(9, values.tobytes()))
        return name

    def expression(self, code: str, names: Mapping[str, str]) -> str:
        """The result of an expression in NumPy, in which `names` stand for results so far.

        Raises ValueError for code that has no counterpart here.
        """
        return self._read(ast.parse(code, mode="eval").body, names)

    def _read(self, tree: ast.expr, names: Mapping[str, str]) -> str:
        match tree:
            case ast.Constant(value=int() | float() as number):
                return self.constant(number)
            case ast.Name(id=name) if name in names:
                return names[name]
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return self.node("Neg", self._read(operand, names))
            case ast.BinOp(op=operation, left=left, right=right) if type(operation) in BINARY:
                return self.node(BINARY[type(operation)], self._read(left, names), self._read(right, names))
            case ast.Compare(left=left, ops=[operation], comparators=[right]) if type(operation) in COMPARISON:
                return self.node(COMPARISON[type(operation)], self._read(left, names), self._read(right, names))
            case ast.Subscript(value=ast.Name(id=name), slice=ast.Tuple(elts=[ast.Slice(), ast.Constant(value=column)])):
                return self.node("Gather", names[name], self.constant([column], INT64), axis=1)
            case ast.Call(func=ast.Attribute(value=truth, attr="astype"), args=[ast.Name(id="float")]):
                return self.node("Cast", self._read(truth, names), to=FLOAT)
            case ast.Call(func=ast.Attribute(value=ast.Name(id="np"), attr=function), args=arguments):
                return self._call(function, [self._read(argument, names) for argument in arguments])
        raise ValueError(f"code must be an expression that ONNX can compute, got {ast.unparse(tree)!r}")

    def _call(self, function: str, inputs: list[str]) -> str:
        if function in CALLS:
            return self.node(CALLS[function], *inputs)
        if function == "expm1":
            return self.node("Sub", self.node("Exp", *inputs), self.constant(1.0))
        if function == "ones_like":
            return self.node("Add", self.node("Mul", *inputs, self.constant(0.0)), self.constant(1.0))
        if function == "logaddexp":  # max(a, b) + log(1 + e^-|a - b|) never overflows
            apart = self.node("Neg", self.node("Abs", self.node("Sub", *inputs)))
            rest = self.node("Log", self.node("Add", self.node("Exp", apart), self.constant(1.0)))
            return self.node("Add", self.node("Max", *inputs), rest)
        raise ValueError(f"code must be an expression that ONNX can compute, got np.{function}")

    def model(
        self, ends: Sequence[tuple[str, Shape]], about: str, facts: Mapping[str, str], kind: int = FLOAT
    ) -> bytes:
        """The model's bytes; `ends` are names and shapes of the input and the outputs, `facts` what else is told of it.

        `kind` is that of the input's numbers.
        """
        source, results = _value(*ends[0], kind), [_value(name, shape) for name, shape in ends[1:]]
        graph = b"".join(field(1, node) for node in self._nodes) + field(2, "network")
        graph += b"".join(field(5, constant) for constant in self._constants) + field(11, source)
        graph += b"".join(field(12, result) for result in results)
        told = b"".join(field(14, field(1, name) + field(2, value)) for name, value in facts.items())
        opset = field(1, "") + field(2, OPSET)
        return (
            field(1, IR_VERSION) + field(2, "Glassbox") + field(6, about) + field(7, graph) + field(8, opset) + told
        )


def _attribute(value: int | Sequence[int]) -> bytes:
    """A whole number, or several, and which of the two it is."""
    if isinstance(value, int):
        return field(3, value) + field(20, 2)
    return b"".join(field(8, one) for one in value) + field(20, 7)


def _value(name: str, shape: Shape, kind: int = FLOAT) -> bytes:
    """The description of an input or output: sides that are names are open."""
    sides = b"".join(field(1, field(2 if isinstance(side, str) else 1, side)) for side in shape)
    tensor = field(1, kind) + field(2, sides)
    return field(1, name) + field(2, field(1, tensor))
