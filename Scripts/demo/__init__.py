"""Finds the lines of text in a picture and reads them, with two trained networks."""
