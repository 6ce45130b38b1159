"""The same as `migraphx.backend`."""
from migraphx.backend import *
