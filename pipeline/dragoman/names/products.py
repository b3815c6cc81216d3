"""Matrix products by numpy's own library, which is twice as fast as thinc's where it runs on one thread.

On several threads it waits more than it works for matrices as small as ours, so it is used only where the
environment says one thread (OPENBLAS_NUM_THREADS or OMP_NUM_THREADS). The names found are the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy
from thinc.api import Model, NumpyOps

THREADS = ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS")


class OneThreadOps(NumpyOps):  # type: ignore[misc]
    """thinc's operations with numpy's matrix product."""

    def gemm(self, x: Any, y: Any, out: Any = None, trans1: bool = False, trans2: bool = False) -> Any:
        return numpy.matmul(x.T if trans1 else x, y.T if trans2 else y, out=out)


def quicken(model: Model[Any, Any], environment: Mapping[str, str]) -> None:
    """Let a loaded model use the faster product where the environment says one thread; not for training."""
    told = next((environment[name] for name in THREADS if environment.get(name)), None)
    if told == "1":
        ops = OneThreadOps()
        for node in model.walk():
            node.ops = ops
