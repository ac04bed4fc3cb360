"""Both trunks in onnxruntime, which computes them in less than half of PyTorch's time: for caches, which need no gradient."""

import logging
import warnings
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import onnxruntime
import torch
from torch import Tensor, nn

from models.detector.backbone import DetectorBackbone
from models.detector.preprocess import HEIGHT, WIDTH


class EverythingCached(nn.Module):
    """pixels -> the levels, boxes and scores of the dense head, averaged pixels, what the ImageNet classifier reads."""

    def __init__(self, backbone: DetectorBackbone) -> None:
        super().__init__()
        self.backbone = backbone

    def forward(self, pixels: Tensor) -> tuple[Tensor, ...]:
        trunks = self.backbone.trunks(pixels)
        boxes, scores = self.backbone.dense_predictions(trunks.dense, pixels)
        return (*trunks.levels, boxes, scores, self.backbone.colours.patches(pixels), trunks.imagenet)


class TrunkSession:
    """Of one backbone as it is now, at the size that photos are trained at."""

    def __init__(self, backbone: DetectorBackbone, threads: int) -> None:
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        logging.getLogger("torch.onnx").setLevel(logging.ERROR)
        with TemporaryDirectory() as folder, warnings.catch_warnings():
            warnings.simplefilter("ignore")
            file = Path(folder) / "trunks.onnx"
            pixels = torch.zeros(1, 3, HEIGHT, WIDTH)
            torch.onnx.export(EverythingCached(backbone).eval(), (pixels,), file, dynamo=True, verbose=False)
            self.session = onnxruntime.InferenceSession(file, options)
        self.input = self.session.get_inputs()[0].name

    def __call__(self, pixels: np.ndarray) -> list[np.ndarray]:
        """pixels [1,3,HEIGHT,WIDTH] -> in the order of EverythingCached."""
        return self.session.run(None, {self.input: pixels})
