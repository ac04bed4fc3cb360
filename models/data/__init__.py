"""Photos, scene graphs, names, questions: everything the models are taught with."""
