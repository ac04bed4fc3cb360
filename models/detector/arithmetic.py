"""The fastest arithmetic in which a head can be trained on this processor."""

from contextlib import AbstractContextManager, nullcontext

import torch


def has_fast_bfloat16() -> bool:
    """Without instructions of its own for it, a processor takes 50 times as long in bfloat16 as in single precision."""
    return torch.backends.cpu.get_cpu_capability() == "AVX512" and torch.cpu._is_avx512_bf16_supported()


def fast_arithmetic() -> AbstractContextManager:
    """Autocast to bfloat16 where that is faster; otherwise nothing."""
    return torch.autocast("cpu", torch.bfloat16) if has_fast_bfloat16() else nullcontext()
