"""One file per format: bytes and a name in, a document tree and findings out."""
