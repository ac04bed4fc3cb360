"""Measures a trained model: `python -m models.evaluate detector --data ../shared/data`."""

import argparse
from importlib import import_module
from pathlib import Path

# Each module has add_arguments(parser) and run(arguments).
COMMANDS = {
    "detector": "models.detector.evaluate_command",
    "lxmert": "models.lxmert.evaluate_command",
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("model", choices=COMMANDS)
    chosen, rest = parser.parse_known_args()
    command = import_module(COMMANDS[chosen.model])
    own = argparse.ArgumentParser(prog=f"evaluate {chosen.model}", description=command.__doc__)
    own.add_argument("--data", type=Path, default=Path("../shared/data"))
    command.add_arguments(own)
    command.run(own.parse_args(rest))


if __name__ == "__main__":
    main()
