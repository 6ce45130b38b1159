"""Greedy decoding of a network that was trained with connectionist temporal classification."""

BLANK = 0


def decode(probabilities, alphabet):
    """The text in `[steps, classes]` probabilities, and the mean probability of its characters.

    Class 0 is the blank, class k is `alphabet[k - 1]`. Repetitions without a blank between them
    are one character. Spaces at either end, which stand for the paper's margins, are left out.
    An empty text has confidence 0.
    """
    steps, classes = probabilities.shape
    if classes != len(alphabet) + 1:
        raise ValueError(f"{classes} classes, but an alphabet of {len(alphabet)} and the blank")
    best = probabilities.argmax(axis=1)
    kept = [
        step
        for step in range(steps)
        if best[step] != BLANK and (step == 0 or best[step] != best[step - 1])
    ]
    while kept and alphabet[best[kept[0]] - 1] == " ":
        kept.pop(0)
    while kept and alphabet[best[kept[-1]] - 1] == " ":
        kept.pop()
    text = "".join(alphabet[best[step] - 1] for step in kept)
    confidence = sum(float(probabilities[step, best[step]]) for step in kept) / max(1, len(kept))
    return text, confidence
