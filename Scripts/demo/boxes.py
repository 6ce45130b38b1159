"""Rectangles in any direction, around lines of text."""
from dataclasses import dataclass

import cv2
import numpy as np
from PIL import Image

# From this ratio of height to width a text is taken to run downwards.
UPRIGHT = 1.5


@dataclass(frozen=True, eq=False)
class Box:
    """A rectangle: `length` along the unit vector `direction`, `height` across."""

    centre: np.ndarray
    direction: np.ndarray
    length: float
    height: float

    @classmethod
    def around(cls, points):
        """The smallest box around `[n, 2]` points; its text runs to the right or, if high, down."""
        centre, (length, height), angle = cv2.minAreaRect(points.astype(np.float32))
        direction = np.array([np.cos(np.radians(angle)), np.sin(np.radians(angle))])
        if abs(direction[0]) < abs(direction[1]):
            direction, length, height = across(direction), height, length
        if direction[0] < 0:
            direction = -direction
        if height >= UPRIGHT * length:
            direction, length, height = across(direction), height, length
        return cls(np.array(centre), direction, length, height)

    def grown(self, distance):
        """The box whose sides are this much further out."""
        length, height = self.length + 2 * distance, self.height + 2 * distance
        return Box(self.centre, self.direction, length, height)

    def corners(self):
        """The corners `[4, 2]`, clockwise from where the text begins above."""
        along = self.direction * self.length / 2
        down = across(self.direction) * self.height / 2
        return self.centre + np.array([-along - down, along - down, along + down, down - along])

    def cut(self, picture):
        """What the box shows of the picture, with the text running to the right."""
        upper_left, upper_right, lower_right, lower_left = self.corners()
        size = (max(1, round(self.length)), max(1, round(self.height)))
        quad = np.concatenate([upper_left, lower_left, lower_right, upper_right])
        return picture.transform(size, Image.Transform.QUAD, quad, Image.Resampling.BICUBIC)


def across(direction):
    """The direction a quarter turn clockwise."""
    return np.array([-direction[1], direction[0]])


def in_reading_order(boxes):
    """The boxes row by row, each row from left to right.

    Rows run in the boxes' usual direction. A row's boxes have their centres less than half a
    height below that of its first box.
    """
    if not boxes:
        return []
    usual = np.median([box.direction for box in boxes], axis=0)
    rows = []
    for box in sorted(boxes, key=lambda box: box.centre @ across(usual)):
        first = rows[-1][0] if rows else None
        if first and (box.centre - first.centre) @ across(usual) < first.height / 2:
            rows[-1].append(box)
        else:
            rows.append([box])
    return [box for row in rows for box in sorted(row, key=lambda box: box.centre @ usual)]
