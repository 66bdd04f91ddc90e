"""The environment of a fork server, set before it imports anything."""

from __future__ import annotations

import os

# They say how many threads numerical libraries start. Kernels keep these variables.
THREADS = (
    "OMP_NUM_THREADS",
    "OPENBLAS_NUM_THREADS",
    "MKL_NUM_THREADS",
    "TF_NUM_INTEROP_THREADS",
    "TF_NUM_INTRAOP_THREADS",
)


def fork_environment(threads: int = 1) -> dict[str, str]:
    """Return the environment that is set before anything is imported.

    Libraries that start their threads when they are imported may start one thread only,
    because only a process with a single thread is safe to fork. TensorFlow starts its
    threads later, in each fork.

    Parameters
    ----------
    threads
        How many threads TensorFlow may use in each fork.
    """
    passed_on = ("LANG", "HOME", "SSL_CERT_FILE")
    return {
        **{name: os.environ[name] for name in passed_on if name in os.environ},
        **dict.fromkeys(THREADS, "1"),
        "TF_NUM_INTRAOP_THREADS": str(threads),
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "TF_CPP_MIN_LOG_LEVEL": "3",
        "CUDA_VISIBLE_DEVICES": "-1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }


__all__ = ["THREADS", "fork_environment"]
