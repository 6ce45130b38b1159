"""Finds lines of text: the input of the detector, a DBNet, and boxes from its output."""
import math

import cv2
import numpy as np
from PIL import Image

from demo.boxes import Box

STRIDE = 32
# Larger pictures are made smaller, to be read in a bearable time.
MOST_PIXELS = 960 * 960
# ImageNet's statistics of red, green and blue; the network was trained with them in this order on
# blue, green and red.
MEAN = np.array([0.485, 0.456, 0.406], dtype=np.float32)
DEVIATION = np.array([0.229, 0.224, 0.225], dtype=np.float32)

TEXT_PROBABILITY = 0.3
LEAST_SCORE = 0.6
SHORTEST_SIDE = 3
# The network marks the core of a line. Grown by less, boxes cut accents and the ends of words.
UNCLIP_RATIO = 2.0


def tensor(picture):
    """The network's input `[1, 3, H, W]`: float32, normalised, H and W multiples of 32."""
    scale = min(1, math.sqrt(MOST_PIXELS / (picture.width * picture.height)))
    size = [max(1, round(side * scale / STRIDE)) * STRIDE for side in picture.size]
    pixels = np.asarray(picture.resize(size, Image.Resampling.BILINEAR), dtype=np.float32) / 255
    values = (pixels[:, :, ::-1] - MEAN) / DEVIATION
    return np.ascontiguousarray(values.transpose(2, 0, 1)[None])


def find_boxes(probabilities, size):
    """Boxes in a picture of this size, from the probability `[height, width]` of text."""
    mask = (probabilities > TEXT_PROBABILITY).astype(np.uint8)
    contours, _ = cv2.findContours(mask, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    scale = np.array(size) / probabilities.shape[::-1]
    boxes = []
    for contour in contours:
        box = Box.around((contour[:, 0] + 0.5) * scale)
        if min(box.length, box.height) < SHORTEST_SIDE:
            continue
        if score(probabilities, contour) < LEAST_SCORE:
            continue
        area, perimeter = box.length * box.height, 2 * (box.length + box.height)
        boxes.append(box.grown(UNCLIP_RATIO * area / perimeter))
    return boxes


def score(probabilities, contour):
    """The mean probability inside a contour."""
    x, y, width, height = cv2.boundingRect(contour)
    inside = np.zeros((height, width), dtype=np.uint8)
    cv2.drawContours(inside, [contour], 0, 1, cv2.FILLED, offset=(-x, -y))
    return float(probabilities[y : y + height, x : x + width][inside == 1].mean())
