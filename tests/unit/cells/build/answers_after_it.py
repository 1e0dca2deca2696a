"""As `answers_in_chapters`, of the two pages after the last chapter."""

IMPORT = "import numpy as np\n\n"
FOURS = "rows, columns = sums.shape\nreturn sums.reshape(rows // 2, 2, columns // 2, 2)"
WHOLE = "\nreturn kept / kept.sum()"

ANSWERS = {
    ("today", "dots"): (
        "{}",
        [
            "dots = [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]",
            "dots = ((-1, -1, -1), (-1, 8, -1), (-1, -1, -1))",
            "dots = np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]])",
            "dots = np.array([[-1.0, -1, -1], [-1, 8, -1], [-1, -1, -1]], dtype=np.float32)",
            "dots = -np.ones((3, 3))\ndots[1, 1] = 8",
            "dots = 9 * np.eye(9)[4].reshape(3, 3) - 1",
            "dots = np.full((3, 3), -1)\ndots[1, 1] += 9",
            "dots = [[0, -2, 0], [-2, 8, -2], [0, -2, 0]]",
            "dots = [[-2, 0, -2], [0, 8, 0], [-2, 0, -2]]",
            "dots = [[8 if i == j == 1 else -1 for j in range(3)] for i in range(3)]",
            "dots = np.outer([0, 1, 0], [0, 9, 0]) - 1",
            "dots = [[-8, 0, 0], [0, 8, 0], [0, 0, 0]]",
        ],
        {
            "dots = ...": "nothing is there yet",
            "dots = None": "None",
            "dots = 8": "the shape (3, 3); yours has ()",
            "dots = [-1, 8, -1]": "the shape (3, 3); yours has (3,)",
            "dots = [[-1, 8, -1]] * 3": "sum to 18",
            "dots = [[1, 1, 1], [1, 8, 1], [1, 1, 1]]": "Which sign must the others have?",
            "dots = [[-1, -1, -1], [-1, 9, -1], [-1, -1, -1]]": "should be 8; yours is 9",
            "dots = [[0, 0, 0], [0, 8, 0], [0, 0, 0]]": "Yours sum to 8",
            "dots = [[1, 1, 1], [1, -8, 1], [1, 1, 1]]": "should be 8; yours is -8",
            "dots = [[0, -1, 0], [-1, 8, -1], [0, -1, 0]]": "Yours sum to 4",
            "dots = np.array([[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]]) / 8": "should be 8; yours is 1",
            "dots = np.zeros((3, 3))": "should be 8; yours is 0",
            "dots = [[-1, -1, -1], [-1, np.nan, -1], [-1, -1, -1]]": "nan",
            "dots = [[-1] * 5] * 5": "the shape (3, 3); yours has (5, 5)",
            "dots = 'dots'": "text",
        },
    ),
    ("today", "pool"): (
        IMPORT + "def pooled(sums):\n    {}",
        [
            "return np.maximum(np.maximum(sums[::2, ::2], sums[::2, 1::2]), "
            "np.maximum(sums[1::2, ::2], sums[1::2, 1::2]))",
            FOURS + ".max(axis=(1, 3))",
            "rows = np.maximum(sums[::2], sums[1::2])\nreturn np.maximum(rows[:, ::2], rows[:, 1::2])",
            "return [[max(sums[i, j], sums[i, j + 1], sums[i + 1, j], sums[i + 1, j + 1]) "
            "for j in range(0, sums.shape[1], 2)] for i in range(0, sums.shape[0], 2)]",
            "return [[sums[i : i + 2, j : j + 2].max() for j in range(0, len(sums[0]), 2)] "
            "for i in range(0, len(sums), 2)]",
            "found = np.zeros((len(sums) // 2, len(sums[0]) // 2))\nfor i in range(len(found)):\n"
            "    for j in range(len(found[0])):\n"
            "        found[i, j] = sums[2 * i : 2 * i + 2, 2 * j : 2 * j + 2].max()\nreturn found",
            "return np.max([sums[i::2, j::2] for i in (0, 1) for j in (0, 1)], axis=0)",
            "return np.stack([sums[::2, ::2], sums[::2, 1::2], sums[1::2, ::2], sums[1::2, 1::2]]).max(axis=0)",
            "from primer import MaxPool\nreturn MaxPool(2).forward(sums[:, :, None, None])[:, :, 0, 0]",
            "windows = np.lib.stride_tricks.sliding_window_view(sums, (2, 2))[::2, ::2]\n"
            "return windows.max(axis=(2, 3))",
            "return np.maximum.reduce([sums[::2, ::2], sums[::2, 1::2], sums[1::2, ::2], sums[1::2, 1::2]])"
            ".astype(np.float32)",
            "return tuple(tuple(sums[i : i + 2, j : j + 2].max() for j in range(0, len(sums[0]), 2)) "
            "for i in range(0, len(sums), 2))",
        ],
        {
            "return ...": "still returns the dots",
            "sums.max()": "is there a return?",
            "return sums.max()": "the shape (2, 2); yours has ()",
            "return sums[::2, ::2]": "upper left one",
            "return np.maximum(sums[::2], sums[1::2])": "the shape (2, 2); yours has (2, 4)",
            "return np.maximum(sums[:, ::2], sums[:, 1::2])": "the shape (2, 2); yours has (4, 2)",
            FOURS + ".mean(axis=(1, 3))": "mean",
            FOURS + ".sum(axis=(1, 3))": "adds each",
            FOURS + ".min(axis=(1, 3))": "smallest",
            "return np.max([0 * sums[::2, ::2]] + [sums[i::2, j::2] for i in (0, 1) for j in (0, 1)], axis=0)": "ReLU",
            "return np.array([[5, -1], [0, 9]])": "yours has (2, 2)",
            "return np.maximum(sums[::2, ::2], sums[1::2, 1::2])": "the largest is 5; yours is 2",
            "return np.maximum(sums[::2, ::2], sums[::2, 1::2])[:, ::-1]": "the largest is 5",
            "return sums.reshape(2, 2, 2, 2).max(axis=(1, 3))": "cannot reshape",
            "return 'largest'": "text",
        },
    ),
    ("next-word", "few-words"): (
        IMPORT + "def likeliest(probs, n_kept):\n    {}",
        [
            "kept = np.where(probs >= np.sort(probs)[-n_kept], probs, 0)" + WHOLE,
            "kept = np.zeros_like(probs)\nbest = np.argsort(-probs)[:n_kept]\nkept[best] = probs[best]\n"
            "return kept / kept.sum()",
            "probs[np.argsort(probs)[: len(probs) - n_kept]] = 0\nreturn probs / probs.sum()",
            "least = sorted(probs)[-n_kept]\nkept = [p if p >= least else 0 for p in probs]\n"
            "return [p / sum(kept) for p in kept]",
            "least = sorted(probs, reverse=True)[n_kept - 1]\nkept = probs * (probs >= least)" + WHOLE,
            "rank = np.argsort(np.argsort(-probs))\nkept = np.where(rank < n_kept, probs, 0.0)" + WHOLE,
            "scores = np.log(probs)\nscores[np.argsort(scores)[: len(probs) - n_kept]] = -np.inf\n"
            "from primer import softmax\nreturn softmax(scores)",
            "least = np.partition(probs, -n_kept)[-n_kept]\nkept = np.where(probs < least, 0, probs)\n"
            "return (kept / kept.sum()).astype(np.float64)",
            "kept, left = np.zeros(len(probs)), probs.copy()\nfor _ in range(n_kept):\n    k = left.argmax()\n"
            "    kept[k], left[k] = probs[k], -1" + WHOLE,
            "kept = np.where(np.isin(probs, np.sort(probs)[-n_kept:]), probs, 0)\nreturn kept / np.sum(kept)",
            "best = np.argsort(probs)[::-1][:n_kept]\nreturn np.array([probs[k] / probs[best].sum() "
            "if k in best else 0 for k in range(len(probs))])",
        ],
        {
            "return ...": "still returns the dots",
            "np.sort(probs)": "is there a return?",
            "return probs": "Nothing has changed",
            "return np.where(probs >= np.sort(probs)[-n_kept], probs, 0)": "they sum to 0.65",
            "return probs >= np.sort(probs)[-n_kept]": "which are kept",
            "kept = (probs >= np.sort(probs)[-n_kept]) / n_kept\nreturn kept": "not in their proportion",
            "kept = np.where(probs <= np.sort(probs)[n_kept - 1], probs, 0)" + WHOLE: "smallest two",
            "kept = np.where(np.arange(5) < n_kept, probs, 0)" + WHOLE: "first two",
            "kept = np.sort(probs)[-n_kept:]" + WHOLE: "the shape (5,); yours has (2,)",
            "kept = np.sort(probs)[::-1] * (np.arange(5) < n_kept)" + WHOLE: "in their places",
            "kept = np.where(probs >= 0.25, probs, 0)" + WHOLE: "the number that is handed in",
            "kept = np.where(probs > np.sort(probs)[-n_kept], probs, 0)" + WHOLE: "each divided by",
            "shares = np.exp(probs * (probs >= np.sort(probs)[-n_kept]))\nreturn shares / shares.sum()": "others 0",
            "return probs[:n_kept]": "yours has (2,)",
            "return probs.max()": "the shape (5,); yours has ()",
            "return 'is'": "text",
        },
    ),
}
