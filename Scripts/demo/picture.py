"""Picture files."""
import warnings

import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from demo.errors import DemoError

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
    """Throws unless a picture of this size can hold text."""
    if min(width, height) < SMALLEST_SIDE:
        raise DemoError(f"the picture is {width}x{height} pixels, each side needs {SMALLEST_SIDE}")


def to_rgb(image):
    """The picture in mode RGB."""
    if image.mode.startswith("I;16"):  # convert() would clip 16-bit grey to white
        image = Image.fromarray((np.asarray(image) >> 8).astype(np.uint8))
    if image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info:
        image = image.convert("RGBA")
        paper = Image.new("RGBA", image.size, "white")
        image = Image.alpha_composite(paper, image)
    return image.convert("RGB")
