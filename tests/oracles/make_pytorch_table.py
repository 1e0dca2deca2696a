"""Write pytorch.json: what PyTorch says about the same expressions, losses and networks as our tests.

`make oracles` runs this in a Python of its own. The table is committed, so that tests need no PyTorch.
An expression is Python in which `m` is the module of functions: torch here, numpy in the tests.
"""

import itertools
import json
from pathlib import Path

import numpy as np
import torch

TABLE = Path(__file__).with_name("pytorch.json")
EXPRESSIONS = [
    "(a + b).sum()", "(a - row).sum()", "(a * b - b * 2.0 + 1.0).mean()", "(a / (b * b + 1.0)).sum()",
    "(1.0 / (a * a + 2.0)).mean()", "(3.0 - a).sum() * 2.0", "(a ** 3).sum()", "((a * a + 0.5) ** b).sum()",
    "(2.0 ** a).sum()", "(a @ c).sum()", "(row @ c @ c.T).sum()", "(a @ row).sum()", "(row @ row) * (row @ row)",
    "(stack @ c).mean()", "(stack @ c * column).sum()", "m.exp(a).sum()", "m.log(m.exp(a) + 1.0).sum()",
    "m.log(m.exp(a).sum(axis=1)).mean()", "m.tanh(a @ c).sum()", "(m.tanh(a) * a).mean(axis=0).sum()",
    "a.sigmoid().sum()", "(a @ c).relu().sum()", "m.maximum(a, b).sum()", "m.where(a > 0, a * a, b).sum()",
    "m.sqrt(a * a + 1.0).sum()", "m.square(a - row).mean()", "abs(a * b).sum()", "(-a * +b).sum()",
    "m.amax(a, axis=1).sum()", "m.amax(a * b)", "m.amax(stack, axis=(0, 2)).sum()", "a[0].sum() * a[1, 2]",
    "(a[:, 1:] * a[:, :-1]).sum()", "(a[[0, 2, 0]] * b).sum()", "(a.T @ b).sum()", "(a.reshape(4, 3) @ b).sum()",
    "(column * row + a).mean()", "(a.mean(axis=1, keepdims=True) * b).sum()", "(a.sum(axis=0) * row).sum()",
    "-(m.log(m.exp(a) / m.exp(a).sum()) * b).sum()", "((a * a) * (a * a) + a * a).sum()",
]  # fmt: skip


def main() -> None:
    """Compute everything and write it."""
    torch.set_default_dtype(torch.float64)
    torch.set_num_threads(1)
    rng = np.random.default_rng(20261123)
    table = {
        "made by": [f"tests/oracles/make_pytorch_table.py with PyTorch {torch.__version__.partition('+')[0]}"],
        "expressions": [expression(source, rng) for source in EXPRESSIONS],
        "losses": losses(rng),
        "networks": [network(activation, rng) for activation in ("relu", "tanh", "sigmoid")],
        "convolutions": [convolution(*shape, rng) for shape in ((1, 2, 3, 0), (3, 4, 2, 2), (2, 3, 3, 3))],
        "descents": [descent(name, rng) for name in ("SGD", "Adam")],
    }
    parts = [f'"{name}": [\n' + ",\n".join(map(json.dumps, rows)) + "\n]" for name, rows in table.items()]
    text = "{\n" + ",\n".join(parts) + "\n}\n"  # a line a case
    TABLE.write_text(text, encoding="utf-8")
    print(f"{TABLE.name}: {len(EXPRESSIONS)} expressions, {len(text) / 1000:.0f} kB")


def expression(source, rng):
    """Value and gradients of one expression at random inputs."""
    shapes = {"a": (3, 4), "b": (3, 4), "c": (4, 2), "row": (4,), "column": (3, 1), "stack": (2, 3, 4)}
    inputs = {name: numbers(shape, rng) for name, shape in shapes.items() if uses(source, name)}
    tensors = {name: torch.tensor(value, requires_grad=True) for name, value in inputs.items()}
    result = eval(source, {"m": torch}, tensors)
    result.backward()
    gradients = {name: tensor.grad.tolist() for name, tensor in tensors.items()}
    return {"source": source, "inputs": inputs, "value": result.item(), "gradients": gradients}


def uses(source, name):
    """Say whether the expression reads this name."""
    return name in compile(source, "expression", "eval").co_names


