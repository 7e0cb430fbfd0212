"""The demonstration: the register of the Conference of the Lakes, which is invented.

Its papers are data (``papers/*.toml`` and ``annexes``), each sentence in six languages; what is
made of them is made by the acts of every day, at instants that the data name.
"""

from verbale_portal.demo.loading import (
    Loaded,
    demo_home,
    is_demo,
    load_demo,
    start_loading,
)

__all__ = ["Loaded", "demo_home", "is_demo", "load_demo", "start_loading"]
