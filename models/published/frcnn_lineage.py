"""The three ways in which the same weights have been run; LXMERT was trained on regions of the first.

They differ in how large the picture is made and in how the regions are chosen. What a region's features are is the
same in all three: the pooled last stage over the proposal, before its box is refined. `src/core/lineage.ts` has the same
table, and the golden cases of every lineage hold the two to each other.
"""

from dataclasses import dataclass

MEAN = (102.9801, 115.9465, 122.7717)  # blue, green, red, 0..255


@dataclass(frozen=True)
class Lineage:
    name: str
    short_side: int  # pixels; the picture is scaled until its short side has so many,
    long_side: int  # or its long side so many, whichever comes first
    min_side: int  # pixels of the source picture that a proposal's sides must have
    region_ious: tuple[float, ...]  # tried in turn until enough regions are left
    per_class: bool  # whether regions suppress each other within each class, or whatever they are
    refined: bool  # whether a region's box is the refined one or the proposal
    candidates: int = 6000  # best proposals that enter suppression
    proposals: int = 300
    proposal_iou: float = 0.7
    regions: int = 36


CAFFE = Lineage("caffe", 600, 1000, 16, (0.3,), per_class=True, refined=False)
DETECTRON2 = Lineage("detectron2", 800, 1333, 0, (0.5, 0.6, 0.7, 0.8, 0.9), per_class=False, refined=True)
HUGGING_FACE = Lineage("hugging-face", 800, 1333, 0, (0.5, 0.6, 0.7), per_class=False, refined=True)
LINEAGES = {lineage.name: lineage for lineage in (CAFFE, DETECTRON2, HUGGING_FACE)}


def input_size(height: int, width: int, short_side: int, long_side: int) -> tuple[int, int]:
    """Height and width of the network's input; the longer limit wins."""
    scale = short_side / min(height, width)
    if max(height, width) * scale > long_side:
        scale = long_side / max(height, width)
    return int(height * scale + 0.5), int(width * scale + 0.5)
