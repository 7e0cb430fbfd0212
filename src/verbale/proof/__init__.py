"""What lets anyone check a document without us: log, signatures, manifest, verifier.

It knows no other folder of the package: values and bytes go in, verdicts come out.
"""
