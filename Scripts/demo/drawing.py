"""Draws a page and a line of text as a camera might give them, and boxes into a picture."""
from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

from demo.errors import DemoError

PAPER = (243, 239, 228)
INK = (38, 42, 58)
DESK = (94, 72, 54)
MARK = (220, 30, 60)

PAGE_SIZE = (640, 480)
PAPER_SIZE = (560, 420)


@dataclass(frozen=True)
class Printed:
    """A text on the paper: where it starts on its baseline, the font's name and height."""

    text: str
    origin: tuple
    font: str
    size: int


PAGE = [
    Printed("Harbour Light Books", (40, 70), "DejaVuSerif-Bold", 40),
    Printed("12 Quay Street in Aberdeen", (42, 106), "DejaVuSans", 19),
    Printed("The Old Man and the Sea", (40, 172), "DejaVuSerif", 25),
    Printed("9.99", (440, 172), "DejaVuSerif", 25),
    Printed("Treasure Island", (40, 220), "DejaVuSerif", 25),
    Printed("14.50", (440, 220), "DejaVuSerif", 25),
    Printed("Total in pounds", (40, 276), "DejaVuSans-Bold", 30),
    Printed("24.49", (424, 276), "DejaVuSans-Bold", 30),
    Printed("Paid on 17 April 2026 at 10:36", (40, 336), "DejaVuSansMono", 20),
    Printed("Thank you, come again!", (40, 386), "DejaVuSerif", 23),
]
# Where the paper's corners lie in the picture, clockwise from the upper left.
CORNERS = [(48, 20), (608, 44), (586, 462), (26, 434)]


def draw_page(seed=0):
    """A photograph of `PAGE` on a paper that lies askew on a desk.

    The same seed gives the same picture.
    """
    finer = 2  # so that the transform doesn't blur the paper
    paper = Image.new("RGB", tuple(finer * side for side in PAPER_SIZE), PAPER)
    for printed in PAGE:
        origin = tuple(finer * coordinate for coordinate in printed.origin)
        font = load_font(printed.font, finer * printed.size)
        ImageDraw.Draw(paper).text(origin, printed.text, fill=INK, font=font, anchor="ls")
    coefficients = perspective(CORNERS, paper.size)
    options = (PAGE_SIZE, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC)
    covered = Image.new("L", paper.size, 255).transform(*options)
    desk = Image.new("RGB", PAGE_SIZE, DESK)
    picture = Image.composite(paper.transform(*options), desk, covered)
    return photograph(picture, np.random.default_rng(seed), darkest=0.75)


def load_font(name, size):
    """One of Debian's DejaVu fonts."""
    try:
        return ImageFont.truetype(f"{name}.ttf", size)
    except OSError:
        raise DemoError(f"no font {name}: install Debian's fonts-dejavu-core") from None


def perspective(corners, size):
    """Pillow's coefficients that bring a picture of this size to these corners, clockwise."""
    width, height = size
    rows, values = [], []
    for (x, y), (u, v) in zip(corners, [(0, 0), (width, 0), (width, height), (0, height)]):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
        values += [u, v]
    return np.linalg.solve(np.array(rows, dtype=float), values)


def draw_line(text, seed=0, font_size=44):
    """A picture of `text` alone: off-white paper, tilted a little.

    The same text and seed give the same picture.
    """
    font = ImageFont.load_default(font_size)
    left, top, right, bottom = font.getbbox(text)
    margin = font_size // 5
    size = (int(right - left) + 2 * margin, int(bottom - top) + 2 * margin)
    picture = Image.new("RGB", size, PAPER)
    ImageDraw.Draw(picture).text((margin - left, margin - top), text, fill=INK, font=font)

    random = np.random.default_rng(seed)
    # A long line tilted by a whole degree would leave its own picture.
    tilt = random.choice([-1, 1]) * min(0.8, 8 * font_size / size[0])
    picture = picture.rotate(tilt, resample=Image.Resampling.BICUBIC, fillcolor=PAPER)
    return photograph(picture, random, darkest=0.93)


def photograph(picture, random, darkest):
    """The picture blurred, darker towards the right, and with a sensor's noise."""
    pixels = np.asarray(picture.filter(ImageFilter.GaussianBlur(0.7)), dtype=np.float32)
    light = np.linspace(1, darkest, picture.width, dtype=np.float32)[None, :, None]
    noise = random.normal(0, 5, pixels.shape).astype(np.float32)
    return Image.fromarray(np.clip(pixels * light + noise, 0, 255).astype(np.uint8))


def draw_boxes(picture, boxes):
    """A copy of the picture with the outlines of the boxes, numbered from 1."""
    marked = picture.copy()
    draw = ImageDraw.Draw(marked)
    font = ImageFont.load_default(16)
    for number, box in enumerate(boxes, start=1):
        corners = box.corners()
        draw.polygon(corners.flatten().tolist(), outline=MARK, width=2)
        # Left of the first letter, where no other box of the row is.
        draw.text((corners[0] + corners[3]) / 2 - [4, 0], str(number), MARK, font, anchor="rm")
    return marked
