"""What a text cites: found in six languages, resolved by the words around it, quoted or not."""
