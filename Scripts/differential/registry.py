"""The generators of nodes, by operator."""
GENERATORS = {}


def operator(*names):
    """Registers a function of a graph, and of the operator's name, that adds a node."""

    def register(function):
        for name in names:
            GENERATORS[name] = function
        return function

    return register
