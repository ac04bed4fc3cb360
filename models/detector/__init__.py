"""A compact two-stage detector on top of NanoDet-Plus."""

from models.detector.backbone import FEATURE_MAPS, DetectorBackbone
from models.detector.build import EVERYDAY, TINY, DetectorShape, build_detector
from models.detector.roi_head import RoiHead

__all__ = [
    "EVERYDAY",
    "FEATURE_MAPS",
    "TINY",
    "DetectorBackbone",
    "DetectorShape",
    "RoiHead",
    "build_detector",
]
