"""Writes the Visual Genome Faster R-CNN's blocks into graphs without weights."""

import numpy as np
from onnx import TensorProto

from models.published.frcnn_boxes import LARGEST_LOG_SIZE
from models.published.graph_writer import GraphWriter

NORM_EPSILON = 1e-5
# Fewer numbers than this (biases, anchors) are not worth rounding.
SMALLEST_STORED_HALF = 256
LOWEST = -1e4


class FrcnnWriter(GraphWriter):
    """The blocks that the detector is made of. Weights keep the checkpoint's layout; norms are folded into convolutions."""

    def kernel(self, name: str, dims: list[int], **recipe) -> str:
        """Stored in halves, or in single precision."""
        self.weights[name] = {"dims": dims, **recipe}
        if self.precision == "fp32" or np.prod(dims) < SMALLEST_STORED_HALF:
            return self.outside(name, TensorProto.FLOAT, dims)
        return self.node("Cast", self.outside(name, TensorProto.FLOAT16, dims), to=TensorProto.FLOAT)

    def conv(
        self, x: str, prefix: str, inputs: int, outputs: int, side: int, *, norm: bool = True, **where: int
    ) -> str:
        """`where`: stride, padding, dilation."""
        weight, bias = f"{prefix}.weight", f"{prefix}.bias"
        folded = {"prefix": f"{prefix}.norm", "epsilon": NORM_EPSILON}
        of_kernel = {"batchNorm": {**folded, "part": "kernel"}} if norm else {}
        of_bias = {"parameter": weight, "batchNorm": {**folded, "part": "bias"}} if norm else {}
        return self.node(
            "Conv",
            x,
            self.kernel(weight, [outputs, inputs, side, side], **of_kernel),
            self.vector(bias, outputs, **of_bias),
            kernel_shape=[side, side],
            strides=[where.get("stride", 1)] * 2,
            pads=[where.get("padding", 0)] * 4,
            dilations=[where.get("dilation", 1)] * 2,
        )

    def bottleneck(self, x: str, prefix: str, channels: tuple[int, int, int], stride: int, dilation: int) -> str:
        inputs, inner, outputs = channels
        kept = x if inputs == outputs else self.conv(x, f"{prefix}.shortcut", inputs, outputs, 1, stride=stride)
        narrow = self.node("Relu", self.conv(x, f"{prefix}.conv1", inputs, inner, 1, stride=stride))
        around = self.conv(narrow, f"{prefix}.conv2", inner, inner, 3, padding=dilation, dilation=dilation)
        wide = self.conv(self.node("Relu", around), f"{prefix}.conv3", inner, outputs, 1)
        return self.node("Relu", self.node("Add", wide, kept))

    def stage(self, x: str, prefix: str, channels: tuple[int, int, int], blocks: int, dilation: int) -> str:
        """Bottlenecks that keep the map's size."""
        inputs, inner, outputs = channels
        for block in range(blocks):
            x = self.bottleneck(x, f"{prefix}.{block}", (inputs, inner, outputs), 1, dilation)
            inputs = outputs
        return x

    def fully_connected(self, x: str, prefix: str, inputs: int, outputs: int) -> str:
        """`nn.Linear` in the checkpoint's layout."""
        weight = self.kernel(f"{prefix}.weight", [outputs, inputs])
        return self.node("Gemm", x, weight, self.vector(f"{prefix}.bias", outputs), transB=1)

    def numbers(self, name: str, values: list[float], dims: list[int]) -> str:
        """A float constant of any shape."""
        return self.constant(name, np.array(values, np.float32).reshape(dims))

    def moved(self, centre: str, size: str, shift: str, growth: str) -> tuple[str, str]:
        """Both ends of boxes along one axis: moved by `shift` sizes, and `growth` the bounded logarithm of the scale."""
        lowest, most = self.numbers("lowest", [LOWEST], []), self.numbers("largest log size", [LARGEST_LOG_SIZE], [])
        middle = self.node("Add", self.node("Mul", shift, size), centre)
        scaled = self.node("Mul", self.node("Exp", self.node("Clip", growth, lowest, most)), size)
        half = self.node("Mul", scaled, self.numbers("half", [0.5], []))
        return self.node("Sub", middle, half), self.node("Add", middle, half)

    def clipped(self, fraction: str) -> str:
        return self.node("Clip", fraction, self.numbers("zero", [0.0], []), self.numbers("one", [1.0], []))
