"""What the lab of the stream asks for: a training in slices, pictures that come past, and one picture seen closely.

Every function takes the lab's `session`, a dictionary that lives from call to call, and returns plain numbers, texts,
lists and bytes. A report's ``"keep"`` is all that a fresh Python needs to go on: it comes back as ``session["kept"]``.
"""

from __future__ import annotations

import time
from base64 import b64decode, b64encode
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from primer.data import KINDS
from primer.labs.fields import LAB, choice, form, number, whole
from primer.labs.model_file import ModelFileError, Notes, model_bytes, model_from
from primer.labs.training import Report, Training, examine
from primer.metrics import precision, recall
from primer.network import MLP
from primer.pictures.breeds import BREEDS
from primer.pictures.camera import SIZE, Camera, Split, inputs, kinds_of, split
from primer.pictures.images import signed
from primer.pictures.looking import looked_at, looks_for, loudest
from primer.probabilities import log_softmax, softmax

Session = dict[str, Any]
Told = dict[str, Any]

DOG = KINDS.index("dog")
N_TRAIN, N_TEST = 8000, 1000
KEEP_EVERY = 2.0
"""Seconds of training between two states that are kept, at most; one is kept after each epoch, too."""
MOST_NEURONS = 32
"""First-layer neurons that are shown, the ones with the largest weights."""


@dataclass(frozen=True)
class Settings:
    """What a reader sets before a training: see `primer.labs.training.Training`."""

    seed: int = whole(0, "Seed", 0, 999_999)
    hidden: int = whole(96, "Hidden neurons", 4, 192, 4)
    activation: str = choice("relu", "Activation", ("relu", "tanh", "sigmoid"))
    learning_rate: float = number(0.03, "Learning rate", 0, 100)
    batch_size: int = whole(64, "Batch size", 1, 1000, hint="pictures")
    epochs: int = whole(12, "Epochs", 1, 60)


class Opening:
    """What the lab begins with, as a page shows it before Python is there: an output that the lab reads."""

    def __repr__(self) -> str:
        settings = Settings()
        return f"The lab begins with {settings.hidden} hidden neurons, to be trained for {settings.epochs} epochs."

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, Any]:
        return {LAB: {"fields": form(Settings)}, "text/plain": repr(self)}


class Work:
    """A training with its pictures: what a session holds."""

    def __init__(self, settings: Settings, network: MLP | None = None) -> None:
        self.settings = settings
        self.pictures: Split = split(N_TRAIN, N_TEST, seed=settings.seed)
        hidden, activation = [settings.hidden], settings.activation
        if network is not None:
            hidden, activation = list(network.sizes[1:-1]), network.activation
        self.training = Training(
            self.pictures.train,
            hidden=hidden,
            activation=activation,
            learning_rate=settings.learning_rate,
            batch_size=settings.batch_size,
            n_epochs=settings.epochs,
            seed=settings.seed,
        )
        self.told = 0  # losses of which the page knows
        self.kept_at, self.kept_epoch = time.perf_counter(), 0

    @property
    def network(self) -> MLP:
        """The network as it is now."""
        return self.training.network

    def notes(self) -> Notes:
        """What a file says of the training, so that it can be gone on with."""
        return {**asdict(self.settings), "step": self.training.step_number}

    def file(self, dtype: str = "<f8") -> bytes:
        """The network and what its training needs to go on."""
        return model_bytes(
            self.network, picture_size=SIZE, arrays=self.training.arrays(), notes=self.notes(), dtype=dtype
        )

    def report(self, *, keep: bool = False) -> Told:
        """Where the training is, and the losses since the last report."""
        training, state = self.training, self.training.state
        losses = training.losses[self.told :]
        self.told = len(training.losses)
        told: Told = {**state._asdict(), "steps_per_epoch": training.steps_per_epoch, "losses": losses}
        is_due = keep or state.epoch != self.kept_epoch or time.perf_counter() - self.kept_at > KEEP_EVERY
        if is_due and not state.ran_away:
            self.kept_at, self.kept_epoch = time.perf_counter(), state.epoch
            told["keep"] = {"settings": asdict(self.settings), "file": b64encode(self.file()).decode()}
        return told


