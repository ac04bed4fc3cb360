"""Trains the models of a pack: `python -m models.train detector --data ../shared/data`."""

import argparse
from importlib import import_module
from pathlib import Path

# Each module has add_arguments(parser) and run(arguments).
COMMANDS = {
    "detector": "models.detector.train_command",
    "lxmert": "models.lxmert.train_command",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", choices=COMMANDS)
    chosen, rest = parser.parse_known_args()
    command = import_module(COMMANDS[chosen.model])
    own = argparse.ArgumentParser(prog=f"train {chosen.model}", description=command.__doc__)
    own.add_argument("--data", type=Path, default=Path("../shared/data"))
    command.add_arguments(own)
    command.run(own.parse_args(rest))


if __name__ == "__main__":
    main()
