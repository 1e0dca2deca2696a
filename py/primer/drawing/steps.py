"""The steps of one training step, in the order in which they are looked at."""

from __future__ import annotations

from typing import NamedTuple

from primer.words import say


class Step(NamedTuple):
    """One step of the way: what happens, in short and in a sentence, which code does it, and which numbers it makes."""

    heading: str
    sentence: str
    code: str
    makes: tuple[str, ...]
    along: tuple[int, ...] = ()
    """The edges that its numbers run along: 1 to the neurons, 2 to the classes, 3 to the loss; below 0, back up."""

    @property
    def title(self) -> str:
        """Its heading, in the page's language."""
        return say(self.heading)

    @property
    def says(self) -> str:
        """Its sentence, in the page's language."""
        return say(self.sentence)


STEPS = (
    Step("The picture comes in", "Two measures and the weights are all that the network has.", "inputs =", ("inputs",)),
    Step(
        "Forward: weigh and add",
        "Each neuron multiplies each input by the weight between them, adds up and adds its bias.",
        "sums = inputs",
        ("sums",),
        (1,),
    ),
    Step("Forward: squash", "tanh squashes each sum to between −1 and 1.", "hidden = np", ("hidden",)),
    Step(
        "Forward: weigh and add again",
        "The animals do with the neurons what the neurons did with the inputs: three scores.",
        "logits = hidden",
        ("logits",),
        (2,),
    ),
    Step("Forward: softmax", "Scores become probabilities that sum to 1.", "exponentials", ("probs",)),
    Step("How wrong: the loss", "Minus the logarithm of what the right animal got.", "loss = -", ("loss",), (3,)),
    Step(
        "Delta: the way back begins",
        "What was said minus what was true: how the loss moves with each score.",
        "d_logits =",
        ("d_logits",),
        (-3,),
    ),
    Step(
        "Back: slopes of the later weights",
        "The slope of a weight is what came in above times the delta below; a bias has 1 coming in.",
        "d_weights_2, d_bias_2 =",
        ("d_weights_2", "d_bias_2"),
        (-2,),
    ),
    Step(
        "Back: through the same weights",
        "Each neuron collects the deltas of all animals, each times the weight between them.",
        "d_hidden =",
        ("d_hidden",),
        (-2,),
    ),
    Step(
        "Back: through the squashing",
        "Times the slope of tanh, which is 1 minus its output squared.",
        "d_sums =",
        ("d_sums",),
    ),
    Step(
        "Back: slopes of the first weights",
        "Again what came in above times the slope below.",
        "d_weights_1, d_bias_1 =",
        ("d_weights_1", "d_bias_1"),
        (-1,),
    ),
    Step(
        "Update: a step downhill",
        "Every weight and bias moves against its slope, by the learning rate times that slope.",
        "after = [",
        ("new_weights_1", "new_bias_1", "new_weights_2", "new_bias_2"),
    ),
    Step("Look again", "Forward once more, with the new weights.", "loss_after =", ("loss_after",), (1, 2, 3)),
)
"""The steps of the chapter on back-propagation, and the code by which each is found in its cell.

No code begins or ends with a space, since the page takes such spaces away.
"""


def step_number(step: int) -> Step:
    """Return the step of that number, from 1."""
    if not 1 <= step <= len(STEPS):
        raise ValueError(f"step must lie in 1..{len(STEPS)}, got {step}")
    return STEPS[int(step) - 1]


def flows(step: int) -> list[int]:
    """Give what has run along the edges up to a step, in its order: `Step.along` of each."""
    return [way for one in STEPS[:step] for way in one.along]
