"""How much of every colour word a small patch of the photo shows.

Averaging pixels first and asking for the colour afterwards makes a striped red and
white shirt pink; here every small patch votes for colours before anything is averaged, so that
pooling over a region gives a histogram.
"""

import torch
import torch.nn.functional as F
from torch import Tensor, nn

from models.detector.preprocess import MEAN, STD

STRIDE = 4  # pixels are averaged over so many before they vote
COLOURS = 16
HIDDEN = 24
# RGB of what the channels stand for before training; a colour has a light and a dark side where people give it one name.
FIRST_COLOURS = (
    (245, 245, 245),  # white
    (15, 15, 15),  # black
    (128, 128, 128),  # gray
    (70, 70, 75),  # dark gray
    (195, 195, 195),  # light gray
    (200, 30, 35),  # red
    (240, 130, 30),  # orange
    (240, 215, 50),  # yellow
    (50, 110, 45),  # green
    (130, 175, 80),  # light green
    (40, 70, 140),  # blue
    (135, 185, 235),  # sky blue
    (110, 70, 40),  # brown
    (205, 170, 125),  # tan
    (235, 150, 180),  # pink
    (110, 50, 130),  # purple
)
SOFTNESS = 32.0  # RGB distance at which a vote has clearly faded


class ColourMap(nn.Module):
    """pixels as the detector takes them -> [rows,columns,COLOURS] shares at stride STRIDE."""

    def __init__(self) -> None:
        super().__init__()
        self.vote = nn.Sequential(nn.Conv2d(3, HIDDEN, 1), nn.ReLU(), nn.Conv2d(HIDDEN, COLOURS, 1))

    def patches(self, pixels: Tensor) -> Tensor:
        """[1,3,height,width] -> [1,3,rows,columns]."""
        return F.avg_pool2d(pixels, STRIDE)

    def shares(self, patches: Tensor) -> Tensor:
        """[1,3,rows,columns] -> [rows,columns,COLOURS] that sum to 1."""
        return self.vote(patches)[0].permute(1, 2, 0).softmax(dim=2)

    def forward(self, pixels: Tensor) -> Tensor:
        return self.shares(self.patches(pixels))


def teach_first_colours(colours: ColourMap, seed: int, steps: int = 600) -> None:
    """Regresses the votes to nearness to FIRST_COLOURS, in place; takes about a second."""
    generator = torch.Generator().manual_seed(seed)
    named = torch.tensor(FIRST_COLOURS, dtype=torch.float32)
    mean, deviation = torch.tensor(MEAN), torch.tensor(STD)
    optimiser = torch.optim.Adam(colours.parameters(), lr=1e-2)
    for _ in range(steps):
        rgb = 255.0 * torch.rand(512, 3, generator=generator)
        wanted = (-((rgb[:, None] - named).square().sum(2)) / (2 * SOFTNESS**2)).softmax(dim=1)
        patches = ((rgb.flip(1) - mean) / deviation).T[None, :, :, None]  # [1,3,512,1]
        voted = colours.vote(patches)[0, :, :, 0].T  # [512,COLOURS]
        optimiser.zero_grad()
        F.cross_entropy(voted, wanted).backward()
        optimiser.step()
