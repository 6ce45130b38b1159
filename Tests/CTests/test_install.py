"""What Scripts/install.sh installs can be found, built against and run, also after it was moved."""
import shutil
import tempfile
import unittest
from pathlib import Path

from toolchain import INCLUDE, LIBRARY, ROOT, run

C_PROGRAM = """
#include <migraphx/extensions.h>
#include <stdio.h>

int main(void) {
  migraphx_target_t target = NULL;
  const char* name = NULL;
  if (migraphx_target_create(&target, "ref") != migraphx_status_success) return 1;
  if (migraphx_target_name(&name, target) != migraphx_status_success) return 1;
  puts(name);
  return migraphx_target_destroy(target);
}
"""
CXX_PROGRAM = """
#include <migraphx/migraphx.hpp>
#include <iostream>

int main() { std::cout << migraphx::shape(migraphx::shape::float_type, {2, 3}) << "\\n"; }
"""
SHAPE = "float_type, {2, 3}, {3, 1}\n"
# The standard that clients of MIGraphX usually set is older than what the headers need.
CXX_PROJECT = """
cmake_minimum_required(VERSION 3.18)
project(client LANGUAGES CXX)
set(CMAKE_CXX_STANDARD 14)
find_package(migraphx REQUIRED)
foreach(target c api migraphx)
  add_executable(with_${target} program.cpp)
  target_link_libraries(with_${target} migraphx::${target})
endforeach()
"""
C_PROJECT = """
cmake_minimum_required(VERSION 3.18)
project(client LANGUAGES C)
find_package(migraphx @VERSION@ REQUIRED)
add_executable(program program.c)
target_link_libraries(program migraphx::c)
"""


class InstallTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        run(ROOT / "Scripts/install.sh", LIBRARY, "/opt/first", DESTDIR=str(cls.folder))
        cls.prefix = cls.folder / "moved"
        (cls.folder / "opt/first").rename(cls.prefix)
        (cls.folder / "program.c").write_text(C_PROGRAM)
        (cls.folder / "program.cpp").write_text(CXX_PROGRAM)

    def test_files(self):
        headers = {str(p.relative_to(INCLUDE)) for p in INCLUDE.glob("migraphx/**/*.h*")}
        installed = {
            str(p.relative_to(self.prefix / "include"))
            for p in (self.prefix / "include").rglob("*")
            if p.is_file()
        }
        self.assertEqual(installed, headers)
        link = self.prefix / "lib/libmigraphx_c.so"
        self.assertTrue(link.is_symlink())
        self.assertEqual(link.resolve().name, "libmigraphx_c.so.3")

    def pkg_config(self, *options):
        folder = self.prefix / "lib/pkgconfig"
        return run("pkg-config", *options, "migraphx", PKG_CONFIG_PATH=str(folder)).split()

    def test_pkg_config(self):
        if not shutil.which("pkg-config"):
            self.skipTest("pkg-config is not installed")
        flags = self.pkg_config("--cflags", "--libs")
        rpath = f"-Wl,-rpath,{self.prefix}/lib"
        for compiler, source, expected in (
            ("gcc", "program.c", "ref\n"),
            ("g++", "program.cpp", SHAPE),
        ):
            with self.subTest(source):
                program = self.folder / f"by-{compiler}"
                run(compiler, self.folder / source, "-o", program, *flags, rpath)
                self.assertEqual(run(program), expected)

    def cmake(self, project, source):
        if not shutil.which("cmake"):
            self.skipTest("cmake is not installed")
        folder = Path(self.enterContext(tempfile.TemporaryDirectory()))
        version = self.pkg_config("--modversion")[0]
        (folder / "CMakeLists.txt").write_text(project.replace("@VERSION@", version))
        shutil.copy(self.folder / source, folder)
        run("cmake", "-B", folder / "build", "-S", folder, f"-DCMAKE_PREFIX_PATH={self.prefix}")
        run("cmake", "--build", folder / "build")
        return folder / "build"

    def test_cmake_with_cxx(self):
        folder = self.cmake(CXX_PROJECT, "program.cpp")
        for target in ("c", "api", "migraphx"):
            with self.subTest(target):
                self.assertEqual(run(folder / f"with_{target}"), SHAPE)

    def test_cmake_with_c_alone(self):
        self.assertEqual(run(self.cmake(C_PROJECT, "program.c") / "program"), "ref\n")

    def test_cmake_refuses_other_versions(self):
        major = int(self.pkg_config("--modversion")[0].split(".")[0])
        with self.assertRaisesRegex(AssertionError, "compatible with requested version"):
            self.cmake(C_PROJECT.replace("@VERSION@", f"{major + 1}.0"), "program.c")


if __name__ == "__main__":
    unittest.main()
