"""Trains the models of a pack: `python -m models.train detector --data ../shared/data`."""

from models.subcommand import run_subcommand

COMMANDS = {
    "answerability": "models.answerability.train_command",
    "average": "models.lxmert.average_command",
    "detector": "models.detector.train_command",
    "lxmert": "models.lxmert.train_command",
    "published": "models.lxmert.published_command",
    "scores": "models.detector.score_calibration",
}

if __name__ == "__main__":
    run_subcommand("train", COMMANDS, __doc__)
