"""Several training processes that move as one: `torchrun --nproc-per-node N -m models.train lxmert ...`.

Every process draws its own examples of the kind all draw, and they average their gradients before each step, so all
hold the same weights. Without torchrun there is one process and nothing to exchange.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

import torch
from torch import Tensor, distributed


@dataclass(frozen=True)
class Ranks:
    rank: int = 0
    world: int = 1

    @property
    def first(self) -> bool:
        """The one that prints and saves."""
        return self.rank == 0

    def exchange(self, parameters: Sequence[Tensor], numbers: Sequence[float]) -> list[float]:
        """Replaces the gradients of `parameters` by their mean over the processes; returns the sums of `numbers`.

        A parameter has a gradient in all processes or in none.
        """
        if self.world == 1:
            return list(numbers)
        gradients = [parameter.grad for parameter in parameters if parameter.grad is not None]
        sizes = [gradient.numel() for gradient in gradients]
        parts = [gradient.flatten().float() / self.world for gradient in gradients]
        buffer = torch.cat([*parts, torch.tensor(numbers, dtype=torch.float32, device=parts[0].device)])
        distributed.all_reduce(buffer)
        for gradient, mean in zip(gradients, buffer[: sum(sizes)].split(sizes), strict=True):
            gradient.copy_(mean.view_as(gradient))
        return buffer[sum(sizes) :].tolist()


def join_ranks() -> Ranks:
    """Of torchrun's processes when it started this one."""
    if "RANK" not in os.environ:
        return Ranks()
    if torch.cuda.is_available():
        torch.cuda.set_device(int(os.environ["LOCAL_RANK"]))
    distributed.init_process_group("cpu:gloo,cuda:nccl" if torch.cuda.is_available() else "gloo")
    return Ranks(distributed.get_rank(), distributed.get_world_size())


@contextmanager
def trained_together(threads: int, seed: int) -> Iterator[Ranks]:
    """Joins the processes for a training whose first weights are drawn alike in all, and leaves them at its end."""
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    try:
        ranks = join_ranks()
        yield ranks
        if ranks.world > 1:
            # Nobody takes connections down while another process may still use them.
            distributed.barrier()
    finally:
        if distributed.is_initialized():
            distributed.destroy_process_group()
