"""`python -m models.ablations run --data ../shared/data` trains what is missing, `… table` prints what is there."""

import argparse
from pathlib import Path

import torch

from models.ablations.conditions import CONDITIONS, OURS, PAPER, Budget, Condition
from models.ablations.probe import probe
from models.ablations.run_conditions import Outcome, Place, run_conditions
from models.ablations.small_world import make_world
from models.ablations.table import read_results, table_lines
from models.ablations.train_tiny import train_condition
from models.data.scenes import load_scenes

WORLD_SEED = 0


def main() -> None:
    parser = argparse.ArgumentParser(prog="ablations", description=__doc__)
    parser.add_argument("verb", choices=("run", "table"))
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--work", type=Path, default=Path("models/work/ablations"))
    parser.add_argument("--pretraining", type=int, default=8_000, help="samples of the first part")
    parser.add_argument("--fine-tuning", type=int, default=5_000, help="samples of the second part")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--threads", type=int, default=1)
    arguments = parser.parse_args()
    place = Place(arguments.work, Budget(arguments.pretraining, arguments.fine_tuning))
    if arguments.verb == "run":
        torch.set_num_threads(arguments.threads)
        training, validation = (load_scenes(arguments.data, validation=part) for part in (False, True))
        world = make_world(training, validation, WORLD_SEED)

        def train_and_measure(condition: Condition, budget: Budget, seed: int) -> Outcome:
            return probe(train_condition(world, condition, budget, seed), world, condition)

        for conditions in (PAPER, OURS):
            run_conditions(place, conditions, range(arguments.seeds), train_and_measure)
    print("\n".join(table_lines(read_results(place.folder), CONDITIONS)))


if __name__ == "__main__":
    main()
