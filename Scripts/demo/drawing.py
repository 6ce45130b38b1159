"""Draws a page and a line of text as a camera or scanner might give them, and boxes into a picture."""
import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

PAPER = (243, 239, 228)
INK = (38, 42, 58)
DESK = (94, 72, 54)
MARK = (220, 30, 60)

# Of each text: the left edge and the baseline on the paper, Debian's font for it, and its height.
PAGE_SIZE = (640, 480)
PAPER_SIZE = (560, 420)
PAGE = [
    (40, 70, "DejaVuSerif-Bold", 40, "Harbour Light Books"),
    (42, 106, "DejaVuSans", 19, "12 Quay Street, Aberdeen"),
    (40, 172, "DejaVuSerif", 25, "The Old Man and the Sea"),
    (440, 172, "DejaVuSerif", 25, "9.99"),
    (40, 220, "DejaVuSerif", 25, "Treasure Island"),
    (440, 220, "DejaVuSerif", 25, "14.50"),
    (40, 276, "DejaVuSans-Bold", 30, "Total in pounds"),
    (424, 276, "DejaVuSans-Bold", 30, "24.49"),
    (40, 336, "DejaVuSansMono", 20, "Card ending 4821, 17 April 2026"),
    (40, 386, "DejaVuSerif", 23, "Thank you, come again!"),
]
# Where the paper's corners lie in the picture, clockwise from the upper left.
CORNERS = [(48, 20), (608, 44), (586, 462), (26, 434)]


def draw_page(seed=0):
    """A photograph of the texts of `PAGE`, in that order, on a paper that lies askew on a desk.

    The same seed gives the same picture.
    """
    scale = 2  # drawn larger than it is shown, as bending it makes it coarser
    paper = Image.new("RGB", (PAPER_SIZE[0] * scale, PAPER_SIZE[1] * scale), PAPER)
    draw = ImageDraw.Draw(paper)
    for x, y, font, size, text in PAGE:
        face = ImageFont.truetype(f"{font}.ttf", size * scale)
        draw.text((x * scale, y * scale), text, INK, face, anchor="ls")
    random = np.random.default_rng(seed)
    coefficients = perspective(CORNERS, paper.size)
    options = (PAGE_SIZE, Image.Transform.PERSPECTIVE, coefficients, Image.Resampling.BICUBIC)
    shape = Image.new("L", paper.size, 255).transform(*options)
    desk = Image.new("RGB", PAGE_SIZE, DESK)
    picture = Image.composite(paper.transform(*options), desk, shape)
    return photograph(picture, random, darkest=0.75)


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
    for number, box in enumerate(boxes, start=1):
        corners = [tuple(corner) for corner in box.corners()]
        draw.polygon(corners, outline=MARK, width=2)
        draw.text(corners[0], str(number), fill=MARK, anchor="rb")
    return marked
