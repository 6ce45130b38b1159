"""Reads one line of text: the input of the recogniser, and the text from its output."""
import numpy as np
from PIL import Image

HEIGHT = 48
# The network was trained on lines padded to this width; narrower ones are padded too.
PADDED_WIDTH = 320
# Longer lines, of some 130 characters, are squeezed.
WIDEST = 3200
# The class that stands for no character.
BLANK = 0


def tensor(line):
    """The network's input `[1, 3, 48, W]`: float32, channels blue, green, red, values in -1...1."""
    width = min(max(1, round(line.width * HEIGHT / line.height)), WIDEST)
    resized = line.resize((width, HEIGHT), Image.Resampling.BILINEAR)
    values = (np.asarray(resized, dtype=np.float32) / 255 - 0.5) / 0.5
    planes = values[:, :, ::-1].transpose(2, 0, 1)
    padding = max(0, PADDED_WIDTH - width)
    return np.ascontiguousarray(np.pad(planes, ((0, 0), (0, 0), (0, padding)))[None])


def decode(probabilities, alphabet):
    """The text in `[steps, classes]` probabilities, and the mean probability of its characters.

    Greedy decoding for connectionist temporal classification: class 0 is the blank, class k is
    `alphabet[k - 1]`, and repetitions without a blank between them are one character. Spaces at
    either end, which stand for the paper's margins, are left out. An empty text has confidence 0.
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
