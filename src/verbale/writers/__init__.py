"""One file per format: a document tree in, bytes out. Writers know nothing of phrases."""
