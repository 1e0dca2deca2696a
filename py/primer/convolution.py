r"""Convolution: a small window of weights that slides over a picture, and looks for the same thing everywhere.

Pictures run through these layers as (height, width, n_channels, n_pictures). With the pictures last, what is cut out
of them lies in long rows in memory, which copy fast; with the places first, each has a small matrix product of its own,
which stays in the processor's cache: in the browser that takes a fourth of the time of one large product. A network
takes rows of pixels, as `inputs` makes them: `AsPictures` comes first, `AsRows` before what is dense.

What the field calls convolution does not turn the window around, as the mathematicians' does; see Goodfellow, Bengio
and Courville, *Deep Learning* (2016), section 9.1.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from primer.arrays import Floats, as_floats
from primer.layers import he_weights


def slide(picture: ArrayLike, kernel: ArrayLike) -> Floats:
    r"""Slide a window of weights over a picture: at each place, multiply number by number and add up.

    .. math:: y_{r,c} = \sum_{i,j} x_{r+i,\,c+j} \, k_{i,j}

    Parameters
    ----------
    picture : array_like, shape (height, width)
    kernel : array_like, shape (k_height, k_width)
        The weights; not larger than the picture.

    Returns
    -------
    ndarray, shape (height - k_height + 1, width - k_width + 1)
        A sum for each place where the window fits.

    Raises
    ------
    ValueError
        If one of them has not two dimensions, or the kernel does not fit into the picture.

    Examples
    --------
    >>> slide([[0, 0, 9], [0, 0, 9]], [[-1, 1]])
    array([[0., 9.],
           [0., 9.]])
    """
    x, weights = as_floats(picture, "picture"), as_floats(kernel, "kernel")
    if x.ndim != 2 or weights.ndim != 2 or not weights.size or (np.array(weights.shape) > x.shape).any():
        raise ValueError(
            "picture must have shape (height, width), and kernel two dimensions that are not larger, "
            f"got {x.shape} and {weights.shape}"
        )
    windows = np.lib.stride_tricks.sliding_window_view(x, weights.shape)  # (rows, columns, k_height, k_width)
    sums: Floats = np.einsum("rcij,ij->rc", windows, weights)
    return sums


def first_kernels(n_in: int, n_out: int, size: int, rng: np.random.Generator) -> Floats:
    """Draw first weights of a `Convolution` before a `ReLU`: as `he_weights` does for as many inputs as a window has.

    Parameters
    ----------
    n_in, n_out : int
        Channels that come in, and windows that slide.
    size : int
        Pixels across a window.
    rng : numpy.random.Generator

    Returns
    -------
    ndarray of float64, shape (n_out, n_in, size, size)

    Examples
    --------
    >>> first_kernels(1, 8, 5, np.random.default_rng(0)).shape
    (8, 1, 5, 5)
    """
    return np.ascontiguousarray(he_weights(n_in * size * size, n_out, rng).T).reshape(n_out, n_in, size, size)


class AsPictures:
    """Rows of pixels become pictures of one channel: (n_pictures, height * width) to (height, width, 1, n_pictures).

    Parameters
    ----------
    height, width : int

    Raises
    ------
    ValueError
        If they are not whole numbers of 1 or above.

    Examples
    --------
    >>> AsPictures(20, 20).forward(np.zeros((64, 400))).shape
    (20, 20, 1, 64)
    """

    def __init__(self, height: int, width: int) -> None:
        if any(side != int(side) or side < 1 for side in (height, width)):
            raise ValueError(f"height and width must be whole numbers of 1 or above, got {height} and {width}")
        self.height, self.width = int(height), int(width)

    def forward(self, inputs: Floats) -> Floats:
        """Cut each row into the rows of its picture."""
        if inputs.ndim != 2 or inputs.shape[1] != self.height * self.width:
            raise ValueError(
                f"inputs must have shape (n_pictures, {self.height * self.width}), a row for each picture of "
                f"{self.height} by {self.width} pixels, got {inputs.shape}; for one picture, give X[i : i + 1]"
            )
        return np.ascontiguousarray(inputs.T).reshape(self.height, self.width, 1, len(inputs))

    def backward(self, d_outputs: Floats) -> Floats:
        """Put the slopes into rows again."""
        return d_outputs.reshape(self.height * self.width, -1).T


class AsRows:
    """Pictures become rows, for `Dense` neurons to look at: (…, n_pictures) to (n_pictures, n_numbers).

    Examples
    --------
    >>> AsRows().forward(np.zeros((8, 8, 8, 64))).shape
    (64, 512)
    """

    def forward(self, inputs: Floats) -> Floats:
        """Lay all numbers of a picture side by side."""
        self.shape = inputs.shape
        return np.ascontiguousarray(inputs.reshape(-1, inputs.shape[-1]).T)

    def backward(self, d_outputs: Floats) -> Floats:
        """Put the slopes where the numbers were."""
        return np.ascontiguousarray(d_outputs.T).reshape(self.shape)


class Convolution:
    r"""Windows of weights that slide over pictures: each makes a picture of where it found what it looks for.

    .. math:: y_{o,r,c} = b_o + \sum_{m,i,j} w_{o,m,i,j} \, x_{m,\,r+i,\,c+j}

    What each window sees is copied out, so that the sums are matrix products: Chellapilla, Puri and Simard, *High
    performance convolutional neural networks for document processing* (2006), section 2.1.

    Parameters
    ----------
    weights : array_like, shape (n_out, n_in, size, size)
        A window for each channel that goes out, over all channels that come in.
    bias : array_like, shape (n_out,)

    Attributes
    ----------
    d_weights, d_bias : ndarray
        The slopes of the loss, after `backward`; before, zeros.

    Raises
    ------
    ValueError
        If the shapes disagree.

    Examples
    --------
    >>> edges = Convolution([[[[-1.0, 1.0], [-1.0, 1.0]]]], [0.0])
    >>> picture = AsPictures(2, 3).forward(np.array([[0.0, 0.0, 9.0, 0.0, 0.0, 9.0]]))
    >>> edges.forward(picture)[:, :, 0, 0]
    array([[ 0., 18.]])
    """

    def __init__(self, weights: ArrayLike, bias: ArrayLike) -> None:
        self.weights, self.bias = as_floats(weights, "weights"), as_floats(bias, "bias")
        shape = self.weights.shape
        if len(shape) != 4 or shape[2] != shape[3] or not self.weights.size or self.bias.shape != shape[:1]:
            raise ValueError(
                "weights must have shape (n_out, n_in, size, size) and bias (n_out,), "
                f"got {shape} and {self.bias.shape}; give each square window a bias"
            )
        self.d_weights, self.d_bias = np.zeros_like(self.weights), np.zeros_like(self.bias)

    def forward(self, inputs: Floats) -> Floats:
        """Slide; (height, width, n_in, n) becomes (height - size + 1, width - size + 1, n_out, n)."""
        _, n_in, size, _ = self.weights.shape
        if inputs.ndim != 4 or inputs.shape[2] != n_in or min(inputs.shape[:2]) < size:
            raise ValueError(
                f"inputs must have shape (height, width, {n_in}, n_pictures), with {size} pixels or more each way, "
                f"got {inputs.shape}; AsPictures makes pictures of rows"
            )
        self.shape = inputs.shape
        height, width, n = inputs.shape[0] - size + 1, inputs.shape[1] - size + 1, inputs.shape[3]
        seen = np.empty((height, width, size, size, n_in, n), inputs.dtype)
        for i in range(size):
            for j in range(size):
                seen[:, :, i, j] = inputs[i : i + height, j : j + width]
        self.seen: Floats = seen.reshape(height, width, size * size * n_in, n)  # at each place, what the window sees
        outputs: Floats = self._matrix() @ self.seen  # (height, width, n_out, n)
        outputs += self.bias[:, None]
        return outputs

    def backward(self, d_outputs: Floats) -> Floats:
        """Set `d_weights` and `d_bias`, and return the slope of the inputs."""
        self.backward_to_parameters(d_outputs)
        _, n_in, size, _ = self.weights.shape
        height, width, _, n = d_outputs.shape
        d_seen = (self._matrix().T @ d_outputs).reshape(height, width, size, size, n_in, n)
        d_inputs = np.zeros(self.shape, d_seen.dtype)
        for i in range(size):
            for j in range(size):
                d_inputs[i : i + height, j : j + width] += d_seen[:, :, i, j]  # a pixel is seen through many windows
        return d_inputs

    def backward_to_parameters(self, d_outputs: Floats) -> None:
        """Set `d_weights` and `d_bias` alone: the first layer of a network has nobody to tell more."""
        n_out, n_in, size, _ = self.weights.shape
        d_matrix = (d_outputs @ self.seen.swapaxes(2, 3)).sum(axis=(0, 1))  # (n_out, size * size * n_in)
        self.d_weights = np.ascontiguousarray(d_matrix.reshape(n_out, size, size, n_in).transpose(0, 3, 1, 2))
        self.d_bias = d_outputs.sum(axis=(0, 1, 3))

    def _matrix(self) -> Floats:
        """The weights with a row for each window, in the order in which a window sees: (n_out, size * size * n_in)."""
        return np.ascontiguousarray(self.weights.transpose(0, 2, 3, 1)).reshape(len(self.weights), -1)


class MaxPool:
    """Of each small square keep the largest number: what was found counts, and no longer exactly where.

    What does not fill a square at the right and at the bottom is left out. Of equal numbers the first one, row by row,
    gets the slope.

    Parameters
    ----------
    size : int
        Pixels across a square.

    Raises
    ------
    ValueError
        If it is not a whole number of 1 or above.

    Examples
    --------
    >>> MaxPool(2).forward(np.arange(16.0).reshape(4, 4, 1, 1))[:, :, 0, 0]
    array([[ 5.,  7.],
           [13., 15.]])
    """

    def __init__(self, size: int) -> None:
        if size != int(size) or size < 1:
            raise ValueError(f"size must be a whole number of 1 or above, got {size}; try 2")
        self.size = int(size)

    def forward(self, inputs: Floats) -> Floats:
        """Shrink; (height, width, n_channels, n) becomes (height // size, width // size, n_channels, n)."""
        if inputs.ndim != 4 or min(inputs.shape[:2]) < self.size:
            raise ValueError(
                f"inputs must have shape (height, width, n_channels, n_pictures), with {self.size} pixels or more "
                f"each way, got {inputs.shape}; AsPictures makes pictures of rows"
            )
        self.inputs = inputs
        first, *others = self._corners(inputs)
        largest = first.copy()
        for one in others:
            np.maximum(largest, one, out=largest)
        self.outputs: Floats = largest
        return largest

    def backward(self, d_outputs: Floats) -> Floats:
        """Pass the error on to the one that was largest."""
        d_inputs = np.zeros(self.inputs.shape, d_outputs.dtype)
        is_open = np.ones(d_outputs.shape, bool)  # squares whose largest is still to be found
        for d_one, one in zip(self._corners(d_inputs), self._corners(self.inputs), strict=True):
            is_largest = (one == self.outputs) & is_open
            np.multiply(d_outputs, is_largest, out=d_one)
            is_open &= ~is_largest
        return d_inputs

    def _corners(self, pictures: Floats) -> list[Floats]:
        """The same corner of every square, for each corner in turn: views."""
        size, (height, width) = self.size, pictures.shape[:2]
        whole = pictures[: height - height % size, : width - width % size]
        return [whole[i::size, j::size] for i in range(size) for j in range(size)]
