"""Reads the text in a picture of one line with a trained network."""
