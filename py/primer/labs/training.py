"""A training in small steps, that can be paused, shown and gone on with at any time; and how good the network is."""

from __future__ import annotations

import time
from typing import NamedTuple

import numpy as np
from numpy.typing import DTypeLike

from primer.arrays import Floats, Integers
from primer.data import KINDS
from primer.descent import GradientDescent
from primer.losses import loss_and_slope
from primer.metrics import accuracy, confusion_matrix, precision, recall
from primer.network import MLP, Network
from primer.pictures.camera import Pictures, inputs

SLICE = 0.03
"""Seconds of a slice: short enough for a picture of the training to move, and for Pause to be heard at once."""


class State(NamedTuple):
    """Where a training is: plain numbers.

    Attributes
    ----------
    step, n_steps : int
        Batches learned from, and how many there will be.
    epoch, n_epochs : int
        How often every picture has been seen, rounded down, and how often it will be.
    train_loss : float
        Mean over the last epoch's worth of steps, in nats; NaN before the first step.
    seconds, seconds_left : float
        Spent in steps so far, and the same pace for what is left; NaN before the first step.
    is_done : bool
        All steps have been taken.
    ran_away : bool
        The loss is no number any more: the learning rate was too large. No further step is taken.
    """

    step: int
    n_steps: int
    epoch: int
    n_epochs: int
    train_loss: float
    seconds: float
    seconds_left: float
    is_done: bool
    ran_away: bool


