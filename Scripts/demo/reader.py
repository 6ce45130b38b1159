"""Reads a picture: from the text detector's boxes to the text recogniser's lines."""
from dataclasses import dataclass

from demo import detection, models, recognition
from demo.boxes import Box, in_reading_order
from demo.network import Network

LEAST_CONFIDENCE = 0.5


@dataclass(frozen=True, eq=False)
class Line:
    """A line of text and where it stands in the picture."""

    box: Box
    text: str
    confidence: float


def read(picture, cache):
    """The lines in reading order, and the two networks by name."""
    values = detection.tensor(picture)
    detector = Network(models.fetch(models.DETECTOR, cache), values.shape)
    boxes = detection.find_boxes(detector.run(values)[0, 0], picture.size)

    path = models.fetch(models.RECOGNISER, cache)
    alphabet = models.alphabet(path)
    # Lines differ in width: one compiled program takes them all.
    recogniser = Network(path, (1, 3, recognition.HEIGHT, recognition.WIDEST))
    lines = []
    for box in in_reading_order(boxes):
        output = recogniser.run(recognition.tensor(box.cut(picture)))
        line = Line(box, *recognition.decode(output[0], alphabet))
        if line.confidence >= LEAST_CONFIDENCE:
            lines.append(line)
    return lines, {"detector": detector, "recogniser": recogniser}