def losses(rng):
    """Cross-entropy of class numbers and of probabilities, and of yes and no."""
    logits = numbers((5, 3), rng, scale=20)
    soft = np.round(rng.dirichlet([1, 1, 1], 5), 3)
    soft[:, 2] = 1 - soft[:, 0] - soft[:, 1]
    functional = torch.nn.functional
    cases = {
        "cross_entropy": [([0, 2, 1, 1, 0], torch.int64), (np.clip(soft, 0, 1).tolist(), torch.float64)],
        "binary_cross_entropy": [((rng.random((5, 3)) < 0.5).astype(float).tolist(), torch.float64)],
    }
    names = {"cross_entropy": "cross_entropy", "binary_cross_entropy": "binary_cross_entropy_with_logits"}
    rows = []
    for ours, theirs in names.items():
        for labels, dtype in cases[ours]:
            scores = torch.tensor(logits, requires_grad=True)
            loss = getattr(functional, theirs)(scores, torch.tensor(labels, dtype=dtype))
            loss.backward()
            row = {"function": ours, "logits": logits, "labels": labels}
            rows.append({**row, "loss": loss.item(), "gradient": scores.grad.tolist()})
    return rows


def network(activation, rng):
    """A network of two hidden layers: loss, gradients, and the parameters after five steps with momentum."""
    sizes = [3, 5, 4, 3]
    inputs, labels = numbers((6, 3), rng), rng.integers(0, 3, 6).tolist()
    modules, dense = [], []
    for n_in, n_out in itertools.pairwise(sizes):
        if dense:
            modules.append({"relu": torch.nn.ReLU, "tanh": torch.nn.Tanh, "sigmoid": torch.nn.Sigmoid}[activation]())
        dense.append(torch.nn.Linear(n_in, n_out))
        modules.append(dense[-1])
        with torch.no_grad():
            dense[-1].weight.copy_(torch.tensor(numbers((n_in, n_out), rng)).T)  # theirs stand the other way around
            dense[-1].bias.copy_(torch.tensor(numbers((n_out,), rng)))
    model = torch.nn.Sequential(*modules)
    descent = torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9)
    case = {"sizes": sizes, "activation": activation, "X": inputs, "labels": labels, "start": parameters(dense)}
    X, truth = torch.tensor(inputs), torch.tensor(labels)
    case["logits"] = model(X).tolist()
    case["losses"] = []
    for step in range(5):
        descent.zero_grad()
        loss = torch.nn.functional.cross_entropy(model(X), truth)
        loss.backward()
        case["losses"].append(loss.item())
        if not step:
            case["gradients"] = parameters(dense, gradient=True)
        descent.step()
    case["end"] = parameters(dense)
    return case


def convolution(n_in, n_out, size, pool, rng):
    """Windows that slide over pictures, perhaps the largest of each square, and slopes back to all that went in."""
    case = {"inputs": numbers((2, n_in, 6, 7), rng), "weights": numbers((n_out, n_in, size, size), rng)}
    case["bias"] = numbers((n_out,), rng)
    tensors = {name: torch.tensor(value, requires_grad=True) for name, value in case.items()}
    functional = torch.nn.functional
    outputs = functional.conv2d(tensors["inputs"], tensors["weights"], tensors["bias"])
    if pool:
        outputs = functional.max_pool2d(outputs, pool)
    d_outputs = numbers(outputs.shape, rng)
    outputs.backward(torch.tensor(d_outputs))
    gradients = {name: tensor.grad.tolist() for name, tensor in tensors.items()}
    return {**case, "pool": pool, "outputs": outputs.tolist(), "d_outputs": d_outputs, "gradients": gradients}


def descent(name, rng):
    """The path of two parameters down a valley, steep across and flat along, by one of PyTorch's optimisers."""
    options = {"SGD": {"lr": 0.02, "momentum": 0.8}, "Adam": {"lr": 0.2, "betas": (0.8, 0.95), "eps": 1e-6}}[name]
    place = torch.tensor(numbers((2,), rng), requires_grad=True)
    optimiser = getattr(torch.optim, name)([place], **options)
    path = [place.tolist()]
    for _ in range(12):
        optimiser.zero_grad()
        (10 * place[0] ** 2 + place[1] ** 2 / 2).backward()
        optimiser.step()
        path.append(place.tolist())
    return {"optimiser": name, "options": options, "path": path}


def parameters(dense, gradient=False):
    """Weights and biases, or their gradients, under our names and in our shape."""
    named = {}
    for i, layer in enumerate(dense, 1):
        weight, bias = (layer.weight.grad, layer.bias.grad) if gradient else (layer.weight, layer.bias)
        named |= {f"weights_{i}": weight.T.tolist(), f"bias_{i}": bias.tolist()}
    return named


def numbers(shape, rng, scale=1.5):
    """Random numbers of few digits, none of them 0: short in the table, and away from kinks."""
    drawn = np.round(rng.normal(0, scale, shape), 3)
    return np.where(np.abs(drawn) < 0.01, 0.25, drawn).tolist()


if __name__ == "__main__":
    main()
