"""Picture files, and the tensor that the recognition network takes."""
import warnings

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from demo.errors import DemoError

HEIGHT = 48
# The network was trained on lines padded to this width; narrower ones are padded too.
PADDED_WIDTH = 320
WIDEST = 3200
SMALLEST_SIDE = 8


def load(path):
    """The picture in the file as RGB, upright, transparency shown on white."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path) as file:
                check_size(*file.size)
                return to_rgb(ImageOps.exif_transpose(file))
    except FileNotFoundError:
        raise DemoError(f"no such picture: {path}") from None
    except UnidentifiedImageError:
        raise DemoError(f"{path} is not a picture of a known format") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise DemoError(f"{path} has too many pixels") from None
    except DemoError as error:
        raise DemoError(f"{path}: {error}") from None
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        raise DemoError(f"can't read {path}: {error}") from None


def check_size(width, height):
    """Throws unless a picture of this size can hold one line of text."""
    if min(width, height) < SMALLEST_SIDE:
        raise DemoError(f"the picture is {width}x{height} pixels, each side needs {SMALLEST_SIDE}")
    if scaled_width(width, height) > WIDEST:
        raise DemoError(
            f"the picture is {width}x{height} pixels, at most {WIDEST // HEIGHT} times as wide"
            " as high can be read: cut the line in pieces"
        )


def to_rgb(image):
    """The picture in mode RGB."""
    if image.mode.startswith("I;16"):  # convert() would clip 16-bit grey to white
        image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image)
    return image.convert("RGB")


def scaled_width(width, height):
    """The width that keeps the aspect ratio at the network's height."""
    return max(1, round(width * HEIGHT / height))


def tensor(image):
    """The network's input `[1, 3, 48, W]`: float32, channels blue, green, red, values in -1...1."""
    check_size(*image.size)
    width = scaled_width(*image.size)
    resized = image.convert("RGB").resize((width, HEIGHT), Image.Resampling.BILINEAR)
    values = (np.asarray(resized, dtype=np.float32) / 255 - 0.5) / 0.5
    planes = values[:, :, ::-1].transpose(2, 0, 1)
    padding = max(0, PADDED_WIDTH - width)
    return np.ascontiguousarray(np.pad(planes, ((0, 0), (0, 0), (0, padding)))[None])
