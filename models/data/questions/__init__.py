"""Questions and answers made from scenes: many kinds, many wordings, no answer given away by the question."""

from models.data.questions.question import EVERYDAY_KINDS, Question
from models.data.questions.sampler import candidates, generate_questions

__all__ = ["EVERYDAY_KINDS", "Question", "candidates", "generate_questions"]
