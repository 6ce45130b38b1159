"""Finds the lines of text in a picture and reads them, with two trained networks."""
import argparse
import os
import sys
from pathlib import Path

import migraphx

from demo import drawing, picture, reader
from demo.errors import DemoError

CACHE = Path(__file__).resolve().parents[2] / ".cache"


def read(path):
    """Reads the picture in the file, or a page drawn for it, and prints what came of it."""
    folder = Path(os.path.relpath(CACHE / "demo"))
    folder.mkdir(parents=True, exist_ok=True)
    page = None
    if path is None:
        page, path = drawing.PAGE, folder / "page.png"
        drawing.draw_page().save(path)
    image = picture.load(path)
    lines, networks = reader.read(image, CACHE)
    marked = folder / f"{path.stem}-boxes.png"
    drawing.draw_boxes(image, [line.box for line in lines]).save(marked)

    print(f"picture {path}, {image.width}x{image.height}")
    for number, line in enumerate(lines, start=1):
        print(f"{number:7}  {line.confidence:.3f}  {line.text}")
    print(f"boxes   {marked}\n")
    print("seconds        parse  compile      run")
    for name, network in networks.items():
        print(f"{name:12} {network.parsing:7.2f} {network.compiling:8.2f} {network.running:8.2f}")
    if page is not None:
        check([line.text for line in lines], [printed.text for printed in page])


def check(got, expected):
    """Throws unless the lines are those expected."""
    wrong = [f"{a!r} instead of {b!r}" for a, b in zip(got, expected) if a != b]
    if len(got) != len(expected):
        wrong.append(f"{len(got)} lines instead of {len(expected)}")
    if wrong:
        raise DemoError("the page was misread: " + "; ".join(wrong))


def main(arguments=None):
    """Runs the command line; failures are one line on standard error."""
    parser = argparse.ArgumentParser(prog="demo", description=__doc__)
    parser.add_argument("--image", type=Path, help="a picture; without it a page is drawn")
    try:
        read(parser.parse_args(arguments).image)
    except (DemoError, OSError, migraphx.Error) as error:
        print("error:", " ".join(str(error).split()), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
