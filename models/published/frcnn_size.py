"""How large the Visual Genome Faster R-CNN is: the published one, and a small one of the same layout for tests."""

from dataclasses import dataclass

STRIDE = 16  # of the res4 map, in pixels of the network's input


@dataclass(frozen=True)
class FrcnnSize:
    """Widths and depths; the defaults are those of `unc-nlp/frcnn-vg-finetuned`."""

    stem: int = 64
    inner: int = 64  # channels inside a bottleneck of res2; each later stage has twice as many
    outer: int = 256  # channels that leave res2; each later stage has twice as many
    blocks: tuple[int, int, int, int] = (3, 4, 23, 3)  # bottlenecks of res2, res3, res4, res5
    # How many bottlenecks lie before each border between the backbone's graphs. A border comes after the first block of a
    # stage, whose map is half as large as the one before, and the graphs take about the same time.
    borders: tuple[int, ...] = (4, 8, 13, 18, 22, 26)
    proposal_hidden: int = 512
    anchor_sizes: tuple[int, ...] = (64, 128, 256, 512)  # square root of the area, in pixels
    anchor_ratios: tuple[float, ...] = (0.5, 1.0, 2.0)  # height over width
    objects: int = 1600
    attributes: int = 400
    class_embedding: int = 256
    attribute_hidden: int = 512
    bins: int = 14  # a region is pooled to bins x bins cells

    @property
    def map_channels(self) -> int:
        """Channels of res4, which proposals and regions read."""
        return 4 * self.outer

    @property
    def feature(self) -> int:
        """Numbers that describe a region: channels of res5."""
        return 8 * self.outer

    @property
    def anchors(self) -> int:
        return len(self.anchor_sizes) * len(self.anchor_ratios)


PUBLISHED = FrcnnSize()
SMALL = FrcnnSize(
    stem=8,
    inner=4,
    outer=8,
    blocks=(1, 2, 2, 2),
    borders=(2, 4),
    proposal_hidden=12,
    anchor_sizes=(16, 32, 64, 96),
    objects=11,
    attributes=7,
    class_embedding=5,
    attribute_hidden=9,
    bins=6,
)
