"""Measures a trained model: `python -m models.evaluate detector --data ../shared/data`."""

from models.subcommand import run_subcommand

COMMANDS = {
    "answerability": "models.answerability.evaluate_command",
    "detector": "models.detector.evaluate_command",
    "lxmert": "models.lxmert.evaluate_command",
    "pretraining": "models.lxmert.evaluate_pretraining",
    "everyday": "models.baselines.everyday_command",
    "errors": "models.baselines.errors_command",
    "curve": "models.baselines.curve_command",
}

if __name__ == "__main__":
    run_subcommand("evaluate", COMMANDS, __doc__)
