"""The first losses of a training, as any Python with `primer` finds them: prints tests/oracles/first_losses.json."""

import json

from primer.labs.training import Training
from primer.pictures import split

SPLIT, TRAINING = {"n_train": 1280, "n_test": 1, "seed": 5}, {"hidden": [32], "n_epochs": 4, "seed": 6}
training = Training(split(**SPLIT).train, **TRAINING)
print(json.dumps({"split": SPLIT, "training": TRAINING, "losses": [training.step() for _ in range(50)]}))