class Training:
    """Batches of pictures, each a step downhill; nothing happens between two calls.

    The learning rate falls evenly to 0 over all steps: first far, then fine. The order of the pictures follows from
    the seed and the number of the epoch alone, so a training can be gone on with from any step.

    Parameters
    ----------
    pictures : Pictures
        What to learn from, at least one.
    hidden : sequence of int
        Neurons of each hidden layer.
    activation : str
        As for `primer.MLP`.
    learning_rate, momentum : float
        As for `primer.GradientDescent`; the learning rate is the one of the first step.
    batch_size, n_epochs : int
        Pictures a step, and how often each picture is learned from.
    seed : int
        What first weights and order are drawn from.
    dtype : type
        ``np.float64`` gives the same loss in every Python, to 1e-9 over the first fifty steps, and is about as fast in
        the browser as ``np.float32``, which needs half the memory.

    Attributes
    ----------
    network : MLP
        Usable after any step.
    descent : GradientDescent
        Its learning rate is set before each step.
    losses : list of float
        The loss of each batch before its step, in nats.
    step_number : int
        Steps taken.

    Examples
    --------
    >>> from primer.pictures import split
    >>> training = Training(split(64, 16).train, hidden=[8], batch_size=32, n_epochs=2)
    >>> while not training.state.is_done:
    ...     training.run(seconds=0.03)
    >>> training.state.step, training.state.epoch
    (4, 2)
    """

    def __init__(
        self,
        pictures: Pictures,
        *,
        hidden: tuple[int, ...] | list[int] = (96,),
        activation: str = "relu",
        learning_rate: float = 0.03,
        momentum: float = 0.9,
        batch_size: int = 64,
        n_epochs: int = 12,
        seed: int = 0,
        dtype: DTypeLike = np.float64,
    ) -> None:
        for name, number in (("batch_size", batch_size), ("n_epochs", n_epochs)):
            if number != int(number) or number < 1:
                raise ValueError(f"{name} must be a whole number of 1 or above, got {number}")
        if not len(pictures.pixels):
            raise ValueError("a training needs at least one picture, got none; give split a larger n_train")
        self.X, self.labels = inputs(pictures.pixels, dtype), pictures.labels
        self.network = MLP([self.X.shape[1], *hidden, len(KINDS)], activation, seed=seed, dtype=dtype)
        self.descent = GradientDescent(learning_rate, momentum)
        self.learning_rate, self.seed = float(learning_rate), seed
        self.batch_size, self.n_epochs = int(batch_size), int(n_epochs)
        self.steps_per_epoch = -(-len(self.X) // self.batch_size)
        self.n_steps = self.n_epochs * self.steps_per_epoch
        self.step_number, self.seconds = 0, 0.0
        self.losses: list[float] = []
        self._order: Integers = np.empty(0, np.intp)
        self._order_of = -1  # the epoch it belongs to

    def step(self) -> float:
        """Learn from one batch; return its loss before, in nats.

        Raises
        ------
        StopIteration
            If all steps have been taken, or the loss ran away.
        """
        if self.is_over:
            raise StopIteration("the training is over; make a new one, with more epochs or another learning rate")
        started = time.perf_counter()
        epoch, number = divmod(self.step_number, self.steps_per_epoch)
        if self._order_of != epoch:
            self._order = np.random.default_rng([self.seed, epoch]).permutation(len(self.X))
            self._order_of = epoch
        chosen = self._order[number * self.batch_size : (number + 1) * self.batch_size]
        with np.errstate(all="ignore"):  # what runs away shows in the loss
            loss, gradients = self.network.loss_and_gradients(self.X[chosen], self.labels[chosen])
            if np.isfinite(loss):
                self.descent.learning_rate = self.learning_rate * (1 - self.step_number / self.n_steps)
                self.descent.step(self.network.parameters, gradients)
        self.losses.append(loss)
        self.step_number += 1
        self.seconds += time.perf_counter() - started
        return loss

    def run(self, seconds: float = SLICE) -> None:
        """Take steps until the time is over or the training is: at least one, unless it is over already.

        Parameters
        ----------
        seconds : float
            A slice. A step is not begun if the last one would not have fitted into what is left.
        """
        end = time.perf_counter() + seconds
        while not self.is_over:
            before = time.perf_counter()
            self.step()
            now = time.perf_counter()
            if now + (now - before) > end:
                return

    @property
    def is_over(self) -> bool:
        """Whether no further step will be taken."""
        return self.step_number >= self.n_steps or self.ran_away

    @property
    def ran_away(self) -> bool:
        """Whether the last loss was no number."""
        return bool(self.losses) and not np.isfinite(self.losses[-1])

    @property
    def state(self) -> State:
        """Where the training is."""
        recent = self.losses[-self.steps_per_epoch :]
        pace = self.seconds / len(self.losses) if self.losses else float("nan")
        return State(
            step=self.step_number,
            n_steps=self.n_steps,
            epoch=self.step_number // self.steps_per_epoch,
            n_epochs=self.n_epochs,
            train_loss=float(np.mean(recent)) if recent else float("nan"),
            seconds=self.seconds,
            seconds_left=pace * (self.n_steps - self.step_number),
            is_done=self.step_number >= self.n_steps,
            ran_away=self.ran_away,
        )

    def arrays(self) -> dict[str, Floats]:
        """Copies of all that a training is: the network's parameters, and the velocity of each by its name."""
        velocities = {f"velocity_{name}": value for name, value in self.descent.velocities.items()}
        return {name: value.copy() for name, value in {**self.network.parameters, **velocities}.items()}

    def go_on_from(self, arrays: dict[str, Floats], step: int) -> None:
        """Take up a training where it was left: the same pictures and settings give the same steps as without a break.

        Parameters
        ----------
        arrays : dict of str to ndarray
            As `arrays` gave them.
        step : int
            Steps taken then.

        Raises
        ------
        ValueError
            If the step or an array does not fit. Nothing is changed then.
        """
        if not 0 <= step <= self.n_steps:
            raise ValueError(f"step must lie in 0..{self.n_steps} for this training, got {step}")
        own = self.network.parameters
        velocities = {name.removeprefix("velocity_"): v for name, v in arrays.items() if name.startswith("velocity_")}
        for name, value in velocities.items():
            if name not in own or value.shape != own[name].shape:
                raise ValueError(
                    f"velocity_{name} of shape {value.shape} fits no parameter; this training has {list(own)}"
                )
        self.network.set_parameters({name: v for name, v in arrays.items() if not name.startswith("velocity_")})
        self.descent.velocities = {name: value.astype(own[name].dtype) for name, value in velocities.items()}
        self.step_number, self.losses, self.seconds = int(step), [], 0.0


class Report(NamedTuple):
    """How good a network is on some pictures: plain numbers and lists.

    Attributes
    ----------
    loss : float
        Mean cross-entropy in nats.
    accuracy : float
        Share that it names correctly.
    precision, recall : list of float
        Of each kind, in the order of `primer.KINDS`.
    confusion : list of list of int
        One row a true kind, one column a guessed one.
    """

    loss: float
    accuracy: float
    precision: list[float]
    recall: list[float]
    confusion: list[list[int]]


def examine(network: Network, pictures: Pictures) -> Report:
    """Test a network on pictures, without learning from them.

    Parameters
    ----------
    network : Network
        It takes pictures as `inputs` makes them: rows.
    pictures : Pictures
        At least one, of the size that the network takes.

    Returns
    -------
    Report

    Raises
    ------
    ValueError
        If there is no picture or the size does not fit.

    Examples
    --------
    >>> from primer.pictures import split
    >>> report = examine(MLP([400, 4]), split(0, 40).test)
    >>> 0 <= report.accuracy <= 1
    True
    """
    X = inputs(pictures.pixels, network.dtype)
    if not len(X):
        raise ValueError("to examine a network, give at least one picture, got none")
    with np.errstate(all="ignore"):
        logits = network.forward(X)  # (n_pictures, 4)
        loss, _ = loss_and_slope(logits, pictures.labels)
    guesses, kinds = logits.argmax(axis=1), range(len(KINDS))
    return Report(
        loss=loss,
        accuracy=accuracy(guesses, pictures.labels),
        precision=[precision(guesses, pictures.labels, positive=kind) for kind in kinds],
        recall=[recall(guesses, pictures.labels, positive=kind) for kind in kinds],
        confusion=confusion_matrix(guesses, pictures.labels, len(KINDS)).tolist(),
    )
