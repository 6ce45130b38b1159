"""The library exports what its headers declare, and nothing else."""
import unittest

from toolchain import LIBRARY, declared_functions, run


class ExportTest(unittest.TestCase):
    def test_exports_are_the_declared_functions(self):
        declared = {function.name for function in declared_functions()}
        symbols = run("nm", "-D", "--defined-only", "--extern-only", LIBRARY)
        exported = {line.split()[2].split("@")[0] for line in symbols.splitlines()}
        self.assertGreater(len(declared), 167)
        self.assertEqual(declared - exported, set(), "declared, but not exported")
        self.assertEqual(exported - declared, set(), "exported, but not declared")

    def test_soname(self):
        header = run("readelf", "--dynamic", LIBRARY)
        self.assertIn("soname: [libmigraphx_c.so.3]", header)


if __name__ == "__main__":
    unittest.main()
