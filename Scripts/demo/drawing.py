"""Draws a picture of a text line as a camera or scanner might give it."""
import numpy as np
from PIL import Image, ImageDraw, ImageFilter, ImageFont

PAPER = (243, 239, 228)
INK = (38, 42, 58)


def draw_line(text, seed=0, font_size=44):
    """A picture of `text`: uneven off-white paper, tilted a little, blurred, with sensor noise.

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
    picture = picture.filter(ImageFilter.GaussianBlur(0.7))

    pixels = np.asarray(picture, dtype=np.float32)
    light = np.linspace(1.0, 0.93, size[0], dtype=np.float32)[None, :, None]
    noise = random.normal(0, 5, pixels.shape).astype(np.float32)
    return Image.fromarray(np.clip(pixels * light + noise, 0, 255).astype(np.uint8))
