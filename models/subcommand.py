"""One entry script for several models: `train detector`, `train lxmert`."""

import argparse
import sys
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path


def run_subcommand(verb: str, modules: Mapping[str, str], description: str | None) -> None:
    """Runs the module of the model that the command line names.

    Each module has `add_arguments(parser)` and `run(arguments)`; `--data` is common to all. A module is imported
    only when chosen, so that measuring one model does not load the libraries of another.
    """
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("model", choices=modules)
    # The rest belongs to the model's own parser, `--help` included.
    chosen = parser.parse_args(sys.argv[1:2])
    command = import_module(modules[chosen.model])
    own = argparse.ArgumentParser(prog=f"{verb} {chosen.model}", description=command.__doc__)
    own.add_argument("--data", type=Path, default=Path("../shared/data"))
    command.add_arguments(own)
    command.run(own.parse_args(sys.argv[2:]))