def _work(session: Session) -> Work:
    """The work that a session holds, or, in a fresh Python, that which was kept."""
    if "work" not in session:
        kept = session.get("kept")
        if not kept:
            raise LookupError("no training has begun: press Train")
        _take(session, b64decode(kept["file"]))
    work: Work = session["work"]
    return work


def begin(session: Session, **settings: Any) -> Told:
    """Photograph everything and draw the first weights, by `Settings`.

    Raises
    ------
    ValueError
        If a setting is out of range.
    """
    session["work"] = work = Work(Settings(**settings))
    return work.report(keep=True)


def go_on(session: Session) -> Told:
    """Take up what was kept, and say where it is."""
    return _work(session).report(keep=True)


def train(session: Session, milliseconds: float = 30.0) -> Told:
    """Take steps for a slice of time: one at least, unless the training is over."""
    work = _work(session)
    work.training.run(milliseconds / 1000)
    return work.report()


def step(session: Session) -> Told:
    """Take one step, unless the training is over."""
    work = _work(session)
    if not work.training.is_over:
        work.training.step()
    return work.report(keep=True)


def exam(session: Session) -> Told:
    """Test the network as it is on pictures it has learned from, on new ones, and on new breeds."""
    work = _work(session)
    _, met, new_pictures, new_breeds = work.pictures
    parts = {"met": met, "test": new_pictures, "new_breeds": new_breeds}
    return {name: _plain(examine(work.network, part)) for name, part in parts.items()}


def _plain(report: Report) -> Told:
    return report._asdict()


def watch(session: Session, number: int, n_pictures: int = 16, new_share: float = 0.25) -> list[Told]:
    """Photograph what comes past next, and tag it.

    Parameters
    ----------
    session : dict
    number : int
        The stretch of the stream: the same one shows the same pictures.
    n_pictures : int
        Its length.
    new_share : float
        Share of the pictures that show breeds which were kept from training.

    Returns
    -------
    list of dict
        Of each picture its pixels, what it shows, and what the network says.
    """
    work = _work(session)
    rng = np.random.default_rng([work.settings.seed, 3, number])
    kinds = rng.integers(len(KINDS), size=n_pictures)
    is_new = rng.random(n_pictures) < new_share
    groups = {
        (kind, new): [i for i, breed in enumerate(BREEDS) if breed.kind == name and breed.is_new == new]
        for kind, name in enumerate(KINDS)
        for new in (False, True)
    }
    breeds = np.array([rng.choice(groups[int(kind), bool(new)]) for kind, new in zip(kinds, is_new, strict=True)])
    pixels = Camera().take(breeds, rng)
    logits = work.network.forward(inputs(pixels))  # (n_pictures, 4)
    probs, logs = softmax(logits), log_softmax(logits)
    labels = kinds_of(breeds)
    return [
        {
            "pixels": pixels[i].tobytes(),
            "kind": KINDS[labels[i]],
            "breed": BREEDS[breeds[i]].name,
            "is_new": BREEDS[breeds[i]].is_new,
            "probabilities": probs[i],
            "loss": -logs[i, labels[i]],
        }
        for i in range(n_pictures)
    ]


def judge(session: Session, threshold: float, scores: Sequence[float], kinds: Sequence[str]) -> Told:
    """Say how good an album would be that takes every picture whose P(dog) is above a threshold.

    Parameters
    ----------
    session : dict
        Not used: the pictures are those that have come past.
    threshold : float
    scores : sequence of float
        P(dog) of each picture.
    kinds : sequence of str
        What each truly shows.
    """
    saved = (np.asarray(scores) > threshold).astype(int)
    dogs = (np.asarray(kinds) == "dog").astype(int)
    return {
        "precision": precision(saved, dogs, positive=1),
        "recall": recall(saved, dogs, positive=1),
        "saved_dogs": int((saved & dogs).sum()),
        "saved_others": int((saved & ~dogs & 1).sum()),
        "missed_dogs": int((~saved & dogs & 1).sum()),
    }


