"""The use cases: read, check, register, write. No I/O of their own.

The store, the objects, the typesetter and the clock are arguments; files come as bytes.
``reading`` never touches a registry, ``circulating`` does; ``shapes`` are the JSON answers.
"""