def look(session: Session, pixels: str, kind: str = "") -> Told:
    """Say of one picture how the answer comes about, down to the logits.

    Parameters
    ----------
    session : dict
    pixels : str
        Its bytes in base64, row by row.
    kind : str
        What it truly shows; empty where nobody knows.
    """
    network = _work(session).network
    picture = np.frombuffer(b64decode(pixels), np.uint8)
    if picture.size != SIZE * SIZE:
        raise ValueError(f"a picture has {SIZE * SIZE} pixels, got {picture.size}")
    picture = picture.reshape(SIZE, SIZE)
    logits = network.forward(inputs(picture)[None])[0]  # (4,)
    shifted = np.exp(logits - logits.max())
    guess = int(logits.argmax())
    told: Told = {
        "kinds": KINDS,
        "logits": logits,
        "shifted": logits - logits.max(),
        "exponentials": shifted,
        "total": shifted.sum(),
        "probabilities": softmax(logits),
        "guess": KINDS[guess],
        "spoke_for": _colours(looked_at(network, picture, guess)),
    }
    if kind:
        told["kind"] = kind
        told["loss"] = -log_softmax(logits)[KINDS.index(kind)]
        told["spoke_for_truth"] = _colours(looked_at(network, picture, KINDS.index(kind)))
    return told


def inside(session: Session) -> Told:
    """What the neurons of the first layer look for, the loudest first, and for which kind each speaks."""
    network = _work(session).network
    pictures, order = looks_for(network), loudest(network, MOST_NEURONS)
    return {
        "size": SIZE,
        "neurons": [
            {"number": j + 1, "picture": _colours(pictures[j]), "says": _says(network.dense[1].weights[j], network)}
            for j in order
        ],
    }


def _says(weights: Any, network: MLP) -> str:
    """The kind that an outgoing weight pushes most, where the next layer is the last."""
    return KINDS[int(np.argmax(weights))] if len(network.dense) == 2 else ""


def _colours(values: Any) -> bytes:
    return signed(values).tobytes()


def save(session: Session) -> bytes:
    """The network as a file: see `primer.labs.model_file`."""
    return _work(session).file()


def load(session: Session, file: str) -> Told:
    """Take a network out of a file (its bytes in base64) in place of the one there is, and say where its training is.

    Raises
    ------
    ModelFileError
        If the file is damaged, of another program, or for other pictures. The network there is stays.
    """
    _take(session, b64decode(file))
    return _work(session).report(keep=True)


def _take(session: Session, content: bytes) -> None:
    model = model_from(content)
    if model.picture_size != SIZE or model.classes != KINDS:
        raise ModelFileError(
            f"this network is for pictures of {model.picture_size} pixels and the classes {', '.join(model.classes)}; "
            f"this page has {SIZE} pixels and {', '.join(KINDS)}"
        )
    if len(model.network.sizes) < 3:
        raise ModelFileError("this network has no hidden layer; this page shows one that has")
    settings, step = _settings(model.notes)
    work = Work(settings, model.network)
    training = work.training
    is_whole = any(name.startswith("velocity_") for name in model.arrays) or step == 0
    training.go_on_from(model.arrays, step if is_whole and 0 <= step <= training.n_steps else training.n_steps)
    session["work"] = work


def _settings(notes: Notes) -> tuple[Settings, int]:
    """The settings that a file names, as far as they make sense, and the step."""
    found: dict[str, Any] = asdict(Settings())
    for name, default in asdict(Settings()).items():
        value = notes.get(name)
        is_fit = isinstance(value, str) or (isinstance(value, int | float) and 0 <= value <= 1e6)
        if type(value) is type(default) and is_fit:
            found[name] = value
    found["batch_size"], found["epochs"] = max(1, found["batch_size"]), min(max(1, found["epochs"]), 200)
    step = notes.get("step")
    return Settings(**found), step if isinstance(step, int) else -1
